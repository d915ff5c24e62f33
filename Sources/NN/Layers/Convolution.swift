/// The sizes of a convolution. `left` and `right` are how far the input is padded with zeros.
struct ConvolutionGeometry {
  let inChannels, outChannels, kernel, stride, left, right, dilation, groups: Int

  /// How many inputs one output sees from the first to the last.
  var reach: Int { dilation * (kernel - 1) + 1 }

  func outputLength(_ length: Int) -> Int {
    let room = length + left + right - reach
    return room < 0 ? 0 : room / stride + 1
  }

  /// How many inputs one output sees: the rows of one group's columns.
  var taps: Int { inChannels / groups * kernel }
}

/// x (N, C, L) or (C, L), weight (O, C / G, K), bias (O) -> (N, O, L') or (O, L').
///
/// Each sample is unfolded to columns (C K, L'), column l holding the inputs output l sees; then the
/// convolution is one matrix product for each of the G groups, whose rows and outputs lie together.
func convolution(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ geometry: ConvolutionGeometry
) throws(TensorError) -> Tensor {
  let input = try packedElements(x)
  var shape = x.layout.shape
  let length = shape.last
  let samples = shape.count == 3 ? shape[0] : 1
  let result = geometry.outputLength(length)
  shape[shape.count - 2] = geometry.outChannels
  shape[shape.count - 1] = result
  let out = try Tensor.empty(shape, x.dtype)
  let (taps, groups) = (geometry.taps, geometry.groups)
  let outs = geometry.outChannels / groups
  let columns = try Tensor.empty(Extents(samples, groups * taps, result), x.dtype)
  func run<T: Real>(_ type: T.Type) {
    let biases = bias?.pointer(T.self)
    let weights = weight.pointer(T.self)
    for n in 0..<samples {
      let column = columns.pointer(T.self) + n * groups * taps * result
      let target = out.pointer(T.self) + n * geometry.outChannels * result
      unfold(input.pointer(T.self) + n * geometry.inChannels * length, column, length, geometry)
      for o in 0..<geometry.outChannels {
        (target + o * result).initialize(repeating: biases?[o] ?? 0, count: result)
      }
      for group in 0..<groups {
        T.gemm(
          false, false, outs, result, taps, weights + group * outs * taps, taps,
          column + group * taps * result, result, adds: true,
          target + group * outs * result, result)
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard records([x, weight] + (bias.map { [$0] } ?? [])) else { return out }
  return out.made(by: ConvolutionNode(x, weight, bias, columns, geometry))
}

/// x (C, L) -> columns (C K, L')
private func unfold<T: Real>(
  _ x: UnsafePointer<T>, _ columns: UnsafeMutablePointer<T>, _ length: Int,
  _ geometry: ConvolutionGeometry
) {
  let result = geometry.outputLength(length)
  for c in 0..<geometry.inChannels {
    for k in 0..<geometry.kernel {
      let row = columns + (c * geometry.kernel + k) * result
      for l in 0..<result {
        let place = l * geometry.stride + k * geometry.dilation - geometry.left
        row[l] = place >= 0 && place < length ? x[c * length + place] : 0
      }
    }
  }
}

/// columns (C K, L') added back to x (C, L)
private func fold<T: Real>(
  _ columns: UnsafePointer<T>, _ x: UnsafeMutablePointer<T>, _ length: Int,
  _ geometry: ConvolutionGeometry
) {
  let result = geometry.outputLength(length)
  for c in 0..<geometry.inChannels {
    for k in 0..<geometry.kernel {
      let row = columns + (c * geometry.kernel + k) * result
      for l in 0..<result {
        let place = l * geometry.stride + k * geometry.dilation - geometry.left
        if place >= 0 && place < length { x[c * length + place] += row[l] }
      }
    }
  }
}

/// dW = sum over samples of g columnsᵀ, db = sums of g, dx = Wᵀ g folded back.
final class ConvolutionNode: Node {
  let shape: Extents
  let weight: Saved
  let columns: Saved
  let geometry: ConvolutionGeometry
  override var name: String { shape.count == 3 ? "ConvolutionBackward0" : "SqueezeBackward1" }

  init(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ columns: Tensor,
    _ geometry: ConvolutionGeometry
  ) {
    shape = x.layout.shape
    self.weight = Saved(weight)
    self.columns = Saved(columns)
    self.geometry = geometry
    super.init(x, weight, rest: bias.map { [$0] } ?? [])
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let (samples, rows, result) = (
      columns.layout.shape[0], columns.layout.shape[1], columns.layout.shape[2]
    )
    let dx = try Tensor.filled(shape, g.dtype, 0)
    let dW = try Tensor.filled(weight.layout.shape, g.dtype, 0)
    let dColumns = try Tensor.empty(Extents(rows, result), g.dtype)
    let (taps, groups) = (geometry.taps, geometry.groups)
    let outs = geometry.outChannels / groups
    func run<T: Real>(_ type: T.Type) {
      for n in 0..<samples {
        for group in 0..<groups {
          let gradient = g.pointer(T.self) + (n * groups + group) * outs * result
          let column = columns.tensor.pointer(T.self) + (n * groups + group) * taps * result
          let weights = group * outs * taps
          T.gemm(
            false, true, outs, taps, result, gradient, result, column, result, adds: true,
            dW.pointer(T.self) + weights, taps)
          if first.isWanted {
            T.gemm(
              true, false, taps, result, outs, weight.tensor.pointer(T.self) + weights, taps,
              gradient, result, adds: false,
              dColumns.pointer(T.self) + group * taps * result, result)
          }
        }
        if first.isWanted {
          fold(
            dColumns.pointer(T.self),
            dx.pointer(T.self) + n * geometry.inChannels * shape.last, shape.last, geometry)
        }
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    if first.isWanted { try Tape.send(dx, to: first) }
    try Tape.send(dW, to: second)
    if let bias = rest.first, bias.isWanted {
      let sums = try reduction(
        .sum, reshaped(g, Extents(samples, geometry.outChannels, result)), 2, keepDim: false)
      try Tape.send(reduction(.sum, sums, 0, keepDim: false), to: bias)
    }
  }
}
