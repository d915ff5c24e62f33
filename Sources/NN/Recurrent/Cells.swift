/// What RNNCell, LSTMCell and GRUCell have in common: one step, one layer, one direction.
public class RecurrentCell: Module {
  /// The number of features of the input.
  public final let inputSize: Int
  /// The number of features of the state.
  public final let hiddenSize: Int
  /// Whether the sums have the two bias vectors.
  public final let bias: Bool
  /// `[gates * hiddenSize, inputSize]`; the gates of an LSTM are i, f, g, o, of a GRU r, z, n.
  public final let weightIH: Parameter
  /// `[gates * hiddenSize, hiddenSize]`.
  public final let weightHH: Parameter
  /// `[gates * hiddenSize]`; with `bias: false` a zero that is not learned.
  public final let biasIH: Parameter
  /// `[gates * hiddenSize]`; with `bias: false` a zero that is not learned.
  public final let biasHH: Parameter
  final let kind: RecurrentKind
  final let weights: DirectionWeights?

  init(_ kind: RecurrentKind, _ name: String, _ inputSize: Int, _ hiddenSize: Int, _ bias: Bool) {
    self.kind = kind
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.bias = bias
    let made = constructed(or: nil) { () throws(TensorError) -> DirectionWeights? in
      try requirePositive(inputSize, "inputSize", name)
      try requirePositive(hiddenSize, "hiddenSize", name)
      return try DirectionWeights(
        kind, inputSize: inputSize, hiddenSize: hiddenSize, bias: bias)
    }
    weights = made
    weightIH = made?.inputWeight ?? .placeholder()
    weightHH = made?.hiddenWeight ?? .placeholder()
    let rows = made == nil ? 0 : kind.gateCount * hiddenSize
    biasIH = made?.inputBias ?? Parameter(.zeros(rows), requiresGrad: false)
    biasHH = made?.hiddenBias ?? Parameter(.zeros(rows), requiresGrad: false)
    super.init()
  }

  public final override var namedChildren: [(name: String, child: ModuleChild)] {
    weights?.named("") ?? []
  }

  public override var extraRepresentation: String {
    "\(inputSize), \(hiddenSize)" + (bias ? "" : ", bias=False")
  }

  /// One step. x: (B, I) or (I); h, c: (B, H) or (H), nil for zeros.
  final func step(
    _ x: Tensor, _ h: Tensor?, _ c: Tensor?
  ) throws(TensorError) -> (h: Tensor, c: Tensor?) {
    guard let weights else { throw TensorError(place, "the layer could not be made") }
    let shape = x.layout.shape
    guard shape.count == 1 || shape.count == 2 else {
      throw TensorError(
        place, expected: "an input with 1 or 2 dimensions", actual: "shape \(shape)")
    }
    guard shape.last == inputSize else {
      throw TensorError(
        place, "expected input size \(inputSize), got \(shape.last) (input shape \(shape))")
    }
    guard x.dtype == weights.inputWeight.dtype else {
      throw TensorError(
        place, expected: "\(weights.inputWeight.dtype) input", actual: "\(x.dtype)")
    }
    let batch = shape.count == 2 ? shape[0] : 1
    let plan = StepPlan(batchSizes: [batch], batch: batch)
    let result = try recurrentLayer(
      kind, plan, [weights], shape.count == 2 ? x : x.unsqueeze(0),
      checked(h, "h", shape, x.dtype), checked(c, "c", shape, x.dtype), names: .cell(kind))
    // The result of one step is the output; as a final state it would have one dimension more.
    let isRow = shape.count == 1
    return (
      isRow ? result.output.squeeze(0) : result.output,
      result.cell.map { unwrapped($0, isRow: isRow) }
    )
  }

  /// (1, B, H) -> (B, H) or (H), still output 2 of the same node.
  private final func unwrapped(_ cell: Tensor, isRow: Bool) -> Tensor {
    var shape = cell.layout.shape
    shape.remove(at: 0)
    if isRow { shape.remove(at: 0) }
    return cell.sameResult(shape)
  }

  /// A state as (1, B, H).
  private final func checked(
    _ state: Tensor?, _ name: String, _ input: Extents, _ dtype: DType
  ) throws(TensorError) -> Tensor? {
    guard let state else { return nil }
    let expected = input.count == 2 ? Extents(input[0], hiddenSize) : Extents(hiddenSize)
    guard state.layout.shape == expected, state.dtype == dtype else {
      throw TensorError(
        place, expected: "\(name) of shape \(expected), \(dtype)",
        actual: "\(state.layout.shape), \(state.dtype)")
    }
    return state.reshape(1, input.count == 2 ? input[0] : 1, hiddenSize)
  }
}

