import ArgumentParser
import Notebooks

/// `lectern render PATH…`: run notebooks and write their pages.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run notebooks and write their pages.",
    discussion: "The page of NAME.md is DIR/NAME.html. It is written when a cell failed as well.")

  @Argument(help: "Notebooks, and folders with notebooks.")
  var paths: [String]

  @Option(
    name: [.customShort("o"), .long], help: ArgumentHelp("Where pages go.", valueName: "dir"))
  var output = "output"

  @OptionGroup var shared: SharedOptions
  @OptionGroup var running: RunningOptions
  @OptionGroup var parallel: ParallelOptions

  func run() throws {
    let notebooks = try InputFile.notebooks(in: paths)
    try checkPages(of: notebooks)
    let progress = Progress(isQuiet: shared.quiet, notebookCount: notebooks.count)
    let outcome = concurrently(notebooks, jobs: parallel.jobs) { path in
      render(path, progress: progress)
    }
    try outcome.end()
  }

  private func checkPages(of notebooks: [String]) throws {
    var taken: [String: String] = [:]
    for path in notebooks {
      let page = pagePath(of: path)
      if let other = taken[page] {
        throw WrongUsage(
          message: "'\(other)' and '\(path)' would both be written to '\(page)'")
      }
      taken[page] = path
    }
  }

  private func render(_ path: String, progress: Progress) -> RunOutcome {
    do {
      let notebook = try Notebook(contentsOf: path)
      let tracker = progress.notebook()
      let runner = NotebookRunner.inThisProgram(timeout: running.timeout)
      let run = runner.run(notebook) { event, state in tracker.update(event, state) }
      progress.report(run.report)
      var outcome = RunOutcome(run)
      if run.outcome != .rejected {
        try AtomicFile.makeFolder(output)
        try AtomicFile.write(page(for: run).utf8, to: pagePath(of: path))
      }
      outcome.isInterrupted = outcome.isInterrupted || Interrupts.count > 0
      return outcome
    } catch {
      progress.report(error.rendered + "\n")
      return .failure
    }
  }

  private func pagePath(of path: String) -> String {
    let folder = output.hasSuffix("/") ? output : output + "/"
    return folder + Notebook(path: path, source: SourceText("")).name + ".html"
  }
}
