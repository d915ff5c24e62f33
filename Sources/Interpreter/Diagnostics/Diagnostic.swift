/// Something the parser or the checker has to say about a place in a unit, in swiftc's words.
public struct Diagnostic: Sendable {
  public enum Severity: String, Sendable {
    case error, warning, note
  }

  public var severity: Severity
  /// The message without place or severity: `cannot find 'lss' in scope; did you mean 'loss'?`.
  public var message: String
  public var location: SourceLocation
  /// Length in UTF-8 bytes of the source the message is about (0: just the place).
  public var length: Int
  /// Notes that belong to the message, each with a place of its own.
  public var notes: [Diagnostic]

  public init(
    _ severity: Severity, _ message: String, at location: SourceLocation, length: Int = 0,
    notes: [Diagnostic] = []
  ) {
    self.severity = severity
    self.message = message
    self.location = location
    self.length = length
    self.notes = notes
  }
}
