import ArgumentParser
import Foundation

@main
struct Bindgen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bindgen",
    abstract: "Writes the glue between the library and the interpreter.",
    discussion: "Reads public declarations; see Sources/bindgen/README.md.")

  @Option(help: "A module and its sources, as Tensors=Sources/Tensors; in order of dependency.")
  var module: [String]

  @Option(help: "A public type that guest code must not see.")
  var hide: [String] = []

  @Option(help: "The folder that holds generated files and nothing else.")
  var output: String

  @Flag(help: "Write nothing; fail when the files differ from what would be written.")
  var check = false

  func run() throws {
    let sources = try module.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw ValidationError("expected NAME=FOLDER, got \(text)") }
      return Generator.Source(module: parts[0], folder: parts[1])
    }
    let generator = Generator(
      sources: sources, hidden: Set(hide), imports: sources.map(\.module))
    let result = try generator.run()
    for entry in result.unbound {
      FileHandle.standardError.write(
        Data("\(entry.place): not bound: \(entry.signature): \(entry.reason)\n".utf8))
    }
    let folder = GeneratedFolder(path: output)
    if check {
      let stale = folder.differences(from: result.files)
      guard stale.isEmpty else {
        FileHandle.standardError.write(
          Data("stale: \(stale.joined(separator: ", ")); run script/bindings\n".utf8))
        throw ExitCode(1)
      }
    } else {
      try folder.replace(with: result.files)
    }
  }
}
