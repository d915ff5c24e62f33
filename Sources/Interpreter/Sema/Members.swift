/// A member found in a type or one of its superclasses.
struct FoundMember {
  enum Kind {
    case stored(StoredProperty)
    case enumCase(EnumCase)
    case function(FunctionDeclaration)
    case property(ComputedProperty)
    case staticVariable(GlobalVariable)
    case type(Type)
  }

  var kind: Kind
  /// The type that declares it, seen from the receiver: a superclass, with its arguments.
  var owner: Type
  /// What the declaring type's generic parameters stand for.
  var substitution: [GenericParameter: Type]

  var isStatic: Bool {
    switch kind {
    case .stored: false
    case .enumCase, .staticVariable, .type: true
    case .function(let function): function.isStatic || function.name == "init"
    case .property(let property): property.isStatic
    }
  }
}

extension Checker {
  /// What a declaration itself has under a name, extensions included.
  func members(of declaration: NominalDeclaration, named name: String) -> [Member] {
    var found = declaration.members[name] ?? []
    if declaration.native != nil {
      found = library.members(of: declaration, named: name)
    }
    if let more = extensions[declaration]?[name] { found += more }
    return found
  }

  /// Everything that `name` can mean after a dot on a value or a type; the nearest class first.
  func lookup(_ name: String, in type: Type) -> [FoundMember] {
    switch type {
    case .nominal(let declaration, let arguments):
      return lookup(name, declaration, arguments)
    case .existential(let protocols):
      return protocols.flatMap { lookup(name, in: $0, seenFrom: type) }
    default: return []
    }
  }

  private func lookup(
    _ name: String, _ declaration: NominalDeclaration, _ arguments: [Type]
  ) -> [FoundMember] {
    var found: [FoundMember] = []
    var overridden: Set<FunctionDeclaration> = []
    var current = declaration
    var arguments = arguments
    var steps = 0
    while steps < 64 {
      let owner = Type.nominal(current, arguments)
      let map = Dictionary(
        zip(current.genericParameters, arguments), uniquingKeysWith: { a, _ in a })
      func add(_ kind: FoundMember.Kind) {
        found.append(FoundMember(kind: kind, owner: owner, substitution: map))
      }
      if let property = current.storedProperties.first(where: { $0.name == name }) {
        pendingProperties.removeValue(forKey: ObjectIdentifier(property))?()
        add(.stored(property))
      }
      if let enumCase = current.cases.first(where: { $0.name == name }) { add(.enumCase(enumCase)) }
      for member in members(of: current, named: name) {
        switch member {
        case .function(let function):
          if overridden.contains(function) { continue }
          if let above = function.overrides { overridden.insert(above) }
          add(.function(function))
        case .property(let property):
          if overridden.contains(property.getter) { continue }
          if let above = property.getter.overrides { overridden.insert(above) }
          add(.property(property))
        case .staticVariable(let variable):
          pendingProperties.removeValue(forKey: ObjectIdentifier(variable))?()
          add(.staticVariable(variable))
        case .type(let nested): add(.type(nested))
        }
      }
      // A subclass has its own initializers; they are inherited by declaration only.
      if name == "init", !found.isEmpty || current.native == nil { break }
      for found in current.protocols.sorted(by: { $0.name < $1.name }) where found.name != "Error" {
        _ = found
      }
      guard case .nominal(let above, let given)? = current.superclass else { break }
      arguments = given.map { $0.substituting(map) }
      current = above
      steps += 1
    }
    if found.isEmpty {
      for conformed in allProtocols(of: declaration) {
        found += lookup(name, in: conformed, seenFrom: .nominal(declaration, arguments))
      }
    }
    return found
  }

  private func allProtocols(of declaration: NominalDeclaration) -> [ProtocolDeclaration] {
    var found: [ProtocolDeclaration] = []
    var current: NominalDeclaration? = declaration
    var steps = 0
    while let here = current, steps < 64 {
      found += here.protocols.sorted { $0.name < $1.name }
      current = here.superclass?.nominal
      steps += 1
    }
    return found
  }

  private func lookup(
    _ name: String, in found: ProtocolDeclaration, seenFrom type: Type
  ) -> [FoundMember] {
    var members: [FoundMember] = []
    var seen: Set<ProtocolDeclaration> = []
    var waiting = [found]
    while let here = waiting.popLast() {
      guard seen.insert(here).inserted else { continue }
      for member in library.members(of: here, named: name) {
        let kind: FoundMember.Kind
        switch member {
        case .function(let function): kind = .function(function)
        case .property(let property): kind = .property(property)
        case .staticVariable(let variable): kind = .staticVariable(variable)
        case .type(let nested): kind = .type(nested)
        }
        members.append(FoundMember(kind: kind, owner: type, substitution: [:]))
      }
      waiting += here.refines
    }
    return members
  }

  /// Names that can follow a dot, for "did you mean".
  func memberNames(of type: Type) -> [String] {
    var names: [String] = []
    var current = type.nominal
    var steps = 0
    while let here = current, steps < 64 {
      names += here.storedProperties.map(\.name) + here.cases.map(\.name)
      names += here.members.keys
      if here.native != nil { names += library.memberNames(of: here) }
      names += (extensions[here] ?? [:]).keys
      current = here.superclass?.nominal
      steps += 1
    }
    return names.filter { $0 != "init" && $0 != "subscript" }
  }
}
