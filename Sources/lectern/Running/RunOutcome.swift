import Notebooks

/// What is left of several runs: whether all was well.
struct RunOutcome: Sendable {
  var isFailed = false
  var isInterrupted = false
  /// The status a script asked for.
  var status: Int32?

  static let failure = RunOutcome(isFailed: true)

  init(isFailed: Bool = false, isInterrupted: Bool = false, status: Int32? = nil) {
    self.isFailed = isFailed
    self.isInterrupted = isInterrupted
    self.status = status
  }

  init(_ run: NotebookRun) {
    isFailed = run.outcome == .failed || run.outcome == .rejected
    isInterrupted = run.outcome == .interrupted
  }

  mutating func add(_ other: RunOutcome) {
    isFailed = isFailed || other.isFailed
    isInterrupted = isInterrupted || other.isInterrupted
    status = status ?? other.status
  }

  /// Throws the status with which the program ends, unless all was well.
  func end() throws {
    if isInterrupted { throw ExitStatus.interrupted }
    if let status, status != 0 { throw ScriptExit(status: status) }
    if isFailed { throw ExitStatus.failed }
  }
}
