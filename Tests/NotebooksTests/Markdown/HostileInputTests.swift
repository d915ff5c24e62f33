import Foundation
import Notebooks
import XCTest

/// Text that nobody means, but that must not crash or take for ever.
final class HostileInputTests: XCTestCase {
  func testDeepNestingIsAnErrorWithAPlace() {
    let quotes = Notebook(parsing: String(repeating: "> ", count: 20_000) + "x\n")
    XCTAssertEqual(quotes.problems.map(\.message), ["quotes and lists are nested too deeply here"])
    XCTAssertEqual(quotes.problems.first?.position?.line, 1)
    let emphasis = Notebook(
      parsing: String(repeating: "*a **b ", count: 2_000) + "x"
        + String(repeating: "** *", count: 2_000))
    XCTAssertFalse(emphasis.blocks.isEmpty)
  }

  func testNothingIsQuadratic() {
    let start = Date()
    for text in [
      String(repeating: "$a ", count: 20_000), String(repeating: "${ ", count: 2_000),
      (1...300).map { String(repeating: "`", count: $0) }.joined(separator: "x"),
      String(repeating: "~~a ", count: 10_000),
      String(repeating: "[", count: 20_000), String(repeating: "<a \"", count: 5_000),
      String(repeating: "a|", count: 2_000) + "\n" + String(repeating: "-|", count: 2_000)
        + "\n" + String(repeating: "b\n", count: 2_000),
      String(repeating: "$$\n", count: 5_001), String(repeating: "```\n", count: 5_001),
    ] {
      _ = Notebook(parsing: text)
    }
    XCTAssertLessThan(Date().timeIntervalSince(start), 20)
  }

  func testCharactersOfTheMaskAreTheAuthorsOwn() {
    let text = "a \u{E000}0\u{E001} $x$ `\u{E000}1\u{E001}` \u{E001}\n"
    let notebook = Notebook(parsing: text)
    guard case .paragraph(let inlines) = notebook.blocks.first?.kind else { return XCTFail("text") }
    XCTAssertEqual(inlines.plainText, "a \u{E000}0\u{E001} x \u{E000}1\u{E001} \u{E001}")
  }

  func testNulBytesAndOddLineEndsAreRead() {
    let notebook = Notebook(parsing: "a\u{0}b\r\r\n```swift\r\nlet x = \"\u{0}\"\r```\n")
    XCTAssertEqual(notebook.cells.count, 1)
    XCTAssertEqual(notebook.cells.first?.lineMap.lines.first?.line, 4)
  }
}
