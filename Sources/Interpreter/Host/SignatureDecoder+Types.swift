extension SignatureDecoder {
  /// A type in the position of a parameter, where `inout`, `...` and `@autoclosure` are allowed.
  mutating func parameterType() throws -> FunctionType.Parameter {
    var isAutoclosure = false
    while cursor.take("@") {
      if cursor.word() == "autoclosure" { isAutoclosure = true }
    }
    let isInout = cursor.takeWord("inout")
    _ = cursor.takeWord("borrowing") || cursor.takeWord("consuming")
    let type = try type()
    let isVariadic = cursor.take("...")
    return FunctionType.Parameter(
      type, isInout: isInout, isVariadic: isVariadic, isAutoclosure: isAutoclosure)
  }

  mutating func type() throws -> Type {
    while cursor.take("@") { _ = cursor.word() }
    var type: Type
    switch cursor.peek() {
    case UInt8(ascii: "("): type = try tupleOrFunction()
    case UInt8(ascii: "["): type = try arrayOrDictionary()
    default:
      if cursor.takeWord("any") {
        return try optionals(of: .existential(try protocols()))
      }
      if cursor.takeWord("some") { throw failure("'some' is not supported, name the type") }
      let name = cursor.word()
      if name.isEmpty { throw failure("expected a type before '\(cursor.rest)'") }
      type = try namedType(name)
      if case .existential(var all) = type, !all.isEmpty, cursor.take("&") {
        all += try protocols()
        type = .existential(all)
      }
    }
    return try optionals(of: type)
  }

  private mutating func optionals(of type: Type) throws -> Type {
    var type = type
    while true {
      if cursor.take("?") || cursor.take("!") {
        type = try library.optional(type)
      } else if cursor.take(".Type") {
        type = .metatype(type)
      } else {
        return type
      }
    }
  }

  private mutating func protocols() throws -> [ProtocolDeclaration] {
    var all: [ProtocolDeclaration] = []
    repeat {
      let name = cursor.word()
      if name == "Any" { continue }
      guard let declaration = library.protocolDeclaration(name) else {
        throw failure("unknown protocol '\(name)'")
      }
      all.append(declaration)
    } while cursor.take("&")
    return all
  }

  private mutating func arrayOrDictionary() throws -> Type {
    try expect("[")
    let first = try type()
    if cursor.take(":") {
      let value = try type()
      try expect("]")
      return .nominal(try library.required("Dictionary"), [first, value])
    }
    try expect("]")
    return .nominal(try library.required("Array"), [first])
  }

  private mutating func tupleOrFunction() throws -> Type {
    let start = cursor
    let elements = try? tupleElements()
    let isFunction =
      elements == nil || cursor.peek() == UInt8(ascii: "-") || cursor.takeWord("throws")
      || cursor.takeWord("rethrows")
    guard let elements, !isFunction else {
      cursor = start
      return try function()
    }
    return elements.count == 1 && elements[0].label == nil ? elements[0].type : .tuple(elements)
  }

  mutating func tupleElements() throws -> [Type.TupleElement] {
    var elements: [Type.TupleElement] = []
    try expect("(")
    while !cursor.take(")") {
      if !elements.isEmpty { try expect(",") }
      let label = try elementLabel()
      elements.append(Type.TupleElement(label, try type()))
    }
    return elements
  }

  private mutating func function() throws -> Type {
    var parameters: [FunctionType.Parameter] = []
    try expect("(")
    while !cursor.take(")") {
      if !parameters.isEmpty { try expect(",") }
      _ = try elementLabel()
      parameters.append(try parameterType())
    }
    let canThrow = cursor.takeWord("throws") || cursor.takeWord("rethrows")
    try expect("->")
    return .function(FunctionType(parameters, try type(), canThrow: canThrow))
  }

  /// `name:` or `_ name:` before a type.
  private mutating func elementLabel() throws -> String? {
    let start = cursor
    let first = cursor.word()
    if !first.isEmpty {
      if cursor.take(":") { return first == "_" ? nil : first }
      let second = cursor.word()
      if !second.isEmpty && cursor.take(":") { return first == "_" ? nil : first }
    }
    cursor = start
    return nil
  }

  /// A type that begins with a name: of a generic parameter, type, or protocol.
  mutating func namedType(_ name: String) throws -> Type {
    if let parameter = ownGenerics.first(where: { $0.name == name }) {
      return try associated(with: parameter)
    }
    if let parameter = scope.owner?.genericParameters.first(where: { $0.name == name }) {
      return try associated(with: parameter)
    }
    switch name {
    case "Self":
      guard let type = scope.selfType else { throw failure("'Self' outside a type") }
      return type
    case "Element":
      if let element = scope.elementType { return element }
    case "Any": return .any
    case "Void": return .void
    default: break
    }
    var name = name
    if let owner = scope.owner, let nested = try nested(name, in: owner) { return nested }
    while cursor.takeDotBeforeWord() {
      let member = cursor.word()
      if member == "Type" { return .metatype(try declaredType(name)) }
      name += "." + member
    }
    return try declaredType(name)
  }

  /// `Index` inside `String`.
  private mutating func nested(_ name: String, in owner: NominalDeclaration) throws -> Type? {
    guard let declaration = library.nominal("\(owner.name).\(name)") else { return nil }
    return .nominal(declaration, [])
  }

  private mutating func declaredType(_ name: String) throws -> Type {
    if let declaration = library.nominal(name) {
      return .nominal(declaration, try genericArguments(for: declaration))
    }
    if let declaration = library.protocolDeclaration(name) { return .existential([declaration]) }
    if let type = library.alias(name) { return type }
    throw failure("unknown type '\(name)'")
  }

  private mutating func genericArguments(for declaration: NominalDeclaration) throws -> [Type] {
    var arguments: [Type] = []
    if cursor.take("<") {
      repeat { arguments.append(try type()) } while cursor.take(",")
      try expect(">")
    }
    if arguments.count != declaration.genericParameters.count {
      throw failure(
        "'\(declaration.name)' takes \(declaration.genericParameters.count) generic arguments")
    }
    return arguments
  }

  /// A generic parameter, or `S.Element`, for which the function gets one parameter more.
  private mutating func associated(with parameter: GenericParameter) throws -> Type {
    let start = cursor
    guard cursor.takeDotBeforeWord() else { return .parameter(parameter) }
    let member = cursor.word()
    if member == "Type" {
      cursor = start
      return .parameter(parameter)
    }
    guard member == "Element" else { throw failure("no associated type '\(member)'") }
    let name = "\(parameter.name).Element"
    if let known = ownGenerics.first(where: { $0.name == name }) { return .parameter(known) }
    let element = GenericParameter(name)
    ownGenerics.append(element)
    requirements.append(.element(.parameter(parameter), .parameter(element)))
    return .parameter(element)
  }
}
