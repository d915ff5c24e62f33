import Notebooks
import XCTest

final class PrintedTextTests: XCTestCase {
  private func outputs(_ events: [CellEvent]) -> [CellOutput] {
    var state = NotebookRunState(Notebook(parsing: "```swift\n```\n"))
    state.apply(.cellStarted(cell: 0))
    for event in events { state.apply(event) }
    state.apply(.cellEnded(outcome: .succeeded, seconds: 0))
    return state.run.cells[0].outputs
  }

  func testAFloodIsCutInTheMiddleAndNothingIsMiscounted() throws {
    let lines = (0..<200_000).map { "line \($0)\n" }
    let outputs = outputs(lines.map { .text($0) })
    XCTAssertEqual(outputs.count, 3)
    guard case .text(let head) = outputs[0], case .omitted(let count, let bytes) = outputs[1],
      case .text(let tail) = outputs[2]
    else { return XCTFail("text, note, text") }
    XCTAssertTrue(head.hasPrefix("line 0\n") && head.hasSuffix("\n"))
    XCTAssertTrue(tail.hasPrefix("line ") && tail.hasSuffix("line 199999\n"))
    XCTAssertEqual(
      head.utf8.count + bytes + tail.utf8.count, lines.reduce(0) { $0 + $1.utf8.count })
    let shown = (head + tail).utf8.count { $0 == UInt8(ascii: "\n") }
    XCTAssertEqual(shown + count, lines.count)
  }

  func testOneEndlessLineIsCutBetweenCharacters() {
    let outputs = outputs([.text(String(repeating: "é", count: 300_000))])
    for case .text(let text) in outputs { XCTAssertTrue(text.allSatisfy { $0 == "é" }) }
    XCTAssertEqual(outputs.count, 3)
  }

  func testTheValueStaysBehindTheText() {
    let flood = String(repeating: "x\n", count: 400_000)
    let outputs = outputs([.text(flood), .value(text: "1", typeName: "Int"), .text("after\n")])
    XCTAssertEqual(outputs.count, 5)
    XCTAssertEqual(outputs[3], .value(text: "1", typeName: "Int"))
    XCTAssertEqual(outputs[4], .text("after\n"))
  }

  func testWhatJustFitsIsNotCut() {
    let text = String(repeating: "x", count: 240_000)
    let outputs = outputs([.text(text)])
    XCTAssertEqual(outputs, [.text(text)])
  }
}
