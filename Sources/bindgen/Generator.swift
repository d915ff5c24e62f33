import Foundation

/// Reads the sources of modules and writes their bindings.
struct Generator {
  struct Source {
    var module: String
    var folder: String
  }

  var sources: [Source]
  /// Public types that guest code must not see.
  var hidden: Set<String> = []
  var imports: [String] = []
  var isQualified = true

  struct Output {
    var files: [ModuleWriter.File]
    var unbound: [ModuleWriter.Unbound]
  }

  func run() throws -> Output {
    let modules = Resolver.resolve(try sources.map(read)).map(withoutHidden)
    let catalog = Catalog(modules)
    var output = Output(files: [], unbound: [])
    for module in modules {
      let writer = ModuleWriter(
        module: module, catalog: catalog, imports: imports, isQualified: isQualified)
      let (files, unbound) = writer.write()
      output.files += files
      output.unbound += unbound
    }
    output.files.append(library(modules.map(\.name)))
    return output
  }

  /// What the modules make together.
  private func library(_ modules: [String]) -> ModuleWriter.File {
    let makers = modules.map { "make\($0)Module()" }.joined(separator: ", ")
    let errors = modules.map { "guestErrorOf\($0)(error, call)" }.joined(separator: " ?? ")
    let text =
      ModuleWriter.header("all modules", []) + "import Interpreter\n\n"
      + "func makeLibraryModules() -> [NativeModule] { [\(makers)] }\n\n"
      + "/// The guest's form of an error that one of the modules declares.\n"
      + "func libraryError(_ error: any Error, _ call: NativeCall) -> GuestError? {\n"
      + "  \(errors)\n}\n"
    return ModuleWriter.File(name: "Library.swift", text: text)
  }

  private func read(_ source: Source) throws -> LibraryModule {
    var module = LibraryModule(name: source.module)
    for path in try Self.swiftFiles(in: source.folder) {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let name = URL(fileURLWithPath: path).lastPathComponent
      module = FileReader(file: name, source: text, into: module).module
    }
    return module
  }

  private func withoutHidden(_ module: LibraryModule) -> LibraryModule {
    var module = module
    module.types.removeAll { hidden.contains($0.name) }
    module.declarations.removeAll { $0.owner.map(hidden.contains) ?? false }
    module.nested.removeAll { nested in hidden.contains { nested.name.hasPrefix("\($0).") } }
    return module
  }

  static func swiftFiles(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
  }
}
