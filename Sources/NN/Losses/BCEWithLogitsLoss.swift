#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `BCELoss` of the sigmoid of the input, without loss of precision for large numbers.
/// Follows `torch.nn.BCEWithLogitsLoss`.
public final class BCEWithLogitsLoss: Module {
  private let weight: Tensor?
  private let posWeight: Tensor?
  private let reduction: LossReduction

  /// `weight`: one factor for each element; `posWeight`: one for the part of each target that is
  /// "yes", such as the number of "no" for one "yes". Both are broadcast to the input.
  public init(
    weight: Tensor? = nil, posWeight: Tensor? = nil, reduction: LossReduction = .mean
  ) {
    self.weight = weight
    self.posWeight = posWeight
    self.reduction = reduction
    super.init()
  }

  public override var namedChildren: [(name: String, child: ModuleChild)] {
    [("weight", weight), ("pos_weight", posWeight)].compactMap { name, tensor in
      tensor.map { (name, .buffer($0)) }
    }
  }

  /// Two tensors of one shape -> `[]` (the shape itself without reduction).
  /// Throws (see `attempt`) when the shapes differ.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    logitError(input, target, weight, posWeight, reduction, place)
  }
}

/// The cross entropy of scores, whose sigmoids are probabilities, as `BCEWithLogitsLoss`.
/// Follows `torch.nn.functional.binary_cross_entropy_with_logits`.
public func binaryCrossEntropyWithLogits(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, posWeight: Tensor? = nil,
  reduction: LossReduction = .mean
) -> Tensor {
  logitError(input, target, weight, posWeight, reduction, "binaryCrossEntropyWithLogits")
}

/// (1 - y) x + k log(1 + e⁻ˣ) with k = 1 + (p - 1) y, and the slope (1 - y) - k (1 - sigmoid(x)).
private struct LogitError: PairwiseRule {
  /// log(1 + e⁻ˣ), which never overflows.
  private func softplus<T: Real>(_ x: T) -> T {
    T(number: log1p(exp(-x.magnitude.number))) + max(-x, 0)
  }

  func value<T: Real>(_ x: T, _ y: T, _ p: T) -> T {
    (1 - y) * x + (1 + (p - 1) * y) * softplus(x)
  }

  func slope<T: Real>(_ x: T, _ y: T, _ p: T) -> T {
    (1 - y) - (1 + (p - 1) * y) / (1 + T.exp(x))
  }

  func targetSlope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { (p - 1) * softplus(x) - x }
}

private func logitError(
  _ input: Tensor, _ target: Tensor, _ weight: Tensor?, _ posWeight: Tensor?,
  _ reduction: LossReduction, _ place: String
) -> Tensor {
  guarded(input, target) { () throws(TensorError) in
    try pairwiseLoss(
      LogitError(), input, target, weight: weight, positives: posWeight,
      PairwiseCall(
        place: place, gradientName: "BinaryCrossEntropyWithLogitsBackward0",
        reduction: reduction))
  }
}
