import Foundation
import MathML

/// A formula in a file, and the MathML it shall become.
///
/// A file holds, one after the other: the formula in its dollars at the beginning of a line, then
/// the MathML in lines that are indented. Characters that cannot be seen are written `&#x2061;`.
struct Formula {
  /// File and line, for messages.
  let name: String
  let latex: String
  let isDisplay: Bool
  let expected: String

  func render() -> MathRendering { MathML.render(latex, display: isDisplay) }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Formulas")

  static func all() throws -> [Formula] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
      .flatMap(read)
  }

  private static func read(_ file: URL) throws -> [Formula] {
    let lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    var formulas: [Formula] = []
    for (index, line) in lines.enumerated() where line.hasPrefix("$") {
      let dollars = line.hasPrefix("$$") ? 2 : 1
      let expected = lines[(index + 1)...].prefix { $0.hasPrefix("  ") }
        .map { $0.trimmingCharacters(in: .whitespaces) }
        .joined()
      formulas.append(
        Formula(
          name: "\(file.lastPathComponent):\(index + 1): \(line)",
          latex: String(line.dropFirst(dollars).dropLast(dollars)), isDisplay: dollars == 2,
          expected: visible(expected)))
    }
    return formulas
  }

  private static func visible(_ markup: String) -> String {
    [("&#x2061;", "\u{2061}"), ("&#xA0;", "\u{A0}"), ("&#x2009;", "\u{2009}")]
      .reduce(markup) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
  }
}
