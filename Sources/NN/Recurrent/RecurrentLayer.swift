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
      kind == .lstm ? "MulBackward0" : kind == .tanh ? "TanhBackward0" : "ReluBackward0"
    return RecurrentNames(output: output, hidden: output, cell: "AddBackward0")
  }
}

/// One recurrent layer, all its directions: x (R, I), h0 and c0 (D, B, H) or nil ->
/// output (R, D H), h_n and c_n (D, B, H). One tape node.
func recurrentLayer(
  _ kind: RecurrentKind, _ plan: StepPlan, _ weights: [DirectionWeights],
  _ x: Tensor, _ h0: Tensor?, _ c0: Tensor?, names: RecurrentNames
) throws(TensorError) -> (output: Tensor, hidden: Tensor, cell: Tensor?) {
  let hidden = weights[0].hiddenWeight.layout.shape[1]
  let input = try packedElements(x)
  let firstHidden = try h0.map { (h) throws(TensorError) in try packedElements(h) }
  let firstCell = try c0.map { (c) throws(TensorError) in try packedElements(c) }
  let out = try Tensor.empty(Extents(plan.rowCount, weights.count * hidden), x.dtype)
  let state = Extents(weights.count, plan.batch, hidden)
  let hn = try Tensor.empty(state, x.dtype)
  let cn = kind.hasCell ? try Tensor.empty(state, x.dtype) : nil
  var traces: [DirectionTrace] = []
  for (direction, one) in weights.enumerated() {
    traces.append(
      x.dtype == .float32
        ? try runDirection(
          Float.self, kind, plan, one, x: input, h0: firstHidden, c0: firstCell, out: out, hn: hn,
          cn: cn, direction: direction, directions: weights.count)
        : try runDirection(
          Double.self, kind, plan, one, x: input, h0: firstHidden, c0: firstCell, out: out,
          hn: hn, cn: cn, direction: direction, directions: weights.count))
  }
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

/// A whole recurrent layer on the tape.
final class RecurrentNode: Node {
  let kind: RecurrentKind
  let plan: StepPlan
  let weights: [DirectionWeights]
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
    self.weights = weights
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
    let dOut = try packed(gradient)
    let dhn = try packed(gradient1)
    let dcn = try packed(gradient2)
    let x = input.tensor
    let dx = first.isWanted ? try Tensor.filled(x.layout.shape, x.dtype, 0) : nil
    let state = Extents(weights.count, plan.batch, weights[0].hiddenWeight.layout.shape[1])
    let dh0 = second.isWanted ? try Tensor.empty(state, x.dtype) : nil
    let dc0 = rest[0].isWanted ? try Tensor.empty(state, x.dtype) : nil
    var edge = 1
    for (direction, one) in weights.enumerated() {
      let g =
        x.dtype == .float32
        ? try reverse(Float.self, one, direction, dOut, dhn, dcn, dx)
        : try reverse(Double.self, one, direction, dOut, dhn, dcn, dx)
      if let dh0 { try assign(g.h0, into: dh0[direction]) }
      if let dc0 { try assign(g.c0, into: dc0[direction]) }
      try Tape.send(g.inputWeight, to: rest[edge])
      try Tape.send(g.hiddenWeight, to: rest[edge + 1])
      edge += 2
      if one.inputBias != nil {
        // Both biases are added to the same sums, so they have the same gradient.
        try Tape.send(g.bias, to: rest[edge], isShared: true)
        try Tape.send(g.bias, to: rest[edge + 1], isShared: true)
        edge += 2
      }
    }
    if let dx { try Tape.send(dx, to: first) }
    if let dh0 { try Tape.send(dh0, to: second) }
    if let dc0 { try Tape.send(dc0, to: rest[0]) }
  }

  private func packed(_ gradient: Tensor?) throws(TensorError) -> Tensor? {
    guard let gradient else { return nil }
    return try packedElements(gradient)
  }

  private func reverse<T: Real>(
    _ type: T.Type, _ one: DirectionWeights, _ direction: Int, _ dOut: Tensor?, _ dhn: Tensor?,
    _ dcn: Tensor?, _ dx: Tensor?
  ) throws(TensorError) -> DirectionGradients {
    try reverseDirection(
      T.self, kind, plan, traces[direction], inputWeight: one.inputWeight,
      hiddenWeight: one.hiddenWeight, x: input.tensor, out: out.tensor,
      h0: firstHidden?.tensor, c0: firstCell?.tensor, dOut: dOut, dhn: dhn, dcn: dcn, dx: dx,
      addsToInput: direction > 0, direction: direction, directions: weights.count)
  }
}
