/// The settings and weights that RNN, LSTM and GRU have in common.
public class RecurrentModule: Module {
  /// The number of features at each step of the input.
  public final let inputSize: Int
  /// The number of features of the hidden state.
  public final let hiddenSize: Int
  /// How many layers are stacked.
  public final let numLayers: Int
  /// Whether the sums have the two bias vectors.
  public final let bias: Bool
  /// Whether input and output are `[batch, time, feature]` instead of `[time, batch, feature]`.
  public final let batchFirst: Bool
  /// The dropout probability on the output of every layer but the last, in training.
  public final let dropout: Double
  /// Whether there is a second direction, from the last step to the first.
  public final let bidirectional: Bool
  final let kind: RecurrentKind
  /// By layer and then direction; empty when the construction failed.
  final let weights: [[DirectionWeights]]

  init(
    _ kind: RecurrentKind, _ name: String, inputSize: Int, hiddenSize: Int, numLayers: Int,
    bias: Bool, batchFirst: Bool, dropout: Double, bidirectional: Bool
  ) {
    self.kind = kind
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.numLayers = numLayers
    self.bias = bias
    self.batchFirst = batchFirst
    self.dropout = dropout
    self.bidirectional = bidirectional
    weights = constructed(or: []) { () throws(TensorError) in
      try requirePositive(inputSize, "inputSize", name)
      try requirePositive(hiddenSize, "hiddenSize", name)
      try requirePositive(numLayers, "numLayers", name)
      var layers: [[DirectionWeights]] = []
      let directions = bidirectional ? 2 : 1
      for layer in 0..<numLayers {
        var row: [DirectionWeights] = []
        for _ in 0..<directions {
          row.append(
            try DirectionWeights(
              kind, inputSize: layer == 0 ? inputSize : hiddenSize &* directions,
              hiddenSize: hiddenSize, bias: bias))
        }
        layers.append(row)
      }
      return layers
    }
    super.init()
    checkProbability(dropout, name)
  }

  // PyTorch turns the output of its plain loops in place, and that of its oneDNN LSTM as a view.
  private final var transposeName: String {
    kind == .lstm && !bidirectional ? "TransposeBackward0" : "TransposeBackward1"
  }

  final var directions: Int { bidirectional ? 2 : 1 }

  public final override var namedChildren: [(name: String, child: ModuleChild)] {
    weights.enumerated().flatMap { layer, row in
      row.enumerated().flatMap { direction, one in
        one.named("_l\(layer)" + (direction == 1 ? "_reverse" : ""))
      }
    }
  }

  public final override var extraRepresentation: String {
    var parts = ["\(inputSize)", "\(hiddenSize)"]
    if numLayers != 1 { parts.append("num_layers=\(numLayers)") }
    if !bias { parts.append("bias=False") }
    if batchFirst { parts.append("batch_first=True") }
    if dropout != 0 { parts.append("dropout=\(dropout)") }
    if bidirectional { parts.append("bidirectional=True") }
    return parts.joined(separator: ", ")
  }

  /// The parameter with PyTorch's name, such as `weight_ih_l0_reverse`.
  /// Throws (see `attempt`) when there is none.
  public final func parameter(_ name: String) -> Parameter {
    for case (name, .parameter(let parameter)) in namedChildren { return parameter }
    record(TensorError(place, "there is no parameter \(name)"))
    return .placeholder()
  }
}

/// The results of a stack of layers on rows: output (R, D H), h_n and c_n (L D, B, H).
struct StackResult {
  var output: Tensor
  var hidden: Tensor
  var cell: Tensor?
}

extension RecurrentModule {
  /// Runs all layers over rows in plan order. h0 and c0: (L D, B, H) or nil.
  final func runStack(
    _ x: Tensor, _ plan: StepPlan, _ h0: Tensor?, _ c0: Tensor?
  ) throws(TensorError) -> StackResult {
    guard !weights.isEmpty else { throw TensorError(place, "the layer could not be made") }
    var value = x
    var (hiddens, cells) = ([Tensor](), [Tensor]())
    for (layer, row) in weights.enumerated() {
      let start = layer * directions
      let result = try recurrentLayer(
        kind, plan, row, value, numLayers == 1 ? h0 : h0?.narrow(0, start, directions),
        numLayers == 1 ? c0 : c0?.narrow(0, start, directions),
        names: .sequence(kind, directions))
      value = result.output
      hiddens.append(result.hidden)
      if let cell = result.cell { cells.append(cell) }
      if isTraining && dropout > 0 && layer + 1 < numLayers {
        value = try NN.dropout(value, dropout)
      }
    }
    return StackResult(
      output: value, hidden: hiddens.count == 1 ? hiddens[0] : cat(hiddens),
      cell: cells.isEmpty ? nil : cells.count == 1 ? cells[0] : cat(cells))
  }

