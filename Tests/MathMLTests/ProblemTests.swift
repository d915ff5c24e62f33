import XCTest

@testable import MathML

/// What is wrong with a formula is said at its place, and the formula is shown all the same.
final class ProblemTests: XCTestCase {
  func testUnknownCommandNamesTheNearest() {
    expect(#"x + \alhpa"#, 4, #"unknown command `\alhpa`; did you mean `\alpha`?"#)
    expect(#"\sgima(x)"#, 0, #"unknown command `\sgima`; did you mean `\sigma`?"#)
    expect(#"\completelyunheardof"#, 0, #"unknown command `\completelyunheardof`"#)
    expect("é\\foobarbaz", 2, #"unknown command `\foobarbaz`"#)
  }

  func testUnknownCommandStaysVisible() {
    let markup = MathML.render(#"a + \frob b"#, display: false).markup
    XCTAssert(markup.contains(#"<merror><mtext>\frob</mtext></merror><mi>b</mi>"#), markup)
  }

  func testBraces() {
    expect("{a + b", 0, "missing `}` for this `{`")
    expect(#"\frac{a}{b"#, 8, "missing `}` for this `{`")
    expect("a}b", 1, "unmatched `}`")
    expect(#"\sqrt[3"#, 5, "missing `]` for this `[`", #"`\sqrt` needs an argument"#)
    expect(#"\text{abc"#, 5, "missing `}` for this `{`")
  }

  func testArguments() {
    expect(#"\frac{a}"#, 0, #"`\frac` needs an argument"#)
    expect("x^", 1, "`^` needs an argument")
    expect("{x_}", 2, "`_` needs an argument")
    expect("x_a_b", 3, "double subscript; use braces to say what belongs to what")
    expect("x^a^b", 3, "double superscript; use braces to say what belongs to what")
  }

  func testDelimiters() {
    expect(#"1 + \left( x"#, 4, #"`\left` without `\right`"#)
    expect(#"x \right)"#, 2, #"`\right` without `\left`"#, nil)
    expect(
      #"\left q x \right)"#, 0, #"`\left` needs a delimiter such as `(`, `[`, `\{`, `|` or `.`"#)
    // What is open inside ends where the outer one does.
    expect(#"\left( {x \right)"#, 7, "missing `}` for this `{`")
  }

  func testEnvironments() {
    expect("a & b", 2, "misplaced `&`: it separates the cells of an environment")
    expect(#"{a \\ b}"#, 3, #"misplaced `\\`: it ends a line of an environment"#)
    expect(#"\begin{pmatrix} a"#, 0, #"`\begin{pmatrix}` without `\end{pmatrix}`"#)
    expect(#"a \end{cases}"#, 2, #"`\end{cases}` without `\begin{cases}`"#)
    expect(
      #"\begin{matrix} a \end{cases}"#, 17, #"`\begin{matrix}` ended by `\end{cases}`"#)
    expect(
      #"\begin{pmatirx} a \end{pmatirx}"#, 0,
      "unknown environment `pmatirx`; did you mean `pmatrix`?")
    expect(
      #"\begin{array}{lx} a \end{array}"#, 0,
      "unknown column `x`: `l`, `c`, `r` and `|` are known")
    expect(#"\begin{matrix} {a & b} \end{matrix}"#, 18, "misplaced `&`", nil)
  }

  func testCommandsOutOfPlace() {
    expect(#"\color{red} x"#, 0, #"`\color` has no effect here"#)
    expect(#"x\limits_a"#, 1, #"`\limits` belongs behind an operator such as `\sum`"#)
    expect(#"a \hline"#, 2, #"`\hline` belongs between the rows of an array"#)
    expect("a $ b", 2, #"`$` inside of a formula; write `\$` for a dollar"#)
    expect(#"a \"#, 2, "a backslash at the end")
  }

  func testProblemsComeInTheOrderOfTheSource() {
    let problems = MathML.render(#"{ \frob & x^"#, display: false).problems
    XCTAssertEqual(problems.map(\.offset), [0, 2, 8, 11])
  }

  /// The formula has problems with these messages, the first of them at an offset. With a nil at
  /// the end the messages need only begin so, and more may follow.
  private func expect(
    _ latex: String, _ offset: Int, _ messages: String?..., file: StaticString = #filePath,
    line: UInt = #line
  ) {
    let problems = MathML.render(latex, display: false).problems
    XCTAssertTrue(problems.contains { $0.offset == offset }, "\(problems)", file: file, line: line)
    let wanted = messages.compactMap { $0 }
    if wanted.count == messages.count {
      XCTAssertEqual(
        Set(problems.map(\.message)), Set(wanted), file: file, line: line)
    } else {
      for (problem, start) in zip(problems, wanted) {
        XCTAssertTrue(problem.message.hasPrefix(start), problem.message, file: file, line: line)
      }
    }
  }
}
