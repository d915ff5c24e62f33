import ArgumentParser
import Notebooks

/// `lectern lint PATH…`: check all cells, run none.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check all cells of notebooks, run none.")

  @Argument(help: "Notebooks, and folders with notebooks.")
  var paths: [String]

  @OptionGroup var parallel: ParallelOptions

  func run() throws {
    let progress = Progress(isQuiet: true, notebookCount: 0)
    let runner = NotebookRunner.inThisProgram(timeout: nil)
    let outcome = concurrently(try InputFile.notebooks(in: paths), jobs: parallel.jobs) { path in
      lint(path, runner: runner, progress: progress)
    }
    try outcome.end()
  }

  private func lint(_ path: String, runner: NotebookRunner, progress: Progress) -> RunOutcome {
    do {
      let run = runner.run(try Notebook(contentsOf: path), checksOnly: true)
      progress.report(run.report)
      return RunOutcome(run)
    } catch {
      progress.report(error.rendered + "\n")
      return .failure
    }
  }
}
