/// A network of gated recurrent units (Cho et al., 2014).
///
/// r, z = sigmoid of W_ih x + b_ih + W_hh h + b_hh, in the order r, z, n of the weights' rows;
/// n = tanh(W_in x + b_in + r (W_hn h + b_hn)); h' = (1 - z) n + z h. Shapes as in `RNN`. Follows
/// `torch.nn.GRU`, with its parameter names and first weights.
public final class GRU: RecurrentModule {
  /// A network with random weights. Throws (see `attempt`) when a size is not positive or `dropout`
  /// is not between 0 and 1.
  public init(
    inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
  ) {
    super.init(
      .gru, "GRU", inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers,
      bias: bias, batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional)
  }

  /// As with labels: `GRU(8, 4, numLayers: 2)`.
  public convenience init(
    _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
  ) {
    self.init(
      inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers, bias: bias,
      batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional)
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
