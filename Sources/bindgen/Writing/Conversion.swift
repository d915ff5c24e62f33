/// Why a declaration has no thunk.
struct Unbindable: Error {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Writes the Swift code that moves values between slots and host variables.
///
/// Most types conform to `SlotConvertible` and are read and written by one call. What cannot
/// conform (tuples, functions, `any P`) or is known only at run time (generic values) is taken
/// apart here, element by element.
struct Conversion {
  let catalog: Catalog
  /// What the generic parameters in scope stand for.
  let generics: [String: Generic]

  enum Generic {
    /// Any guest value; its type is `types[index]`.
    case value(index: Int)
    /// An instance of this class or of a subclass.
    case instance(String)
    /// A value whose type conforms to this protocol of the library.
    case conforming(String, index: Int)
  }

  static let words: Set<String> = ["Int", "Double", "Float", "Bool"]
  static let standard: Set<String> = ["Int", "Double", "Float", "Bool", "String"]
  static let ranges: Set<String> = ["Range", "ClosedRange"]
  static let partialRanges: Set<String> = [
    "PartialRangeFrom", "PartialRangeUpTo", "PartialRangeThrough",
  ]

  /// Guest code can pass them where a protocol is wanted; no function of the library names them.
  static let strides: Set<String> = ["StrideTo", "StrideThrough"]

  static func isRange(_ name: String) -> Bool {
    ranges.contains(name) || partialRanges.contains(name)
  }

  /// The host's name of a type, generic parameters replaced by what stands for them.
  func host(_ type: TypeReference) throws -> String {
    let replaced = type.mapped { part in
      guard case .parameter(let name) = part else { return nil }
      switch generics[name] {
      case .value: return .named("GuestValue", [])
      case .instance(let name): return .named(name, [])
      case .conforming(let name, _): return .existential(name)
      case nil: return nil
      }
    }
    return replaced.description
  }

  /// Whether the host's type conforms to `SlotConvertible`.
  func isPlain(_ type: TypeReference) -> Bool {
    switch type {
    case .named(let name, let arguments):
      if Self.isRange(name) { return arguments == [.named("Int", [])] }
      if let known = catalog.types[name] { return known.kind != .protocol }
      return Self.standard.contains(name) && arguments.isEmpty
    case .optional(let wrapped), .array(let wrapped): return isPlain(wrapped)
    case .parameter(let name):
      if case .instance = generics[name] { return true }
      return false
    case .tuple, .function, .existential, .other: return false
    }
  }

  /// An expression of the layout of a type's values; `source` has the types of generic parameters.
  func layout(_ type: TypeReference, _ source: String) throws -> String {
    if isPlain(type) { return "\(try metatype(type)).layout" }
    switch type {
    case .tuple(let elements):
      return
        "Slots.layout([\(try layouts(elements.map(\.type), source))])"
    case .parameter(let name):
      switch generics[name] {
      case .value(let index), .conforming(_, let index): return "\(source).types[\(index)].layout"
      default: throw Unbindable("the generic parameter \(name)")
      }
    case .optional(let wrapped):
      return
        "Slots.optional(\(try layout(wrapped, source)), isNullable: \(isNullable(wrapped, source)))"
    case .array, .function, .existential: return "Slots.reference"
    case .named, .other: throw Unbindable("the type \(type)")
    }
  }

  /// The layouts of several types, separated by commas.
  func layouts(_ types: [TypeReference], _ source: String) throws -> String {
    try types.map { try layout($0, source) }.joined(separator: ", ")
  }

  /// How many slots a value of the type takes.
  func count(_ type: TypeReference, _ source: String) throws -> String {
    if isPlain(type) { return "\(try metatype(type)).slotCount" }
    switch type {
    case .tuple(let elements):
      return elements.isEmpty
        ? "0" : try elements.map { try count($0.type, source) }.joined(separator: " + ")
    case .array, .function, .existential: return "1"
    default: return "\(try layout(type, source)).count"
    }
  }

  /// Whether nil is a reference that is 0, as an expression.
  func isNullable(_ wrapped: TypeReference, _ source: String) -> String {
    switch wrapped {
    case .parameter(let name):
      switch generics[name] {
      case .value(let index), .conforming(_, let index):
        return "\(source).types[\(index)].isNullable"
      default: return "true"
      }
    case .tuple, .optional: return "false"
    case .named(let name, _):
      if let type = catalog.types[name] { return "\(EnumConversion(type, in: catalog) == nil)" }
      return "\(!Self.words.contains(name) && !Self.ranges.contains(name))"
    default: return "true"
    }
  }

  func metatype(_ type: TypeReference) throws -> String {
    switch type {
    case .optional(let wrapped): return "Optional<\(try host(wrapped))>"
    default: return try host(type)
    }
  }

  /// A value to go on with when a guest function has failed: its trap is on the way.
  func placeholder(_ type: TypeReference, _ source: String) throws -> String {
    switch type {
    case .named(let name, _):
      if Self.words.contains(name) || name == "String" || name == "Tensor" {
        return "\(name).placeholder"
      }
      if let known = catalog.types[name], known.kind == .enum,
        let first = catalog.members(of: name).first(where: {
          $0.kind == .enumCase && $0.parameters.isEmpty
        })
      {
        return "\(name).\(first.name)"
      }
      if let known = catalog.types[name], known.kind == .struct, known.generics.isEmpty,
        catalog.members(of: name).contains(where: \.isEmptyInitializer)
      {
        return "\(name)()"
      }
      throw Unbindable("a guest function that returns \(name)")
    case .optional: return "nil"
    case .array: return "[]"
    case .tuple(let elements):
      return "(\(try elements.map { try placeholder($0.type, source) }.joined(separator: ", ")))"
    case .parameter(let name):
      if case .value(let index) = generics[name] {
        return "GuestValue(placeholder: \(source).types[\(index)], \(source).machine)"
      }
      throw Unbindable("a guest function that returns \(name)")
    case .function, .existential, .other: throw Unbindable("a guest function that returns \(type)")
    }
  }
}
