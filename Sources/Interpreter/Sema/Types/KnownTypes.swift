/// The types and protocols of the standard library that the language itself needs.
struct KnownTypes {
  let library: Library

  let int, double, float, string, character, bool, never: Type
  let array, dictionary, set, optional: NominalDeclaration
  let range, closedRange, keyValuePairs: NominalDeclaration?
  let error: ProtocolDeclaration

  init(_ library: Library) {
    self.library = library
    func type(_ name: String) -> Type {
      .nominal(library.nominal(name) ?? NominalDeclaration(name, .struct, module: "Swift"), [])
    }
    func generic(_ name: String, _ parameters: String...) -> NominalDeclaration {
      if let found = library.nominal(name) { return found }
      let made = NominalDeclaration(name, .struct, module: "Swift")
      made.genericParameters = parameters.map { GenericParameter($0) }
      return made
    }
    int = type("Int")
    double = type("Double")
    float = type("Float")
    string = type("String")
    character = type("Character")
    bool = type("Bool")
    never = type("Never")
    array = generic("Array", "Element")
    dictionary = generic("Dictionary", "Key", "Value")
    set = generic("Set", "Element")
    optional = generic("Optional", "Wrapped")
    range = library.nominal("Range")
    closedRange = library.nominal("ClosedRange")
    keyValuePairs = library.nominal("KeyValuePairs")
    error =
      library.protocolDeclaration("Error") ?? ProtocolDeclaration("Error", module: "Swift")
  }

  func arrayOf(_ element: Type) -> Type { .nominal(array, [element]) }
  func optionalOf(_ wrapped: Type) -> Type { .nominal(optional, [wrapped]) }
  func dictionaryOf(_ key: Type, _ value: Type) -> Type { .nominal(dictionary, [key, value]) }
  var anyError: Type { .existential([error]) }

  func wrapped(_ type: Type) -> Type? {
    if case .nominal(let declaration, let arguments) = type, declaration === optional {
      arguments.first
    } else {
      nil
    }
  }

  func element(ofArray type: Type) -> Type? {
    if case .nominal(let declaration, let arguments) = type, declaration === array {
      arguments.first
    } else {
      nil
    }
  }

  /// The types that `[key: value]` can make.
  func isDictionary(_ declaration: NominalDeclaration) -> Bool {
    declaration === dictionary || declaration === keyValuePairs
  }

  func isOptional(_ type: Type) -> Bool { wrapped(type) != nil }

  /// The type without any layer of optional.
  func fullyUnwrapped(_ type: Type) -> Type {
    var type = type
    while let inner = wrapped(type) { type = inner }
    return type
  }

  static let integerNames: Set<String> = [
    "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64",
  ]
  static let floatingNames: Set<String> = ["Double", "Float", "CGFloat", "Float16"]

  func isInteger(_ type: Type) -> Bool {
    guard let nominal = type.nominal, nominal.native != nil || nominal.module == "Swift" else {
      return false
    }
    return Self.integerNames.contains(nominal.name)
  }

  func isFloating(_ type: Type) -> Bool {
    guard let nominal = type.nominal, nominal.native != nil || nominal.module == "Swift" else {
      return false
    }
    return Self.floatingNames.contains(nominal.name)
  }
}

extension Type {
  /// Whether parts of the type are not known.
  var hasHoles: Bool {
    switch self {
    case .invalid: true
    case .nominal(_, let arguments): arguments.contains { $0.hasHoles }
    case .tuple(let elements): elements.contains { $0.type.hasHoles }
    case .function(let function):
      function.result.hasHoles || function.parameters.contains { $0.type.hasHoles }
    case .metatype(let type): type.hasHoles
    case .existential, .parameter: false
    }
  }
}

extension NominalDeclaration {
  var isClass: Bool { kind == .class }
}