  final func checkInput(_ x: Tensor, _ ranks: ClosedRange<Int>) throws(TensorError) {
    let shape = x.layout.shape
    guard ranks.contains(shape.count) else {
      throw TensorError(
        place, expected: "an input with \(ranks.lowerBound) or \(ranks.upperBound) dimensions",
        actual: "shape \(shape)")
    }
    try checkFeatures(x)
  }

  final func checkFeatures(_ x: Tensor) throws(TensorError) {
    let shape = x.layout.shape
    guard shape.last == inputSize else {
      throw TensorError(
        place, "expected input size \(inputSize), got \(shape.last) (input shape \(shape))")
    }
    guard let weight = weights.first?.first?.inputWeight, weight.dtype == x.dtype else {
      throw TensorError(place, expected: "float32 input", actual: "\(x.dtype)")
    }
  }

  /// An initial state as (L D, B, H), from that shape or, for one sequence, from (L D, H).
  final func checkedState(
    _ state: Tensor?, _ name: String, batch: Int, isBatched: Bool, _ dtype: DType
  ) throws(TensorError) -> Tensor? {
    guard let state else { return nil }
    let layers = numLayers * directions
    let expected =
      isBatched ? Extents(layers, batch, hiddenSize) : Extents(layers, hiddenSize)
    guard state.layout.shape == expected else {
      throw TensorError(
        place, expected: "\(name) of shape \(expected)", actual: "\(state.layout.shape)")
    }
    guard state.dtype == dtype else {
      throw TensorError(place, expected: "\(name) of \(dtype)", actual: "\(state.dtype)")
    }
    return isBatched ? state : state.unsqueeze(1)
  }

  /// The whole call for a tensor: any batch layout in, the same layout out.
  final func runTensor(
    _ x: Tensor, _ h0: Tensor?, _ c0: Tensor?
  ) throws(TensorError) -> StackResult {
    try checkInput(x, 2...3)
    let isBatched = x.layout.shape.count == 3
    let timeFirst = !isBatched ? x.unsqueeze(1) : batchFirst ? x.transpose(0, 1) : x
    let (time, batch) = (timeFirst.layout.shape[0], timeFirst.layout.shape[1])
    guard time > 0 else { throw TensorError(place, "expected 1 time step or more, got 0") }
    let h = try checkedState(h0, "h0", batch: batch, isBatched: isBatched, x.dtype)
    let c = try checkedState(c0, "c0", batch: batch, isBatched: isBatched, x.dtype)
    let plan = StepPlan(batchSizes: Array(repeating: batch, count: time), batch: batch)
    let rows = timeFirst.reshape(time * batch, inputSize)
    var result = try runStack(rows, plan, h, c)
    let whole = result.output.sameResult(Extents(time, batch, directions * hiddenSize))
    result.output =
      !isBatched ? whole.squeeze(1) : batchFirst ? whole.swapped(0, 1, transposeName) : whole
    if !isBatched {
      result.hidden = result.hidden.squeeze(1)
      result.cell = result.cell?.squeeze(1)
    }
    return result
  }

  /// The whole call for packed rows: states go in and come out in the caller's order.
  final func runPacked(
    _ x: PackedSequence, _ h0: Tensor?, _ c0: Tensor?
  ) throws(TensorError) -> StackResult {
    guard x.data.layout.shape.count == 2 else {
      throw TensorError(
        place, expected: "packed data of shape [rows, \(inputSize)]",
        actual: "\(x.data.layout.shape)")
    }
    try checkFeatures(x.data)
    let batch = x.batch
    var h = try checkedState(h0, "h0", batch: batch, isBatched: true, x.data.dtype)
    var c = try checkedState(c0, "c0", batch: batch, isBatched: true, x.data.dtype)
    if let order = x.sortedIndices {
      h = try h.map { (h) throws(TensorError) in try indexSelect(h, 1, order) }
      c = try c.map { (c) throws(TensorError) in try indexSelect(c, 1, order) }
    }
    var result = try runStack(x.data, StepPlan(batchSizes: x.batchSizes, batch: batch), h, c)
    if let order = x.unsortedIndices {
      result.hidden = try indexSelect(result.hidden, 1, order)
      result.cell = try result.cell.map { (c) throws(TensorError) in
        try indexSelect(c, 1, order)
      }
    }
    return result
  }
}
