extension SignatureDecoder {
  mutating func genericParameters() throws {
    guard cursor.take("<") else { return }
    repeat {
      let parameter = GenericParameter(cursor.word())
      ownGenerics.append(parameter)
      if cursor.take(":") { try constraints(of: .parameter(parameter)) }
    } while cursor.take(",")
    try expect(">")
  }

  mutating func whereClause() throws {
    guard cursor.takeWord("where") else { return }
    repeat {
      if try sequenceElementRequirement() { continue }
      let subject = try type()
      if cursor.take("==") {
        requirements.append(.same(subject, try type()))
      } else {
        try expect(":")
        try constraints(of: subject)
      }
    } while cursor.take(",")
  }

  /// `S.Element == T`, which needs no parameter for `S.Element`.
  private mutating func sequenceElementRequirement() throws -> Bool {
    let start = cursor
    let name = cursor.word()
    if let parameter = ownGenerics.first(where: { $0.name == name }),
      cursor.takeDotBeforeWord(), cursor.takeWord("Element"), cursor.take("==")
    {
      requirements.append(.element(.parameter(parameter), try type()))
      return true
    }
    cursor = start
    return false
  }

  /// `P & Q`, `Sequence<Int>`, or a class.
  private mutating func constraints(of subject: Type) throws {
    repeat {
      let name = cursor.word()
      guard let constraint = library.protocolDeclaration(name) else {
        if library.nominal(name)?.kind == .class {
          requirements.append(.inherits(subject, try namedType(name)))
          continue
        }
        throw failure("unknown protocol '\(name)'")
      }
      if case .parameter(let parameter) = subject, ownGenerics.contains(parameter) {
        parameter.constraints.append(constraint)
      } else {
        requirements.append(.conforms(subject, constraint))
      }
      if cursor.take("<") {
        requirements.append(.element(subject, try type()))
        try expect(">")
      }
    } while cursor.take("&")
  }
}
