/// Runtime types and layouts, made once per concrete type.
public final class TypeTable {
  weak var program: Program?
  private var byType: [Type: RuntimeType] = [:]
  private var layoutsByType: [Type: Layout] = [:]
  private(set) var all: [RuntimeType] = []
  private var indices: [ObjectIdentifier: Int] = [:]
  private var methodNumbers: [FunctionDeclaration: Int] = [:]
  private var methodLists: [NominalDeclaration: [FunctionDeclaration]] = [:]
  let library: Library

  public init(library: Library) { self.library = library }

  /// How values of a type stand in slots.
  ///
  /// Numbers and Bool are one word. Strings, collections, functions, class instances, existentials and
  /// native structs are one reference. Tuples and structs are their parts in order. An optional of
  /// something that is exactly one reference is that reference or 0; any other optional is a tag
  /// (0: nil) followed by the value. An enum is its tag, followed by a reference to the payload if
  /// any case has one.
  public func layout(_ type: Type) -> Layout {
    if let layout = layoutsByType[type] { return layout }
    let layout = makeLayout(type)
    layoutsByType[type] = layout
    return layout
  }

  private func makeLayout(_ type: Type) -> Layout {
    switch type {
    case .tuple(let elements):
      return Layout(elements.flatMap { layout($0.type).isReference })
    case .function, .existential: return .reference
    case .metatype, .parameter, .invalid: return .empty
    case .nominal(let declaration, let arguments):
      if let native = declaration.native {
        if let layout = native.layout { return layout }
        switch declaration.name {
        case "Int", "Double", "Float", "Bool": return .word
        case "Optional": return optionalLayout(arguments[0])
        case "Range", "ClosedRange":
          let bound = layout(arguments[0]).isReference
          return Layout(bound + bound)
        default: return .reference
        }
      }
      switch declaration.kind {
      case .class: return .reference
      case .struct:
        return Layout(declaration.storedProperties.flatMap { layout($0.type).isReference })
      case .enum:
        return Layout(declaration.cases.contains { !$0.payload.isEmpty } ? [false, true] : [false])
      }
    }
  }

  private func optionalLayout(_ wrapped: Type) -> Layout {
    let payload = layout(wrapped)
    return isNullable(wrapped) ? .reference : Layout([false] + payload.isReference)
  }

  /// Whether an optional of the type is one reference that is 0 for nil.
  public func isNullable(_ wrapped: Type) -> Bool {
    guard layout(wrapped) == .reference else { return false }
    if case .nominal(let declaration, _) = wrapped {
      if declaration.name == "Optional", declaration.native != nil { return false }
      // A struct around an optional reference may be 0 itself.
      if declaration.native == nil, declaration.kind == .struct {
        return isNullable(declaration.storedProperties.first { layout($0.type).count > 0 }!.type)
      }
    }
    if case .tuple(let elements) = wrapped {
      return isNullable(elements.first { layout($0.type).count > 0 }!.type)
    }
    return true
  }

  public func runtimeType(_ type: Type) -> RuntimeType {
    if let known = byType[type] { return known }
    let result = RuntimeType(type, layout: layout(type))
    byType[type] = result  // before its parts: types may be recursive
    indices[ObjectIdentifier(result)] = all.count
    all.append(result)
    fill(result)
    return result
  }

  func index(_ type: Type) -> Int {
    indices[ObjectIdentifier(runtimeType(type))]!
  }

  private func fill(_ result: RuntimeType) {
    switch result.type {
    case .tuple(let elements):
      result.arguments = elements.map { runtimeType($0.type) }
      var slot = 0
      for (element, type) in zip(elements, result.arguments) {
        result.fields.append(.init(name: element.label ?? "", type: type, slot: slot))
        slot += type.layout.count
      }
    case .nominal(let declaration, let arguments):
      result.arguments = arguments.map { runtimeType($0) }
      guard declaration.native == nil else { return }
      if case .nominal(let parent, _)? = declaration.superclass, parent.native == nil {
        result.superclass = runtimeType(declaration.superclass!)
        result.fields = result.superclass!.fields
        result.fieldLayout = result.superclass!.fieldLayout
      }
      var slot = result.fieldLayout.count
      var references = result.fieldLayout.isReference
      for property in declaration.storedProperties {
        let type = runtimeType(property.type)
        result.fields.append(.init(name: property.name, type: type, slot: slot))
        slot += type.layout.count
        references += type.layout.isReference
      }
      if declaration.kind == .class { result.fieldLayout = Layout(references) }
      for enumCase in declaration.cases {
        let payload = enumCase.payload.map { (label: $0.label, type: runtimeType($0.type)) }
        result.cases.append(
          .init(
            name: enumCase.name, payload: payload,
            payloadLayout: Layout(payload.flatMap { $0.type.layout.isReference })))
      }
    default: break
    }
  }

