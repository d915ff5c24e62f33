import ArgumentParser

/// The command line: one file per subcommand, flags that they share in `SharedOptions`.
struct Lectern: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lectern",
    abstract: "Runs notebooks in Markdown with cells in Swift, and makes pages of them.",
    version: "0.1.0",
    subcommands: [Run.self, Render.self, Lint.self, WorkerCommandLine.self])
}
