/// Writes how a value whose type conforms to a protocol of the library is recognised at run time.
struct ProtocolConversion {
  let type: LibraryType
  let catalog: Catalog

  private var conformers: [Catalog.Conformer] { catalog.conforming[type.name] ?? [] }

  /// The root of all conforming classes, when classes are all there are.
  private var rootClass: String? {
    let names = conformers.map(\.type)
    return names.first { root in
      names.allSatisfy { name in catalog.ancestors(of: name).contains { $0.name == root } }
    }
  }

  func write() -> String {
    if let rootClass { return classConversion(rootClass) }
    var cases: [String] = []
    var hosts: [(pattern: String, name: String)] = []
    for conformer in conformers {
      guard let host = host(conformer) else { continue }
      let test =
        host.argument.map { "type.isNamed(\"\(conformer.type)\", of: \"\($0)\")" }
        ?? "type.isNamed(\"\(conformer.type)\")"
      let read =
        Conversion.strides.contains(conformer.type)
        ? "read\(conformer.type)()" : "read(\(host.name).self)"
      cases.append("    if \(test) { return \(read) }")
      hosts.append((host.name, conformer.type))
    }
    return """
      extension SlotReader {
        /// A value of a known type that conforms to `\(type.name)`.
        mutating func read\(type.name)(_ type: RuntimeType) throws -> any \(type.name) {
      \(cases.joined(separator: "\n"))
          throw Trap("\\(type.name) does not conform to \(type.name)")
        }

        /// An `any \(type.name)`.
        mutating func read\(type.name)() throws -> any \(type.name) {
          try readExistential { input, type in try input.read\(type.name)(type) }
        }
      }

      extension SlotWriter {
        /// An `any \(type.name)`.
        mutating func write\(type.name)(_ value: any \(type.name)) {
          switch value {
      \(hosts.filter { !$0.pattern.contains("<") }.map {
        "    case let value as \($0.pattern): writeExistential(value, \"\($0.name)\")"
      }.joined(separator: "\n"))
          default: fatalError("\\(Swift.type(of: value)) is not bound")
          }
        }
      }
      """
  }

  private func classConversion(_ root: String) -> String {
    """
    extension SlotReader {
      /// An instance of a class that conforms to `\(type.name)`, bare or as `any \(type.name)`.
      mutating func read\(type.name)() throws -> \(root) { readObject(\(root).self) }

      mutating func read\(type.name)(_ type: RuntimeType) throws -> \(root) {
        type.layout == .reference && type.type.nominal != nil
          ? read(\(root).self) : readObject(\(root).self)
      }
    }

    extension SlotWriter {
      /// An `any \(type.name)`.
      mutating func write\(type.name)(_ value: any \(type.name)) {
        writeExistential(value as AnyObject)
      }
    }
    """
  }

  /// The concrete type for the host; nil for conformances that have no values in slots.
  private func host(_ conformer: Catalog.Conformer) -> (name: String, argument: String?)? {
    if let known = catalog.types[conformer.type] {
      return known.generics.isEmpty && known.kind != .protocol ? (conformer.type, nil) : nil
    }
    if Conversion.standard.contains(conformer.type) { return (conformer.type, nil) }
    let words = conformer.requirements?.split(separator: " ").map(String.init) ?? []
    guard words.count == 3, words[1] == "==", Conversion.standard.contains(words[2]),
      conformer.type == "Array" || Conversion.isRange(conformer.type)
        || Conversion.strides.contains(conformer.type)
    else { return nil }
    return ("\(conformer.type)<\(words[2])>", words[2])
  }
}
