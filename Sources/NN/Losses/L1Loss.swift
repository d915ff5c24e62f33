/// The distance |x - y|, averaged over all elements. Follows `torch.nn.L1Loss`.
public final class L1Loss: Module {
  private let reduction: LossReduction

  /// The mean of the distances unless told otherwise.
  public init(reduction: LossReduction = .mean) {
    self.reduction = reduction
    super.init()
  }

  /// Two tensors of one shape -> `[]` (the shape itself without reduction).
  /// Throws (see `attempt`) when the shapes differ.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    guarded(input, target) { () throws(TensorError) in
      try absoluteError(input, target, reduction, place)
    }
  }
}

/// The distance, averaged over all elements, as `L1Loss`. Follows `torch.nn.functional.l1_loss`.
public func l1Loss(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) -> Tensor {
  guarded(input, target) { () throws(TensorError) in
    try absoluteError(input, target, reduction, "l1Loss")
  }
}

/// |x - y|, with the slopes ±1; 0 where there is no distance.
private struct AbsoluteError: PairwiseRule {
  func value<T: Real>(_ x: T, _ y: T, _ p: T) -> T { (x - y).magnitude }
  func slope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { x > y ? 1 : x < y ? -1 : 0 }
  func targetSlope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { -slope(x, y, p) }
}

func absoluteError(
  _ input: Tensor, _ target: Tensor, _ reduction: LossReduction, _ place: String
) throws(TensorError) -> Tensor {
  let name =
    switch reduction {
    case .mean: "MeanBackward0"
    case .sum: "SumBackward0"
    case .none: "AbsBackward0"
    }
  return try pairwiseLoss(
    AbsoluteError(), input, target,
    PairwiseCall(place: place, gradientName: name, reduction: reduction))
}
