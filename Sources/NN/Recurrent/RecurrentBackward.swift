// One direction of one recurrent layer, backward; names and shapes as in RecurrentForward.swift.
//
// The steps are gone through in the opposite order. `dh` and `dc` (B, H) carry the gradient of the
// state: a row waits with the gradient of its final state until its last step comes, and ends as
// the gradient of its initial state. Every step makes one pass over its gates and one product;
// afterwards three large products give the gradients of the weights and of the input.

/// The gradients of one direction.
struct DirectionGradients {
  let inputWeight: Tensor
  let hiddenWeight: Tensor
  let bias: Tensor
  /// `[batch, hidden]` each.
  let h0: Tensor
  let c0: Tensor
}

/// `dx` (R, I), when given, is added to if `addsToInput`, else overwritten.
func reverseDirection<T: Real>(
  _ type: T.Type, _ kind: RecurrentKind, _ plan: StepPlan, _ trace: DirectionTrace,
  inputWeight: Tensor, hiddenWeight: Tensor,
  x: Tensor, out: Tensor, h0: Tensor?, c0: Tensor?,
  dOut: Tensor?, dhn: Tensor?, dcn: Tensor?, dx: Tensor?, addsToInput: Bool,
  direction: Int, directions: Int
) throws(TensorError) -> DirectionGradients {
  let isReverse = direction == 1
  let (rows, inputs) = (plan.rowCount, x.layout.shape[1])
  let hidden = hiddenWeight.layout.shape[1]
  let width = kind.gateCount * hidden
  let stride = directions * hidden
  let base = direction * plan.batch * hidden
  let state = Extents(plan.batch, hidden)
  let dhTensor = try carried(dhn, direction, state, T.dtype)
  let dcTensor = try carried(dcn, direction, state, T.dtype)
  let dGates = try Tensor.empty(Extents(rows, width), T.dtype)
  // The previous hidden row of every row, for the product that gives dW_hh.
  let previous = try Tensor.empty(Extents(rows, hidden), T.dtype)
  let blank = try Tensor.filled(state, T.dtype, 0)
  let firstHidden = h0.map { $0.pointer(T.self) + base } ?? blank.pointer(T.self)
  let firstCell = c0.map { $0.pointer(T.self) + base } ?? blank.pointer(T.self)
  let (dh, dc) = (dhTensor.pointer(T.self), dcTensor.pointer(T.self))
  let (g, d) = (trace.gates.pointer(T.self), dGates.pointer(T.self))
  let o = out.pointer(T.self) + direction * hidden
  let p = previous.pointer(T.self)
  let dO = dOut.map { $0.pointer(T.self) + direction * hidden }
  let cells = trace.cells?.pointer(T.self)
  let squashed = trace.squashed?.pointer(T.self)

  for t in plan.order(!isReverse) {
    let (count, start) = (plan.batchSizes[t], plan.starts[t])
    let (before, carriedRows) = plan.source(t, isReverse)
    for r in 0..<count {
      let row = start + r
      let (gate, dGate, dRow) = (g + row * width, d + row * width, dh + r * hidden)
      if let dO { for j in 0..<hidden { dRow[j] += dO[row * stride + j] } }
      let source = r < carriedRows ? plan.starts[before] + r : -1
      if source >= 0 {
        (p + row * hidden).update(from: o + source * stride, count: hidden)
      } else {
        (p + row * hidden).update(from: firstHidden + r * hidden, count: hidden)
      }
      if let cells, let squashed {
        let old = source >= 0 ? cells + source * hidden : firstCell + r * hidden
        reverseLSTM(gate, old, squashed + row * hidden, dRow, dc + r * hidden, dGate, hidden)
      } else if kind == .tanh {
        for j in 0..<hidden { dGate[j] = dRow[j] * (1 - gate[j] * gate[j]) }
      } else {
        for j in 0..<hidden { dGate[j] = gate[j] > 0 ? dRow[j] : 0 }
      }
    }
    if count > 0 {
      T.gemm(
        false, false, count, hidden, width, 1, d + start * width, width,
        hiddenWeight.pointer(T.self), hidden, 0, dh, hidden)
    }
  }

  let dWih = try Tensor.filled(inputWeight.layout.shape, T.dtype, 0)
  let dWhh = try Tensor.filled(hiddenWeight.layout.shape, T.dtype, 0)
  if rows > 0 {
    if inputs > 0 {
      T.gemm(
        true, false, width, inputs, rows, 1, d, width, x.pointer(T.self), inputs, 0,
        dWih.pointer(T.self), inputs)
      if let dx {
        T.gemm(
          false, false, rows, inputs, width, 1, d, width, inputWeight.pointer(T.self), inputs,
          addsToInput ? 1 : 0, dx.pointer(T.self), inputs)
      }
    }
    T.gemm(
      true, false, width, hidden, rows, 1, d, width, p, hidden, 0, dWhh.pointer(T.self), hidden)
  }
  return DirectionGradients(
    inputWeight: dWih, hiddenWeight: dWhh,
    bias: try reduction(.sum, dGates, 0, keepDim: false), h0: dhTensor, c0: dcTensor)
}

/// This direction's part of the gradient of a final state (D, B, H), as a buffer of its own.
private func carried(
  _ gradient: Tensor?, _ direction: Int, _ shape: Extents, _ dtype: DType
) throws(TensorError) -> Tensor {
  guard let gradient else { return try Tensor.filled(shape, dtype, 0) }
  return try copy(
    gradient.view(
      Layout(
        shape: shape, strides: Layout(contiguous: shape).strides,
        offset: gradient.layout.offset + direction * shape[0] * shape[1])))
}

/// From dh and dc of one row to the gradients of its gates; dc becomes that of the previous cell.
@inline(__always)
private func reverseLSTM<T: Real>(
  _ gate: UnsafePointer<T>, _ old: UnsafePointer<T>, _ squashed: UnsafePointer<T>,
  _ dh: UnsafePointer<T>, _ dc: UnsafeMutablePointer<T>, _ dGate: UnsafeMutablePointer<T>,
  _ hidden: Int
) {
  for j in 0..<hidden {
    let (i, f) = (gate[j], gate[hidden + j])
    let (g, o) = (gate[2 * hidden + j], gate[3 * hidden + j])
    let q = squashed[j]
    let dCell = dc[j] + dh[j] * o * (1 - q * q)
    dGate[j] = dCell * g * i * (1 - i)
    dGate[hidden + j] = dCell * old[j] * f * (1 - f)
    dGate[2 * hidden + j] = dCell * i * (1 - g * g)
    dGate[3 * hidden + j] = dh[j] * q * o * (1 - o)
    dc[j] = dCell * f
  }
}
