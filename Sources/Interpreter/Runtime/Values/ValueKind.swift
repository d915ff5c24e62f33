/// What a runtime type is to the operations that take values of any type.
///
/// Found once per type, so that describing or comparing a value is one switch.
enum ValueKind {
  case int, double, float, bool, string, character
  case fixedInteger(FixedWidth)
  case substring, array, slice, dictionary, set, pairs
  case optional, range, closedRange, partialRange
  case tuple
  /// Struct, enum and class of guest code.
  case structure, enumeration, instance
  /// A class of native code, or a guest class that inherits from one.
  case nativeObject(NativeType)
  /// A struct or enum of native code.
  case nativeValue(NativeType)
  case function, existential, metatype, unknown

  init(_ type: Type) {
    switch type {
    case .nominal(let declaration, _): self = ValueKind(declaration)
    case .tuple: self = .tuple
    case .function: self = .function
    case .existential: self = .existential
    case .metatype: self = .metatype
    case .parameter, .invalid: self = .unknown
    }
  }

  private init(_ declaration: NominalDeclaration) {
    if let native = declaration.native {
      self =
        (declaration.module == "Swift" ? Self.standard[declaration.name] : nil)
        ?? (declaration.kind == .class ? .nativeObject(native) : .nativeValue(native))
      return
    }
    switch declaration.kind {
    case .struct: self = .structure
    case .enum: self = .enumeration
    case .class:
      var ancestor = declaration.superclass?.nominal
      while let next = ancestor, next.native == nil { ancestor = next.superclass?.nominal }
      self = ancestor?.native.map { .nativeObject($0) } ?? .instance
    }
  }

  private static let standard: [String: ValueKind] = {
    var kinds: [String: ValueKind] = [
      "Int": .int, "Double": .double, "Float": .float, "Bool": .bool, "String": .string,
      "Character": .character, "Substring": .substring, "Array": .array, "ArraySlice": .slice,
      "Dictionary": .dictionary, "Set": .set, "KeyValuePairs": .pairs, "Optional": .optional,
      "Range": .range, "ClosedRange": .closedRange,
      "PartialRangeFrom": .partialRange, "PartialRangeUpTo": .partialRange,
      "PartialRangeThrough": .partialRange,
    ]
    for width in FixedWidth.allCases { kinds[width.rawValue] = .fixedInteger(width) }
    return kinds
  }()

  /// Types whose only slot holds a reference that is never 0.
  static func isNullable(_ type: RuntimeType) -> Bool {
    guard type.layout == .reference else { return false }
    switch type.kind {
    case .optional: return false
    case .structure, .tuple:
      // A struct around an optional reference may be 0 itself.
      return type.fields.first { $0.type.layout.count > 0 }.map(\.type.isNullable) ?? false
    default: return true
    }
  }
}

/// The integer types besides Int. In slots they are sign- or zero-extended to a word.
enum FixedWidth: String, CaseIterable {
  case int8 = "Int8"
  case int16 = "Int16"
  case int32 = "Int32"
  case int64 = "Int64"
  case uint8 = "UInt8"
  case uint16 = "UInt16"
  case uint32 = "UInt32"
  case uint64 = "UInt64"
  case uint = "UInt"
}
