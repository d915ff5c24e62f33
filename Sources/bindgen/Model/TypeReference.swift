/// A type as a public declaration names it.
indirect enum TypeReference: Hashable {
  /// A struct, class, enum or protocol with its generic arguments.
  case named(String, [TypeReference])
  case optional(TypeReference)
  case array(TypeReference)
  /// The empty tuple is `Void`.
  case tuple([Element])
  case function([TypeReference], result: TypeReference, canThrow: Bool)
  /// `any P`
  case existential(String)
  /// A generic parameter of the declaration or of its owner.
  case parameter(String)
  /// What bindgen has no place for, as it is written.
  case other(String)

  struct Element: Hashable {
    var label: String?
    var type: TypeReference
  }

  static let void = TypeReference.tuple([])
}

extension TypeReference: CustomStringConvertible {
  /// The type as a signature shows it to guest code.
  var description: String {
    switch self {
    case .named(let name, let arguments):
      arguments.isEmpty ? name : "\(name)<\(arguments.map(\.description).joined(separator: ", "))>"
    case .optional(let wrapped):
      switch wrapped {
      case .function, .existential: "(\(wrapped))?"
      default: "\(wrapped)?"
      }
    case .array(let element): "[\(element)]"
    case .tuple([]): "Void"
    case .tuple(let elements):
      "("
        + elements.map { ($0.label.map { "\($0): " } ?? "") + $0.type.description }
        .joined(separator: ", ") + ")"
    case .function(let parameters, let result, let canThrow):
      "(\(parameters.map(\.description).joined(separator: ", ")))"
        + (canThrow ? " throws" : "") + " -> \(result)"
    case .existential(let name): "any \(name)"
    case .parameter(let name): name
    case .other(let text): text
    }
  }
}

extension TypeReference {
  /// The type with every part replaced for which `replace` has an answer.
  func mapped(_ replace: (TypeReference) -> TypeReference?) -> TypeReference {
    if let replacement = replace(self) { return replacement }
    switch self {
    case .named(let name, let arguments): return .named(name, arguments.map { $0.mapped(replace) })
    case .optional(let wrapped): return .optional(wrapped.mapped(replace))
    case .array(let element): return .array(element.mapped(replace))
    case .tuple(let elements):
      return .tuple(elements.map { Element(label: $0.label, type: $0.type.mapped(replace)) })
    case .function(let parameters, let result, let canThrow):
      return .function(
        parameters.map { $0.mapped(replace) }, result: result.mapped(replace), canThrow: canThrow)
    case .existential, .parameter, .other: return self
    }
  }

  /// `[(K, V)]` for `KeyValuePairs<K, V>`, nil for other types.
  var pairs: TypeReference? {
    guard case .named("KeyValuePairs", let arguments) = self, arguments.count == 2 else {
      return nil
    }
    return .array(.tuple(arguments.map { Element(label: nil, type: $0) }))
  }

  /// Whether some part of the type satisfies a condition.
  func contains(_ condition: (TypeReference) -> Bool) -> Bool {
    var found = false
    _ = mapped { part in
      found = found || condition(part)
      return nil
    }
    return found
  }
}
