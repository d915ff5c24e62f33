/// scores (N, C, I), class numbers (N, I) -> the loss, or losses (N, I); one tape node.
///
/// With weights w, smoothing s and q the target, (1 - s) w at the right class plus s / C w at every
/// class, the loss of a sample is -Σ q log softmax(scores). A mean divides by the sum of the weights
/// of the right classes.
func hardCrossEntropy(
  _ scores: Tensor, _ targets: ClassTargets, _ options: CrossEntropyOptions
) throws(TensorError) -> Tensor {
  let input = try packedElements(scores)
  let isReduced = options.reduction != .none
  let out = try Tensor.empty(isReduced ? Extents() : targets.numbers.layout.shape, scores.dtype)
  let isRecorded = records(scores)
  let shares = isRecorded ? try Tensor.empty(scores.layout.shape, scores.dtype) : nil
  var total = 0.0
  func run<T: Real>(_ type: T.Type) {
    let (x, losses) = (input.pointer(T.self), out.pointer(T.self))
    let numbers = targets.numbers.pointer(Int.self)
    let weights = targets.weight?.pointer(T.self)
    let probabilities = shares?.pointer(T.self)
    let (classes, inner) = (targets.classes, targets.inner)
    let (sharp, blunt) = (
      T(number: 1 - options.smoothing), T(number: options.smoothing / Double(classes))
    )
    var sum = 0.0
    for n in 0..<targets.outer {
      for i in 0..<inner {
        let sample = n * inner + i
        let number = numbers[sample]
        if number == targets.ignoreIndex {
          if !isReduced { losses[sample] = 0 }
          continue
        }
        let row = x + n * classes * inner + i
        let powers = probabilities.map { $0 + n * classes * inner + i }
        var peak = row[0]
        for c in 1..<classes where row[c * inner] > peak { peak = row[c * inner] }
        var powerSum: T = 0
        if let powers, inner == 1, classes >= 8 {
          for c in 0..<classes { powers[c] = row[c] - peak }
          T.exp(powers, powers, classes)
          for c in 0..<classes { powerSum += powers[c] }
        } else {
          for c in 0..<classes {
            let power = T.exp(row[c * inner] - peak)
            powers?[c * inner] = power
            powerSum += power
          }
        }
        if let powers { for c in 0..<classes { powers[c * inner] /= powerSum } }
        let logarithm = T.log(powerSum)
        let weight = weights?[number] ?? 1
        // Not x - (peak + log): with a large peak that sum would lose the logarithm's digits.
        var loss = (logarithm - (row[number * inner] - peak)) * weight
        if blunt != 0 {
          loss *= sharp
          for c in 0..<classes {
            loss += (logarithm - (row[c * inner] - peak)) * (weights?[c] ?? 1) * blunt
          }
        }
        if isReduced { sum += loss.number } else { losses[sample] = loss }
        total += weight.number
      }
    }
    if isReduced { losses[0] = T(number: options.reduction == .mean ? sum / total : sum) }
  }
  if scores.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard let shares else { return out }
  let scale = options.reduction == .mean ? 1 / total : 1
  let name =
    options.smoothing == 0
    ? targets.gradientName(scores, options.reduction) : "AddBackward0"
  return out.made(
    by: HardCrossEntropyNode(scores, shares, targets, options.smoothing, scale, name))
}

/// dscores = g (softmax Σq - q), zeros for ignored samples.
final class HardCrossEntropyNode: Node {
  let shares: Saved
  let numbers: Saved
  let weight: Saved?
  let sizes: (outer: Int, classes: Int, inner: Int)
  let ignoreIndex: Int
  let smoothing, scale: Double
  let operation: String
  override var name: String { operation }

  init(
    _ scores: Tensor, _ shares: Tensor, _ targets: ClassTargets, _ smoothing: Double,
    _ scale: Double, _ operation: String
  ) {
    self.shares = Saved(shares)
    numbers = Saved(targets.numbers)
    weight = targets.weight.map { Saved($0) }
    sizes = (targets.outer, targets.classes, targets.inner)
    ignoreIndex = targets.ignoreIndex
    self.smoothing = smoothing
    self.scale = scale
    self.operation = operation
    super.init(scores)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let out = try Tensor.empty(shares.layout.shape, g.dtype)
    let (outer, classes, inner) = sizes
    let numbers = try self.numbers.places().pointer(Int.self)
    func run<T: Real>(_ type: T.Type) {
      let (source, target) = (shares.tensor.pointer(T.self), out.pointer(T.self))
      let seed = g.pointer(T.self)
      let weights = weight?.tensor.pointer(T.self)
      let step = g.layout.shape.count == 0 ? 0 : 1
      let blunt = T(number: smoothing / Double(classes))
      var weightSum = T(number: Double(classes))
      if let weights {
        weightSum = 0
        for c in 0..<classes { weightSum += weights[c] }
      }
      for n in 0..<outer {
        for i in 0..<inner {
          let sample = n * inner + i
          let (row, slopes) = (source + n * classes * inner + i, target + n * classes * inner + i)
          let number = numbers[sample]
          if number == ignoreIndex {
            for c in 0..<classes { slopes[c * inner] = 0 }
            continue
          }
          let factor = seed[sample * step] * T(number: scale)
          let sharp = T(number: 1 - smoothing) * (weights?[number] ?? 1)
          let mass = (sharp + blunt * weightSum) * factor
          for c in 0..<classes { slopes[c * inner] = row[c * inner] * mass }
          slopes[number * inner] -= sharp * factor
          if blunt != 0 {
            for c in 0..<classes { slopes[c * inner] -= (weights?[c] ?? 1) * blunt * factor }
          }
        }
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    try Tape.send(out, to: first)
  }
}
