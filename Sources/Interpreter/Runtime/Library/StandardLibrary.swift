/// The standard library of guest code: module `Swift`, always visible, and what notebooks need of
/// `Foundation`.
///
/// Each signature stands beside its native implementation. The signature is decoded when a program
/// first uses the name, the implementation works on slots; neither costs anything before.
public enum StandardLibrary {
  public static let modules = [swift, foundation]

  /// Types and functions that every program sees.
  static let swift: NativeModule = {
    let module = NativeModule("Swift")
    declareProtocols(in: module)
    declareTypes(in: module)
    declareInt(in: module)
    declareFixedWidthIntegers(in: module)
    declareDouble(in: module)
    declareFloat(in: module)
    declareFloatingPointMembers(in: module)
    declareBool(in: module)
    declareOptional(in: module)
    declareGenericOperators(in: module)
    declareGlobalFunctions(in: module)
    declarePrinting(in: module)
    declareRanges(in: module)
    declareStrides(in: module)
    declareSequenceMembers(in: module)
    declareSequenceSearches(in: module)
    declareSequenceOrdering(in: module)
    declareArray(in: module)
    declareArrayMutation(in: module)
    module.members(of: "ArraySlice") { declareArraySlice(in: $0) }
    declareString(in: module)
    declareStringMembers(in: module)
    declareStringIndices(in: module)
    module.members(of: "Substring") { declareSubstring(in: $0) }
    module.members(of: "Character") { declareCharacter(in: $0) }
    module.members(of: "Dictionary") { declareDictionary(in: $0) }
    module.members(of: "Set") { declareSet(in: $0) }
    module.members(of: "KeyValuePairs") { declareKeyValuePairs(in: $0) }
    return module
  }()

  static let foundation: NativeModule = {
    let module = NativeModule("Foundation")
    declareMathematics(in: module)
    declareFoundationStrings(in: module)
    declareProcess(in: module)
    return module
  }()

  private static func declareProtocols(in module: NativeModule) {
    for name in [
      "Equatable", "Sequence", "CustomStringConvertible", "CustomDebugStringConvertible", "Error",
      "CaseIterable", "RawRepresentable", "ExpressibleByIntegerLiteral",
      "ExpressibleByFloatLiteral", "ExpressibleByStringLiteral", "ExpressibleByArrayLiteral",
      "ExpressibleByDictionaryLiteral", "ExpressibleByBooleanLiteral", "ExpressibleByNilLiteral",
      "AnyObject", "Sendable", "CVarArg", "TextOutputStream", "Identifiable",
    ] {
      module.protocol(name)
    }
    module.protocol("Hashable", refines: ["Equatable"])
    module.protocol("Comparable", refines: ["Equatable"])
    module.protocol("AdditiveArithmetic", refines: ["Equatable"])
    module.protocol("Numeric", refines: ["AdditiveArithmetic", "ExpressibleByIntegerLiteral"])
    module.protocol("SignedNumeric", refines: ["Numeric"])
    module.protocol("Strideable", refines: ["Comparable"])
    module.protocol(
      "BinaryInteger", refines: ["Numeric", "Hashable", "Strideable", "CustomStringConvertible"])
    module.protocol("FixedWidthInteger", refines: ["BinaryInteger", "LosslessStringConvertible"])
    module.protocol("SignedInteger", refines: ["BinaryInteger", "SignedNumeric"])
    module.protocol("UnsignedInteger", refines: ["BinaryInteger"])
    module.protocol(
      "FloatingPoint", refines: ["SignedNumeric", "Strideable", "Hashable"])
    module.protocol(
      "BinaryFloatingPoint", refines: ["FloatingPoint", "ExpressibleByFloatLiteral"])
    module.protocol("LosslessStringConvertible", refines: ["CustomStringConvertible"])
    module.protocol("Collection", refines: ["Sequence"])
    module.protocol("BidirectionalCollection", refines: ["Collection"])
    module.protocol("RandomAccessCollection", refines: ["BidirectionalCollection"])
    module.protocol("StringProtocol", refines: ["BidirectionalCollection", "Comparable"])
  }

  private static func declareTypes(in module: NativeModule) {
    module.type(
      "Int", .struct, protocols: ["FixedWidthInteger", "SignedInteger", "CVarArg", "Sendable"])
    for name in ["Double", "Float"] {
      module.type(
        name, .struct,
        protocols: [
          "BinaryFloatingPoint", "LosslessStringConvertible", "CVarArg", "Sendable",
        ])
    }
    module.type(
      "Bool", .struct,
      protocols: [
        "Hashable", "LosslessStringConvertible", "ExpressibleByBooleanLiteral", "Sendable",
      ])
    module.type(
      "String", .struct,
      protocols: [
        "StringProtocol", "Hashable", "LosslessStringConvertible", "ExpressibleByStringLiteral",
        "CVarArg", "Sendable", "TextOutputStream",
      ], element: "Character")
    module.type(
      "Substring", .struct,
      protocols: [
        "StringProtocol", "Hashable", "LosslessStringConvertible", "ExpressibleByStringLiteral",
      ], element: "Character")
    module.type(
      "Character", .struct,
      protocols: [
        "Hashable", "Comparable", "LosslessStringConvertible", "ExpressibleByStringLiteral",
      ])
    module.type(
      "Array", .struct, generics: ["Element"],
      protocols: [
        "RandomAccessCollection", "Hashable", "CustomStringConvertible",
        "CustomDebugStringConvertible", "ExpressibleByArrayLiteral",
      ], element: "Element")
    let slice = module.type(
      "ArraySlice", .struct, generics: ["Element"],
      protocols: [
        "RandomAccessCollection", "Hashable", "CustomStringConvertible",
        "CustomDebugStringConvertible", "ExpressibleByArrayLiteral",
      ], element: "Element")
    slice.layout = Layout([true, false, false])
    module.type(
      "Dictionary", .struct, generics: ["Key: Hashable", "Value"],
      protocols: [
        "Collection", "Hashable", "CustomStringConvertible", "CustomDebugStringConvertible",
        "ExpressibleByDictionaryLiteral",
      ], element: "(key: Key, value: Value)")
    module.type(
      "Set", .struct, generics: ["Element: Hashable"],
      protocols: [
        "Collection", "Hashable", "CustomStringConvertible", "CustomDebugStringConvertible",
        "ExpressibleByArrayLiteral",
      ], element: "Element")
    module.type(
      "KeyValuePairs", .struct, generics: ["Key", "Value"],
      protocols: [
        "RandomAccessCollection", "CustomStringConvertible", "CustomDebugStringConvertible",
        "ExpressibleByDictionaryLiteral",
      ], element: "(key: Key, value: Value)")
    module.type(
      "Optional", .enum, generics: ["Wrapped"],
      protocols: ["Hashable", "CustomDebugStringConvertible", "ExpressibleByNilLiteral"])
    module.type("Never", .enum, protocols: ["Hashable", "Comparable", "Error"])
    module.type("Hasher", .struct)
  }
}
