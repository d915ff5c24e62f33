/// A loss of an input and its target, element by element. The slope of the loss stands next to it.
protocol PairwiseRule {
  /// The loss of x when y was wanted. `p` is 1, or the factor that a loss has for positive targets.
  func value<T: Real>(_ x: T, _ y: T, _ p: T) -> T
  /// The derivative of the loss for x.
  func slope<T: Real>(_ x: T, _ y: T, _ p: T) -> T
  /// The derivative of the loss for y.
  func targetSlope<T: Real>(_ x: T, _ y: T, _ p: T) -> T
}

/// What a loss is called in messages and as the maker of a tensor, and what becomes of its elements.
struct PairwiseCall {
  let place: String
  let gradientName: String
  let reduction: LossReduction
  /// What a mean divides by, the number of elements when nil.
  var divisor: Int?
}

/// input, target, weights and positives, all of one shape -> loss `[]`, or of that shape without a
/// reduction. Weights and positives are broadcast to the shape. One tape node.
func pairwiseLoss<Rule: PairwiseRule>(
  _ rule: Rule, _ input: Tensor, _ target: Tensor, weight: Tensor? = nil,
  positives: Tensor? = nil, _ call: PairwiseCall
) throws(TensorError) -> Tensor {
  let shape = input.layout.shape
  try checkPair(input, target, call.place)
  let dtype: DType = input.dtype == target.dtype ? input.dtype : .float64
  let x = try packedElements(cast(input, dtype))
  let y = try packedElements(cast(target, dtype))
  let weights = try spread(weight, shape, dtype, "weight", call.place)
  let factors = try spread(positives, shape, dtype, "posWeight", call.place)
  let count = x.layout.count
  let isReduced = call.reduction != .none
  let out = try Tensor.empty(isReduced ? Extents() : shape, dtype)
  let scale = call.reduction == .mean ? 1 / Double(call.divisor ?? count) : 1
  func run<T: Real>(_ type: T.Type) {
    let (inputs, targets, losses) = (x.pointer(T.self), y.pointer(T.self), out.pointer(T.self))
    let (w, p) = (weights?.pointer(T.self), factors?.pointer(T.self))
    var sum = 0.0
    for i in 0..<count {
      let loss = rule.value(inputs[i], targets[i], p?[i] ?? 1) * (w?[i] ?? 1)
      if isReduced { sum += loss.number } else { losses[i] = loss }
    }
    if isReduced { losses[0] = T(number: call.reduction == .mean ? sum * scale : sum) }
  }
  if dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard records(input, target) else { return out }
  let saved = PairwiseSaved(
    x: Saved(x), y: Saved(y), weights: weights.map { Saved($0) },
    factors: factors.map { Saved($0) }, scale: scale)
  return out.made(
    by: PairwiseNode(
      input, target, call.gradientName,
      slopes: { g throws(TensorError) in try pairwiseSlopes(rule, saved, g, ofTarget: false) },
      targetSlopes: { g throws(TensorError) in try pairwiseSlopes(rule, saved, g, ofTarget: true) }
    ))
}

/// Throws unless the two tensors are floating-point and of one shape.
func checkPair(_ input: Tensor, _ target: Tensor, _ place: String) throws(TensorError) {
  guard input.layout.shape == target.layout.shape else {
    throw TensorError(
      place, expected: "a target of shape \(input.layout.shape)",
      actual: "\(target.layout.shape)")
  }
  guard input.dtype.isFloatingPoint, target.dtype.isFloatingPoint else {
    throw TensorError(
      place, expected: "floating-point tensors", actual: "\(input.dtype) and \(target.dtype)")
  }
}

/// The elements of `factors` broadcast to `shape`, contiguous.
private func spread(
  _ factors: Tensor?, _ shape: Extents, _ dtype: DType, _ name: String, _ place: String
) throws(TensorError) -> Tensor? {
  guard let factors else { return nil }
  guard !factors.isFailed, try broadcast(factors.layout.shape, shape, place) == shape else {
    throw TensorError(
      place, expected: "a \(name) that fits shape \(shape)", actual: "\(factors.layout.shape)")
  }
  let ones = try Tensor.filled(shape, dtype, 1)
  return try combine(.multiply, ones, cast(factors, dtype))
}

/// What a loss keeps for its gradient.
private struct PairwiseSaved {
  let x, y: Saved
  let weights, factors: Saved?
  let scale: Double
}

/// g slope(x, y) weight, or g targetSlope(x, y) weight, over the count for a mean.
private func pairwiseSlopes<Rule: PairwiseRule>(
  _ rule: Rule, _ saved: PairwiseSaved, _ gradient: Tensor, ofTarget: Bool
) throws(TensorError) -> Tensor {
  let g = try packedElements(gradient)
  let out = try Tensor.empty(saved.x.layout.shape, saved.x.dtype)
  func run<T: Real>(_ type: T.Type) {
    let (inputs, targets) = (saved.x.tensor.pointer(T.self), saved.y.tensor.pointer(T.self))
    let (seed, target) = (g.pointer(T.self), out.pointer(T.self))
    let w = saved.weights?.tensor.pointer(T.self)
    let p = saved.factors?.tensor.pointer(T.self)
    let step = g.layout.count == out.layout.count ? 1 : 0
    let scale = T(number: saved.scale)
    for i in 0..<out.layout.count {
      let factor = p?[i] ?? 1
      let slope =
        ofTarget
        ? rule.targetSlope(inputs[i], targets[i], factor)
        : rule.slope(inputs[i], targets[i], factor)
      target[i] = slope * (w?[i] ?? 1) * seed[i * step] * scale
    }
  }
  if saved.x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  return out
}

/// The gradients of a pair. The rules come as closures made where the loss is known: methods of a
/// generic node would be called through its table and not be specialised, at ten times the cost.
private final class PairwiseNode: Node {
  typealias Slopes = (Tensor) throws(TensorError) -> Tensor

  let slopes, targetSlopes: Slopes
  let dtypes: (input: DType, target: DType)
  let operation: String
  override var name: String { operation }

  init(
    _ input: Tensor, _ target: Tensor, _ operation: String, slopes: @escaping Slopes,
    targetSlopes: @escaping Slopes
  ) {
    self.slopes = slopes
    self.targetSlopes = targetSlopes
    self.operation = operation
    dtypes = (input.dtype, target.dtype)
    super.init(input, target)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    if first.isWanted { try Tape.send(cast(slopes(gradient), dtypes.input), to: first) }
    if second.isWanted { try Tape.send(cast(targetSlopes(gradient), dtypes.target), to: second) }
  }
}
