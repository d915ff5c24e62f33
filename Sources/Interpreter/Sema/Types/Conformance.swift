extension Checker {
  /// Whether values of a type have what a protocol asks for.
  func conforms(_ type: Type, _ wanted: ProtocolDeclaration) -> Bool {
    switch type {
    case .invalid: return true
    case .nominal(let declaration, let arguments):
      if let found = conformance(of: declaration, wanted) {
        if !declaration.meetsConditions(of: wanted, arguments) { return false }
        // A generic type of the library conforms when its arguments do.
        guard found.native != nil, isConditional(wanted) else { return true }
        return arguments.allSatisfy { conforms($0, wanted) }
      }
      if wanted.name == "Sendable" || wanted.name == "AnyObject" { return true }
      return synthesizes(declaration, wanted)
    case .existential(let protocols):
      if wanted.name == "Error" { return protocols.contains { refines($0, wanted) } }
      return protocols.contains { refines($0, wanted) } && !isConditional(wanted)
    case .tuple(let elements):
      // Tuples conform to nothing, but can be compared element by element.
      return isConditional(wanted) && !elements.isEmpty && isComparingTuples
        && elements.allSatisfy { conforms($0.type, wanted) }
    case .parameter(let parameter):
      return parameter.constraints.contains { refines($0, wanted) }
    case .function, .metatype: return false
    }
  }

  /// Protocols that containers have only when their elements have them.
  func isConditional(_ wanted: ProtocolDeclaration) -> Bool {
    ["Equatable", "Hashable", "Comparable", "Encodable", "Decodable"].contains(wanted.name)
  }

  func refines(_ one: ProtocolDeclaration, _ other: ProtocolDeclaration) -> Bool {
    one == other || one.refines.contains { refines($0, other) }
  }

  /// The declaration in the chain of superclasses that names a protocol.
  private func conformance(
    of declaration: NominalDeclaration, _ wanted: ProtocolDeclaration
  ) -> NominalDeclaration? {
    var current: NominalDeclaration? = declaration
    var steps = 0
    while let here = current, steps < 64 {
      if here.protocols.contains(where: { refines($0, wanted) }) { return here }
      current = here.superclass?.nominal
      steps += 1
    }
    return nil
  }

  /// Enums without payloads compare and hash without saying so.
  private func synthesizes(
    _ declaration: NominalDeclaration, _ wanted: ProtocolDeclaration
  ) -> Bool {
    guard declaration.kind == .enum, declaration.native == nil else { return false }
    guard wanted.name == "Equatable" || wanted.name == "Hashable" else { return false }
    return declaration.cases.allSatisfy { $0.payload.isEmpty } && !declaration.cases.isEmpty
  }

  func conforms(_ type: Type, to name: String) -> Bool {
    guard let found = library.protocolDeclaration(name) else { return false }
    return conforms(type, found)
  }

  func isSubclass(_ declaration: NominalDeclaration, of other: NominalDeclaration) -> Bool {
    var current: NominalDeclaration? = declaration
    var steps = 0
    while let here = current, steps < 64 {
      if here === other { return true }
      current = here.superclass?.nominal
      steps += 1
    }
    return false
  }

  /// Values of the type are references to shared objects.
  func isReference(_ type: Type) -> Bool {
    switch type {
    case .nominal(let declaration, _): declaration.isClass
    case .function, .metatype: true
    default: false
    }
  }

  /// What iteration over a value yields; nil for what is no sequence.
  func elementType(of type: Type) -> Type? {
    guard case .nominal(let declaration, let arguments) = type else {
      return type.isInvalid ? .invalid : nil
    }
    var current = declaration
    var map = Dictionary(
      zip(declaration.genericParameters, arguments), uniquingKeysWith: { a, _ in a })
    var steps = 0
    while steps < 64 {
      if let element = current.elementType { return element.substituting(map) }
      guard case .nominal(let above, let given)? = current.superclass else { return nil }
      map = Dictionary(
        zip(above.genericParameters, given.map { $0.substituting(map) }),
        uniquingKeysWith: { a, _ in a })
      current = above
      steps += 1
    }
    return nil
  }
}
