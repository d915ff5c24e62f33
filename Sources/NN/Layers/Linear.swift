/// An affine map of the last dimension: y = x Wᵀ + b, `[…, inputSize]` -> `[…, outputSize]`.
///
/// Weight `[outputSize, inputSize]` and bias `[outputSize]` start from U(-k, k) with
/// k = 1/√inputSize. Follows `torch.nn.Linear`.
public final class Linear: Module {
  /// `[outputSize, inputSize]`.
  public let weight: Parameter
  /// `[outputSize]`, nil with `bias: false`.
  public let bias: Parameter?
  /// The size of the last dimension of the input.
  public let inputSize: Int
  /// The size of the last dimension of the output.
  public let outputSize: Int

  /// A layer with random weights. Throws (see `attempt`) when a size is not positive.
  public init(_ inputSize: Int, _ outputSize: Int, bias: Bool = true) {
    self.inputSize = inputSize
    self.outputSize = outputSize
    let bound = 1 / Double(max(inputSize, 1)).squareRoot()
    (weight, self.bias) = constructed(or: (.placeholder(), nil)) { () throws(TensorError) in
      try requirePositive(inputSize, "inputSize", "Linear")
      try requirePositive(outputSize, "outputSize", "Linear")
      let weight = try Parameter.uniform(outputSize, inputSize, bound: bound)
      return (weight, bias ? try Parameter.uniform(outputSize, bound: bound) : nil)
    }
    super.init()
  }

  /// `[…, inputSize]` -> `[…, outputSize]`. Throws (see `attempt`) for another size or dtype.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input, weight) { () throws(TensorError) in
      let rank = input.layout.shape.count
      guard rank > 0, input.layout.shape[rank - 1] == inputSize else {
        throw TensorError(
          place, "expected input size \(inputSize), got "
            + (rank == 0 ? "a single number" : "\(input.layout.shape[rank - 1])")
            + " (input shape \(input.layout.shape))")
      }
      guard input.dtype == weight.dtype else {
        throw TensorError(place, expected: "\(weight.dtype) input", actual: "\(input.dtype)")
      }
      return try linear(input, weight, bias)
    }
  }

  public override var extraRepresentation: String {
    "in_features=\(inputSize), out_features=\(outputSize), bias=\((bias != nil).pythonText)"
  }
}
