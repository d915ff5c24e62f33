/// Why a cell ended before its end.
public struct CellError: Hashable, Codable, Sendable {
  /// What kind of end it was.
  public enum Kind: String, Hashable, Codable, Sendable {
    /// The checker refused the cell, as its `error:` said it would.
    case compile
    /// A trap of the language or a failed operation of the library.
    case trap
    /// An error thrown at top level and caught by nobody.
    case uncaughtError
    /// The time limit of the cell or of the notebook passed.
    case timeout
    case interrupted
    /// `exit(_:)` was called.
    case exit
    /// The worker died: by a signal, or by an exit that nobody asked for.
    case workerDied
    /// The cell should have failed (`error:`) and did not, or failed otherwise.
    case unmetExpectation
  }

  /// A function and the place in it that was running.
  public struct Frame: Hashable, Codable, Sendable {
    public var function: String
    /// Label of the cell the place is in.
    public var cell: String
    /// Place in the notebook.
    public var position: SourcePosition

    public init(function: String, cell: String, position: SourcePosition) {
      self.function = function
      self.cell = cell
      self.position = position
    }
  }

  public var kind: Kind
  /// Name of the type of the error, where there is one: `TensorError`.
  public var typeName: String?
  /// The words without place.
  public var message: String
  /// Where it happened in the notebook, with its line and mark; nil when nobody can tell. For
  /// `.compile` these are all errors of the checker.
  public var problems: [NotebookProblem]
  /// The innermost frame first; empty for kinds without one.
  public var trace: [Frame]

  public init(
    kind: Kind, typeName: String? = nil, message: String, problems: [NotebookProblem] = [],
    trace: [Frame] = []
  ) {
    self.kind = kind
    self.typeName = typeName
    self.message = message
    self.problems = problems
    self.trace = trace
  }

  /// Place in the notebook of the first problem.
  public var position: SourcePosition? { problems.first?.position }
}