  // MARK: Methods

  /// The native ancestor of a guest class, if it has one.
  public func nativeBase(_ declaration: NominalDeclaration) -> NominalDeclaration? {
    var current: NominalDeclaration? = declaration
    while let next = current {
      if next.native != nil { return next }
      current = next.superclass?.nominal
    }
    return nil
  }

  /// The functions that find the guest part of native objects, by number.
  private(set) var peers: [(AnyObject) -> GuestObject?] = []
  private var peerNumbers: [NominalDeclaration: Int] = [:]

  func peerNumber(_ base: NominalDeclaration) -> Int {
    if let number = peerNumbers[base] { return number }
    peers.append(base.native?.peer ?? { _ in nil })
    peerNumbers[base] = peers.count - 1
    return peers.count - 1
  }

  /// The number of an overridable guest method in the method tables of its class and subclasses.
  func methodNumber(_ method: FunctionDeclaration) -> Int {
    var root = method
    while let above = root.overrides, case .guest = above.implementation { root = above }
    if let number = methodNumbers[root] { return number }
    let number = methodNumbers.count
    methodNumbers[root] = number
    return number
  }

  /// Looks up the functions of all guest types again: units and their extensions have added some.
  func bindFunctions() {
    var bound: Set<ObjectIdentifier> = []
    for type in all { bindFunctions(of: type, &bound) }
  }

  private func bindFunctions(of type: RuntimeType, _ bound: inout Set<ObjectIdentifier>) {
    guard let declaration = type.type.nominal, declaration.native == nil,
      bound.insert(ObjectIdentifier(type)).inserted
    else { return }
    if let parent = type.superclass { bindFunctions(of: parent, &bound) }
    addFunctions(to: type, of: declaration)
  }

  private func addFunctions(to type: RuntimeType, of declaration: NominalDeclaration) {
    guard let program else { return }
    if let parent = type.superclass {
      type.methods = parent.methods
      type.overrides = parent.overrides
      type.witnesses = parent.witnesses
    }
    for (name, members) in declaration.members {
      for member in members {
        switch member {
        case .function(let function):
          add(function, named: name, key: function.fullName, to: type, program)
        case .property(let property):
          if name == "description", case .guest(let body) = property.getter.implementation {
            type.witnesses[.description] = program.functionIndex(body)
          }
          add(property.getter, named: name, key: name, to: type, program)
          if let setter = property.setter {
            add(setter, named: name, key: "set " + name, to: type, program)
          }
        default: break
        }
      }
    }
    if let deinitializer = declaration.deinitializer,
      case .guest(let body) = deinitializer.implementation
    {
      type.witnesses[.deinitialize] = program.functionIndex(body)
    }
  }

  private func add(
    _ function: FunctionDeclaration, named name: String, key: String, to type: RuntimeType,
    _ program: Program
  ) {
    guard case .guest(let body) = function.implementation else { return }
    if function.isStatic {
      if name == "==" { type.witnesses[.equals] = program.functionIndex(body) }
      if name == "<" { type.witnesses[.less] = program.functionIndex(body) }
      return
    }
    if name == "hash" { type.witnesses[.hash] = program.functionIndex(body) }
    guard declarationIsClass(type), name != "init" else { return }
    // Native code knows the member of its own class, however many guest classes lie between.
    var root = function
    while let above = root.overrides { root = above }
    if root !== function, case .native = root.implementation {
      type.overrides[key] = program.functionIndex(body)
    }
    if function.isOverridable || function.overrides != nil {
      let number = methodNumber(function)
      while type.methods.count <= number { type.methods.append(-1) }
      type.methods[number] = program.functionIndex(body)
    }
  }

  private func declarationIsClass(_ type: RuntimeType) -> Bool { type.type.nominal?.kind == .class }
}
