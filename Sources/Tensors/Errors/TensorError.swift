/// What went wrong in a tensor operation or in a layer.
///
/// Its text is one sentence: who complains, what was expected, what came instead:
/// `Model.rnn: expected input size 64, got 32`.
public struct TensorError: Error, Equatable, CustomStringConvertible {
  /// The operation (`matmul`) or the path of the layer (`Model.rnn`).
  public let operation: String
  /// The sentence after the colon.
  public let message: String

  /// An error of `operation`, told in free words.
  public init(_ operation: String, _ message: String) {
    self.operation = operation
    self.message = message
  }

  /// An error of `operation`: something was expected, something else came.
  public init(_ operation: String, expected: String, actual: String) {
    self.init(operation, "expected \(expected), got \(actual)")
  }

  /// `operation: message`.
  public var description: String { "\(operation): \(message)" }
}
