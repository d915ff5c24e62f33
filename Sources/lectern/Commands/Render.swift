import ArgumentParser
import Notebooks
import Publishing

/// `lectern render PATH…`: run notebooks and write their pages.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run notebooks and write their pages.",
    discussion: """
      The page of NAME.md is DIR/NAME.html. It is written when a cell failed as well. A folder also \
      gets an index page.
      """)

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
    let course = Course(
      notebooks: notebooks, hasIndex: try paths.contains { try InputFile.isFolder($0) })
    let progress = Progress(isQuiet: shared.quiet, notebookCount: notebooks.count)
    let outcome = concurrently(notebooks, jobs: parallel.jobs) { path in
      render(path, course, progress: progress)
    }
    if let index = course.index() {
      try AtomicFile.makeFolder(output)
      try AtomicFile.write(index.html.utf8, to: inOutput("index.html"))
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

  private func render(
    _ path: String, _ course: Course, progress: Progress
  ) -> RunOutcome {
    do {
      let notebook = try Notebook(contentsOf: path)
      let tracker = progress.notebook()
      let runner = NotebookRunner.inThisProgram(timeout: running.timeout)
      let run = runner.run(notebook) { event, state in tracker.update(event, state) }
      progress.report(run.report)
      var outcome = RunOutcome(run)
      if run.outcome != .rejected {
        try AtomicFile.makeFolder(output)
        let page = course.page(for: run)
        for problem in page.problems { progress.report(problem.rendered + "\n") }
        try AtomicFile.write(page.html.utf8, to: pagePath(of: path))
      }
      outcome.isInterrupted = outcome.isInterrupted || Interrupts.count > 0
      return outcome
    } catch {
      progress.report(error.rendered + "\n")
      return .failure
    }
  }

  private func pagePath(of path: String) -> String { inOutput(Course.pageName(of: path)) }

  private func inOutput(_ name: String) -> String {
    (output.hasSuffix("/") ? output : output + "/") + name
  }
}
