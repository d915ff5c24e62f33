/// The sizes of a convolution along one of two dimensions.
struct ConvolutionAxis {
  let kernel, stride, before, after, dilation: Int

  /// How many inputs one output sees from the first to the last.
  var reach: Int { dilation * (kernel - 1) + 1 }

  /// The zeros on both sides together.
  var padding: Int { before + after }

  func outputLength(_ length: Int) -> Int {
    let room = length + padding - reach
    return room < 0 ? 0 : room / stride + 1
  }

  /// The outputs that see input `k` of their window inside the input.
  func inside(_ k: Int, _ length: Int) -> Range<Int> {
    let shift = k * dilation - before
    let low = shift < 0 ? (-shift + stride - 1) / stride : 0
    let high = length > shift ? (length - shift - 1) / stride + 1 : 0
    return low..<max(low, min(high, outputLength(length)))
  }
}

/// The sizes of a convolution over two dimensions.
struct ConvolutionGeometry2d {
  let inChannels, outChannels, groups: Int
  let high, wide: ConvolutionAxis

  /// The lists hold sizes for height and width; what a list does not hold is refused by `check`.
  init(
    _ inChannels: Int, _ outChannels: Int, _ groups: Int, _ kernel: [Int], _ stride: [Int],
    _ dilation: [Int], _ padding: (Int) -> (Int, Int)
  ) {
    self.inChannels = inChannels
    self.outChannels = outChannels
    self.groups = groups
    func axis(_ i: Int) -> ConvolutionAxis {
      func size(_ list: [Int]) -> Int { i < list.count ? list[i] : 0 }
      let (before, after) = padding(i)
      return ConvolutionAxis(
        kernel: size(kernel), stride: size(stride), before: before, after: after,
        dilation: size(dilation))
    }
    (high, wide) = (axis(0), axis(1))
  }

  /// Throws unless the sizes make sense.
  func check(_ layer: String) throws(TensorError) {
    try checkChannels(inChannels, outChannels, groups, layer)
    for axis in [high, wide] {
      try requirePositive(axis.kernel, "kernelSize", layer)
      try requirePositive(axis.stride, "stride", layer)
      try requirePositive(axis.dilation, "dilation", layer)
      // Below 2^30 the product of two sizes cannot overflow.
      guard axis.before >= 0, max(axis.after, axis.dilation, axis.stride, axis.kernel) < 1 << 30
      else {
        throw TensorError(layer, expected: "a padding of 0 or more", actual: "\(axis.before)")
      }
    }
  }

  /// How many inputs one output sees: the rows of one group's columns.
  var taps: Int { inChannels / groups * high.kernel * wide.kernel }
}

