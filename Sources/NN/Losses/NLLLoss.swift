/// The negative of the log-probability that stands at the right class.
///
/// Log-probabilities `[batch, classes]` and int64 class numbers `[batch]`, `[batch, classes, d1, …]`
/// and `[batch, d1, …]`, or `[classes]` and `[]` -> `[]` (the shape of the numbers without
/// reduction). Follows `torch.nn.NLLLoss`.
public final class NLLLoss: Module {
  private let weight: Tensor?
  private let ignoreIndex: Int
  private let reduction: LossReduction

  /// `weight`: one factor for each class; targets equal to `ignoreIndex` do not count.
  public init(
    weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: LossReduction = .mean
  ) {
    self.weight = weight
    self.ignoreIndex = ignoreIndex
    self.reduction = reduction
    super.init()
  }

  public override var namedChildren: [(name: String, child: ModuleChild)] {
    weight.map { [("weight", .buffer($0))] } ?? []
  }

  /// The loss. Throws (see `attempt`) when the shapes do not fit or a target is not a class.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    guarded(input, target) { () throws(TensorError) in
      try checkScores(input, place)
      return try negativeLogLikelihood(
        input, ClassTargets(input, target, weight, ignoreIndex, place), reduction)
    }
  }
}

/// The negative of the log-probability at the right class, as `NLLLoss`.
/// Follows `torch.nn.functional.nll_loss`.
public func nllLoss(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  reduction: LossReduction = .mean
) -> Tensor {
  guarded(input, target) { () throws(TensorError) in
    try checkScores(input, "nllLoss")
    return try negativeLogLikelihood(
      input, ClassTargets(input, target, weight, ignoreIndex, "nllLoss"), reduction)
  }
}

/// logs (N, C, I), class numbers (N, I) -> the loss, or losses (N, I); one tape node.
private func negativeLogLikelihood(
  _ logs: Tensor, _ targets: ClassTargets, _ reduction: LossReduction
) throws(TensorError) -> Tensor {
  let input = try packedElements(logs)
  let isReduced = reduction != .none
  let out = try Tensor.empty(isReduced ? Extents() : targets.numbers.layout.shape, logs.dtype)
  var total = 0.0
  func run<T: Real>(_ type: T.Type) {
    let (x, losses) = (input.pointer(T.self), out.pointer(T.self))
    let weights = targets.weight?.pointer(T.self)
    var sum = 0.0
    targets.forEachCounted { sample, place, number in
      let weight = weights?[number] ?? 1
      let loss = -x[place] * weight
      if isReduced { sum += loss.number } else { losses[sample] = loss }
      total += weight.number
    } ignored: { sample in
      if !isReduced { losses[sample] = 0 }
    }
    if isReduced { losses[0] = T(number: reduction == .mean ? sum / total : sum) }
  }
  if logs.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard records(logs) else { return out }
  return out.made(
    by: LikelihoodNode(
      logs, targets, reduction == .mean ? 1 / total : 1, targets.gradientName(logs, reduction)))
}

extension ClassTargets {
  /// Visits the samples: their number, the place of the right class in the scores, and the class.
  @inline(__always)
  fileprivate func forEachCounted(
    _ body: (_ sample: Int, _ place: Int, _ number: Int) -> Void, ignored: (Int) -> Void
  ) {
    let elements = numbers.pointer(Int.self)
    for n in 0..<outer {
      for i in 0..<inner {
        let sample = n * inner + i
        let number = elements[sample]
        if number == ignoreIndex {
          ignored(sample)
        } else {
          body(sample, (n * classes + number) * inner + i, number)
        }
      }
    }
  }
}

/// dlogs = -g weight at the right class, 0 elsewhere.
final class LikelihoodNode: Node {
  let shape: Extents
  let targets: ClassTargets
  let numbers: Saved
  let weight: Saved?
  let scale: Double
  let operation: String
  override var name: String { operation }

  init(_ logs: Tensor, _ targets: ClassTargets, _ scale: Double, _ operation: String) {
    shape = logs.layout.shape
    self.targets = targets
    numbers = Saved(targets.numbers)
    weight = targets.weight.map { Saved($0) }
    self.scale = scale
    self.operation = operation
    super.init(logs)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let out = try Tensor.filled(shape, g.dtype, 0)
    _ = try numbers.places()
    func run<T: Real>(_ type: T.Type) {
      let (seed, target) = (g.pointer(T.self), out.pointer(T.self))
      let weights = weight?.tensor.pointer(T.self)
      let step = g.layout.shape.count == 0 ? 0 : 1
      targets.forEachCounted { sample, place, number in
        target[place] = -seed[sample * step] * (weights?[number] ?? 1) * T(number: scale)
      } ignored: { _ in
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    try Tape.send(out, to: first)
  }
}
