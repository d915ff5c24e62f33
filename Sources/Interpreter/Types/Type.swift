/// A static type of guest code.
///
/// Types are values: two types are the same type exactly when they are `==`.
public indirect enum Type: Hashable {
  /// A struct, enum or class with its generic arguments: `Int`, `Array<Int>`, `Model`.
  case nominal(NominalDeclaration, [Type])
  /// A tuple; the empty tuple is `Void`. A tuple of one element does not exist.
  case tuple([TupleElement])
  case function(FunctionType)
  /// `any P`, `any P & Q`; no protocols at all is `Any`.
  case existential([ProtocolDeclaration])
  /// The type of a type: `Int.Type`, written `Int.self` as a value.
  case metatype(Type)
  /// A generic parameter inside the signature that declares it: `Element`, `T`.
  case parameter(GenericParameter)
  /// What is left after an error was reported: converts to and from everything, silently.
  case invalid

  public struct TupleElement: Hashable {
    public var label: String?
    public var type: Type

    public init(_ label: String? = nil, _ type: Type) {
      self.label = label
      self.type = type
    }
  }
}

/// The type of a function or closure.
public struct FunctionType: Hashable {
  public struct Parameter: Hashable {
    public var type: Type
    public var isInout = false
    public var isVariadic = false
    public var isAutoclosure = false

    public init(
      _ type: Type, isInout: Bool = false, isVariadic: Bool = false, isAutoclosure: Bool = false
    ) {
      self.type = type
      self.isInout = isInout
      self.isVariadic = isVariadic
      self.isAutoclosure = isAutoclosure
    }
  }

  public var parameters: [Parameter]
  public var result: Type
  public var canThrow: Bool

  public init(_ parameters: [Parameter], _ result: Type, canThrow: Bool = false) {
    self.parameters = parameters
    self.result = result
    self.canThrow = canThrow
  }
}

/// A generic parameter; identity counts, the name is for messages.
public final class GenericParameter: Hashable {
  public let name: String
  /// Protocols that an argument must conform to.
  public var constraints: [ProtocolDeclaration]

  public init(_ name: String, constraints: [ProtocolDeclaration] = []) {
    self.name = name
    self.constraints = constraints
  }

  public static func == (a: GenericParameter, b: GenericParameter) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Type {
  public static let void = Type.tuple([])
  public static let any = Type.existential([])

  public var isVoid: Bool { self == .void }
  public var isInvalid: Bool { self == .invalid }

  public var nominal: NominalDeclaration? {
    if case .nominal(let declaration, _) = self { declaration } else { nil }
  }

  public var genericArguments: [Type] {
    if case .nominal(_, let arguments) = self { arguments } else { [] }
  }

  /// The type with generic parameters replaced; parameters without a replacement stay.
  public func substituting(_ replacements: [GenericParameter: Type]) -> Type {
    if replacements.isEmpty { return self }
    switch self {
    case .nominal(let declaration, let arguments):
      return arguments.isEmpty
        ? self : .nominal(declaration, arguments.map { $0.substituting(replacements) })
    case .tuple(let elements):
      return .tuple(elements.map { TupleElement($0.label, $0.type.substituting(replacements)) })
    case .function(var function):
      for i in function.parameters.indices {
        function.parameters[i].type = function.parameters[i].type.substituting(replacements)
      }
      function.result = function.result.substituting(replacements)
      return .function(function)
    case .metatype(let type): return .metatype(type.substituting(replacements))
    case .parameter(let parameter): return replacements[parameter] ?? self
    case .existential, .invalid: return self
    }
  }

  /// Whether a generic parameter occurs in the type.
  public var isGeneric: Bool {
    switch self {
    case .nominal(_, let arguments): arguments.contains { $0.isGeneric }
    case .tuple(let elements): elements.contains { $0.type.isGeneric }
    case .function(let function):
      function.result.isGeneric || function.parameters.contains { $0.type.isGeneric }
    case .metatype(let type): type.isGeneric
    case .parameter: true
    case .existential, .invalid: false
    }
  }
}

extension Type: CustomStringConvertible {
  /// The type as swiftc writes it in messages: `[Int]`, `String?`, `(Int, String) -> Bool`.
  public var description: String {
    switch self {
    case .nominal(let declaration, let arguments):
      switch (declaration.name, arguments.count) {
      case ("Array", 1): return "[\(arguments[0])]"
      case ("Dictionary", 2): return "[\(arguments[0]) : \(arguments[1])]"
      case ("Optional", 1):
        if case .function = arguments[0] { return "(\(arguments[0]))?" }
        if case .existential(let p) = arguments[0], !p.isEmpty { return "(\(arguments[0]))?" }
        return "\(arguments[0])?"
      default: break
      }
      return arguments.isEmpty
        ? declaration.name
        : "\(declaration.name)<\(arguments.map(\.description).joined(separator: ", "))>"
    case .tuple(let elements):
      return "("
        + elements.map { ($0.label.map { "\($0): " } ?? "") + $0.type.description }
        .joined(separator: ", ") + ")"
    case .function(let function):
      let parameters = function.parameters.map {
        ($0.isInout ? "inout " : "") + $0.type.description + ($0.isVariadic ? "..." : "")
      }
      return "(\(parameters.joined(separator: ", ")))"
        + (function.canThrow ? " throws" : "") + " -> \(function.result)"
    case .existential(let protocols):
      return protocols.isEmpty ? "Any" : "any " + protocols.map(\.name).joined(separator: " & ")
    case .metatype(let type): return "\(type).Type"
    case .parameter(let parameter): return parameter.name
    case .invalid: return "_"
    }
  }
}
