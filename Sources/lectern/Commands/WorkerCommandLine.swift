import ArgumentParser
import Notebooks

/// The process in which cells run: started by the other commands, never by hand.
struct WorkerCommandLine: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

  func run() {
    Worker.main { makeSession(output: $0) }
  }
}