/// One step of a plain recurrent network: h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu.
/// Follows `torch.nn.RNNCell`.
public final class RNNCell: RecurrentCell {
  /// The activation: `tanh` or `relu`.
  public let nonlinearity: String

  /// A cell with random weights. Throws (see `attempt`) when a size is not positive or
  /// `nonlinearity` is neither `tanh` nor `relu`.
  public init(
    inputSize: Int, hiddenSize: Int, bias: Bool = true, nonlinearity: String = "tanh"
  ) {
    self.nonlinearity = nonlinearity
    super.init(nonlinearity == "relu" ? .relu : .tanh, "RNNCell", inputSize, hiddenSize, bias)
    checkNonlinearity(nonlinearity, "RNNCell")
  }

  /// As with labels: `RNNCell(5, 3)`.
  public convenience init(
    _ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, nonlinearity: String = "tanh"
  ) {
    self.init(
      inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, nonlinearity: nonlinearity)
  }

  public override var extraRepresentation: String {
    super.extraRepresentation + (nonlinearity == "tanh" ? "" : ", nonlinearity=\(nonlinearity)")
  }

  /// One step from a state of zeros. Throws (see `attempt`) when the shape does not fit.
  public override func forward(_ input: Tensor) -> Tensor { callAsFunction(input, nil) }

  /// `[batch, inputSize]` and `[batch, hiddenSize]` (zeros for nil) -> the next state
  /// `[batch, hiddenSize]`; or both without the batch.
  /// Throws (see `attempt`) when a shape does not fit.
  public func callAsFunction(_ input: Tensor, _ hidden: Tensor?) -> Tensor {
    guarded([input] + [hidden].compactMap { $0 }, or: .failed) { () throws(TensorError) in
      try step(input, hidden, nil).h
    }
  }
}

/// One step of a gated recurrent unit, gates in the order r, z, n. Follows `torch.nn.GRUCell`.
public final class GRUCell: RecurrentCell {
  /// A cell with random weights. Throws (see `attempt`) when a size is not positive.
  public init(inputSize: Int, hiddenSize: Int, bias: Bool = true) {
    super.init(.gru, "GRUCell", inputSize, hiddenSize, bias)
  }

  /// As with labels: `GRUCell(100, 20)`.
  public convenience init(_ inputSize: Int, _ hiddenSize: Int, bias: Bool = true) {
    self.init(inputSize: inputSize, hiddenSize: hiddenSize, bias: bias)
  }

  /// One step from a state of zeros. Throws (see `attempt`) when the shape does not fit.
  public override func forward(_ input: Tensor) -> Tensor { callAsFunction(input, nil) }

  /// `[batch, inputSize]` and `[batch, hiddenSize]` (zeros for nil) -> the next state
  /// `[batch, hiddenSize]`; or both without the batch.
  /// Throws (see `attempt`) when a shape does not fit.
  public func callAsFunction(_ input: Tensor, _ hidden: Tensor?) -> Tensor {
    guarded([input] + [hidden].compactMap { $0 }, or: .failed) { () throws(TensorError) in
      try step(input, hidden, nil).h
    }
  }
}

/// One step of an LSTM, gates in the order i, f, g, o. Follows `torch.nn.LSTMCell`.
public final class LSTMCell: RecurrentCell {
  /// A cell with random weights. Throws (see `attempt`) when a size is not positive.
  public init(inputSize: Int, hiddenSize: Int, bias: Bool = true) {
    super.init(.lstm, "LSTMCell", inputSize, hiddenSize, bias)
  }

  /// As with labels: `LSTMCell(100, 20)`.
  public convenience init(_ inputSize: Int, _ hiddenSize: Int, bias: Bool = true) {
    self.init(inputSize: inputSize, hiddenSize: hiddenSize, bias: bias)
  }

  /// One step from states of zeros. Throws (see `attempt`) when the shape does not fit.
  public func callAsFunction(_ input: Tensor) -> (h: Tensor, c: Tensor) {
    callAsFunction(input, nil)
  }

  /// `[batch, inputSize]` and the states h, c `[batch, hiddenSize]` (zeros for nil) -> the next
  /// states; or all without the batch. Throws (see `attempt`) when a shape does not fit.
  public func callAsFunction(
    _ input: Tensor, _ state: (Tensor, Tensor)?
  ) -> (h: Tensor, c: Tensor) {
    guarded([input] + (state.map { [$0.0, $0.1] } ?? []), or: (.failed, .failed)) {
      () throws(TensorError) in
      let next = try step(input, state?.0, state?.1)
      guard let c = next.c else { throw TensorError(place, "there is no cell state") }
      return (next.h, c)
    }
  }
}
