/// How a worker process ended.
public enum WorkerEnd: Hashable, Sendable, CustomStringConvertible {
  case exited(Int32)
  case killed(signal: Int32)

  /// What `waitpid` gave.
  init(status: Int32) {
    self = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: status & 0x7F)
  }

  /// In words that follow "the worker".
  public var description: String {
    switch self {
    case .exited(let status): "ended with status \(status)"
    case .killed(let signal):
      "was killed by signal \(signal)" + (Self.names[signal].map { " (\($0))" } ?? "")
    }
  }

  private static let names: [Int32: String] = [
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS",
    8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
    24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
  ]
}

/// Why the parent killed a worker.
public enum WorkerStop: Hashable, Sendable {
  /// The limit of the cell in seconds.
  case cellTimeout(Double)
  /// The limit of the notebook in seconds.
  case notebookTimeout(Double)
  /// A second Ctrl-C.
  case interrupt
}
