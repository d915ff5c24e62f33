extension Library {
  /// Members that a native type declares itself, by name (`init`, `subscript` included); static ones
  /// too. Not those of the superclass.
  ///
  /// Instance members of the protocols it conforms to are among them, after its own: they are decoded
  /// for each type with `Self` and `Element` in place, so that `map` of a range is a function over
  /// its bound. A member of the type itself hides one of a protocol with the same labels.
  public func members(of type: NominalDeclaration, named name: String) -> [Member] {
    if let known = type.members[name] { return known }
    guard type.native != nil else { return [] }
    var members: [Member] = []
    if let nested = nestedTypes[type.name]?[name], let declaration = nominal(nested) {
      members.append(.type(.nominal(declaration, [])))
    }
    for index in self.members(ofOwner: type.name)[name] ?? [] {
      if let member = decodeMember(index, in: .member(of: type)) { members.append(member) }
    }
    members += inheritedFromProtocols(type, name, hiddenBy: members)
    type.members[name] = members
    return members
  }

  /// Members of a protocol's extensions, `Self` being the protocol's existential type.
  public func members(of type: ProtocolDeclaration, named name: String) -> [Member] {
    if let known = type.members[name] { return known }
    let scope = SignatureDecoder.Scope(selfType: .existential([type]))
    let problemsBefore = problems
    let members = (self.members(ofOwner: type.name)[name] ?? []).compactMap {
      decodeMember($0, in: scope)
    }
    // Members that speak of `Element` make sense for concrete types only.
    problems = problemsBefore
    type.members[name] = members
    return members
  }

  /// All names of members, for "did you mean".
  public func memberNames(of type: NominalDeclaration) -> [String] {
    var names = Set(members(ofOwner: type.name).keys)
    names.formUnion((nestedTypes[type.name] ?? [:]).keys)
    for declaration in type.protocols {
      names.formUnion(members(ofOwner: declaration.name).keys)
    }
    return Array(names)
  }

  private func inheritedFromProtocols(
    _ type: NominalDeclaration, _ name: String, hiddenBy own: [Member]
  ) -> [Member] {
    let hidden = Set(own.map(\.signatureName))
    var members: [Member] = []
    for declaration in type.protocols.sorted(by: { $0.name < $1.name }) {
      for index in self.members(ofOwner: declaration.name)[name] ?? [] {
        var scope = SignatureDecoder.Scope.member(of: type)
        scope.elementType = type.elementType
        guard let member = decodeMember(index, in: scope), !member.isStatic,
          !hidden.contains(member.signatureName)
        else { continue }
        member.adaptNative(to: type)
        members.append(member)
      }
    }
    return members
  }

  private func decodeMember(
    _ index: DeclarationIndex, in scope: SignatureDecoder.Scope
  ) -> Member? {
    switch decode(index, in: scope) {
    case .function(let function): .function(function)
    case .property(let property): .property(property)
    case .alias(_, let type): .type(type)
    case .enumCase, nil: nil
    }
  }
}

extension Member {
  /// Name and labels: members with the same ones hide each other.
  fileprivate var signatureName: String {
    switch self {
    case .function(let function): function.fullName
    case .property(let property): property.getter.fullName
    case .staticVariable(let variable): variable.name
    case .type: ""
    }
  }

  fileprivate var isStatic: Bool {
    switch self {
    case .function(let function): function.isStatic
    case .property(let property): property.isStatic
    case .staticVariable, .type: true
    }
  }

  /// Gives natives of a protocol's member their generic parameters: `Self` and, for a sequence, its
  /// `Element`, then the function's own, in place of those of the concrete owner.
  fileprivate func adaptNative(to type: NominalDeclaration) {
    switch self {
    case .function(let function): function.adaptNative(to: type)
    case .property(let property):
      property.getter.adaptNative(to: type)
      property.setter?.adaptNative(to: type)
    case .staticVariable, .type: break
    }
  }
}

extension FunctionDeclaration {
  fileprivate func adaptNative(to type: NominalDeclaration) {
    guard case .native(let native) = implementation else { return }
    let parameters = type.genericParameters
    let cache = AdaptedTypes()
    implementation = .native { call in
      var adapted = call
      adapted.types = cache.types(for: call) { given in
        let arguments = given.prefix(parameters.count)
        let concrete = Dictionary(
          uniqueKeysWithValues: zip(parameters, arguments.map(\.type)))
        var types = [call.machine.runtimeType(.nominal(type, arguments.map(\.type)))]
        if let element = type.elementType {
          types.append(call.machine.runtimeType(element.substituting(concrete)))
        }
        return types + given.dropFirst(parameters.count)
      }
      try native(&adapted)
    }
  }
}

/// The types of the last call of an adapted native, since calls in a loop have the same ones.
private final class AdaptedTypes {
  private var machine: ObjectIdentifier?
  private var given: [RuntimeType] = []
  private var adapted: [RuntimeType] = []

  func types(
    for call: NativeCall, make: ([RuntimeType]) -> [RuntimeType]
  ) -> [RuntimeType] {
    let isKnown =
      machine == ObjectIdentifier(call.machine) && given.count == call.types.count
      && zip(given, call.types).allSatisfy { $0 === $1 }
    if !isKnown {
      machine = ObjectIdentifier(call.machine)
      given = call.types
      adapted = make(given)
    }
    return adapted
  }
}
