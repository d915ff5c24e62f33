import Datasets
import Foundation
import NN
import XCTest

/// The article "From PyTorch" (Sources/NN/NN.docc/FromPyTorch.md) must be true.
///
/// Tests/Golden/from_pytorch.py has run the left side of each row and recorded what it gives. A test
/// here runs the rows of one section in order, and each must print the same. The code of the article is
/// in these files to the letter, but for white space: `testArticle` compares them.
///
/// A row is `row(#"left"#) { right }`; what an assignment changes is returned after it. A row that
/// makes a variable stands in front: `let x = …`, then `row(#"x = …"#) { x }`.
final class FromPyTorchTests: XCTestCase {
  private var section = ""
  private var recorded: ArraySlice<Row> = []

  /// Rows whose last step on the tape has another name than PyTorch's: a recurrent layer puts the
  /// caller's order back by itself, PyTorch by a further `index_select`.
  private let unlikeGradients = [
    "pad_packed_sequence(lstm(packed)[0], batch_first=True)[0]", "lstm(packed)[1][0]",
  ]

  /// Begins a section of the article.
  func begin(_ section: String) throws {
    self.section = section
    recorded = try Article.recorded().filter { $0.section == section }[...]
    XCTAssertFalse(recorded.isEmpty, "nothing is recorded of \(section)")
  }

  /// Runs the next row of the section.
  func row(_ left: String, line: UInt = #line, _ right: () throws -> Any?) rethrows {
    let value = printed(try right())
    guard let next = recorded.popFirst(), next.left == left else {
      return XCTFail("\(section): not the next row: \(left)", line: line)
    }
    let isUnlike = unlikeGradients.contains(left)
    XCTAssertEqual(
      isUnlike ? value.withoutGradient : value,
      isUnlike ? next.right.withoutGradient : next.right, "\(section): \(left)", line: line)
  }

  /// Ends a section: all of its rows were run.
  func end(line: UInt = #line) {
    XCTAssertEqual(recorded.map { $0.left }, [], "\(section): rows without a test", line: line)
  }

  func testArticle() throws {
    let article = try Article()
    XCTAssertGreaterThan(article.rows.count, 300)
    XCTAssertEqual(
      article.rows.map { "\($0.section): \($0.left)" },
      try Article.recorded().map { "\($0.section): \($0.left)" },
      "run Tests/Golden/from_pytorch.py")
    let tests = try Article.tests()
    for row in article.rows {
      let start = "row(#\"\(row.left)\"#){".packed
      XCTAssertTrue(
        tests.contains(start + row.right.packed) || tests.contains(row.right.packed + start),
        "\(row.section): no test has \(row.left) | \(row.right)")
    }
    for block in article.blocks {
      XCTAssertTrue(tests.contains(block.packed), "no test has\n\(block)")
    }
  }
}

/// A row of the article, or a recorded one, whose right side is what the left side prints.
struct Row {
  let section, left, right: String
}

/// The tables and the Swift code of the article.
struct Article {
  private(set) var rows: [Row] = []
  private(set) var blocks: [String] = []

  private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent()
  private static let root = folder.appendingPathComponent("../../..").standardized

  init() throws {
    let file = Article.root.appendingPathComponent("Sources/NN/NN.docc/FromPyTorch.md")
    var section = ""
    var block: String?
    for line in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n") {
      if let code = block {
        if line == "```" { blocks.append(code) }
        block = line == "```" ? nil : code + line + "\n"
      } else if line == "```swift" {
        block = ""
      } else if line.hasPrefix("## ") {
        section = String(line.dropFirst(3))
      } else if line.hasPrefix("| `"), line.hasSuffix("` |") {
        let cells = line.dropFirst(3).dropLast(3).components(separatedBy: "` | `")
        guard cells.count == 2 else { throw TensorError("article", "not two cells: \(line)") }
        let code = cells.map { $0.replacingOccurrences(of: "\\|", with: "|") }
        rows.append(Row(section: section, left: code[0], right: code[1]))
      }
    }
  }

  /// What the left sides print.
  static func recorded() throws -> [Row] {
    let data = try Data(contentsOf: root.appendingPathComponent("Tests/Golden/from_pytorch.json"))
    let file = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return (file?["cases"] as? [[String: String]] ?? []).map {
      Row(section: $0["section"] ?? "", left: $0["code"] ?? "", right: $0["text"] ?? "")
    }
  }

  /// The code of these tests without white space.
  static func tests() throws -> String {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "swift" }
      .map { file in try String(contentsOf: file, encoding: .utf8).packed }.joined(separator: "\n")
  }
}

extension String {
  /// Without white space.
  fileprivate var packed: String { filter { !$0.isWhitespace } }

  /// Without the name of the gradient at the end of a tensor.
  fileprivate var withoutGradient: String {
    replacingOccurrences(of: ", grad_fn=<[A-Za-z0-9]+>", with: "", options: .regularExpression)
  }
}

/// What both sides print: numbers, tensors and modules as they are, lists and tuples in brackets.
private func printed(_ value: Any?) -> String {
  guard let value, !(value is Void) else { return "nil" }
  if value is CustomStringConvertible, !(value is [Any]) { return "\(value)" }
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .optional: return printed(mirror.children.first?.value)
  case .tuple, .collection:
    return "[" + mirror.children.map { printed($0.value) }.joined(separator: ", ") + "]"
  case .class: return "an object"
  default: return "\(value)"
  }
}
