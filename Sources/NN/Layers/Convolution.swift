// The convolution along one dimension as matrix products, without unfolding or padding the input.
//
// x is read as (N, L, C), with the channels side by side, as an embedding leaves it; the weight as
// (O, K, C / G). The inputs of output l that one tap k sees are a row then, at (l S + k D - left) C,
// and the rows of all outputs that see an input there a matrix whose rows lie S C apart.
// With one group, no dilation and no padding the taps of an output are neighbours as well, and the
// rows may overlap: one product does all.
// A sample's result comes as (L', O) and is turned while it is in the cache; the weight, the right
// factor of all samples, is laid out once.

/// The sizes of a convolution. `left` and `right` are how far the input is padded with zeros.
struct ConvolutionGeometry {
  let inChannels, outChannels, kernel, stride, left, right, dilation, groups: Int

  /// How many inputs one output sees from the first to the last.
  var reach: Int { dilation * (kernel - 1) + 1 }

  func outputLength(_ length: Int) -> Int {
    let room = length + left + right - reach
    return room < 0 ? 0 : room / stride + 1
  }

  /// The channels of the input that an output of a group sees, and the outputs of a group.
  var groupChannels: Int { inChannels / groups }
  var groupOutputs: Int { outChannels / groups }
}

/// One product of a convolution: `width` columns of the weight from `weight` on meet the inputs of the
/// outputs `rows`, of which the first begins at `input`.
private struct Tap {
  let weight, input, width: Int
  let rows: Range<Int>

  /// All products. `merged` makes one of them where that is possible; its rows overlap, which
  /// OpenBLAS, that is the product of float64, rejects.
  static func all(_ g: ConvolutionGeometry, _ length: Int, merged: Bool) -> [Tap] {
    let result = g.outputLength(length)
    if merged && g.groups == 1 && g.dilation == 1 && g.left + g.right == 0 {
      return [Tap(weight: 0, input: 0, width: g.kernel * g.inChannels, rows: 0..<result)]
    }
    return (0..<g.kernel).map { k in
      // The outputs before and after these see the padding.
      let place = k * g.dilation - g.left
      let first = place < 0 ? (-place + g.stride - 1) / g.stride : 0
      let end = place < length ? (length - 1 - place) / g.stride + 1 : 0
      let rows = min(first, result)..<max(min(end, result), min(first, result))
      return Tap(
        weight: k * g.groupChannels,
        input: rows.isEmpty ? 0 : (first * g.stride + place) * g.inChannels,
        width: g.groupChannels, rows: rows)
    }
  }
}

/// The samples of a batch in at most sixteen parts, whatever the number of threads: each has memory of
/// its own for what it sums up.
private struct SampleCut {
  let samples, size, count: Int

  init(_ samples: Int) {
    self.samples = samples
    size = max((samples + 15) / 16, 1)
    count = (samples + size - 1) / size
  }

  func samples(_ part: Int) -> Range<Int> { part * size..<min((part + 1) * size, samples) }
}

/// x (N, C, L) or (C, L), weight (O, C / G, K), bias (O) -> (N, O, L') or (O, L').
func convolution(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ geometry: ConvolutionGeometry
) throws(TensorError) -> Tensor {
  var shape = x.layout.shape
  let result = geometry.outputLength(shape.last)
  shape[shape.count - 2] = geometry.outChannels
  shape[shape.count - 1] = result
  _ = try elementCount(shape, "Conv1d")
  let rows = try channelsLast(x)
  let filter = try filterRows(weight)
  let out = try Tensor.empty(shape, x.dtype)
  func run<T: Real>(_ type: T.Type) throws(TensorError) {
    let (source, target, weights) = (
      rows.pointer(T.self), out.pointer(T.self), filter.pointer(T.self)
    )
    let biases = bias?.pointer(T.self)
    let (step, length) = (geometry.stride * geometry.inChannels, rows.layout.shape[1])
    let taps = Tap.all(geometry, length, merged: T.dtype == .float32)
    let (outs, span) = (geometry.groupOutputs, geometry.groupChannels * geometry.kernel)
    var factors: [PackedMatrix<T>] = []
    for group in 0..<geometry.groups {
      for tap in taps {
        factors.append(
          try PackedMatrix(
            weights + group * outs * span + tap.weight, span, isTransposed: true, depth: tap.width,
            width: outs))
      }
    }
    let cut = SampleCut(rows.layout.shape[0])
    let turned = try Tensor.empty(Extents(cut.count, outs * result), T.dtype)
    defer { withExtendedLifetime(turned) {} }
    let memory = turned.pointer(T.self)
    inParallel(cut.count) { part in
      let sums = memory + part * outs * result
      for n in cut.samples(part) {
        let input = source + n * length * geometry.inChannels
        for group in 0..<geometry.groups {
          sums.update(repeating: 0, count: taps.count > 1 ? outs * result : 0)
          for (i, tap) in taps.enumerated() {
            factors[group * taps.count + i].multiply(
              tap.rows.count, input + group * geometry.groupChannels + tap.input, step,
              adds: taps.count > 1, sums + tap.rows.lowerBound * outs, outs)
          }
          let first = group * outs
          let output = target + (n * geometry.outChannels + first) * result
          T.turn(result, outs, sums, outs, output, result)
          guard let biases else { continue }
          for o in 0..<outs {
            let (row, value) = (output + o * result, biases[first + o])
            for l in 0..<result { row[l] += value }
          }
        }
      }
    }
  }
  if x.dtype == .float32 { try run(Float.self) } else { try run(Double.self) }
  guard records([x, weight] + (bias.map { [$0] } ?? [])) else { return out }
  return out.made(by: ConvolutionNode(x, weight, bias, rows: rows, filter: filter, geometry))
}

