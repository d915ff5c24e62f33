/// What came of running a notebook: everything a page or a record is made from.
public struct NotebookRun: Hashable, Sendable {
  /// How the run as a whole ended.
  public enum Outcome: String, Hashable, Sendable {
    case succeeded
    /// A cell failed, or failed to fail.
    case failed
    /// The notebook or a cell has an error that was found before the run; nothing ran.
    case rejected
    case interrupted
  }

  public var notebook: Notebook
  /// One for each of `notebook.cells`.
  public var cells: [CellRun]
  /// What the parser and the checker said, in source order; errors that a cell expects are in its
  /// outputs, not in here.
  public var problems: [NotebookProblem]
  public var outcome: Outcome
  /// Wall-clock seconds of the whole run.
  public var duration: Double

  public init(
    notebook: Notebook, cells: [CellRun]? = nil, problems: [NotebookProblem] = [],
    outcome: Outcome = .succeeded, duration: Double = 0
  ) {
    self.notebook = notebook
    self.cells = cells ?? notebook.cells.map { _ in CellRun() }
    self.problems = problems
    self.outcome = outcome
    self.duration = duration
  }
}
