import XCTest

@testable import Publishing

final class SwiftHighlighterTests: XCTestCase {
  private func markup(_ code: String) -> String {
    HTMLSerializer.fragment(SwiftHighlighter.nodes(for: code))
  }

  func testKindsOfTokens() {
    XCTAssertEqual(
      markup("let x: Int = 1 // one"),
      "<span class=\"k\">let</span> x: <span class=\"t\">Int</span> = <span class=\"n\">1</span> "
        + "<span class=\"c\">// one</span>")
    XCTAssertEqual(
      markup("@main struct App {}"),
      "<span class=\"a\">@main</span> <span class=\"k\">struct</span> <span class=\"t\">App</span> {}"
    )
    XCTAssertEqual(
      markup("print(\"a \\(b) c\")"),
      "print(<span class=\"s\">\"a </span>\\(b)<span class=\"s\"> c\"</span>)")
    XCTAssertEqual(markup("Tensor.zeros(2)").prefix(32), "<span class=\"t\">Tensor</span>.ze")
  }

  func testTextStaysToTheLetter() throws {
    for sample in try Sample.all() {
      assertTextStays(sample)
    }
    for code in [
      "", "\n", "\u{FEFF}let x = 1", "\0", "let", "\"unclosed", "\"\"\"\nunclosed", "/* /*", "#if",
      "🙂🙃 e\u{301}", "\r\n\r", "`", "<#x#>", "}}}", "\\(", "#\"\"#", "/re/",
    ] {
      assertTextStays(code)
    }
  }

  /// Code with errors is shown too: whatever is cut out of a program, nothing is lost or added.
  func testTextStaysWhateverIsCutOut() throws {
    var random = RepeatableRandom(state: 11)
    let samples = try Sample.all()
    for _ in 0..<200 {
      var bytes = Array(samples.randomElement(using: &random)!.utf8.prefix(1_500))
      for _ in 0..<5 where bytes.count > 20 {
        let start = Int.random(in: 0..<bytes.count - 10, using: &random)
        bytes.removeSubrange(start..<start + Int.random(in: 1...10, using: &random))
      }
      assertTextStays(String(decoding: bytes, as: UTF8.self))
    }
  }

  private func assertTextStays(_ code: String) {
    let lineCount = code.utf8.count { $0 == 0x0A } + 1
    XCTAssertEqual(SwiftHighlighter.nodes(for: code).textContent, code)
    XCTAssertEqual(
      SwiftHighlighter.nodes(for: code, markedLines: [1, 2, lineCount]).textContent, code)
  }

  func testMarkedLinesAreCutOutOfTokens() {
    XCTAssertEqual(
      HTMLSerializer.fragment(SwiftHighlighter.nodes(for: "/* a\nb */ x\ny", markedLines: [2])),
      "<span class=\"c\">/* a\n</span><mark class=\"fault-line\"><span class=\"c\">b */</span> x</mark>"
        + "\ny")
  }
}
