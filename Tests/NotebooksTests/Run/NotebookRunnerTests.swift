import Foundation
import Notebooks
import XCTest

/// A parent with workers that are shell scripts: they read the request and say what they like.
final class NotebookRunnerTests: XCTestCase {
  private let notebook = Notebook(
    parsing: "```swift\na\n```\n\n```swift\n//| timeout: 0.2\nb\n```\n", path: "test.md")

  private func runner(_ script: String, interrupts: @escaping () -> Int = { 0 }) -> NotebookRunner {
    NotebookRunner(
      worker: WorkerCommand(executable: "/bin/sh", arguments: ["-c", "read -r r <&4\n" + script]),
      interruptCount: interrupts)
  }

  private let checked = #"echo '{"checked":{"diagnostics":[]}}' >&3"# + "\n"
  private func started(_ cell: Int) -> String {
    #"echo '{"cellStarted":{"cell":"# + "\(cell)" + #"}}' >&3"# + "\n"
  }
  private func printed(_ text: String) -> String {
    #"echo '{"text":{"_0":"\#(text)"}}' >&3"# + "\n"
  }
  private let ended = #"echo '{"cellEnded":{"outcome":"succeeded","seconds":0.5}}' >&3"# + "\n"
  private let finished = #"echo '{"finished":{}}' >&3"# + "\n"

  func testAWholeRun() {
    var seen: [CellEvent] = []
    let run = runner(
      checked + started(0) + printed("hello") + ended + started(1) + ended + finished
    ).run(notebook) { event, _ in seen.append(event) }
    XCTAssertEqual(run.outcome, .succeeded)
    XCTAssertEqual(run.cells[0].outputs, [.text("hello")])
    XCTAssertEqual(run.cells[0].duration, 0.5)
    XCTAssertEqual(seen.first, .checked(diagnostics: []))
    XCTAssertEqual(seen.last, .finished)
  }

  func testAWorkerThatIsKilledIsAnErrorOfTheCellThatRan() {
    let run = runner(
      checked + started(0) + ended + started(1) + printed("last words") + "kill -9 $$"
    )
    .run(notebook)
    XCTAssertEqual(run.outcome, .failed)
    XCTAssertEqual(run.cells.map(\.status), [.succeeded, .failed])
    XCTAssertEqual(run.cells[1].outputs.first, .text("last words"))
    XCTAssertEqual(
      run.cells[1].error?.message,
      "the worker was killed by signal 9 (SIGKILL) while this cell ran")
  }

  func testAWorkerThatExitsIsAnErrorOfTheCellThatRan() {
    let run = runner(checked + started(0) + "exit 7").run(notebook)
    XCTAssertEqual(run.cells[0].error?.kind, .workerDied)
    XCTAssertEqual(
      run.cells[0].error?.message, "the worker ended with status 7 while this cell ran")
    XCTAssertEqual(run.cells[1].status, .notRun)
  }

  func testAWorkerThatDiesBeforeTheFirstCellRejectsTheNotebook() {
    let run = runner("kill -11 $$").run(notebook)
    XCTAssertEqual(run.outcome, .rejected)
    XCTAssertEqual(
      run.problems.map(\.message),
      ["the worker was killed by signal 11 (SIGSEGV) before the first cell"])
  }

  func testAWorkerThatCannotBeStartedRejectsTheNotebook() {
    let runner = NotebookRunner(
      worker: WorkerCommand(executable: "/no/such/program", arguments: []))
    let run = runner.run(notebook)
    XCTAssertEqual(run.outcome, .rejected)
    XCTAssertEqual(run.problems.count, 1)
  }

  func testStrayLinesAndStandardOutputDoNoHarm() {
    let run = runner(
      "echo noise\n" + checked + "echo broken >&3\n" + started(0) + ended + finished
    ).run(notebook)
    XCTAssertEqual(run.outcome, .succeeded)
  }

  func testTheParentKillsAWorkerThatIgnoresItsTimeLimit() {
    let start = Date()
    let run = runner(checked + started(1) + "exec sleep 30").run(notebook)
    XCTAssertLessThan(Date().timeIntervalSince(start), 5)
    XCTAssertEqual(run.cells[1].error?.kind, .timeout)
    XCTAssertEqual(
      run.cells[1].error?.message, "the time limit of 0.2 s for this cell has passed")
  }

  func testInterruptsAskFirstAndThenKill() {
    let start = Date()
    var pressed = 0
    let script =
      checked + started(0) + "read -r c <&4; echo \"{\\\"text\\\":{\\\"_0\\\":\\\"$c\\\"}}\" >&3\n"
      + "exec sleep 30"
    var runner = runner(script)
    runner.interruptCount = { pressed }
    let run = runner.run(notebook) { event, _ in
      switch event {
      case .cellStarted: pressed = 1
      case .text: pressed = 2
      default: break
      }
    }
    XCTAssertLessThan(Date().timeIntervalSince(start), 5)
    XCTAssertEqual(run.outcome, .interrupted)
    XCTAssertEqual(run.cells[0].status, .interrupted)
    XCTAssertEqual(run.cells[0].outputs.first, .text("interrupt"))
  }

  func testANotebookWithAProblemStartsNoWorker() {
    let broken = Notebook(parsing: "```swift\n//| lable: a\n```\n")
    let run = runner("kill -9 $$").run(broken)
    XCTAssertEqual(run.outcome, .rejected)
    XCTAssertEqual(run.problems, broken.problems)
  }
}
