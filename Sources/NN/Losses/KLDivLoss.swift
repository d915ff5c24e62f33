/// What `KLDivLoss` does with the divergences of the elements.
public enum DivergenceReduction {
  /// Their sum, divided by the batch size: the divergence of one sample on average.
  case batchMean
  /// Their mean over all elements.
  case mean
  /// Their sum.
  case sum
  /// Nothing: one number for each element.
  case none
}

/// The Kullback-Leibler divergence of log-probabilities from target probabilities:
/// y (log y - x), where y = 0 counts nothing. Follows `torch.nn.KLDivLoss`.
public final class KLDivLoss: Module {
  private let reduction: DivergenceReduction
  private let logTarget: Bool

  /// With `logTarget`, the targets are log-probabilities, too.
  public init(reduction: DivergenceReduction = .mean, logTarget: Bool = false) {
    self.reduction = reduction
    self.logTarget = logTarget
    super.init()
  }

  /// Two tensors of one shape -> `[]` (the shape itself without reduction).
  /// Throws (see `attempt`) when the shapes differ.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    divergence(input, target, reduction, logTarget, place)
  }
}

/// The Kullback-Leibler divergence, as `KLDivLoss`. Follows `torch.nn.functional.kl_div`.
public func klDiv(
  _ input: Tensor, _ target: Tensor, reduction: DivergenceReduction = .mean, logTarget: Bool = false
) -> Tensor { divergence(input, target, reduction, logTarget, "klDiv") }

/// y (log y - x), with the slopes -y and log y + 1 - x.
private struct Divergence: PairwiseRule {
  func value<T: Real>(_ x: T, _ y: T, _ p: T) -> T { y == 0 ? -y * x : y * (T.log(y) - x) }
  func slope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { -y }
  func targetSlope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { T.log(y) + 1 - x }
}

/// eʸ (y - x), with the slopes -eʸ and eʸ (y - x + 1).
private struct LogDivergence: PairwiseRule {
  func value<T: Real>(_ x: T, _ y: T, _ p: T) -> T { T.exp(y) * (y - x) }
  func slope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { -T.exp(y) }
  func targetSlope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { T.exp(y) * (y - x + 1) }
}

private func divergence(
  _ input: Tensor, _ target: Tensor, _ reduction: DivergenceReduction, _ logTarget: Bool,
  _ place: String
) -> Tensor {
  guarded(input, target) { () throws(TensorError) in
    let name =
      switch reduction {
      case .batchMean: "DivBackward0"
      case .mean: "MeanBackward0"
      case .sum: "SumBackward0"
      case .none: logTarget ? "MulBackward0" : "SubBackward0"
      }
    if reduction == .batchMean && input.layout.shape.count == 0 {
      throw TensorError(place, "a tensor without dimensions has no batch size")
    }
    let call = PairwiseCall(
      place: place, gradientName: name,
      reduction: reduction == .none ? .none : reduction == .sum ? .sum : .mean,
      divisor: reduction == .batchMean ? input.layout.shape[0] : nil)
    if logTarget { return try pairwiseLoss(LogDivergence(), input, target, call) }
    return try pairwiseLoss(Divergence(), input, target, call)
  }
}
