// One direction of one recurrent layer, backward; names and shapes as in RecurrentForward.swift.
//
// The steps are gone through in the opposite order. `dh` and `dc` (B, H) carry the gradient of the
// state: a row waits with the gradient of its final state until its last step comes, and ends as the
// gradient of its initial state. Every step makes one pass over its gates, which become the gradients
// of the sums, and one product; the gradient of the input is another one, step by step under the
// conditions of the forward pass. Afterwards large products give the gradients of the weights.

/// The gradients of one direction's weights, with their names' shapes.
struct DirectionGradients {
  let inputWeight: Tensor
  let hiddenWeight: Tensor
  /// Of the two biases, which are equal unless it is a GRU.
  let inputBias, hiddenBias: Tensor
}

/// One direction, ready to run backward.
struct BackwardRun<T: RecurrentElement> {
  let kind: RecurrentKind
  let plan: StepPlan
  let isReverse: Bool
  let hidden: Int
  let out: UnsafePointer<T>
  let outStride: Int
  let gates: UnsafeMutablePointer<T>
  let kept: UnsafeMutablePointer<T>
  let h0, c0: UnsafePointer<T>?
  /// The gradient of the output, laid out like the output; nil for zeros.
  let dOut: UnsafePointer<T>?
  let dh, dc: UnsafeMutablePointer<T>
  /// W_hh, of a GRU without the rows of n, which are apart.
  private let recurrent: PackedMatrix<T>
  private let recurrentNew: PackedMatrix<T>?
  /// The input's weight and gradient, when that is computed step by step.
  private let input: PackedMatrix<T>?
  private let dx: UnsafeMutablePointer<T>?
  private let inputs: Int
  /// One row of sums over the gates' gradients for each group.
  private let sums: Tensor
  private let group: Int
  private let owned: [Tensor]

  /// `dh` and `dc` (D, B, H) hold the gradients of the final states; `dx` (R, I) is written when it is
  /// given and `isInputDone` then; `group`: how many sequences a task takes.
  init(
    _ kind: RecurrentKind, _ plan: StepPlan, _ inputWeight: Tensor, _ hiddenWeight: Tensor,
    _ trace: DirectionTrace, out: Tensor, h0: Tensor?, c0: Tensor?, dOut: Tensor?, dh: Tensor,
    dc: Tensor?, dx: Tensor?, direction: Int, group: Int
  ) throws(TensorError) {
    let hidden = hiddenWeight.layout.shape[1]
    self.kind = kind
    self.plan = plan
    self.hidden = hidden
    isReverse = direction == 1
    outStride = out.layout.shape[1]
    self.out = UnsafePointer(out.pointer(T.self) + direction * hidden)
    let state = direction * plan.batch * hidden
    self.h0 = h0.map { UnsafePointer($0.pointer(T.self) + state) }
    self.c0 = c0.map { UnsafePointer($0.pointer(T.self) + state) }
    self.dOut = dOut.map { UnsafePointer($0.pointer(T.self) + direction * hidden) }
    self.dh = dh.pointer(T.self) + state
    self.dc = dc.map { $0.pointer(T.self) + state } ?? self.dh
    // A plain RNN has no gates to write over.
    let gateTensor: Tensor
    if let gates = trace.gates {
      gateTensor = gates
    } else {
      gateTensor = try Tensor.empty(Extents(plan.rowCount, hidden), T.dtype)
    }
    gates = gateTensor.pointer(T.self)
    kept = trace.kept?.pointer(T.self) ?? gates
    owned = [gateTensor]
    self.group = group
    inputs = inputWeight.layout.shape[1]
    let width = kind.gateCount * hidden
    sums = try Tensor.filled(Extents((plan.batch + group - 1) / group, width), T.dtype, 0)
    self.dx = dx?.pointer(T.self)
    input =
      dx != nil && isStepwise(group, inputs, width)
      ? try PackedMatrix(
        inputWeight.pointer(T.self), inputs, isTransposed: false, depth: width, width: inputs)
      : nil
    let weight = hiddenWeight.pointer(T.self)
    let shared = kind == .gru ? 2 * hidden : kind.gateCount * hidden
    recurrent = try PackedMatrix(weight, hidden, isTransposed: false, depth: shared, width: hidden)
    recurrentNew =
      kind == .gru
      ? try PackedMatrix(
        weight + shared * hidden, hidden, isTransposed: false, depth: hidden, width: hidden) : nil
  }

