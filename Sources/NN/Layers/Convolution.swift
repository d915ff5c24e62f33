// The convolution along one dimension as matrix products, without unfolding the input.
//
// x is read as (N, P, C), with the padding and with the channels side by side, as an embedding leaves
// it; the weight as (O, K, C / G). The inputs of output l that one tap k sees are a row then, at
// (l S + k D) C, and the rows of all outputs a matrix whose rows lie S C apart, even if they overlap.
// With one group and no dilation the taps of an output are neighbours as well: one product does all.

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

/// One product of a convolution: the columns of the weight from `weight` on, `width` of them, meet the
/// windows that begin at `input`.
private struct Tap {
  let weight, input, width: Int

  /// All products. `merged` makes one of them where that is possible; its windows overlap, which
  /// OpenBLAS, that is the product of float64, rejects.
  static func all(_ g: ConvolutionGeometry, merged: Bool) -> [Tap] {
    guard !merged || g.groups > 1 || g.dilation > 1 else {
      return [Tap(weight: 0, input: 0, width: g.kernel * g.inChannels)]
    }
    return (0..<g.kernel).map { k in
      Tap(
        weight: k * g.groupChannels, input: k * g.dilation * g.inChannels, width: g.groupChannels)
    }
  }
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
  let rows = try channelsLast(x, geometry)
  let filter = try filterRows(weight)
  let out = try Tensor.empty(shape, x.dtype)
  func run<T: Real>(_ type: T.Type) {
    let (source, target, weights) = (
      rows.pointer(T.self), out.pointer(T.self), filter.pointer(T.self)
    )
    let biases = bias?.pointer(T.self)
    let taps = Tap.all(geometry, merged: T.dtype == .float32)
    let (outs, span) = (geometry.groupOutputs, geometry.groupChannels * geometry.kernel)
    let (step, length) = (geometry.stride * geometry.inChannels, rows.layout.shape[1])
    inParallel(rows.layout.shape[0]) { n in
      let input = source + n * length * geometry.inChannels
      let output = target + n * geometry.outChannels * result
      for group in 0..<geometry.groups {
        for (i, tap) in taps.enumerated() {
          T.gemm(
            false, true, outs, result, tap.width, weights + group * outs * span + tap.weight, span,
            input + group * geometry.groupChannels + tap.input, step, adds: i > 0,
            output + group * outs * result, result)
        }
      }
      guard let biases else { return }
      for o in 0..<geometry.outChannels {
        let (row, value) = (output + o * result, biases[o])
        for l in 0..<result { row[l] += value }
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard records([x, weight] + (bias.map { [$0] } ?? [])) else { return out }
  return out.made(by: ConvolutionNode(x, rows, filter, weight, bias, geometry))
}

/// x (N, C, L) or (C, L) -> (N, P, C), contiguous; P = L with the padding.
private func channelsLast(
  _ x: Tensor, _ geometry: ConvolutionGeometry
) throws(TensorError) -> Tensor {
  var layout = x.layout
  if layout.shape.count == 2 {
    var (shape, strides) = (layout.shape, layout.strides)
    shape.insert(1, at: 0)
    strides.insert(0, at: 0)
    layout = Layout(shape: shape, strides: strides, offset: layout.offset)
  }
  let turned = x.view(layout.swapped(1, 2))
  guard geometry.left + geometry.right > 0 else { return try packedElements(turned) }
  var shape = turned.layout.shape
  let length = shape[1]
  shape[1] = length + geometry.left + geometry.right
  _ = try elementCount(shape, "Conv1d")
  let out = try Tensor.filled(shape, x.dtype, 0)
  try assign(turned, into: out.view(out.layout.narrowed(1, geometry.left, length)))
  return out
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
  let weight: Saved
  let geometry: ConvolutionGeometry
  override var name: String { shape.count == 3 ? "ConvolutionBackward0" : "SqueezeBackward1" }

  init(
    _ x: Tensor, _ rows: Tensor, _ filter: Tensor, _ weight: Tensor, _ bias: Tensor?,
    _ geometry: ConvolutionGeometry
  ) {
    shape = x.layout.shape
    self.rows = Saved(rows)
    self.filter = Saved(filter)
    self.weight = Saved(weight)
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
    // The samples are cut into at most sixteen parts, each with a sum of its own for dW.
    let part = max((samples + 15) / 16, 1)
    let parts = max((samples + part - 1) / part, 1)
    let (outs, span) = (geometry.groupOutputs, geometry.groupChannels * geometry.kernel)
    let sums = try Tensor.filled(
      Extents(parts, geometry.outChannels, geometry.kernel, geometry.groupChannels), T.dtype, 0)
    let dx = first.isWanted ? try Tensor.filled(rows.layout.shape, T.dtype, 0) : nil
    let size = geometry.outChannels * span
    let (input, seed, sum, weights, target) = (
      rows.pointer(T.self), g.pointer(T.self), sums.pointer(T.self),
      filter.tensor.pointer(T.self), dx?.pointer(T.self)
    )
    let single = Tap.all(geometry, merged: false)
    let merged = T.dtype == .float32 ? Tap.all(geometry, merged: true) : single
    let step = geometry.stride * geometry.inChannels
    inParallel(parts) { i in
      for n in i * part..<min((i + 1) * part, samples) {
        let sample = n * length * geometry.inChannels
        for group in 0..<geometry.groups {
          let d = seed + (n * geometry.groups + group) * outs * result
          let (channel, weight) = (group * geometry.groupChannels, group * outs * span)
          for tap in merged {
            T.gemm(
              false, false, outs, tap.width, result, d, result,
              input + sample + channel + tap.input, step, adds: true,
              sum + i * size + weight + tap.weight, span)
          }
          guard let target else { continue }
          for tap in single {
            T.gemm(
              true, false, result, tap.width, outs, d, result, weights + weight + tap.weight, span,
              adds: true, target + sample + channel + tap.input, step)
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

  /// (N, P, C) -> the shape of x, without the padding.
  private func gradientOfInput(_ dx: Tensor) -> Tensor {
    let inside = dx.layout.narrowed(1, geometry.left, shape.last).swapped(1, 2)
    guard shape.count == 2 else { return dx.view(inside) }
    var strides = inside.strides
    strides.remove(at: 0)
    return dx.view(Layout(shape: shape, strides: strides, offset: inside.offset))
  }
}
