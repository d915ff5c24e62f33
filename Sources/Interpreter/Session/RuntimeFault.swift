/// Why a unit stopped before its end: the session lives on, and so does what it had declared.
public struct RuntimeFault: Error, Sendable {
  public enum Kind: Sendable, Equatable {
    /// A trap of the language or a failed native operation: `Fatal error: Index out of range`.
    case trap
    /// An error thrown at top level and caught by nobody.
    case uncaughtError
    /// The deadline passed.
    case timeout
    /// Somebody asked for a stop (Ctrl-C).
    case interrupted
    /// `exit(_:)` was called, with this status.
    case exit(Int32)
  }

  /// One line of the trace: a function and the place in it that was running.
  public struct Frame: Sendable {
    public var function: String
    public var location: SourceLocation

    public init(function: String, location: SourceLocation) {
      self.function = function
      self.location = location
    }
  }

  public var kind: Kind
  /// Name of the type of the error, where there is one: `TensorError`, `LoadError`.
  public var typeName: String?
  /// The words without place: `Index out of range`, or the error's own description.
  public var message: String
  /// Where it happened in guest code, the innermost frame first; never empty.
  public var trace: [Frame]

  public var location: SourceLocation { trace[0].location }

  public init(kind: Kind, typeName: String? = nil, message: String, trace: [Frame]) {
    self.kind = kind
    self.typeName = typeName
    self.message = message
    self.trace = trace
  }
}
