/// Half the squared difference where it is below delta, and a straight line from there on:
/// delta (distance - delta / 2); averaged over all elements. Follows `torch.nn.HuberLoss`.
public final class HuberLoss: Module {
  private let reduction: LossReduction
  private let delta: Double

  /// The calls throw (see `attempt`) unless `delta` is above 0.
  public init(reduction: LossReduction = .mean, delta: Double = 1) {
    self.reduction = reduction
    self.delta = delta
    super.init()
  }

  /// Two tensors of one shape -> `[]` (the shape itself without reduction).
  /// Throws (see `attempt`) when the shapes differ.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    huberError(input, target, reduction, delta, place)
  }
}

/// A squared difference that becomes a straight line, as `HuberLoss`.
/// Follows `torch.nn.functional.huber_loss`.
public func huberLoss(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean, delta: Double = 1
) -> Tensor { huberError(input, target, reduction, delta, "huberLoss") }

/// With d = x - y: d² / 2 or delta (|d| - delta / 2), with the slope d held between ±delta.
private struct HuberError: PairwiseRule {
  let delta: Double

  func value<T: Real>(_ x: T, _ y: T, _ p: T) -> T {
    let (distance, delta) = ((x - y).magnitude, T(number: delta))
    return distance <= delta ? distance * distance / 2 : delta * (distance - delta / 2)
  }

  func slope<T: Real>(_ x: T, _ y: T, _ p: T) -> T {
    let (d, delta) = (x - y, T(number: delta))
    return d > delta ? delta : d < -delta ? -delta : d
  }

  func targetSlope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { -slope(x, y, p) }
}

private func huberError(
  _ input: Tensor, _ target: Tensor, _ reduction: LossReduction, _ delta: Double, _ place: String
) -> Tensor {
  guarded(input, target) { () throws(TensorError) in
    guard delta > 0 else { throw TensorError(place, expected: "delta above 0", actual: "\(delta)") }
    return try pairwiseLoss(
      HuberError(delta: delta), input, target,
      PairwiseCall(place: place, gradientName: "HuberLossBackward0", reduction: reduction))
  }
}
