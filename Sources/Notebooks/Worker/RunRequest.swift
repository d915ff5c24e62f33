/// What the parent asks of a worker: everything it needs to know of a notebook.
///
/// The worker never sees Markdown. It speaks of places as (cell, line, column); the parent, who has the
/// document, makes them places in the file.
public struct RunRequest: Hashable, Codable, Sendable {
  /// One cell to check and run.
  public struct Cell: Hashable, Codable, Sendable {
    /// Index into `Notebook.cells`: cells that are not run are left out.
    public var index: Int
    public var label: String
    public var code: String
    public var expectedError: String?
    /// Wall-clock limit in seconds.
    public var timeout: Double

    public init(
      index: Int, label: String, code: String, expectedError: String? = nil, timeout: Double = 600
    ) {
      self.index = index
      self.label = label
      self.code = code
      self.expectedError = expectedError
      self.timeout = timeout
    }
  }

  public var cells: [Cell]
  /// Whether to stop after checking.
  public var checksOnly: Bool
  /// Wall-clock limit of the whole run in seconds.
  public var timeout: Double?

  public init(cells: [Cell], checksOnly: Bool = false, timeout: Double? = nil) {
    self.cells = cells
    self.checksOnly = checksOnly
    self.timeout = timeout
  }

  public init(_ notebook: Notebook, checksOnly: Bool = false, timeout: Double? = nil) {
    self.init(
      cells: notebook.cells.filter(\.options.run).map {
        Cell(
          index: $0.index, label: $0.label, code: $0.code, expectedError: $0.options.error,
          timeout: $0.options.timeout)
      }, checksOnly: checksOnly, timeout: timeout)
  }
}
