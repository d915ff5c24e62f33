import Foundation
import Interpreter
import Testing

@testable import Bindings

/// Interpreted programs over the library: `Programs/x.swift` prints `Programs/x.out`.
@Suite(.serialized) struct ProgramTests {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Programs").path

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }.sorted()

  @Test(arguments: names) func prints(_ name: String) throws {
    let source = try String(contentsOfFile: "\(Self.folder)/\(name).swift", encoding: .utf8)
    let output = run(source, name)
    let expected = try? String(contentsOfFile: "\(Self.folder)/\(name).out", encoding: .utf8)
    #expect(output == expected)
  }

  /// What a script prints; then what went wrong, if anything.
  private func run(_ source: String, _ name: String) -> String {
    var output = ""
    let session = Session(modules: LecternModules.all) { output += $0 }
    let diagnostics = session.check([SourceUnit(name: name, text: source)])
    for diagnostic in diagnostics where diagnostic.severity == .error {
      output += "\(diagnostic.location.line): \(diagnostic.message)\n"
    }
    if diagnostics.contains(where: { $0.severity == .error }) { return output }
    do { _ = try session.run(0) } catch {
      output += "\(error.typeName ?? "Fatal error"): \(error.message)\n"
      for frame in error.trace { output += "  \(frame.function):\(frame.location.line)\n" }
    }
    return output
  }
}
