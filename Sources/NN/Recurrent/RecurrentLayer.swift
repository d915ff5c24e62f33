import CKernels

/// The names of the results' nodes, as PyTorch prints them.
struct RecurrentNames {
  let output: String
  let hidden: String
  let cell: String

  /// For a layer over a sequence.
  static func sequence(_ kind: RecurrentKind, _ directions: Int) -> RecurrentNames {
    let output =
      directions == 2
      ? "CatBackward0" : kind == .lstm ? "MkldnnRnnLayerBackward0" : "StackBackward0"
    return RecurrentNames(output: output, hidden: "StackBackward0", cell: "StackBackward0")
  }

  /// For one step of a cell.
  static func cell(_ kind: RecurrentKind) -> RecurrentNames {
    let output =
      switch kind {
      case .lstm: "MulBackward0"
      case .gru: "AddBackward0"
      case .tanh: "TanhBackward0"
      case .relu: "ReluBackward0"
      }
    return RecurrentNames(output: output, hidden: output, cell: "AddBackward0")
  }
}

/// One recurrent layer, all its directions: x (R, I), h0 and c0 (D, B, H) or nil ->
/// output (R, D H), h_n and c_n (D, B, H). One tape node.
func recurrentLayer(
  _ kind: RecurrentKind, _ plan: StepPlan, _ weights: [DirectionWeights],
  _ x: Tensor, _ h0: Tensor?, _ c0: Tensor?, names: RecurrentNames
) throws(TensorError) -> (output: Tensor, hidden: Tensor, cell: Tensor?) {
  let input = try packedElements(x)
  let firstHidden = try h0.map { (h) throws(TensorError) in try packedElements(h) }
  let firstCell = try c0.map { (c) throws(TensorError) in try packedElements(c) }
  let hidden = weights[0].hidden
  let out = try Tensor.empty(Extents(plan.rowCount, weights.count * hidden), x.dtype)
  let state = Extents(weights.count, plan.batch, hidden)
  let hn = try Tensor.empty(state, x.dtype)
  let cn = kind.hasCell ? try Tensor.empty(state, x.dtype) : nil
  func run<T: RecurrentElement>(_ type: T.Type) throws(TensorError) -> [DirectionTrace] {
    let group = plan.taskRows(kind, hidden)
    var runs: [ForwardRun<T>] = []
    for (direction, one) in weights.enumerated() {
      runs.append(
        try ForwardRun(
          kind, plan, one, x: input, h0: firstHidden, c0: firstCell, out: out, direction: direction,
          group: group))
    }
    inGroups(plan, group, runs.count) { runs[$0].run($1) }
    for (direction, run) in runs.enumerated() {
      let place = direction * plan.batch * hidden
      run.finish(hn.pointer(T.self) + place, cn.map { $0.pointer(T.self) + place })
    }
    return runs.map { $0.trace }
  }
  let traces = x.dtype == .float32 ? try run(Float.self) : try run(Double.self)
  let parameters = weights.flatMap { $0.all }
  let leaves: [Tensor] = [x, h0, c0].compactMap { $0 } + parameters
  guard records(leaves) else { return (out, hn, cn) }
  let node = RecurrentNode(
    kind, plan, weights, traces, x: x, input: input, h0: h0, firstHidden: firstHidden, c0: c0,
    firstCell: firstCell, out: out, names: names)
  return (
    out.made(by: node), hn.made(by: node, output: 1), cn?.made(by: node, output: 2)
  )
}

/// Calls `body(direction, sequences)` for every direction and group of the batch, in parallel.
private func inGroups(
  _ plan: StepPlan, _ size: Int, _ directions: Int, _ body: (Int, Range<Int>) -> Void
) {
  let groups = (plan.batch + size - 1) / size
  // Gradients fade through the steps, and denormal numbers are slow.
  let state = ck_flush_denormals()
  defer { ck_restore(state) }
  // The longest sequences first.
  inParallel(groups * directions) { i in
    let first = i / directions * size
    body(i % directions, first..<min(first + size, plan.batch))
  }
}

