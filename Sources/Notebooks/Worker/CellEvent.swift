/// What a worker tells its parent, in the order in which it happens; one line of JSON each.
///
/// `text`, `value`, `error` and `cellEnded` are about the cell that was started last.
public enum CellEvent: Hashable, Codable, Sendable {
  /// All cells were checked. With an error among the diagnostics no cell runs. What a cell expects of
  /// its check comes later, as its `error`.
  case checked(diagnostics: [CellDiagnostic])
  case cellStarted(cell: Int)
  case text(String)
  case value(text: String, typeName: String)
  case error(CellFault)
  case cellEnded(outcome: CellOutcome, seconds: Double)
  /// The worker has nothing more to say; when it ends without this, it died.
  case finished
}

/// How a cell ended.
public enum CellOutcome: String, Hashable, Codable, Sendable {
  case succeeded, failedAsExpected, failed, interrupted
}

/// A place in a cell.
public struct CellPlace: Hashable, Codable, Sendable {
  /// Index into `Notebook.cells`.
  public var cell: Int
  /// Line of the cell's code, from 1.
  public var line: Int
  /// Column in UTF-8 bytes, from 1.
  public var column: Int

  public init(cell: Int, line: Int, column: Int) {
    self.cell = cell
    self.line = line
    self.column = column
  }
}

/// What the checker has to say about a place in a cell.
public struct CellDiagnostic: Hashable, Codable, Sendable {
  public var severity: NotebookProblem.Severity
  public var message: String
  public var place: CellPlace
  /// Length in UTF-8 bytes; 0 for just the place.
  public var length: Int
  public var notes: [CellDiagnostic]

  public init(
    _ severity: NotebookProblem.Severity, _ message: String, at place: CellPlace, length: Int = 0,
    notes: [CellDiagnostic] = []
  ) {
    self.severity = severity
    self.message = message
    self.place = place
    self.length = length
    self.notes = notes
  }
}

/// Why a cell ended before its end, with places in cells; the parent makes a `CellError` of it.
public struct CellFault: Hashable, Codable, Sendable {
  /// A function and the place in it that was running.
  public struct Frame: Hashable, Codable, Sendable {
    public var function: String
    public var place: CellPlace

    public init(function: String, place: CellPlace) {
      self.function = function
      self.place = place
    }
  }

  public var kind: CellError.Kind
  public var typeName: String?
  public var message: String
  /// The errors of the checker, for `.compile`.
  public var diagnostics: [CellDiagnostic]
  /// The innermost frame first.
  public var trace: [Frame]

  public init(
    kind: CellError.Kind, typeName: String? = nil, message: String,
    diagnostics: [CellDiagnostic] = [], trace: [Frame] = []
  ) {
    self.kind = kind
    self.typeName = typeName
    self.message = message
    self.diagnostics = diagnostics
    self.trace = trace
  }
}
