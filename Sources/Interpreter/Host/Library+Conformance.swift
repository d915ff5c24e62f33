extension Library {
  /// Whether values of a type can be used where the protocol is asked for.
  ///
  /// Conformances that the compiler derives for guest types are in their `protocols` already.
  public func conforms(_ type: Type, to wanted: ProtocolDeclaration) -> Bool {
    switch type {
    case .nominal(let declaration, let arguments):
      if wanted.name == "AnyObject" { return declaration.kind == .class }
      if declaration.protocols.contains(where: { $0.closure.contains(wanted) }) {
        if !declaration.meetsConditions(of: wanted, arguments) { return false }
        // `[T]` is Equatable if T is; what else a generic type conforms to, it does always.
        let isConditional =
          declaration.native != nil && Self.conditionalProtocols.contains(wanted.name)
        return !isConditional || arguments.allSatisfy { conforms($0, to: wanted) }
      }
      return declaration.superclass.map { conforms($0, to: wanted) } ?? false
    case .parameter(let parameter):
      return parameter.constraints.contains { $0.closure.contains(wanted) }
    case .existential(let protocols):
      // Of all existential types only `any Error` conforms, to `Error`.
      return wanted.name == "Error" && protocols.contains(wanted)
    case .tuple, .function, .metatype: return false
    case .invalid: return true
    }
  }

  private static let conditionalProtocols: Set = ["Equatable", "Hashable", "Comparable"]
}
