/// Writes the statements that declare a type and what the runtime needs to know about its values.
struct TypeRegistration {
  let type: LibraryType
  let catalog: Catalog

  /// The host's name, generic parameters filled with guest values.
  private var host: String {
    type.generics.isEmpty
      ? type.name
      : "\(type.name)<\(type.generics.map { _ in "GuestValue" }.joined(separator: ", "))>"
  }

  /// How instances are read and written.
  func conformance() throws -> String {
    if let conversion = EnumConversion(type, in: catalog) { return try conversion.conformance() }
    return type.kind == .class
      ? "extension \(type.name): SlotConvertible {}"
      : "extension \(type.name): BoxedInSlot {}"
  }

  func statements() throws -> [String] {
    var arguments = ["\"\(type.name)\"", ".\(type.kind.rawValue)"]
    if !type.generics.isEmpty {
      arguments.append(
        "generics: [\(type.generics.map { "\"\($0.name)\"" }.joined(separator: ", "))]")
    }
    if let superclass = type.superclass { arguments.append("superclass: \"\(superclass)\"") }
    if !type.protocols.isEmpty {
      arguments.append("protocols: [\(type.protocols.map { "\"\($0)\"" }.joined(separator: ", "))]")
    }
    if let element = type.element { arguments.append("element: \"\(element)\"") }
    if type.isOpen { arguments.append("isOpen: true") }
    if let text = type.documentation { arguments.append("documentation: \(literal(text))") }
    var lines = [
      "let type = module.type(\(arguments.joined(separator: ", ")))",
      "type.hostType = \(host).self",
      "type.describe = { Slots.describe(\(host).self, $0) }",
    ]
    if let conversion = EnumConversion(type, in: catalog) {
      lines.append("type.layout = \(conversion.layout)")
    }
    if type.protocols.contains("Equatable") || type.protocols.contains("Hashable") {
      lines.append("type.equals = { Slots.equal(\(host).self, $0, $1) }")
    }
    if type.protocols.contains("Hashable") {
      lines.append("type.hash = { Slots.hash(\(host).self, $0, &$1) }")
    }
    if let element = type.element { lines.append(try iterator(element)) }
    return lines
  }

  private func iterator(_ element: TypeReference) throws -> String {
    var uses: [String: Conversion.Generic] = [:]
    for (index, parameter) in type.generics.enumerated() {
      uses[parameter.name] = .value(index: index)
    }
    let conversion = Conversion(catalog: catalog, generics: uses)
    let writes = try conversion.write(element, "element", "output").joined(separator: "; ")
    return "type.makeIterator = { call in try call.iterate(\(host).self) "
      + "{ output, element in \(writes) } }"
  }
}

/// A Swift string literal.
func literal(_ text: String) -> String {
  var result = "\""
  for character in text {
    switch character {
    case "\n": result += "\\n"
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    default: result.append(character)
    }
  }
  return result + "\""
}