  private var width: Int { kind.gateCount * hidden }

  /// Whether the steps write the gradient of the input.
  var isInputDone: Bool { input != nil }

  /// Takes the sequences `group` back through all steps.
  func run(_ group: Range<Int>) {
    let sum = sums.pointer(T.self) + group.lowerBound / self.group * width
    for i in 0..<plan.count {
      let t = isReverse ? i : plan.count - 1 - i
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
      let (row, count) = (plan.starts[t] + group.lowerBound, end - group.lowerBound)
      let state = dh + group.lowerBound * hidden
      recurrent.multiply(count, gates + row * width, width, adds: kind == .gru, state, hidden)
      recurrentNew?.multiply(count, kept + row * hidden, hidden, adds: true, state, hidden)
      T.columnSums(count, width, gates + row * width, width, adds: true, sum)
      if let input, let dx {
        input.multiply(count, gates + row * width, width, adds: false, dx + row * inputs, inputs)
      }
    }
  }

  private func step(
    _ row: Int, _ sequence: Int, _ count: Int, _ h: UnsafePointer<T>?, _ stride: Int,
    _ c: UnsafePointer<T>?
  ) {
    T.stepBack(
      kind,
      BackwardRows(
        count: count, hidden: hidden, gates: gates + row * width, before: kind == .gru ? h : c,
        beforeStride: kind == .gru ? stride : hidden, kept: kept + row * hidden,
        out: out + row * outStride, outStride: outStride, dh: dh + sequence * hidden,
        dOut: dOut.map { $0 + row * outStride }, dc: dc + sequence * hidden))
  }

  /// The gradients of the weights, from those of all gates.
  func gradients(_ x: Tensor) throws(TensorError) -> DirectionGradients {
    let (rows, inputs) = (plan.rowCount, x.layout.shape[1])
    let dWih = try Tensor.empty(Extents(width, inputs), T.dtype)
    let dWhh = try Tensor.empty(Extents(width, hidden), T.dtype)
    let dBias = try reduction(.sum, sums, 0, keepDim: false)
    T.gemm(
      true, false, width, inputs, rows, gates, width, x.pointer(T.self), inputs, adds: false,
      dWih.pointer(T.self), inputs)
    guard kind == .gru else {
      addHidden(gates, width, width, dWhh.pointer(T.self))
      return DirectionGradients(
        inputWeight: dWih, hiddenWeight: dWhh, inputBias: dBias, hiddenBias: dBias)
    }
    addHidden(gates, width, 2 * hidden, dWhh.pointer(T.self))
    addHidden(kept, hidden, hidden, dWhh.pointer(T.self) + 2 * hidden * hidden)
    let dHiddenBias = try copy(dBias)
    T.columnSums(
      rows, hidden, kept, hidden, adds: false, dHiddenBias.pointer(T.self) + 2 * hidden)
    return DirectionGradients(
      inputWeight: dWih, hiddenWeight: dWhh, inputBias: dBias, hiddenBias: dHiddenBias)
  }

  /// target (columns, H) = dᵀ h', the hidden rows before each step.
  private func addHidden(
    _ d: UnsafePointer<T>, _ stride: Int, _ columns: Int, _ target: UnsafeMutablePointer<T>
  ) {
    var adds = false
    func add(_ row: Int, _ h: UnsafePointer<T>, _ strideH: Int, _ count: Int) {
      T.gemm(
        true, false, columns, hidden, count, d + row * stride, stride, h, strideH, adds: adds,
        target, hidden)
      adds = true
    }
    plan.forEachPair(isReverse) { row, before, count in
      add(row, out + before * outStride, outStride, count)
    }
    if let h0 {
      plan.forEachFirst(isReverse) { row, first, count in
        add(row, h0 + first * hidden, hidden, count)
      }
    }
    if !adds { target.update(repeating: 0, count: columns * hidden) }
  }

  /// dx (R, I) = d W_ih, or += with `adds`.
  func inputGradient(_ inputWeight: Tensor, _ dx: Tensor, adds: Bool) {
    let inputs = dx.layout.shape[1]
    T.gemm(
      false, false, plan.rowCount, inputs, width, gates, width, inputWeight.pointer(T.self), inputs,
      adds: adds, dx.pointer(T.self), inputs)
  }
}
