/// The distance, rounded off to half its square over beta where it is below beta; averaged over all
/// elements. Follows `torch.nn.SmoothL1Loss`.
public final class SmoothL1Loss: Module {
  private let reduction: LossReduction
  private let beta: Double

  /// With `beta: 0` this is `L1Loss`. The calls throw (see `attempt`) when it is negative.
  public init(reduction: LossReduction = .mean, beta: Double = 1) {
    self.reduction = reduction
    self.beta = beta
    super.init()
  }

  /// Two tensors of one shape -> `[]` (the shape itself without reduction).
  /// Throws (see `attempt`) when the shapes differ.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    smoothError(input, target, reduction, beta, place)
  }
}

/// The distance, rounded off near zero, as `SmoothL1Loss`.
/// Follows `torch.nn.functional.smooth_l1_loss`.
public func smoothL1Loss(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean, beta: Double = 1
) -> Tensor { smoothError(input, target, reduction, beta, "smoothL1Loss") }

/// With d = x - y: d² / (2 beta) or |d| - beta / 2, with the slope d / beta held between ±1.
private struct SmoothError: PairwiseRule {
  let beta: Double

  func value<T: Real>(_ x: T, _ y: T, _ p: T) -> T {
    let (distance, beta) = ((x - y).magnitude, T(number: beta))
    return distance < beta ? distance * distance / (2 * beta) : distance - beta / 2
  }

  func slope<T: Real>(_ x: T, _ y: T, _ p: T) -> T {
    let (d, beta) = (x - y, T(number: beta))
    return d >= beta ? 1 : d <= -beta ? -1 : d / beta
  }

  func targetSlope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { -slope(x, y, p) }
}

private func smoothError(
  _ input: Tensor, _ target: Tensor, _ reduction: LossReduction, _ beta: Double, _ place: String
) -> Tensor {
  guarded(input, target) { () throws(TensorError) in
    guard beta >= 0 else {
      throw TensorError(place, expected: "beta of 0 or more", actual: "\(beta)")
    }
    if beta == 0 { return try absoluteError(input, target, reduction, place) }
    return try pairwiseLoss(
      SmoothError(beta: beta), input, target,
      PairwiseCall(place: place, gradientName: "SmoothL1LossBackward0", reduction: reduction))
  }
}
