// One direction of one recurrent layer, forward.
//
// With R rows in all steps, I inputs, H hidden units, G gates (1, 3 or 4) and D directions:
//   x (R, I), W_ih (G H, I), W_hh (G H, H), gates (R, G H), kept (R, H),
//   out (R, D H), of which this direction owns H columns.
//
// The sequences of the batch are cut into groups, which do not touch each other: a task takes its group
// through all steps. A step is a product with the input rows, one with the previous hidden rows, and
// one pass over the gates, which stay in the cache meanwhile. Small groups and large weights would
// make poor products of the first kind: then the input part of all steps is one product before.

/// What one direction leaves behind for its backward pass.
struct DirectionTrace {
  /// The gates after their activation; nil for a plain RNN.
  let gates: Tensor?
  /// LSTM: the cell states; GRU: the state's part of n; nil for a plain RNN.
  let kept: Tensor?
}

/// Whether the products with the input's weight are made step by step: when a step has rows enough to
/// fill the kernel's blocks, and the weight fits into the cache beside the recurrent one.
func isStepwise(_ group: Int, _ inputs: Int, _ width: Int) -> Bool {
  group >= 8 && inputs * width <= 1 << 16
}

/// One direction, ready to run.
struct ForwardRun<T: RecurrentElement> {
  let kind: RecurrentKind
  let plan: StepPlan
  let isReverse: Bool
  let hidden: Int
  /// Its H columns of the output, and the distance of the output's rows.
  let out: UnsafeMutablePointer<T>
  let outStride: Int
  /// The gates and the distance of their rows; for a plain RNN the output itself.
  let gates: UnsafeMutablePointer<T>
  let gateStride: Int
  let kept: UnsafeMutablePointer<T>
  /// The initial states (B, H), nil for zeros.
  let h0, c0: UnsafePointer<T>?
  let inputBias, hiddenBias: UnsafePointer<T>?
  let recurrent: PackedMatrix<T>
  /// The input and its weight, when its part is computed step by step.
  private let input: PackedMatrix<T>?
  private let x: UnsafePointer<T>
  private let inputs: Int
  /// GRU: where the state's products of a step go, (B, 3 H).
  let sums: UnsafeMutablePointer<T>?
  let trace: DirectionTrace
  private let owned: [Tensor]

  /// `group`: how many sequences a task takes.
  init(
    _ kind: RecurrentKind, _ plan: StepPlan, _ weights: DirectionWeights, x: Tensor, h0: Tensor?,
    c0: Tensor?, out: Tensor, direction: Int, group: Int
  ) throws(TensorError) {
    let (rows, inputs) = (plan.rowCount, x.layout.shape[1])
    let hidden = weights.hidden
    let width = kind.gateCount * hidden
    self.kind = kind
    self.plan = plan
    self.hidden = hidden
    isReverse = direction == 1
    outStride = out.layout.shape[1]
    self.out = out.pointer(T.self) + direction * hidden
    let state = direction * plan.batch * hidden
    self.h0 = h0.map { UnsafePointer($0.pointer(T.self) + state) }
    self.c0 = c0.map { UnsafePointer($0.pointer(T.self) + state) }
    inputBias = weights.inputBias.map { UnsafePointer($0.pointer(T.self)) }
    hiddenBias = weights.hiddenBias.map { UnsafePointer($0.pointer(T.self)) }
    let gateTensor = kind.hasGates ? try Tensor.empty(Extents(rows, width), T.dtype) : nil
    let keptTensor = kind.hasGates ? try Tensor.empty(Extents(rows, hidden), T.dtype) : nil
    let sumTensor = kind == .gru ? try Tensor.empty(Extents(plan.batch, width), T.dtype) : nil
    trace = DirectionTrace(gates: gateTensor, kept: keptTensor)
    gates = gateTensor?.pointer(T.self) ?? self.out
    gateStride = gateTensor == nil ? outStride : width
    kept = keptTensor?.pointer(T.self) ?? self.out
    sums = sumTensor?.pointer(T.self)
    owned = [gateTensor, keptTensor, sumTensor].compactMap { $0 }
    recurrent = try PackedMatrix(
      weights.hiddenWeight.pointer(T.self), hidden, isTransposed: true, depth: hidden, width: width)
    self.x = UnsafePointer(x.pointer(T.self))
    self.inputs = inputs
    let inputWeight = weights.inputWeight.pointer(T.self)
    if isStepwise(group, inputs, width) {
      input = try PackedMatrix(
        inputWeight, inputs, isTransposed: true, depth: inputs, width: width)
    } else {
      input = nil
      T.gemm(
        false, true, rows, width, inputs, self.x, inputs, inputWeight, inputs, adds: false, gates,
        gateStride)
    }
  }

  /// Takes the sequences `group` through all steps.
  func run(_ group: Range<Int>) {
    for i in 0..<plan.count {
      let t = isReverse ? plan.count - 1 - i : i
      let end = min(plan.batchSizes[t], group.upperBound)
      guard group.lowerBound < end else { continue }
      let (before, carried) = plan.source(t, isReverse)
      let middle = min(max(carried, group.lowerBound), end)
      if group.lowerBound < middle {
        let row = plan.starts[before] + group.lowerBound
        step(
          plan.starts[t] + group.lowerBound, group.lowerBound, middle - group.lowerBound,
          out + row * outStride, outStride, kept + row * hidden)
      }
      if middle < end {
        step(
          plan.starts[t] + middle, middle, end - middle, h0.map { $0 + middle * hidden }, hidden,
          c0.map { $0 + middle * hidden })
      }
    }
  }

  /// `count` rows from `row` on, which belong to the sequences from `sequence` on; the states before.
  private func step(
    _ row: Int, _ sequence: Int, _ count: Int, _ h: UnsafePointer<T>?, _ stride: Int,
    _ c: UnsafePointer<T>?
  ) {
    let gate = gates + row * gateStride
    input?.multiply(count, x + row * inputs, inputs, adds: false, gate, gateStride)
    let sum = sums.map { $0 + sequence * 3 * hidden }
    if let h {
      recurrent.multiply(
        count, h, stride, adds: kind != .gru, sum ?? gate, sum == nil ? gateStride : 3 * hidden)
    }
    T.step(
      kind,
      ForwardRows(
        count: count, hidden: hidden, gates: gate,
        sums: h == nil ? nil : sum.map { UnsafePointer($0) },
        inputBias: inputBias, hiddenBias: hiddenBias, before: kind == .gru ? h : c,
        beforeStride: kind == .gru ? stride : hidden, kept: kept + row * hidden,
        out: out + row * outStride, outStride: outStride))
  }

  /// The states after the last steps: that of a sequence without steps is its initial state.
  func finish(_ hn: UnsafeMutablePointer<T>, _ cn: UnsafeMutablePointer<T>?) {
    plan.forEachLast(isReverse) { row, first, count in
      for r in 0..<count {
        let place = (first + r) * hidden
        take(
          row < 0 ? h0.map { $0 + place } : UnsafePointer(out + (row + r) * outStride), hn + place)
        if let cn {
          take(
            row < 0 ? c0.map { $0 + place } : UnsafePointer(kept + (row + r) * hidden), cn + place)
        }
      }
    }
  }

  private func take(_ from: UnsafePointer<T>?, _ to: UnsafeMutablePointer<T>) {
    if let from {
      to.update(from: from, count: hidden)
    } else {
      to.update(repeating: 0, count: hidden)
    }
  }
}
