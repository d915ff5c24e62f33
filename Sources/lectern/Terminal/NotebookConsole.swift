import Interpreter
import Notebooks

/// Runs a notebook and prints its outputs as they come.
struct NotebookConsole {
  let progress: Progress
  private var isAtLineStart = true

  init(progress: Progress) {
    self.progress = progress
  }

  mutating func run(_ path: String, runner: NotebookRunner) -> RunOutcome {
    do {
      let notebook = try Notebook(contentsOf: path)
      let tracker = progress.notebook()
      var cell = 0
      let run = runner.run(notebook) { event, state in
        if case .cellStarted(let index) = event { cell = index }
        print(event, of: state.run.cells[cell])
        tracker.update(event, state)
        StandardOutput.shared.flush()
      }
      progress.report(run.report)
      return RunOutcome(run)
    } catch {
      progress.report(error.rendered + "\n")
      return .failure
    }
  }

  /// Prints what the interpreter made of the cells.
  func dump(_ path: String) -> RunOutcome {
    do {
      let notebook = try Notebook(contentsOf: path)
      let request = RunRequest(notebook)
      let session = makeSession { _ in }
      let runner = CellRunner(
        RunRequest(cells: request.cells, checksOnly: true), session: session, send: { _ in })
      runner.run()
      for (unit, cell) in request.cells.enumerated() {
        StandardOutput.shared.write("// \(cell.label)\n" + session.dump(unit: unit))
      }
      return notebook.problems.hasError ? .failure : RunOutcome()
    } catch {
      progress.report(error.rendered + "\n")
      return .failure
    }
  }

  /// What a cell expects is one of its outputs; an error nobody expects is reported at the end.
  private mutating func print(_ event: CellEvent, of cell: CellRun) {
    switch event {
    case .text(let text): write(text)
    case .value(let text, _): write(text + "\n")
    case .cellEnded(let outcome, _):
      // What the next cell prints, and the progress, begin a line of their own.
      if !isAtLineStart { write("\n") }
      if outcome == .failedAsExpected, let error = cell.error {
        write("error: \(error.message)\n")
      }
    default: break
    }
  }

  private mutating func write(_ text: String) {
    progress.clear()
    StandardOutput.shared.write(text)
    isAtLineStart = text.hasSuffix("\n")
  }
}
