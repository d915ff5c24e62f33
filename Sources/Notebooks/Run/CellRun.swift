/// What became of one cell.
public struct CellRun: Hashable, Sendable {
  /// How far a cell came.
  public enum Status: String, Hashable, Sendable {
    /// The run ended before it.
    case notRun
    /// `run: false`.
    case skipped
    case succeeded
    /// It failed as its `error:` said; the run went on.
    case failedAsExpected
    /// It failed, and the run ended with it.
    case failed
    /// Ctrl-C stopped it.
    case interrupted
  }

  public var status: Status
  public var outputs: [CellOutput]
  /// Wall-clock seconds.
  public var duration: Double

  public init(status: Status = .notRun, outputs: [CellOutput] = [], duration: Double = 0) {
    self.status = status
    self.outputs = outputs
    self.duration = duration
  }

  /// The error among the outputs, if there is one.
  public var error: CellError? {
    for case .error(let error) in outputs { return error }
    return nil
  }
}
