/// The squared difference (x - y)², averaged over all elements. Follows `torch.nn.MSELoss`.
public final class MSELoss: Module {
  private let reduction: LossReduction

  /// The mean of the squares unless told otherwise.
  public init(reduction: LossReduction = .mean) {
    self.reduction = reduction
    super.init()
  }

  /// Two tensors of one shape -> `[]` (the shape itself without reduction).
  /// Throws (see `attempt`) when the shapes differ.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    squaredError(input, target, reduction, place)
  }
}

/// The squared difference, averaged over all elements, as `MSELoss`.
/// Follows `torch.nn.functional.mse_loss`.
public func mseLoss(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) -> Tensor { squaredError(input, target, reduction, "mseLoss") }

/// (x - y)², with the slopes 2 (x - y) and the opposite.
private struct SquaredError: PairwiseRule {
  func value<T: Real>(_ x: T, _ y: T, _ p: T) -> T { (x - y) * (x - y) }
  func slope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { 2 * (x - y) }
  func targetSlope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { 2 * (y - x) }
}

private func squaredError(
  _ input: Tensor, _ target: Tensor, _ reduction: LossReduction, _ place: String
) -> Tensor {
  guarded(input, target) { () throws(TensorError) in
    try pairwiseLoss(
      SquaredError(), input, target,
      PairwiseCall(place: place, gradientName: "MseLossBackward0", reduction: reduction))
  }
}