/// x (N, C, L) or (C, L) -> (N, L, C), contiguous.
private func channelsLast(_ x: Tensor) throws(TensorError) -> Tensor {
  var layout = x.layout
  if layout.shape.count == 2 {
    var (shape, strides) = (layout.shape, layout.strides)
    shape.insert(1, at: 0)
    strides.insert(0, at: 0)
    layout = Layout(shape: shape, strides: strides, offset: layout.offset)
  }
  return try packedElements(x.view(layout.swapped(1, 2)))
}

/// weight (O, C / G, K) -> (O, K, C / G), contiguous.
private func filterRows(_ weight: Tensor) throws(TensorError) -> Tensor {
  try packedElements(weight.view(weight.layout.swapped(1, 2)))
}

/// dW = g windows, db = the sums of g, dx = gᵀ W where each tap looked.
final class ConvolutionNode: Node {
  let shape: Extents
  let rows: Saved
  let filter: Saved
  let geometry: ConvolutionGeometry
  override var name: String { shape.count == 3 ? "ConvolutionBackward0" : "SqueezeBackward1" }

  init(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, rows: Tensor, filter: Tensor,
    _ geometry: ConvolutionGeometry
  ) {
    shape = x.layout.shape
    self.rows = Saved(rows)
    self.filter = Saved(filter)
    self.geometry = geometry
    super.init(x, weight, rest: bias.map { [$0] } ?? [])
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    if g.dtype == .float32 { try run(g, Float.self) } else { try run(g, Double.self) }
    if let bias = rest.first, bias.isWanted {
      let outputs = Extents(rows.layout.shape[0], geometry.outChannels, g.layout.shape.last)
      let sums = try reduction(.sum, reshaped(g, outputs), 2, keepDim: false)
      try Tape.send(reduction(.sum, sums, 0, keepDim: false), to: bias)
    }
  }

  private func run<T: Real>(_ g: Tensor, _ type: T.Type) throws(TensorError) {
    let geometry = self.geometry
    let (rows, result) = (self.rows.tensor, g.layout.shape.last)
    let (samples, length) = (rows.layout.shape[0], rows.layout.shape[1])
    let cut = SampleCut(samples)
    let (outs, span) = (geometry.groupOutputs, geometry.groupChannels * geometry.kernel)
    let sums = try Tensor.filled(
      Extents(cut.count, geometry.outChannels, geometry.kernel, geometry.groupChannels), T.dtype, 0)
    let dx = first.isWanted ? try Tensor.filled(rows.layout.shape, T.dtype, 0) : nil
    let size = geometry.outChannels * span
    let (input, seed, sum, weights, target) = (
      rows.pointer(T.self), g.pointer(T.self), sums.pointer(T.self),
      filter.tensor.pointer(T.self), dx?.pointer(T.self)
    )
    let merged = Tap.all(geometry, length, merged: T.dtype == .float32)
    let single = Tap.all(geometry, length, merged: false)
    let step = geometry.stride * geometry.inChannels
    inParallel(cut.count) { i in
      for n in cut.samples(i) {
        let sample = n * length * geometry.inChannels
        for group in 0..<geometry.groups {
          let d = seed + (n * geometry.groups + group) * outs * result
          let (channel, weight) = (group * geometry.groupChannels, group * outs * span)
          for tap in merged {
            T.gemm(
              false, false, outs, tap.width, tap.rows.count, d + tap.rows.lowerBound, result,
              input + sample + channel + tap.input, step, adds: true,
              sum + i * size + weight + tap.weight, span)
          }
          guard let target else { continue }
          for tap in single {
            T.gemm(
              true, false, tap.rows.count, tap.width, outs, d + tap.rows.lowerBound, result,
              weights + weight + tap.weight, span, adds: true,
              target + sample + channel + tap.input, step)
          }
        }
      }
    }
    if let dx { try Tape.send(gradientOfInput(dx), to: first) }
    if second.isWanted {
      let total = try reduction(.sum, sums, 0, keepDim: false)
      try Tape.send(copy(total.view(total.layout.swapped(1, 2))), to: second)
    }
  }

  /// (N, L, C) -> the shape of x.
  private func gradientOfInput(_ dx: Tensor) -> Tensor {
    let turned = dx.layout.swapped(1, 2)
    guard shape.count == 2 else { return dx.view(turned) }
    var strides = turned.strides
    strides.remove(at: 0)
    return dx.view(Layout(shape: shape, strides: strides, offset: turned.offset))
  }
}
