@testable import Interpreter

/// A guest class made of typed trees, as the checker would make it.
struct GuestClass {
  let declaration: NominalDeclaration
  let sample: SampleLibrary
  let base: NominalDeclaration

  init(_ name: String, inheriting base: String, in sample: SampleLibrary) throws {
    guard let base = sample.library.nominal(base) else { throw SampleLibrary.Missing(base) }
    declaration = NominalDeclaration(name, .class, module: "main")
    declaration.superclass = .nominal(base, [])
    self.base = base
    self.sample = sample
  }

  /// The type, its functions compiled.
  func compiled() throws -> RuntimeType {
    let type = sample.machine.runtimeType(.nominal(declaration, []))
    try sample.machine.program.compilePending()
    return type
  }

  static let somewhere = SourceLocation(unit: 0, line: 1, column: 1, offset: 0)

  func property(_ name: String, _ type: Type) -> StoredProperty {
    let property = StoredProperty(name, type, isMutable: true, owner: declaration)
    declaration.storedProperties.append(property)
    return property
  }

  /// Overrides a native method or property of the superclass. `body` gets `self` and the
  /// parameters.
  func override(_ name: String, _ body: (Scope) -> Expression.Kind) throws {
    let members = sample.library.members(of: base, named: name)
    if members.isEmpty { throw SampleLibrary.Missing("\(name): \(sample.library.problems)") }
    for member in members {
      switch member {
      case .function(let function):
        declaration.members[name, default: []].append(.function(make(function, body)))
      case .property(let property):
        let getter = make(property.getter, body)
        let own = ComputedProperty(name, property.type, getter: getter)
        declaration.members[name, default: []].append(.property(own))
      default: throw SampleLibrary.Missing(name)
      }
    }
  }

  private func make(
    _ overridden: FunctionDeclaration, _ body: (Scope) -> Expression.Kind
  ) -> FunctionDeclaration {
    let own = LocalVariable("self", .nominal(declaration, []), isMutable: false)
    let parameters = overridden.parameters.map {
      LocalVariable($0.name, $0.type, isMutable: false)
    }
    let code = FunctionBody(
      name: "\(declaration.name).\(overridden.fullName)", parameters: [own] + parameters,
      result: overridden.result, canThrow: overridden.effects == .throws, kind: .function,
      at: Self.somewhere)
    let scope = Scope(overridden: overridden, own: own, parameters: parameters)
    code.statements = [
      Statement(.return(scope.expression(body(scope), overridden.result)), at: Self.somewhere)
    ]
    let function = FunctionDeclaration(
      overridden.name, parameters: overridden.parameters, result: overridden.result,
      effects: overridden.effects, owner: declaration, implementation: .guest(code))
    function.overrides = overridden
    function.isOverridable = true
    return function
  }

  /// What the body of an override can say.
  struct Scope {
    let overridden: FunctionDeclaration
    let own: LocalVariable
    let parameters: [LocalVariable]

    func expression(_ kind: Expression.Kind, _ type: Type) -> Expression {
      Expression(kind, type, at: somewhere)
    }

    func variable(_ variable: LocalVariable) -> Expression {
      expression(.place(Place(.local(variable), variable.type, at: somewhere)), variable.type)
    }

    func field(_ property: StoredProperty) -> Expression {
      let place = Place(
        .objectField(variable(own), property), property.type, at: somewhere)
      return expression(.place(place), property.type)
    }

    /// `super.f(…)` with the same arguments.
    var superCall: Expression {
      expression(
        .call(
          Call(
            overridden, receiver: .value(expression(.upcast(variable(own)), superType)),
            arguments: parameters.map { .value(variable($0)) }, isDynamic: false,
            canThrow: overridden.effects == .throws)), overridden.result)
    }

    private var superType: Type { .nominal(overridden.owner!, []) }

    func sum(_ a: Expression, _ b: Expression) -> Expression.Kind {
      let plus = FunctionDeclaration(
        "+",
        parameters: [
          .init(label: nil, name: "a", type: a.type), .init(label: nil, name: "b", type: a.type),
        ], result: a.type, implementation: .intrinsic(.addInt))
      return .call(Call(plus, arguments: [.value(a), .value(b)]))
    }
  }
}
