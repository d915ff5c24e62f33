import ArgumentParser
import Notebooks

/// `lectern run FILE…`: notebooks and scripts, what they print goes to standard output.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run notebooks or .swift scripts and print their outputs.")

  @Argument(help: "Notebooks (.md) and scripts (.swift).")
  var files: [String]

  @Flag(help: "Print the typed tree and the bytecode instead of running.")
  var dump = false

  @OptionGroup var shared: SharedOptions
  @OptionGroup var running: RunningOptions

  func run() throws {
    var outcome = RunOutcome()
    let inputs = try files.map { try InputFile($0) }
    let notebookCount = inputs.count { $0.kind == .notebook }
    let progress = Progress(isQuiet: shared.quiet || dump, notebookCount: notebookCount)
    for input in inputs where !outcome.isInterrupted {
      switch input.kind {
      case .script:
        let script = ScriptRun(path: input.path, timeout: running.timeout)
        outcome.add(dump ? script.dump() : script.run())
      case .notebook:
        var console = NotebookConsole(progress: progress)
        outcome.add(
          dump
            ? console.dump(input.path)
            : console.run(input.path, runner: .inThisProgram(timeout: running.timeout)))
      }
    }
    try outcome.end()
  }
}
