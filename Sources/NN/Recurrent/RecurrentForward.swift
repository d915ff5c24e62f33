// One direction of one recurrent layer, forward.
//
// With R rows in all steps, I inputs, H hidden units, G gates (1 or 4) and D directions:
//   x (R, I), W_ih (G H, I), W_hh (G H, H), gates (R, G H), cells and squashed (R, H),
//   out (R, D H), of which this direction owns H columns.
//
// The input part of all gates is one product for all steps. Each step adds one product with the
// previous hidden rows and makes one pass over its gates.

/// What one direction leaves behind for its backward pass.
struct DirectionTrace {
  /// The gates after their activation; for a plain RNN the result itself.
  let gates: Tensor
  /// The cell states c and tanh(c); nil without cells.
  let cells: Tensor?
  let squashed: Tensor?
}

/// Runs one direction and writes its H columns of `out` and its rows of the final states.
func runDirection<T: Real>(
  _ type: T.Type, _ kind: RecurrentKind, _ plan: StepPlan, _ weights: DirectionWeights,
  x: Tensor, h0: Tensor?, c0: Tensor?, out: Tensor, hn: Tensor, cn: Tensor?,
  direction: Int, directions: Int
) throws(TensorError) -> DirectionTrace {
  let isReverse = direction == 1
  let (rows, inputs) = (plan.rowCount, x.layout.shape[1])
  let hidden = weights.hiddenWeight.layout.shape[1]
  let width = kind.gateCount * hidden
  let stride = directions * hidden
  let gates = try Tensor.empty(Extents(rows, width), T.dtype)
  let cells = kind.hasCell ? try Tensor.empty(Extents(rows, hidden), T.dtype) : nil
  let squashed = kind.hasCell ? try Tensor.empty(Extents(rows, hidden), T.dtype) : nil
  // An absent initial state is zeros.
  let blank = try Tensor.filled(Extents(plan.batch, hidden), T.dtype, 0)
  let firstHidden = h0.map { $0.pointer(T.self) + direction * plan.batch * hidden }
    ?? blank.pointer(T.self)
  let firstCell = c0.map { $0.pointer(T.self) + direction * plan.batch * hidden }
    ?? blank.pointer(T.self)
  let g = gates.pointer(T.self)
  let o = out.pointer(T.self) + direction * hidden
  let c = cells?.pointer(T.self)
  let q = squashed?.pointer(T.self)

  fillBias(g, rows, width, weights, T.self)
  if rows > 0 && inputs > 0 {
    T.gemm(
      false, true, rows, width, inputs, 1, x.pointer(T.self), inputs,
      weights.inputWeight.pointer(T.self), inputs, 1, g, width)
  }
  let recurrent = weights.hiddenWeight.pointer(T.self)
  for t in plan.order(isReverse) {
    let (count, start) = (plan.batchSizes[t], plan.starts[t])
    let (before, carried) = plan.source(t, isReverse)
    let step = g + start * width
    if carried > 0 {
      T.gemm(
        false, true, carried, width, hidden, 1, o + plan.starts[before] * stride, stride,
        recurrent, hidden, 1, step, width)
    }
    if carried < count && h0 != nil {
      T.gemm(
        false, true, count - carried, width, hidden, 1, firstHidden + carried * hidden, hidden,
        recurrent, hidden, 1, step + carried * width, width)
    }
    for r in 0..<count {
      let (gate, result) = (step + r * width, o + (start + r) * stride)
      if let c, let q {
        let row = start + r
        let previous =
          r < carried ? c + (plan.starts[before] + r) * hidden : firstCell + r * hidden
        stepLSTM(gate, previous, c + row * hidden, q + row * hidden, result, hidden)
      } else if kind == .tanh {
        for j in 0..<hidden {
          gate[j] = T.tanh(gate[j])
          result[j] = gate[j]
        }
      } else {
        for j in 0..<hidden {
          gate[j] = gate[j] < 0 ? 0 : gate[j]
          result[j] = gate[j]
        }
      }
    }
  }

  // The final state of a row is that of its last computed step, or the initial one without steps.
  let base = direction * plan.batch * hidden
  let finalHidden = hn.pointer(T.self) + base
  let finalCell = cn.map { $0.pointer(T.self) + base }
  for r in 0..<plan.batch {
    let last = isReverse ? 0 : (plan.batchSizes.lastIndex { $0 > r } ?? -1)
    let hasSteps = last >= 0 && last < plan.batchSizes.count && plan.batchSizes[last] > r
    for j in 0..<hidden {
      let place = hasSteps ? plan.starts[last] + r : 0
      finalHidden[r * hidden + j] =
        hasSteps ? o[place * stride + j] : firstHidden[r * hidden + j]
      if let finalCell, let c {
        finalCell[r * hidden + j] =
          hasSteps ? c[place * hidden + j] : firstCell[r * hidden + j]
      }
    }
  }
  return DirectionTrace(gates: gates, cells: cells, squashed: squashed)
}

/// Every row of the gates starts as the sum of the two biases, or zero.
private func fillBias<T: Real>(
  _ gates: UnsafeMutablePointer<T>, _ rows: Int, _ width: Int, _ weights: DirectionWeights,
  _ type: T.Type
) {
  guard let a = weights.inputBias?.pointer(T.self), let b = weights.hiddenBias?.pointer(T.self)
  else { return gates.initialize(repeating: 0, count: rows * width) }
  guard rows > 0 else { return }
  for j in 0..<width { gates[j] = a[j] + b[j] }
  for r in 1..<max(rows, 1) { (gates + r * width).update(from: gates, count: width) }
}

/// The gates of one row: i, f, o through the sigmoid, g through tanh; c = f c' + i g,
/// h = o tanh(c). The gates are replaced by their activations.
@inline(__always)
private func stepLSTM<T: Real>(
  _ gate: UnsafeMutablePointer<T>, _ previous: UnsafePointer<T>,
  _ cell: UnsafeMutablePointer<T>, _ squashed: UnsafeMutablePointer<T>,
  _ result: UnsafeMutablePointer<T>, _ hidden: Int
) {
  for j in 0..<hidden {
    let i = T.sigmoid(gate[j])
    let f = T.sigmoid(gate[hidden + j])
    let g = T.tanh(gate[2 * hidden + j])
    let o = T.sigmoid(gate[3 * hidden + j])
    let c = f * previous[j] + i * g
    let q = T.tanh(c)
    gate[j] = i
    gate[hidden + j] = f
    gate[2 * hidden + j] = g
    gate[3 * hidden + j] = o
    cell[j] = c
    squashed[j] = q
    result[j] = o * q
  }
}