/// A whole recurrent layer on the tape.
final class RecurrentNode: Node {
  let kind: RecurrentKind
  let plan: StepPlan
  let inputWeights, hiddenWeights: [Saved]
  let hasBias: Bool
  let traces: [DirectionTrace]
  let input: Saved
  let firstHidden: Saved?
  let firstCell: Saved?
  let out: Saved
  let names: RecurrentNames

  init(
    _ kind: RecurrentKind, _ plan: StepPlan, _ weights: [DirectionWeights],
    _ traces: [DirectionTrace], x: Tensor, input: Tensor, h0: Tensor?, firstHidden: Tensor?,
    c0: Tensor?, firstCell: Tensor?, out: Tensor, names: RecurrentNames
  ) {
    self.kind = kind
    self.plan = plan
    inputWeights = weights.map { Saved($0.inputWeight) }
    hiddenWeights = weights.map { Saved($0.hiddenWeight) }
    hasBias = weights[0].inputBias != nil
    self.traces = traces
    self.input = Saved(input)
    self.firstHidden = firstHidden.map { Saved($0) }
    self.firstCell = firstCell.map { Saved($0) }
    self.out = Saved(out)
    self.names = names
    // An edge for c0 always, so that the parameters' edges have fixed places.
    super.init(x, h0, rest: [c0 ?? Tensor.failed] + weights.flatMap { $0.all })
  }

  override func name(_ output: Int) -> String {
    output == 0 ? names.output : output == 1 ? names.hidden : names.cell
  }

  override func backward(_ ignored: Tensor) throws(TensorError) {
    if input.dtype == .float32 { try reverse(Float.self) } else { try reverse(Double.self) }
  }

  private func reverse<T: RecurrentElement>(_ type: T.Type) throws(TensorError) {
    let dOut = try gradient.map { (g) throws(TensorError) in try packedElements(g) }
    let x = input.tensor
    let hidden = hiddenWeights[0].layout.shape[1]
    let state = Extents(hiddenWeights.count, plan.batch, hidden)
    let dh = try started(gradient1, state)
    let dc = kind.hasCell ? try started(gradient2, state) : nil
    let dx = first.isWanted ? try Tensor.empty(x.layout.shape, x.dtype) : nil
    let group = plan.taskRows(kind, hidden)
    var runs: [BackwardRun<T>] = []
    for (direction, trace) in traces.enumerated() {
      // Two directions would write to the same rows.
      runs.append(
        try BackwardRun(
          kind, plan, inputWeights[direction].tensor, hiddenWeights[direction].tensor, trace,
          out: out.tensor, h0: firstHidden?.tensor, c0: firstCell?.tensor, dOut: dOut, dh: dh,
          dc: dc, dx: traces.count == 1 ? dx : nil, direction: direction, group: group))
    }
    inGroups(plan, group, runs.count) { runs[$0].run($1) }
    var edge = 1
    for (direction, run) in runs.enumerated() {
      if let dx, !run.isInputDone {
        run.inputGradient(inputWeights[direction].tensor, dx, adds: direction > 0)
      }
      let g = try run.gradients(x)
      try Tape.send(g.inputWeight, to: rest[edge])
      try Tape.send(g.hiddenWeight, to: rest[edge + 1])
      edge += 2
      if hasBias {
        try Tape.send(g.inputBias, to: rest[edge], isShared: g.inputBias === g.hiddenBias)
        try Tape.send(g.hiddenBias, to: rest[edge + 1], isShared: g.inputBias === g.hiddenBias)
        edge += 2
      }
    }
    if let dx { try Tape.send(dx, to: first) }
    if second.isWanted { try Tape.send(dh, to: second) }
    if let dc, rest[0].isWanted { try Tape.send(dc, to: rest[0]) }
  }

  /// The gradient of a final state (D, B, H) as a buffer that the steps may change.
  private func started(_ gradient: Tensor?, _ shape: Extents) throws(TensorError) -> Tensor {
    guard let gradient else { return try Tensor.filled(shape, input.dtype, 0) }
    return try reshaped(copy(gradient), shape)
  }
}
