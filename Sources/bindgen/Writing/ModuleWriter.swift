/// Writes the files that bind one module: one for each of its source files, and one for the whole.
struct ModuleWriter {
  let module: LibraryModule
  let catalog: Catalog
  /// Modules that generated files import besides `Interpreter`, or whole import declarations.
  let imports: [String]
  /// False when the library is compiled together with its bindings, as in tests.
  let isQualified: Bool

  struct File {
    var name: String
    var text: String
  }

  /// A declaration without a thunk and the reason for it.
  struct Unbound {
    var place: String
    var signature: String
    var reason: String

    init(place: String, signature: String, reason: String) {
      self.place = place
      self.signature = signature
      self.reason = reason
    }

    init(place: String, signature: String, _ error: any Error) {
      let reason = (error as? Unbindable)?.reason ?? "\(error)"
      self.init(place: place, signature: signature, reason: reason)
    }
  }

  func write() -> (files: [File], unbound: [Unbound]) {
    var files: [File] = []
    var allUnbound = module.nested.map {
      Unbound(place: $0.place, signature: $0.name, reason: "a type inside a type")
    }
    var entries: [String] = []
    for source in sourceFiles() {
      guard let (file, entry, unbound) = write(source) else { continue }
      files.append(file)
      allUnbound += unbound
      entries.append(entry)
    }
    files.append(moduleFile(entries, allUnbound))
    return (files, allUnbound)
  }

  /// Names of the library's source files, in the order in which they were read.
  private func sourceFiles() -> [String] {
    var seen: Set<String> = []
    let names = module.types.map(\.file) + module.declarations.map(\.file)
    return names.filter { seen.insert($0).inserted }.sorted()
  }

  /// Package declarations, overrides and what the runtime does by itself need no thunk.
  private func isBound(_ declaration: LibraryDeclaration) -> Bool {
    if declaration.isPackage { return false }
    if declaration.isOverride && declaration.kind != .initializer { return false }
    let type = declaration.owner.flatMap { catalog.types[$0] }
    switch declaration.name {
    case "hash", "makeIterator", "==": return type == nil || type?.kind == .protocol
    default: return true
    }
  }

  /// Binds what one source file declares; nil when that is nothing.
  private func write(_ source: String) -> (File, entry: String, [Unbound])? {
    var unbound: [Unbound] = []
    var statements: [String] = []
    var extras: [String] = []
    for type in module.types where type.file == source {
      do { try write(type, &statements, &extras, &unbound) } catch {
        unbound.append(Unbound(place: source, signature: type.name, error))
      }
    }
    for member in module.declarations where member.file == source && isBound(member) {
      do { statements.append(try statement(member)) } catch {
        unbound.append(Unbound(place: member.place, signature: member.signature, error))
      }
    }
    if statements.isEmpty && unbound.isEmpty { return nil }
    let base = source.replacing(".swift", with: "")
    let entry = "declare\(module.name)\(base.filter { $0.isLetter || $0.isNumber })"
    let text =
      Self.header("\(module.name)/\(source)", unbound) + importLines + "\n"
      + "func \(entry)(_ module: NativeModule) {\n"
      + statements.map { "  " + $0 + "\n" }.joined() + "}\n"
      + extras.map { "\n" + $0 + "\n" }.joined()
    return (File(name: "\(module.name).\(base).swift", text: text), entry, unbound)
  }

  private func write(
    _ type: LibraryType, _ statements: inout [String], _ extras: inout [String],
    _ unbound: inout [Unbound]
  ) throws {
    if type.kind == .protocol {
      let refines = type.protocols.map { "\"\($0)\"" }.joined(separator: ", ")
      statements.append("module.protocol(\"\(type.name)\", refines: [\(refines)])")
      extras.append(ProtocolConversion(type: type, catalog: catalog).write())
      return
    }
    let registration = TypeRegistration(type: type, catalog: catalog)
    var lines = try registration.statements()
    // A subclass inherits the conversion.
    if type.superclass == nil { extras.append(try registration.conformance()) }
    let subclass = GuestSubclass(type: type, catalog: catalog)
    if type.isOpen && subclass.isPossible {
      lines += subclass.registration()
      let (text, closed) = subclass.write()
      extras.append(text)
      unbound += closed.map {
        Unbound(place: $0.place, signature: $0.signature, reason: "no override: \($1)")
      }
    }
    statements.append(
      "do {\n" + lines.map { "    \($0)\n" }.joined() + "  }")
  }

  private func statement(_ member: LibraryDeclaration) throws -> String {
    let thunk = try Thunk(member, in: catalog, module: isQualified ? module.name : nil)
    var arguments = [literal(member.signature)]
    if let owner = member.owner { arguments.append("in: \"\(owner)\"") }
    if let text = member.documentation { arguments.append("documentation: \(literal(text))") }
    // In parentheses: a trailing closure would be taken for the setter.
    arguments.append("{ call in\n    \(thunk.call)\n  }")
    if let setter = thunk.setter { arguments.append("set: { call in\n    \(setter)\n  }") }
    return "module.declare(\(arguments.joined(separator: ", ")))"
  }

  private func moduleFile(_ entries: [String], _ unbound: [Unbound]) -> File {
    var lines = ["let module = NativeModule(\"\(module.name)\")"]
    let reexports = module.reexports.filter { name in catalog.modules.contains { $0.name == name } }
    if !reexports.isEmpty {
      lines.append("module.reexports = [\(reexports.map { "\"\($0)\"" }.joined(separator: ", "))]")
    }
    lines += module.operators.map { "module.operator(\(literal($0)))" }
    lines += entries.map { "\($0)(module)" }
    for conformance in module.conformances {
      let names = conformance.protocols.map { "\"\($0)\"" }.joined(separator: ", ")
      let condition = conformance.requirements.map { ", where: \(literal($0))" } ?? ""
      lines.append("module.conformance(of: \"\(conformance.type)\", to: [\(names)]\(condition))")
    }
    lines.append("return module")
    let errors = module.types.filter { $0.protocols.contains("Error") && $0.kind != .protocol }
    let cases = errors.map {
      "  if let error = error as? \($0.name) { return call.thrown(error, \"\($0.name)\") }\n"
    }
    let text =
      Self.header("module \(module.name)", unbound) + importLines + "\n"
      + "func make\(module.name)Module() -> NativeModule {\n"
      + lines.map { "  " + $0 + "\n" }.joined() + "}\n\n"
      + "/// The guest's form of an error that the module declares.\n"
      + "func guestErrorOf\(module.name)(_ error: any Error, _ call: NativeCall) -> GuestError? {\n"
      + cases.joined() + "  return nil\n}\n"
    return File(name: "\(module.name).swift", text: text)
  }

  private var importLines: String {
    (["Interpreter"] + imports).sorted().map {
      $0.contains("import ") ? "\($0)\n" : "import \($0)\n"
    }.joined()
  }

  static func header(_ source: String, _ unbound: [Unbound]) -> String {
    var text = "// swift-format-ignore-file\n// Generated by bindgen from \(source); do not edit.\n"
    if !unbound.isEmpty {
      text += "//\n// Not bound:\n"
      for entry in unbound { text += "//   \(entry.signature): \(entry.reason)\n" }
    }
    return text + "\n"
  }
}
