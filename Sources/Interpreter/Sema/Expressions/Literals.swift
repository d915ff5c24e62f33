import SwiftSyntax

/// The kinds of literals whose type is open.
enum LiteralKind {
  case integer, floating, string
}

extension Checker {
  /// Whether a literal can be a value of a type.
  func accepts(_ type: Type, _ kind: LiteralKind) -> Bool {
    switch kind {
    case .integer:
      return known.isInteger(type) || known.isFloating(type)
        || conforms(type, literal: "ExpressibleByIntegerLiteral")
    case .floating:
      return known.isFloating(type) || conforms(type, literal: "ExpressibleByFloatLiteral")
    case .string:
      return type == known.string || type == known.character
        || conforms(type, literal: "ExpressibleByStringLiteral")
    }
  }

  private func conforms(_ type: Type, literal name: String) -> Bool {
    guard case .nominal(let declaration, _) = type else { return false }
    return declaration.protocols.contains { $0.name == name }
  }

  func defaultType(_ kind: LiteralKind) -> Type {
    switch kind {
    case .integer: known.int
    case .floating: known.double
    case .string: known.string
    }
  }

  /// The type that a literal takes in a place where `expected` is wanted.
  private func target(_ kind: LiteralKind, _ expected: Type?) -> Type {
    guard let expected else { return defaultType(kind) }
    var type = expected
    for _ in 0..<8 {
      if accepts(type, kind) { return type }
      guard let inner = known.wrapped(type) else { break }
      type = inner
    }
    return defaultType(kind)
  }

  /// A literal of a type that makes itself from one: `init(integerLiteral:)`.
  func custom(
    _ label: String, _ type: Type, _ value: Expression, at node: some SyntaxProtocol
  ) -> Expression? {
    for found in lookup("init", in: type) {
      guard case .function(let function) = found.kind, function.parameters.count == 1,
        function.parameters[0].label == label,
        let argument = convert(
          value, to: function.parameters[0].type.substituting(found.substitution))
      else { continue }
      return Expression(
        .call(
          Call(function, typeArguments: type.genericArguments, arguments: [.value(argument)])),
        type, at: location(node))
    }
    return nil
  }

  func integer(
    _ node: IntegerLiteralExprSyntax, negative: Bool, _ expected: Type?
  ) -> Expression {
    let place = location(node)
    let type = target(.integer, expected)
    let text = node.literal.text.filter { $0 != "_" }
    let (digits, radix): (Substring, Int) =
      if text.hasPrefix("0x") {
        (text.dropFirst(2), 16)
      } else if text.hasPrefix("0b") {
        (text.dropFirst(2), 2)
      } else if text.hasPrefix("0o") {
        (text.dropFirst(2), 8)
      } else {
        (Substring(text), 10)
      }
    let magnitude = UInt64(digits, radix: radix)
    if known.isFloating(type) {
      let value = magnitude.map { Double($0) } ?? Double(String(digits)) ?? 0
      return Expression(.double(negative ? -value : value), type, at: place)
    }
    guard known.isInteger(type) else {
      let value = Int(truncatingIfNeeded: magnitude ?? 0)
      for plain in [known.int, known.double] {
        let inner = Expression(
          plain == known.int
            ? .integer(negative ? 0 &- value : value)
            : .double(negative ? -Double(value) : Double(value)), plain, at: place)
        if let made = custom("integerLiteral", type, inner, at: node) { return made }
        if plain == known.double, let made = custom("floatLiteral", type, inner, at: node) {
          return made
        }
      }
      return Expression(.integer(negative ? 0 &- value : value), type, at: place)
    }
    let name = type.nominal?.name ?? "Int"
    guard let magnitude, Self.fits(magnitude, negative: negative, name) else {
      error(
        "integer literal '\(negative ? "-" : "")\(digits)' overflows when stored into '\(name)'",
        at: node)
      return Expression(.integer(0), type, at: place)
    }
    let bits = Int(truncatingIfNeeded: magnitude)
    return Expression(.integer(negative ? 0 &- bits : bits), type, at: place)
  }

  private static func fits(_ magnitude: UInt64, negative: Bool, _ name: String) -> Bool {
    func signed(_ limit: UInt64) -> Bool { magnitude <= (negative ? limit + 1 : limit) }
    func unsigned(_ limit: UInt64) -> Bool { negative ? magnitude == 0 : magnitude <= limit }
    switch name {
    case "Int8": return signed(127)
    case "Int16": return signed(32_767)
    case "Int32": return signed(2_147_483_647)
    case "UInt8": return unsigned(255)
    case "UInt16": return unsigned(65_535)
    case "UInt32": return unsigned(4_294_967_295)
    case "UInt", "UInt64": return unsigned(.max)
    default: return signed(UInt64(Int64.max))
    }
  }

  func floating(_ node: FloatLiteralExprSyntax, negative: Bool, _ expected: Type?) -> Expression {
    let type = target(.floating, expected)
    let text = node.literal.text.filter { $0 != "_" }
    var value = Double(text) ?? 0
    // Through Double a Float literal would be rounded twice.
    if type == known.float { value = Double(Float(text) ?? 0) }
    if negative { value = -value }
    let place = location(node)
    if known.isFloating(type) { return Expression(.double(value), type, at: place) }
    let inner = Expression(.double(value), known.double, at: place)
    return custom("floatLiteral", type, inner, at: node) ?? inner
  }

  func nilLiteral(_ node: ExprSyntax, _ expected: Type?) -> Expression {
    guard let expected else {
      error("'nil' requires a contextual type", at: node)
      return invalid(node)
    }
    if known.isOptional(expected) { return Expression(.none, expected, at: location(node)) }
    if case .nominal(let declaration, _) = expected,
      declaration.protocols.contains(where: { $0.name == "ExpressibleByNilLiteral" })
    {
      return invalid(node, expected)
    }
    if expected.isGeneric { return invalid(node) }
    switch expected {
    case .existential(let protocols) where protocols.isEmpty:
      error("'nil' is not compatible with expected argument type 'Any'", at: node)
    default: break
    }
    return Expression(.invalid, Self.nilType, at: location(node))
  }

  /// Stands for the type of `nil` where none is expected; converts to no type.
  static let nilType = Type.nominal(NominalDeclaration("nil", .enum, module: ""), [])
}
