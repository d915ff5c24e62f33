import Notebooks
import XCTest

final class SourceTextTests: XCTestCase {
  func testLinesOfEveryKindOfLineEnd() {
    let source = SourceText("\u{FEFF}one\r\ntwo\rthree\n\nfive")
    XCTAssertEqual((1...source.lineCount).map(source.line), ["one", "two", "three", "", "five"])
    XCTAssertEqual(source.position(at: 3), SourcePosition(line: 1, column: 1))
    for offset in 3..<source.bytes.count {
      let position = source.position(at: offset)
      XCTAssertEqual(source.offset(of: position), offset)
    }
    XCTAssertEqual(source.line(99), "")
    XCTAssertEqual(SourceText("").lineCount, 1)
  }

  func testMarksStandBelowWhatTheyMean() {
    func excerpt(_ line: String, _ column: Int, _ length: Int) -> String? {
      NotebookProblem(
        .error, "m", path: "f", position: SourcePosition(line: 1, column: column), length: length,
        sourceLine: line
      ).excerpt
    }
    XCTAssertEqual(excerpt("let é = x", 10, 1), "let é = x\n        ^")
    XCTAssertEqual(excerpt("\tlet x", 6, 1), "\tlet x\n\t    ^")
    XCTAssertEqual(excerpt("abc", 1, 3), "abc\n^~~")
    XCTAssertEqual(excerpt("abc", 4, 0), "abc\n   ^")
  }
}
