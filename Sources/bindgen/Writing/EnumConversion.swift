/// Writes how the values of an enum stand in slots: like those of a guest enum, so that guest code
/// can take them apart in a `switch`.
///
/// The first slot is the tag, the position of the case. If any case has a payload, the second is a
/// reference to it.
struct EnumConversion {
  let type: LibraryType
  let cases: [LibraryDeclaration]
  private let conversion: Conversion

  /// Nil when a payload cannot be taken apart; then values stand in boxes.
  init?(_ type: LibraryType, in catalog: Catalog) {
    guard type.kind == .enum, type.generics.isEmpty else { return nil }
    self.type = type
    cases = catalog.members(of: type.name).filter { $0.kind == .enumCase }
    conversion = Conversion(catalog: catalog, generics: [:])
    for enumCase in cases {
      for parameter in enumCase.parameters
      where !conversion.isPlain(parameter.type)
        // A case that holds its own type would need the layout of this one.
        || parameter.type.contains({ $0 == .named(type.name, []) })
      { return nil }
    }
    if cases.isEmpty { return nil }
  }

  private var hasPayload: Bool { cases.contains { !$0.parameters.isEmpty } }

  /// The layout for the runtime.
  var layout: String { hasPayload ? "Slots.tagged" : "Slots.word" }

  func conformance() throws -> String {
    """
    extension \(type.name): SlotConvertible {
      public static var layout: Interpreter.Layout { \(layout) }
      @inline(__always) public static var slotCount: Int { \(hasPayload ? 2 : 1) }
      @inline(__always) public static var isNullable: Bool { false }

      public static func read(from input: inout SlotReader) -> \(type.name) {
        \(hasPayload ? "let (tag, payload) = input.readTagged()" : "let tag = input.next()")
        switch tag {
    \(try cases.enumerated().map { try reading($0, $1) }.joined(separator: "\n"))
        }
      }

      public func write(to output: inout SlotWriter) {
        switch self {
    \(try cases.enumerated().map { try writing($0, $1) }.joined(separator: "\n"))
        }
      }
    }
    """
  }

  private func reading(_ tag: Int, _ enumCase: LibraryDeclaration) throws -> String {
    let label = tag == cases.count - 1 ? "default" : "case \(tag)"
    if enumCase.parameters.isEmpty { return "    \(label): return .\(enumCase.name)" }
    let arguments = try enumCase.parameters.map {
      ($0.label.map { "\($0): " } ?? "") + (try conversion.read($0.type))
    }
    return "    \(label):\n      var input = SlotReader(payload: payload)\n"
      + "      return .\(enumCase.name)(\(arguments.joined(separator: ", ")))"
  }

  private func writing(_ tag: Int, _ enumCase: LibraryDeclaration) throws -> String {
    if enumCase.parameters.isEmpty {
      return "    case .\(enumCase.name): output.\(hasPayload ? "writeTag" : "put")(\(tag))"
    }
    let names = enumCase.parameters.indices.map { "a\($0)" }
    let layouts = try conversion.layouts(enumCase.parameters.map(\.type), "output")
    let writes = try zip(names, enumCase.parameters).flatMap {
      try conversion.write($1.type, $0, "output")
    }
    return "    case .\(enumCase.name)(\(names.map { "let \($0)" }.joined(separator: ", "))):\n"
      + "      output.writeTag(\(tag), payload: Slots.layout([\(layouts)])) "
      + "{ output in \(writes.joined(separator: "; ")) }"
  }
}
