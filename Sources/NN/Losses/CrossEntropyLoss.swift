/// The negative log-probability of the right class, after a softmax over the scores.
///
/// Scores `[batch, classes]` and int64 class numbers `[batch]`, scores `[batch, classes, d1, …]` and
/// numbers `[batch, d1, …]`, or `[classes]` and `[]` for one sample -> `[]` (the shape of the numbers
/// without reduction). Or targets in the shape of the scores: a probability for each class.
/// Follows `torch.nn.CrossEntropyLoss`.
public final class CrossEntropyLoss: Module {
  private let weight: Tensor?
  private let options: CrossEntropyOptions

  /// `weight`: one factor for each class; targets equal to `ignoreIndex` do not count; of every
  /// target the part `labelSmoothing` is shared equally by all classes.
  /// Throws (see `attempt`) unless that part is from 0 to 1.
  public init(
    weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: LossReduction = .mean,
    labelSmoothing: Double = 0
  ) {
    self.weight = weight
    options = CrossEntropyOptions(
      ignoreIndex: ignoreIndex, reduction: reduction, smoothing: labelSmoothing)
    super.init()
    constructed(or: ()) { () throws(TensorError) in try options.check("CrossEntropyLoss") }
  }

  public override var namedChildren: [(name: String, child: ModuleChild)] {
    weight.map { [("weight", .buffer($0))] } ?? []
  }

  /// The loss. Throws (see `attempt`) when the shapes do not fit or a target is not a class.
  public func callAsFunction(_ scores: Tensor, _ target: Tensor) -> Tensor {
    guarded(scores, target) { () throws(TensorError) in
      try crossEntropy(scores, target, weight, options, place)
    }
  }
}

/// The negative log-probability of the right class, after a softmax over the scores, as
/// `CrossEntropyLoss`. Follows `torch.nn.functional.cross_entropy`.
public func crossEntropy(
  _ scores: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  reduction: LossReduction = .mean, labelSmoothing: Double = 0
) -> Tensor {
  guarded(scores, target) { () throws(TensorError) in
    let options = CrossEntropyOptions(
      ignoreIndex: ignoreIndex, reduction: reduction, smoothing: labelSmoothing)
    return try crossEntropy(scores, target, weight, options, "crossEntropy")
  }
}

/// The settings of a cross entropy.
struct CrossEntropyOptions {
  let ignoreIndex: Int
  let reduction: LossReduction
  let smoothing: Double

  /// Throws unless the smoothing is a part.
  func check(_ place: String) throws(TensorError) {
    guard smoothing >= 0 && smoothing <= 1 else {
      throw TensorError(place, expected: "labelSmoothing from 0 to 1", actual: "\(smoothing)")
    }
  }
}

private func crossEntropy(
  _ scores: Tensor, _ target: Tensor, _ weight: Tensor?, _ options: CrossEntropyOptions,
  _ place: String
) throws(TensorError) -> Tensor {
  try options.check(place)
  try checkScores(scores, place)
  if target.dtype.isFloatingPoint {
    return try softCrossEntropy(scores, target, weight, options, place)
  }
  let targets = try ClassTargets(scores, target, weight, options.ignoreIndex, place)
  return try hardCrossEntropy(scores, targets, options)
}
