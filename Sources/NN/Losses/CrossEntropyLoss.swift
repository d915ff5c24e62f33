/// The negative log-probability of the right class, after a softmax over the scores.
///
/// Scores `[batch, classes]` and int64 class numbers `[batch]`, or `[classes]` and `[]` for one
/// sample -> `[]` (`[batch]` without reduction). Follows `torch.nn.CrossEntropyLoss`.
public final class CrossEntropyLoss: Module {
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

  public override var namedChildren: [(name: String, child: ModuleChild)] { [] }

  /// The loss. Throws (see `attempt`) when the shapes do not fit or a target is not a class.
  public func callAsFunction(_ scores: Tensor, _ target: Tensor) -> Tensor {
    guarded(scores, target) { () throws(TensorError) in
      let shape = scores.layout.shape
      guard shape.count == 1 || shape.count == 2, scores.dtype.isFloatingPoint else {
        throw TensorError(
          place, expected: "floating-point scores of shape [batch, classes]",
          actual: "\(scores.dtype) of shape \(shape)")
      }
      let expected = shape.count == 2 ? Extents(shape[0]) : Extents()
      guard target.dtype == .int64 else {
        throw TensorError(place, expected: "int64 class numbers", actual: "\(target.dtype)")
      }
      guard target.layout.shape == expected else {
        throw TensorError(
          place, expected: "a target of shape \(expected) for scores of shape \(shape)",
          actual: "\(target.layout.shape)")
      }
      let classes = shape.last
      let targets = target.ints
      for number in targets where number != ignoreIndex && (number < 0 || number >= classes) {
        throw TensorError(
          place, expected: "class numbers from 0 to \(classes - 1)", actual: "\(number)")
      }
      if let weight, weight.layout.shape != Extents(classes) || !weight.dtype.isFloatingPoint {
        throw TensorError(
          place, expected: "\(classes) class weights", actual: "shape \(weight.layout.shape)")
      }
      let factors = targets.map { number in
        number == ignoreIndex ? 0 : (weight.map { $0[number].item() } ?? 1)
      }
      return try crossEntropy(scores, targets, factors, reduction)
    }
  }
}

/// scores (N, C) or (C), targets and factors (N) -> loss; one tape node.
private func crossEntropy(
  _ scores: Tensor, _ targets: [Int], _ factors: [Double], _ reduction: LossReduction
) throws(TensorError) -> Tensor {
  let shape = scores.layout.shape
  let logs = try softmaxElements(scores, shape.count - 1, isLogarithm: true)
  let classes = shape.last
  let losses = try Tensor.empty(shape.count == 2 ? Extents(shape[0]) : Extents(), scores.dtype)
  func pick<T: Real>(_ type: T.Type) {
    let (from, to): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
      (logs.pointer(), losses.pointer())
    for (row, target) in targets.enumerated() {
      to[row] = factors[row] == 0 ? 0 : -from[row * classes + target] * T(factors[row])
    }
  }
  if scores.dtype == .float32 { pick(Float.self) } else { pick(Double.self) }
  let total = factors.reduce(0, +)
  var out = losses
  if reduction != .none { out = losses.sum() }
  if reduction == .mean { out = out / total }
  guard records(scores) else { return out }
  return out.made(
    by: CrossEntropyNode(
      scores, logs, targets, reduction == .mean ? factors.map { $0 / total } : factors))
}

/// dscores = (softmax - onehot) times the sample's factor and the gradient of its loss.
final class CrossEntropyNode: Node {
  let logs: Saved
  let targets: [Int]
  let factors: [Double]
  override var name: String { "NllLossBackward0" }

  init(_ scores: Tensor, _ logs: Tensor, _ targets: [Int], _ factors: [Double]) {
    self.logs = Saved(logs)
    self.targets = targets
    self.factors = factors
    super.init(scores)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let out = try apply(.exp, logs.tensor)
    let g = try packedElements(gradient)
    let classes = logs.layout.shape.last
    func run<T: Real>(_ type: T.Type) {
      let (rows, seed): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
        (out.pointer(), g.pointer())
      for (row, target) in targets.enumerated() {
        let start = row * classes
        let factor = T(factors[row]) * seed[g.layout.count == 1 ? 0 : row]
        // An ignored target may lie outside; its factor is 0.
        if factors[row] != 0 { rows[start + target] -= 1 }
        for c in 0..<classes { rows[start + c] *= factor }
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    try Tape.send(out, to: first)
  }
}
