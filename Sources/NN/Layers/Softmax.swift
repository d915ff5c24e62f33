/// exp(x) divided by its sum along `dim`: positive numbers that add up to 1.
/// Follows `torch.nn.Softmax`.
public final class Softmax: Module {
  private let dim: Int

  /// A negative `dim` counts from the last dimension.
  public init(dim: Int) {
    self.dim = dim
    super.init()
  }

  /// The same shape as `input`. Throws (see `attempt`) for integers or when there is no such
  /// dimension.
  public override func forward(_ input: Tensor) -> Tensor { input.softmax(dim: dim) }

  public override var extraRepresentation: String { "dim=\(dim)" }
}

/// The logarithm of the softmax along `dim`, without loss of precision.
/// Follows `torch.nn.LogSoftmax`.
public final class LogSoftmax: Module {
  private let dim: Int

  /// A negative `dim` counts from the last dimension.
  public init(dim: Int) {
    self.dim = dim
    super.init()
  }

  /// The same shape as `input`. Throws (see `attempt`) for integers or when there is no such
  /// dimension.
  public override func forward(_ input: Tensor) -> Tensor { input.logSoftmax(dim: dim) }

  public override var extraRepresentation: String { "dim=\(dim)" }
}
