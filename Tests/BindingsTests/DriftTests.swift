import Foundation
import Testing

@testable import bindgen

/// Generated files say what the sources say. `script/bindings` writes those of the library anew;
/// those of the samples are written by the test itself when `LECTERN_RECORD` is set.
@Suite struct DriftTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  @Test func bindingsOfTheLibraryAreFresh() throws {
    // The arguments are those of the script, so that there is one list of modules.
    let script = try String(contentsOfFile: "\(Self.root)/script/bindings", encoding: .utf8)
    let words = script.split { $0.isWhitespace || $0 == "\\" }.map(String.init)
    func values(_ flag: String) -> [String] {
      zip(words, words.dropFirst()).filter { $0.0 == flag }.map(\.1)
    }
    let sources = values("--module").map { $0.split(separator: "=").map(String.init) }
    #expect(sources.count >= 2)
    let generator = Generator(
      sources: sources.map { .init(module: $0[0], folder: "\(Self.root)/\($0[1])") },
      hidden: Set(values("--hide")), imports: sources.map { $0[0] })
    let folder = GeneratedFolder(path: "\(Self.root)/\(values("--output")[0])")
    #expect(folder.differences(from: try generator.run().files) == [])
  }

  @Test func bindingsOfTheSamplesAreFresh() throws {
    let tests = "\(Self.root)/Tests/BindingsTests"
    let generator = Generator(
      sources: [.init(module: "Sample", folder: "\(tests)/Sample")],
      imports: ["@testable import Bindings"], isQualified: false)
    let output = try generator.run()
    let folder = GeneratedFolder(path: "\(tests)/SampleBindings")
    if ProcessInfo.processInfo.environment["LECTERN_RECORD"] != nil {
      try folder.replace(with: output.files)
    }
    #expect(folder.differences(from: output.files) == [])
    #expect(
      output.unbound.map { "\($0.signature): \($0.reason)" } == [
        "Point.Hidden: a type inside a type",
        "func unsupported(_ body: (inout Int) -> Void, _ table: Dictionary<String, Int>): "
          + "the type (inout Int) -> Void",
        "var length: Int { get }: a member of Range",
      ])
  }
}
