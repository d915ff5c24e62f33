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
  return out.made(
    by: PairwiseNode(rule, input, target, (x, y, weights, factors), scale, call.gradientName))
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

/// dx = g slope(x, y) weight, dy = g targetSlope(x, y) weight, over the count for a mean.
final class PairwiseNode<Rule: PairwiseRule>: Node {
  let rule: Rule
  let x, y: Saved
  let weights, factors: Saved?
  let dtypes: (input: DType, target: DType)
  let scale: Double
  let operation: String
  override var name: String { operation }

  init(
    _ rule: Rule, _ input: Tensor, _ target: Tensor,
    _ saved: (x: Tensor, y: Tensor, weights: Tensor?, factors: Tensor?), _ scale: Double,
    _ operation: String
  ) {
    self.rule = rule
    x = Saved(saved.x)
    y = Saved(saved.y)
    weights = saved.weights.map { Saved($0) }
    factors = saved.factors.map { Saved($0) }
    dtypes = (input.dtype, target.dtype)
    self.scale = scale
    self.operation = operation
    super.init(input, target)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    if first.isWanted {
      let dx = try slopes(g) { rule.slope($0, $1, $2) } double: { rule.slope($0, $1, $2) }
      try Tape.send(cast(dx, dtypes.input), to: first)
    }
    if second.isWanted {
      let dy = try slopes(g) {
        rule.targetSlope($0, $1, $2)
      } double: {
        rule.targetSlope($0, $1, $2)
      }
      try Tape.send(cast(dy, dtypes.target), to: second)
    }
  }

  @inline(__always)
  private func slopes(
    _ g: Tensor, float: (Float, Float, Float) -> Float,
    double: (Double, Double, Double) -> Double
  ) throws(TensorError) -> Tensor {
    let out = try Tensor.empty(x.layout.shape, x.dtype)
    func run<T: Real>(_ slope: (T, T, T) -> T) {
      let (inputs, targets) = (x.tensor.pointer(T.self), y.tensor.pointer(T.self))
      let (seed, target) = (g.pointer(T.self), out.pointer(T.self))
      let (w, p) = (weights?.tensor.pointer(T.self), factors?.tensor.pointer(T.self))
      let step = g.layout.count == out.layout.count ? 1 : 0
      let scale = T(number: self.scale)
      for i in 0..<out.layout.count {
        target[i] =
          slope(inputs[i], targets[i], p?[i] ?? 1) * (w?[i] ?? 1) * seed[i * step] * scale
      }
    }
    if x.dtype == .float32 { run(float) } else { run(double) }
    return out
  }
}
