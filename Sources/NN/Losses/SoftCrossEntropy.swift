/// scores and target probabilities (N, C, I) -> the loss, or losses (N, I); one tape node.
///
/// With weights w, smoothing s and q = w ((1 - s) target + s / C), the loss of a sample is
/// -Σ q log softmax(scores). A mean divides by the number of samples, whatever the weights.
func softCrossEntropy(
  _ scores: Tensor, _ target: Tensor, _ weight: Tensor?, _ options: CrossEntropyOptions,
  _ place: String
) throws(TensorError) -> Tensor {
  let shape = scores.layout.shape
  guard target.layout.shape == shape else {
    throw TensorError(
      place, expected: "class numbers, or probabilities of shape \(shape)",
      actual: "\(target.dtype) of shape \(target.layout.shape)"
        + (target.layout.shape.count < shape.count ? "; use long() for class numbers" : ""))
  }
  guard options.ignoreIndex < 0 else {
    throw TensorError(place, "ignoreIndex is for class numbers, the target is probabilities")
  }
  let dim = shape.count == 1 ? 0 : 1
  let (outer, classes, inner) = factors(shape, dim)
  let weights = try classWeights(weight, classes, scores.dtype, place)
  let masses = try targetMasses(target, scores.dtype, weights, options.smoothing, dim)
  let logs = try softmaxElements(scores, dim, isLogarithm: true)
  let isReduced = options.reduction != .none
  let out = try Tensor.empty(
    isReduced ? Extents() : reducedShape(shape, dim, keepDim: false), scores.dtype)
  let scale = options.reduction == .mean ? 1 / Double(outer * inner) : 1
  func run<T: Real>(_ type: T.Type) {
    let (q, l, losses) = (masses.pointer(T.self), logs.pointer(T.self), out.pointer(T.self))
    var sum = 0.0
    for n in 0..<outer {
      for i in 0..<inner {
        let start = n * classes * inner + i
        var loss: T = 0
        for c in 0..<classes { loss -= q[start + c * inner] * l[start + c * inner] }
        if isReduced { sum += loss.number } else { losses[n * inner + i] = loss }
      }
    }
    if isReduced { losses[0] = T(number: sum * scale) }
  }
  if scores.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard records(scores, target) else { return out }
  return out.made(
    by: SoftCrossEntropyNode(
      scores, target, logs, masses, weights, (1 - options.smoothing, scale),
      options.reduction == .mean ? "DivBackward1" : "NegBackward0"))
}

/// target (N, C, I), weights (C) -> q (N, C, I).
private func targetMasses(
  _ target: Tensor, _ dtype: DType, _ weights: Tensor?, _ smoothing: Double, _ dim: Int
) throws(TensorError) -> Tensor {
  let y = try packedElements(cast(target, dtype))
  if weights == nil && smoothing == 0 { return y }
  let out = try Tensor.empty(y.layout.shape, dtype)
  let (outer, classes, inner) = factors(y.layout.shape, dim)
  func run<T: Real>(_ type: T.Type) {
    let (source, q) = (y.pointer(T.self), out.pointer(T.self))
    let (sharp, blunt) = (T(number: 1 - smoothing), T(number: smoothing / Double(classes)))
    for n in 0..<outer {
      for c in 0..<classes {
        let weight = weights?.pointer(T.self)[c] ?? 1
        let start = (n * classes + c) * inner
        for i in start..<start + inner { q[i] = weight * (source[i] * sharp + blunt) }
      }
    }
  }
  if dtype == .float32 { run(Float.self) } else { run(Double.self) }
  return out
}

/// dscores = g (softmax Σq - q), dtarget = -g w (1 - s) log softmax.
final class SoftCrossEntropyNode: Node {
  let logs, masses: Saved
  let weights: Saved?
  let targetDType: DType
  /// The part of a target that is not smoothed away, and 1 over what a mean divides by.
  let factors: (sharp: Double, scale: Double)
  let operation: String
  override var name: String { operation }

  init(
    _ scores: Tensor, _ target: Tensor, _ logs: Tensor, _ masses: Tensor, _ weights: Tensor?,
    _ factors: (sharp: Double, scale: Double), _ operation: String
  ) {
    self.logs = Saved(logs)
    self.masses = Saved(masses)
    self.weights = weights.map { Saved($0) }
    targetDType = target.dtype
    self.factors = factors
    self.operation = operation
    super.init(scores, target)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let dx = try Tensor.empty(logs.layout.shape, g.dtype)
    let dy = try Tensor.empty(logs.layout.shape, g.dtype)
    if g.dtype == .float32 { slopes(g, dx, dy, Float.self) } else { slopes(g, dx, dy, Double.self) }
    if first.isWanted { try Tape.send(dx, to: first) }
    if second.isWanted { try Tape.send(cast(dy, targetDType), to: second) }
  }

  private func slopes<T: Real>(_ g: Tensor, _ dx: Tensor, _ dy: Tensor, _ type: T.Type) {
    let shape = logs.layout.shape
    let (outer, classes, inner) = Tensors.factors(shape, shape.count == 1 ? 0 : 1)
    let (l, q) = (logs.tensor.pointer(T.self), masses.tensor.pointer(T.self))
    let (ofScores, ofTarget) = (dx.pointer(T.self), dy.pointer(T.self))
    let step = g.layout.shape.count == 0 ? 0 : 1
    for n in 0..<outer {
      for i in 0..<inner {
        let start = n * classes * inner + i
        let seed = g.pointer(T.self)[(n * inner + i) * step] * T(number: factors.scale)
        var mass: T = 0
        for c in 0..<classes { mass += q[start + c * inner] }
        for c in 0..<classes {
          let place = start + c * inner
          ofScores[place] = seed * (T.exp(l[place]) * mass - q[place])
          let weight = weights?.tensor.pointer(T.self)[c] ?? 1
          ofTarget[place] = -seed * weight * T(number: factors.sharp) * l[place]
        }
      }
    }
  }
}