/// x (N, C, H, W) or (C, H, W), weight (O, C / G, Kh, Kw), bias (O) -> (N, O, H', W') or (O, H', W').
///
/// Each sample is unfolded to columns (C Kh Kw, H' W'), a column holding the inputs one output sees;
/// then the convolution is one matrix product for each of the G groups.
func convolution2d(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ geometry: ConvolutionGeometry2d
) throws(TensorError) -> Tensor {
  let input = try packedElements(x)
  let rank = x.layout.shape.count
  var shape = x.layout.shape
  let (height, width) = (shape[rank - 2], shape.last)
  let samples = rank == 4 ? shape[0] : 1
  shape[rank - 3] = geometry.outChannels
  shape[rank - 2] = geometry.high.outputLength(height)
  shape[rank - 1] = geometry.wide.outputLength(width)
  _ = try elementCount(shape, "Conv2d")
  let result = shape[rank - 2] * shape[rank - 1]
  let (taps, groups, outs) = (
    geometry.taps, geometry.groups, geometry.outChannels / geometry.groups
  )
  let out = try Tensor.empty(shape, x.dtype)
  // All columns are kept for the gradient; without one, each sample's take the place of the last.
  let isRecorded = records([x, weight] + (bias.map { [$0] } ?? []))
  let kept = Extents(isRecorded ? samples : min(samples, 1), groups * taps, result)
  _ = try elementCount(kept, "Conv2d")
  let columns = try Tensor.empty(kept, x.dtype)
  func run<T: Real>(_ type: T.Type) {
    let (weights, biases) = (weight.pointer(T.self), bias?.pointer(T.self))
    for n in 0..<samples {
      let column = columns.pointer(T.self) + (isRecorded ? n : 0) * groups * taps * result
      let target = out.pointer(T.self) + n * geometry.outChannels * result
      unfold(
        input.pointer(T.self) + n * geometry.inChannels * height * width, column, height, width,
        geometry)
      for o in 0..<geometry.outChannels {
        (target + o * result).initialize(repeating: biases?[o] ?? 0, count: result)
      }
      for group in 0..<groups {
        T.gemm(
          false, false, outs, result, taps, weights + group * outs * taps, taps,
          column + group * taps * result, result, adds: true, target + group * outs * result, result
        )
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard isRecorded else { return out }
  return out.made(by: Convolution2dNode(x, weight, bias, columns, geometry))
}

/// x (C, H, W) -> columns (C Kh Kw, H' W'), zeros where the padding is.
private func unfold<T: Real>(
  _ x: UnsafePointer<T>, _ columns: UnsafeMutablePointer<T>, _ height: Int, _ width: Int,
  _ geometry: ConvolutionGeometry2d
) {
  let (high, wide) = (geometry.high, geometry.wide)
  let (rows, outputs) = (high.outputLength(height), wide.outputLength(width))
  var column = columns
  for c in 0..<geometry.inChannels {
    for k in 0..<high.kernel {
      let inRows = high.inside(k, height)
      for l in 0..<wide.kernel {
        let inside = wide.inside(l, width)
        for row in 0..<rows {
          let target = column + row * outputs
          guard inRows.contains(row), !inside.isEmpty else {
            target.initialize(repeating: 0, count: outputs)
            continue
          }
          let top = row * high.stride + k * high.dilation - high.before
          let source = x + (c * height + top) * width
          let shift = l * wide.dilation - wide.before
          for o in 0..<inside.lowerBound { target[o] = 0 }
          for o in inside { target[o] = source[o * wide.stride + shift] }
          for o in inside.upperBound..<outputs { target[o] = 0 }
        }
        column += rows * outputs
      }
    }
  }
}

/// columns (C Kh Kw, H' W') added back to x (C, H, W)
private func fold<T: Real>(
  _ columns: UnsafePointer<T>, _ x: UnsafeMutablePointer<T>, _ height: Int, _ width: Int,
  _ geometry: ConvolutionGeometry2d
) {
  let (high, wide) = (geometry.high, geometry.wide)
  let (rows, outputs) = (high.outputLength(height), wide.outputLength(width))
  var column = columns
  for c in 0..<geometry.inChannels {
    for k in 0..<high.kernel {
      for l in 0..<wide.kernel {
        let inside = wide.inside(l, width)
        let shift = l * wide.dilation - wide.before
        for row in high.inside(k, height) {
          let top = row * high.stride + k * high.dilation - high.before
          let target = x + (c * height + top) * width
          for o in inside { target[o * wide.stride + shift] += column[row * outputs + o] }
        }
        column += rows * outputs
      }
    }
  }
}

/// dW = sum over samples of g columnsᵀ, db = sums of g, dx = Wᵀ g folded back.
final class Convolution2dNode: Node {
  let shape: Extents
  let weight, columns: Saved
  let geometry: ConvolutionGeometry2d
  override var name: String { shape.count == 4 ? "ConvolutionBackward0" : "SqueezeBackward1" }

  init(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ columns: Tensor,
    _ geometry: ConvolutionGeometry2d
  ) {
    shape = x.layout.shape
    self.weight = Saved(weight)
    self.columns = Saved(columns)
    self.geometry = geometry
    super.init(x, weight, rest: bias.map { [$0] } ?? [])
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let kept = columns.layout.shape
    let (samples, rows, result) = (kept[0], kept[1], kept[2])
    let dx = first.isWanted ? try Tensor.filled(shape, g.dtype, 0) : nil
    let dW = try Tensor.filled(weight.layout.shape, g.dtype, 0)
    let dColumns = try Tensor.empty(Extents(rows, result), g.dtype)
    let (height, width) = (shape[shape.count - 2], shape.last)
    let (taps, groups) = (geometry.taps, geometry.groups)
    let outs = geometry.outChannels / groups
    func run<T: Real>(_ type: T.Type) {
      let saved = columns.tensor.pointer(T.self)
      let (weights, ofWeights) = (weight.tensor.pointer(T.self), dW.pointer(T.self))
      for n in 0..<samples {
        for group in 0..<groups {
          let seed = g.pointer(T.self) + (n * groups + group) * outs * result
          let start = group * outs * taps
          T.gemm(
            false, true, outs, taps, result, seed, result,
            saved + (n * groups + group) * taps * result, result, adds: true, ofWeights + start,
            taps)
          if dx != nil {
            T.gemm(
              true, false, taps, result, outs, weights + start, taps, seed, result, adds: false,
              dColumns.pointer(T.self) + group * taps * result, result)
          }
        }
        if let dx {
          let sample = dx.pointer(T.self) + n * geometry.inChannels * height * width
          fold(dColumns.pointer(T.self), sample, height, width, geometry)
        }
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    if let dx { try Tape.send(dx, to: first) }
    if second.isWanted { try Tape.send(dW, to: second) }
    if let bias = rest.first, bias.isWanted {
      let sums = try reduction(
        .sum, reshaped(g, Extents(samples, geometry.outChannels, result)), 2, keepDim: false)
      try Tape.send(reduction(.sum, sums, 0, keepDim: false), to: bias)
    }
  }
}
