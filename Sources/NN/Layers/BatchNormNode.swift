/// x (N, C, …) -> mean and variance of each channel (C), float64 whatever the dtype of x.
func channelMoments(_ x: Tensor) throws(TensorError) -> (mean: Tensor, variance: Tensor) {
  let input = try packedElements(x)
  let sizes = factors(x.layout.shape, 1)
  let mean = try Tensor.empty(Extents(sizes.length), .float64)
  let variance = try Tensor.empty(Extents(sizes.length), .float64)
  func run<T: Real>(_ type: T.Type) {
    let count = Double(sizes.outer * sizes.inner)
    for c in 0..<sizes.length {
      var sum = 0.0
      for n in 0..<sizes.outer {
        let row = input.pointer(T.self) + (n * sizes.length + c) * sizes.inner
        for i in 0..<sizes.inner { sum += row[i].number }
      }
      let center = sum / count
      var squares = 0.0
      for n in 0..<sizes.outer {
        let row = input.pointer(T.self) + (n * sizes.length + c) * sizes.inner
        for i in 0..<sizes.inner {
          let distance = row[i].number - center
          squares += distance * distance
        }
      }
      mean.pointer(Double.self)[c] = center
      variance.pointer(Double.self)[c] = squares / count
    }
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
      let scale = 1 / (variances.pointer(Double.self)[c] + eps).squareRoot()
      pairs[2 * c] = T(number: means.pointer(Double.self)[c])
      pairs[2 * c + 1] = T(number: scale)
      let factor = weight?.pointer(T.self)[c] ?? 1
      let shift = bias?.pointer(T.self)[c] ?? 0
      for n in 0..<sizes.outer {
        let start = (n * sizes.length + c) * sizes.inner
        let (source, target) = (input.pointer(T.self) + start, out.pointer(T.self) + start)
        for i in 0..<sizes.inner {
          target[i] = (source[i] - pairs[2 * c]) * pairs[2 * c + 1] * factor + shift
        }
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
    func run<T: Real>(_ type: T.Type) {
      let pairs = moments.tensor.pointer(T.self)
      let x = input.tensor.pointer(T.self)
      let (seed, target) = (g.pointer(T.self), dx.pointer(T.self))
      let count = Double(sizes.outer * sizes.inner)
      for c in 0..<sizes.length {
        let (mean, scale) = (pairs[2 * c], pairs[2 * c + 1])
        var (sum, product) = (0.0, 0.0)
        for n in 0..<sizes.outer {
          let start = (n * sizes.length + c) * sizes.inner
          for i in start..<start + sizes.inner {
            sum += seed[i].number
            product += (seed[i] * (x[i] - mean) * scale).number
          }
        }
        dWeight.pointer(T.self)[c] = T(number: product)
        dBias.pointer(T.self)[c] = T(number: sum)
        let part = isOfBatch ? T(number: sum / count) : 0
        let slope = isOfBatch ? T(number: product / count) : 0
        let factor = (weight?.tensor.pointer(T.self)[c] ?? 1) * scale
        for n in 0..<sizes.outer {
          let start = (n * sizes.length + c) * sizes.inner
          for i in start..<start + sizes.inner {
            target[i] = (seed[i] - part - (x[i] - mean) * scale * slope) * factor
          }
        }
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    if first.isWanted { try Tape.send(dx, to: first) }
    if second.isWanted { try Tape.send(dWeight, to: second) }
    if let bias = rest.first { try Tape.send(dBias, to: bias) }
  }
}
