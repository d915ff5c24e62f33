import XCTest

@testable import MathML

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Whatever the input, there is a page to show: well-formed XML, in reasonable time.
final class RobustnessTests: XCTestCase {
  func testFormulasAreWellFormed() throws {
    for formula in try Formula.all() { assertWellFormed(formula.latex) }
  }

  func testRandomFormulas() {
    var random = SplitMix(state: 20_240_229)
    let commands = Command.named.keys.sorted().map { "\\" + $0 }
    let pieces =
      [
        "{", "}", "{", "}", "[", "]", "^", "_", "&", "\\\\", "$", "%", "\n", " ", "'", "\\", "~",
        "x", "12", ".5", "+", "-", "(", ")", "|", "é", "∑", "𝐖", "\u{0}", "\u{301}", "<", "\"",
        "\\left", "\\right", "\\middle", "\\left(", "\\right)", "\\begin{matrix}", "\\frac",
        "\\end{matrix}", "\\begin{array}{l|c}", "\\end{array}", "\\begin{x}", "\\end{", "\\text{",
        "\\hline", "\\unknown", "\\sqrt[", "\\mathrm{", "\\substack{", "\\hspace{1em}", "\\limits",
      ]
    for round in 0..<4000 {
      var latex = ""
      for _ in 0...random.next(below: 24) {
        latex +=
          random.next(below: 3) == 0
          ? commands[random.next(below: commands.count)] : pieces[random.next(below: pieces.count)]
      }
      assertWellFormed(latex, display: round % 2 == 0)
    }
  }

  func testDeepNesting() {
    for (open, close) in [
      ("{", "}"), ("x^{", "}"), ("\\frac{", "}{2}"), ("\\left(", "\\right)"), ("\\hat", ""),
      ("\\begin{matrix}", "\\end{matrix}"), ("\\sqrt[", "]2"), ("\\displaystyle", ""),
      ("x^", ""), ("\\text{$", "$}"), ("\\substack{", "}"), ("\\overset", "x"),
    ] {
      let count = 20_000
      let latex =
        String(repeating: open, count: count) + "x" + String(repeating: close, count: count)
      let rendering = MathML.render(latex, display: true)
      XCTAssertFalse(rendering.problems.isEmpty, open)
      assertParses(rendering.markup, open)
    }
  }

  func testNestingWithinTheLimitIsFine() {
    let latex =
      String(repeating: "\\frac{1}{1+", count: 55) + "x" + String(repeating: "}", count: 55)
    XCTAssertEqual(MathML.render(latex, display: true).problems, [])
  }

  func testLongInput() {
    for piece in ["x_", "x^a", "'", "\\unknwon ", "a & b \\\\ ", "}", "\\right)", "1.", "{a}"] {
      assertWellFormed(String(repeating: piece, count: 20_000))
    }
  }

  func testOffsetsLieInTheSource() {
    for latex in ["", "\\", "{", "\\left", "é{", "\\begin", "\\begin{", "^", "x^", "\\text{é"] {
      for problem in MathML.render(latex, display: false).problems {
        XCTAssert((0...latex.utf8.count).contains(problem.offset), latex)
      }
    }
  }

  private func assertWellFormed(
    _ latex: String, display: Bool = false, file: StaticString = #filePath, line: UInt = #line
  ) {
    let rendering = MathML.render(latex, display: display)
    assertParses(rendering.markup, String(latex.prefix(200)), file: file, line: line)
  }

  private func assertParses(
    _ markup: String, _ message: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    let parser = XMLParser(data: Data(markup.utf8))
    XCTAssert(parser.parse(), message, file: file, line: line)
  }
}

/// Random numbers that are the same in every run.
private struct SplitMix {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
