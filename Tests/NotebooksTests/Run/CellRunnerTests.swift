import Notebooks
import XCTest

final class CellRunnerTests: XCTestCase {
  private func notebook(_ cells: String...) -> String {
    cells.map { "```swift\n\($0)\n```\n" }.joined(separator: "\n")
  }

  func testOutputsComeInOrderAndTextIsMerged() {
    let run = NotebookRun.scripted(notebook("print a\nprint b\nvalue 3", "print c"))
    XCTAssertEqual(run.outcome, .succeeded)
    XCTAssertEqual(run.cells[0].outputs, [.text("a\nb\n"), .value(text: "3", typeName: "Int")])
    XCTAssertEqual(run.cells[1].outputs, [.text("c\n")])
    XCTAssertEqual(run.cells.map(\.status), [.succeeded, .succeeded])
  }

  func testAnErrorOfTheCheckForbidsTheRunAndPointsIntoTheFile() {
    let run = NotebookRun.scripted(
      notebook("print a") + "\n> ```swift\n> print b\n> wrong name\n> ```\n")
    XCTAssertEqual(run.outcome, .rejected)
    XCTAssertEqual(run.cells.map(\.status), [.notRun, .notRun])
    XCTAssertEqual(
      run.problems.map(\.rendered),
      ["test.md:7:9: error: name\n> wrong name\n        ^~~~"])
  }

  func testAnExpectedErrorOfTheCheckIsAnOutputAndTheOthersRun() {
    let run = NotebookRun.scripted(notebook("//| error: no such\nwrong no such thing", "print b"))
    XCTAssertEqual(run.outcome, .succeeded)
    XCTAssertEqual(run.problems, [])
    XCTAssertEqual(run.cells.map(\.status), [.failedAsExpected, .succeeded])
    XCTAssertEqual(run.cells[0].error?.kind, .compile)
    XCTAssertEqual(run.cells[0].error?.position, SourcePosition(line: 3, column: 7))
  }

  func testAnotherErrorOfTheCheckThanExpectedForbidsTheRun() {
    let run = NotebookRun.scripted(notebook("//| error: apples\nwrong pears", "print b"))
    XCTAssertEqual(run.outcome, .rejected)
    XCTAssertEqual(run.problems.map(\.message), ["pears"])
  }

  func testAnExpectedErrorIsMeantByTypeOrByText() {
    for expected in ["ShapeError", "do not match"] {
      let run = NotebookRun.scripted(
        notebook("//| error: \(expected)\nprint a\nfail ShapeError sizes do not match", "print b"))
      XCTAssertEqual(run.outcome, .succeeded)
      XCTAssertEqual(run.cells.map(\.status), [.failedAsExpected, .succeeded])
      XCTAssertEqual(run.cells[0].error?.typeName, "ShapeError")
      XCTAssertEqual(run.cells[0].error?.trace.first?.position, SourcePosition(line: 4, column: 1))
    }
  }

  func testACellThatDoesNotFailAsExpectedFails() {
    let silent = NotebookRun.scripted(notebook("//| error: X\nprint a", "print b"))
    XCTAssertEqual(silent.outcome, .failed)
    XCTAssertEqual(silent.cells.map(\.status), [.failed, .notRun])
    XCTAssertEqual(silent.cells[0].error?.kind, .unmetExpectation)

    let other = NotebookRun.scripted(notebook("//| error: X\nfail Y message", "print b"))
    XCTAssertEqual(other.cells.map(\.status), [.failed, .notRun])
    XCTAssertEqual(other.cells[0].outputs.count, 2, "the error itself and what was expected")
  }

  func testTheRunEndsWithTheFirstUnexpectedError() {
    let run = NotebookRun.scripted(notebook("print a", "print b\nfail E m", "print c"))
    XCTAssertEqual(run.outcome, .failed)
    XCTAssertEqual(run.cells.map(\.status), [.succeeded, .failed, .notRun])
    XCTAssertEqual(run.cells[1].outputs.first, .text("b\n"))
    XCTAssertEqual(run.cells[1].error?.problems.first?.position, SourcePosition(line: 7, column: 1))
  }

  func testCellsThatDoNotRunAreNotChecked() {
    let run = NotebookRun.scripted(notebook("//| run: false\nwrong anything", "print b"))
    XCTAssertEqual(run.outcome, .succeeded)
    XCTAssertEqual(run.cells.map(\.status), [.skipped, .succeeded])
  }

  func testInterruptAndTimeout() {
    let interrupted = NotebookRun.scripted(notebook("interrupted", "print b"))
    XCTAssertEqual(interrupted.outcome, .interrupted)
    XCTAssertEqual(interrupted.cells.map(\.status), [.interrupted, .notRun])

    let late = NotebookRun.scripted(notebook("//| timeout: 2\ntimeout"))
    XCTAssertEqual(late.cells[0].error?.message, "the time limit of 2 s for this cell has passed")

    let all = NotebookRun.scripted(notebook("timeout"), timeout: 5)
    XCTAssertEqual(
      all.cells[0].error?.message, "the time limit of 5 s for the whole notebook has passed")
  }

  func testTheDeadlineOfACellIsTheNearerOfTheTwoLimits() {
    let request = RunRequest(
      cells: [
        RunRequest.Cell(index: 0, label: "a", code: "", timeout: 10),
        RunRequest.Cell(index: 1, label: "b", code: "", timeout: 100),
      ], timeout: 50)
    var now = 0.0
    let session = ScriptedSession()
    CellRunner(
      request, session: session,
      now: {
        now += 1
        return now
      }, send: { _ in }
    ).run()
    XCTAssertEqual(session.deadlines[0], 10)
    XCTAssertLessThan(session.deadlines[1] ?? 0, 50)
  }
}
