/// The greatest element of each of `outputSize` windows that share the last dimension evenly:
/// `[batch, channels, length]` -> `[batch, channels, outputSize]`, or both without the batch.
/// Follows `torch.nn.AdaptiveMaxPool1d`.
public final class AdaptiveMaxPool1d: Module {
  private let outputSize: Int

  /// Throws (see `attempt`) when `outputSize` is negative.
  public init(_ outputSize: Int) {
    self.outputSize = outputSize
    super.init()
    constructed(or: ()) { () throws(TensorError) in
      try checkOutputSize(outputSize, "AdaptiveMaxPool1d")
    }
  }

  /// Throws (see `attempt`) for another shape, or an empty one.
  public override func forward(_ input: Tensor) -> Tensor { withIndices(input).output }

  /// As the call, and int64 `indices` of the same shape: where in the last dimension of the input
  /// each of the greatest elements stands (PyTorch: `return_indices=True`).
  public func withIndices(_ input: Tensor) -> (output: Tensor, indices: Tensor) {
    guarded([input], or: (.failed, .failed)) { () throws(TensorError) in
      let packed = try poolingInput(input, dimensions: 1, place)
      let axis = try adaptiveAxis(packed.layout.shape.last, outputSize, place)
      return try maximumPooling(input, packed, .single, axis, "SqueezeBackward1")
    }
  }

  public override var extraRepresentation: String { "output_size=\(outputSize)" }
}

/// The mean of each of `outputSize` windows that share the last dimension evenly:
/// `[batch, channels, length]` -> `[batch, channels, outputSize]`, or both without the batch.
/// Follows `torch.nn.AdaptiveAvgPool1d`.
public final class AdaptiveAvgPool1d: Module {
  private let outputSize: Int

  /// Throws (see `attempt`) when `outputSize` is negative.
  public init(_ outputSize: Int) {
    self.outputSize = outputSize
    super.init()
    constructed(or: ()) { () throws(TensorError) in
      try checkOutputSize(outputSize, "AdaptiveAvgPool1d")
    }
  }

  /// Throws (see `attempt`) for another shape, or an empty one.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input) { () throws(TensorError) in
      let packed = try poolingInput(input, dimensions: 1, place)
      let axis = try adaptiveAxis(packed.layout.shape.last, outputSize, place)
      return try averagePooling(input, packed, .single, axis, "SqueezeBackward1")
    }
  }

  public override var extraRepresentation: String { "output_size=\(outputSize)" }
}
