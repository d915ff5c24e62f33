/// Something to say about a place in a notebook or a script: by the parser of the document, the
/// checker of the code, or the page.
///
/// It carries the line it is about, so that it can be shown without the file.
public struct NotebookProblem: Error, Hashable, Codable, Sendable {
  /// How bad it is: with an error, nothing runs.
  public enum Severity: String, Hashable, Codable, Sendable {
    case error, warning, note
  }

  public var severity: Severity
  /// The message without place: `unknown option 'lable'; did you mean 'label'?`.
  public var message: String
  public var path: String
  /// Nil when it is about the file as a whole.
  public var position: SourcePosition?
  /// Length in bytes of what it is about, on its line; 0 for just the place.
  public var length: Int
  /// The line at `position`, without its line end.
  public var sourceLine: String?
  public var notes: [NotebookProblem]

  public init(
    _ severity: Severity, _ message: String, path: String, position: SourcePosition? = nil,
    length: Int = 0, sourceLine: String? = nil, notes: [NotebookProblem] = []
  ) {
    self.severity = severity
    self.message = message
    self.path = path
    self.position = position
    self.length = length
    self.sourceLine = sourceLine
    self.notes = notes
  }

  /// A problem about a span of a source; only the part on its first line is marked.
  public init(
    _ severity: Severity, _ message: String, path: String, source: SourceText, span: SourceSpan,
    notes: [NotebookProblem] = []
  ) {
    let position = source.position(at: span.lowerBound)
    let line = source.span(ofLine: position.line)
    self.init(
      severity, message, path: path, position: position,
      length: max(0, min(span.upperBound, line.upperBound) - span.lowerBound),
      sourceLine: source.text(in: line), notes: notes)
  }
}
