/// A plain recurrent network: h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu.
///
/// With L layers, D directions (1 or 2), H = `hiddenSize`:
/// input `[time, batch, inputSize]` (or `[batch, time, inputSize]` with `batchFirst`, or
/// `[time, inputSize]` for one sequence) -> output of the same layout with `D * H` features, and the
/// hidden state `[L * D, batch, H]` after the last step, in the order layer 0 forward, layer 0
/// backward, layer 1 forward, …. Follows `torch.nn.RNN`, with its parameter names and first weights.
public final class RNN: RecurrentModule {
  /// The activation: `tanh` or `relu`.
  public let nonlinearity: String

  /// A network with random weights. Throws (see `attempt`) when a size is not positive, `dropout` is
  /// not between 0 and 1, or `nonlinearity` is neither `tanh` nor `relu`.
  public init(
    inputSize: Int, hiddenSize: Int, numLayers: Int = 1, nonlinearity: String = "tanh",
    bias: Bool = true, batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
  ) {
    self.nonlinearity = nonlinearity
    super.init(
      nonlinearity == "relu" ? .relu : .tanh, "RNN", inputSize: inputSize, hiddenSize: hiddenSize,
      numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
      bidirectional: bidirectional)
    checkNonlinearity(nonlinearity, "RNN")
  }

  /// As with labels: `RNN(5, 3, batchFirst: true)`.
  public convenience init(
    _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, nonlinearity: String = "tanh",
    bias: Bool = true, batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
  ) {
    self.init(
      inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers,
      nonlinearity: nonlinearity, bias: bias, batchFirst: batchFirst, dropout: dropout,
      bidirectional: bidirectional)
  }

  // Overloads instead of default arguments: Swift would prefer `Layer`'s call, which needs none.

  /// `[time, batch, inputSize]`, from a hidden state of zeros -> the output `[time, batch, D * H]`
  /// of the last layer and the hidden state `[L * D, batch, H]` after the last step; for other
  /// layouts see `RNN`. Throws (see `attempt`) when a shape does not fit.
  public func callAsFunction(_ input: Tensor) -> (output: Tensor, hidden: Tensor) {
    callAsFunction(input, nil)
  }

  /// As above, from the state `hidden` `[L * D, batch, H]`, or zeros for nil. Throws (see
  /// `attempt`) when a shape does not fit.
  public func callAsFunction(
    _ input: Tensor, _ hidden: Tensor?
  ) -> (output: Tensor, hidden: Tensor) {
    guarded([input] + [hidden].compactMap { $0 }, or: (.failed, .failed)) {
      () throws(TensorError) in
      let result = try runTensor(input, hidden, nil)
      return (result.output, result.hidden)
    }
  }

  /// Runs a packed batch; the output is packed alike, the hidden state `[L * D, batch, H]` is in
  /// the caller's order. Throws (see `attempt`) when a shape does not fit.
  public func callAsFunction(
    _ input: PackedSequence, _ hidden: Tensor? = nil
  ) -> (output: PackedSequence, hidden: Tensor) {
    guarded([input.data] + [hidden].compactMap { $0 }, or: (.failed, .failed)) {
      () throws(TensorError) in
      let result = try runPacked(input, hidden, nil)
      return (input.with(result.output), result.hidden)
    }
  }

  /// Runs a padded batch whose sequences have the given lengths, in any order; 0 is allowed. The
  /// output is zero in the padding, and the hidden state is that after each sequence's own last
  /// step. Throws (see `attempt`) when a shape does not fit, there is not one length for each
  /// sequence, or one is longer than the batch.
  public func callAsFunction(
    _ input: Tensor, lengths: [Int]
  ) -> (output: Tensor, hidden: Tensor) {
    guarded([input], or: (.failed, .failed)) { () throws(TensorError) in
      try checkInput(input, 3...3)
      let packed = try pack(input, lengths, batchFirst: batchFirst, enforceSorted: false)
      let result = try runPacked(packed, nil, nil)
      let padded = padPackedSequence(
        packed.with(result.output), batchFirst: batchFirst,
        totalLength: input.size(batchFirst ? 1 : 0))
      return (padded.output, result.hidden)
    }
  }
}

func checkNonlinearity(_ name: String, _ layer: String) {
  if name != "tanh" && name != "relu" {
    record(TensorError(layer, expected: "nonlinearity tanh or relu", actual: name))
  }
}
