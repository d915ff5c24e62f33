/// A network with long short-term memory (Hochreiter and Schmidhuber, 1997; with forget gates).
///
/// i, f, o = sigmoid and g = tanh of W_ih x + b_ih + W_hh h + b_hh, in the order i, f, g, o;
/// c' = f c + i g; h' = o tanh(c'). Shapes as in `RNN`, with two states h and c. Follows
/// `torch.nn.LSTM`, with its parameter names and first weights.
public final class LSTM: RecurrentModule {
  /// A network with random weights. Throws (see `attempt`) when a size is not positive or `dropout`
  /// is not between 0 and 1.
  public init(
    inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
  ) {
    super.init(
      .lstm, "LSTM", inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers,
      bias: bias, batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional)
  }

  /// As with labels: `LSTM(8, 4, numLayers: 2)`.
  public convenience init(
    _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
  ) {
    self.init(
      inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers, bias: bias,
      batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional)
  }

  private func states(_ state: (Tensor, Tensor)?) -> [Tensor] { state.map { [$0.0, $0.1] } ?? [] }

  private func cell(_ result: StackResult) throws(TensorError) -> Tensor {
    guard let cell = result.cell else { throw TensorError(place, "there is no cell state") }
    return cell
  }

  // Overloads instead of default arguments: Swift would prefer `Layer`'s call, which needs none.

  /// `[time, batch, inputSize]`, from states of zeros -> the output `[time, batch, D * H]` of the
  /// last layer and the states h and c `[L * D, batch, H]` after the last step; for other layouts
  /// see `RNN`. Throws (see `attempt`) when a shape does not fit.
  public func callAsFunction(
    _ input: Tensor
  ) -> (output: Tensor, state: (h: Tensor, c: Tensor)) {
    callAsFunction(input, nil)
  }

  /// As above, from the states (h, c) `[L * D, batch, H]`, or zeros for nil. Throws (see `attempt`)
  /// when a shape does not fit.
  public func callAsFunction(
    _ input: Tensor, _ state: (Tensor, Tensor)?
  ) -> (output: Tensor, state: (h: Tensor, c: Tensor)) {
    guarded([input] + states(state), or: (.failed, (.failed, .failed))) { () throws(TensorError) in
      let result = try runTensor(input, state?.0, state?.1)
      return (result.output, (result.hidden, try cell(result)))
    }
  }

  /// Runs a packed batch; the output is packed alike, the states h and c `[L * D, batch, H]` are in
  /// the caller's order. Throws (see `attempt`) when a shape does not fit.
  public func callAsFunction(
    _ input: PackedSequence, _ state: (Tensor, Tensor)? = nil
  ) -> (output: PackedSequence, state: (h: Tensor, c: Tensor)) {
    guarded([input.data] + states(state), or: (.failed, (.failed, .failed))) {
      () throws(TensorError) in
      let result = try runPacked(input, state?.0, state?.1)
      return (input.with(result.output), (result.hidden, try cell(result)))
    }
  }

  /// Runs a padded batch whose sequences have the given lengths, in any order; 0 is allowed. The
  /// output is zero in the padding, and the states h and c are those after each sequence's own last
  /// step. Throws (see `attempt`) when a shape does not fit, there is not one length for each
  /// sequence, or one is longer than the batch.
  public func callAsFunction(
    _ input: Tensor, lengths: [Int]
  ) -> (output: Tensor, state: (h: Tensor, c: Tensor)) {
    guarded([input], or: (.failed, (.failed, .failed))) { () throws(TensorError) in
      try checkInput(input, 3...3)
      let packed = try pack(input, lengths, batchFirst: batchFirst, enforceSorted: false)
      let result = try runPacked(packed, nil, nil)
      let padded = padPackedSequence(
        packed.with(result.output), batchFirst: batchFirst,
        totalLength: input.size(batchFirst ? 1 : 0))
      return (padded.output, (result.hidden, try cell(result)))
    }
  }
}
