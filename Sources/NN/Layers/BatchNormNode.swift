/// x (N, C, …) -> mean and variance of each channel (C), float64 whatever the dtype of x.
func channelMoments(_ x: Tensor) throws(TensorError) -> (mean: Tensor, variance: Tensor) {
  let input = try packedElements(x)
  let sizes = factors(x.layout.shape, 1)
  let mean = try Tensor.empty(Extents(sizes.length), .float64)
  let variance = try Tensor.empty(Extents(sizes.length), .float64)
  let (means, variances) = (mean.pointer(Double.self), variance.pointer(Double.self))
  func run<T: Real>(_ type: T.Type) {
    let count = Double(sizes.outer * sizes.inner)
    /// Adds up f of the values of each channel, row by row as they lie in memory.
    func sums(_ sums: UnsafeMutablePointer<Double>, _ f: (Double, Int) -> Double) {
      sums.initialize(repeating: 0, count: sizes.length)
      var row = UnsafePointer(input.pointer(T.self))
      for _ in 0..<sizes.outer {
        for c in 0..<sizes.length {
          var sum = 0.0
          for i in 0..<sizes.inner { sum += f(row[i].number, c) }
          sums[c] += sum
          row += sizes.inner
        }
      }
      for c in 0..<sizes.length { sums[c] /= count }
    }
    sums(means) { value, _ in value }
    sums(variances) { value, c in (value - means[c]) * (value - means[c]) }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  return (mean, variance)
}

/// x (N, C, …) -> (x - mean) / √(variance + eps) · weight + bias, all of them (C). `isOfBatch` says
/// that the moments were computed from x, so that gradients flow through them.
func batchNorm(
  _ x: Tensor, _ weight: Tensor?, _ bias: Tensor?, _ mean: Tensor, _ variance: Tensor,
  _ eps: Double, isOfBatch: Bool = false
) throws(TensorError) -> Tensor {
  let input = try packedElements(x)
  let sizes = factors(x.layout.shape, 1)
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  let (means, variances) = (try cast(mean, .float64), try cast(variance, .float64))
  // For each channel its mean and 1 / deviation: running moments move on after this batch.
  let moments = try Tensor.empty(Extents(sizes.length, 2), x.dtype)
  func run<T: Real>(_ type: T.Type) {
    let pairs = moments.pointer(T.self)
    for c in 0..<sizes.length {
      pairs[2 * c] = T(number: means.pointer(Double.self)[c])
      let variance = variances.pointer(Double.self)[c]
      pairs[2 * c + 1] = T(number: 1 / (variance + eps).squareRoot())
    }
    let (factors, shifts) = (weight?.pointer(T.self), bias?.pointer(T.self))
    var (source, target) = (input.pointer(T.self), out.pointer(T.self))
    for _ in 0..<sizes.outer {
      for c in 0..<sizes.length {
        let (mean, scale) = (pairs[2 * c], pairs[2 * c + 1] * (factors?[c] ?? 1))
        let shift = shifts?[c] ?? 0
        for i in 0..<sizes.inner { target[i] = (source[i] - mean) * scale + shift }
        source += sizes.inner
        target += sizes.inner
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard records([x, weight, bias].compactMap { $0 }) else { return out }
  return out.made(by: BatchNormNode(x, input, moments, weight, bias, isOfBatch: isOfBatch))
}

/// With x̂ the normalized values of a channel: dweight = Σ g x̂, dbias = Σ g, and
/// dx = weight / deviation (g - mean(g) - x̂ mean(g x̂)); without the means for running moments.
final class BatchNormNode: Node {
  let input, moments: Saved
  let weight: Saved?
  let isOfBatch: Bool
  override var name: String { "NativeBatchNormBackward0" }

  init(
    _ x: Tensor, _ input: Tensor, _ moments: Tensor, _ weight: Tensor?, _ bias: Tensor?,
    isOfBatch: Bool
  ) {
    self.input = Saved(input)
    self.moments = Saved(moments)
    self.weight = weight.map { Saved($0) }
    self.isOfBatch = isOfBatch
    super.init(x, weight, rest: bias.map { [$0] } ?? [])
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let sizes = factors(input.layout.shape, 1)
    let dx = try Tensor.empty(input.layout.shape, g.dtype)
    let dWeight = try Tensor.empty(Extents(sizes.length), g.dtype)
    let dBias = try Tensor.empty(Extents(sizes.length), g.dtype)
    // For each channel Σ g and Σ g x̂.
    let sums = try Tensor.filled(Extents(sizes.length, 2), .float64, 0)
    func run<T: Real>(_ type: T.Type) {
      let (pairs, totals) = (moments.tensor.pointer(T.self), sums.pointer(Double.self))
      let count = Double(sizes.outer * sizes.inner)
      var (x, seed, target) = (
        input.tensor.pointer(T.self), g.pointer(T.self), dx.pointer(T.self)
      )
      for _ in 0..<sizes.outer {
        for c in 0..<sizes.length {
          let (mean, scale) = (pairs[2 * c], pairs[2 * c + 1])
          for i in 0..<sizes.inner {
            totals[2 * c] += seed[i].number
            totals[2 * c + 1] += (seed[i] * (x[i] - mean) * scale).number
          }
          x += sizes.inner
          seed += sizes.inner
        }
      }
      for c in 0..<sizes.length {
        dBias.pointer(T.self)[c] = T(number: totals[2 * c])
        dWeight.pointer(T.self)[c] = T(number: totals[2 * c + 1])
      }
      (x, seed) = (input.tensor.pointer(T.self), g.pointer(T.self))
      let factors = weight?.tensor.pointer(T.self)
      for _ in 0..<sizes.outer {
        for c in 0..<sizes.length {
          let (mean, scale) = (pairs[2 * c], pairs[2 * c + 1])
          let part = isOfBatch ? T(number: totals[2 * c] / count) : 0
          let slope = isOfBatch ? T(number: totals[2 * c + 1] / count) * scale : 0
          let factor = (factors?[c] ?? 1) * scale
          for i in 0..<sizes.inner {
            target[i] = (seed[i] - part - (x[i] - mean) * slope) * factor
          }
          x += sizes.inner
          seed += sizes.inner
          target += sizes.inner
        }
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    if first.isWanted { try Tape.send(dx, to: first) }
    if second.isWanted { try Tape.send(dWeight, to: second) }
    if let bias = rest.first { try Tape.send(dBias, to: bias) }
  }
}
