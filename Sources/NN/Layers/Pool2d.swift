/// The greatest element of each square window over the last two dimensions:
/// `[batch, channels, height, width]` -> `[batch, channels, height', width']`, or both without the
/// batch; the sizes as in `MaxPool1d`. Follows `torch.nn.MaxPool2d`.
public final class MaxPool2d: Module {
  private let window: PoolingWindow

  /// The windows lie next to each other unless `stride` is given. Throws (see `attempt`) when a size
  /// is not positive or the padding is more than half of the kernel.
  public init(
    _ kernelSize: Int, stride: Int? = nil, padding: Int = 0, dilation: Int = 1,
    ceilMode: Bool = false
  ) {
    window = PoolingWindow(
      kernel: kernelSize, stride: stride ?? kernelSize, padding: padding, dilation: dilation,
      roundsUp: ceilMode)
    super.init()
    checkWindow(window, "MaxPool2d")
  }

  /// Throws (see `attempt`) when the input is smaller than a window.
  public override func forward(_ input: Tensor) -> Tensor { withIndices(input).output }

  /// As the call, and int64 `indices` of the same shape: where in the last two dimensions of the
  /// input, flattened, each of the greatest elements stands (PyTorch: `return_indices=True`).
  public func withIndices(_ input: Tensor) -> (output: Tensor, indices: Tensor) {
    guarded([input], or: (.failed, .failed)) { () throws(TensorError) in
      let packed = try poolingInput(input, dimensions: 2, place)
      let shape = packed.layout.shape
      return try maximumPooling(
        input, packed, window.axis(shape[shape.count - 2], place), window.axis(shape.last, place),
        "MaxPool2DWithIndicesBackward0")
    }
  }

  public override var extraRepresentation: String { window.text }
}

/// The mean of each square window over the last two dimensions:
/// `[batch, channels, height, width]` -> `[batch, channels, height', width']`, or both without the
/// batch; the sizes as in `AvgPool1d`. Follows `torch.nn.AvgPool2d`.
public final class AvgPool2d: Module {
  private let window: PoolingWindow
  private let countIncludePad: Bool

  /// The windows lie next to each other unless `stride` is given. With `countIncludePad`, zeros of
  /// the padding count as elements of the mean. Throws (see `attempt`) when a size is not positive
  /// or the padding is more than half of the kernel.
  public init(
    _ kernelSize: Int, stride: Int? = nil, padding: Int = 0, ceilMode: Bool = false,
    countIncludePad: Bool = true
  ) {
    window = PoolingWindow(
      kernel: kernelSize, stride: stride ?? kernelSize, padding: padding, dilation: 1,
      roundsUp: ceilMode)
    self.countIncludePad = countIncludePad
    super.init()
    checkWindow(window, "AvgPool2d")
  }

  /// Throws (see `attempt`) when the input is smaller than a window.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input) { () throws(TensorError) in
      let packed = try poolingInput(input, dimensions: 2, place)
      let shape = packed.layout.shape
      return try averagePooling(
        input, packed,
        window.axis(shape[shape.count - 2], countsPadding: countIncludePad, place),
        window.axis(shape.last, countsPadding: countIncludePad, place), "AvgPool2DBackward0")
    }
  }

  public override var extraRepresentation: String {
    "kernel_size=\(window.kernel), stride=\(window.stride), padding=\(window.padding)"
  }
}

/// The mean of each of `outputSize` · `outputSize` windows that share the last two dimensions evenly:
/// `[batch, channels, height, width]` -> `[batch, channels, outputSize, outputSize]`, or both without
/// the batch. Follows `torch.nn.AdaptiveAvgPool2d`.
public final class AdaptiveAvgPool2d: Module {
  private let outputSize: Int

  /// Throws (see `attempt`) when `outputSize` is negative.
  public init(_ outputSize: Int) {
    self.outputSize = outputSize
    super.init()
    constructed(or: ()) { () throws(TensorError) in
      try checkOutputSize(outputSize, "AdaptiveAvgPool2d")
    }
  }

  /// Throws (see `attempt`) for another shape, or an empty one.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input) { () throws(TensorError) in
      let packed = try poolingInput(input, dimensions: 2, place)
      let shape = packed.layout.shape
      return try averagePooling(
        input, packed, adaptiveAxis(shape[shape.count - 2], outputSize, place),
        adaptiveAxis(shape.last, outputSize, place),
        outputSize == 1 ? "MeanBackward1" : "AdaptiveAvgPool2DBackward0")
    }
  }

  public override var extraRepresentation: String { "output_size=\(outputSize)" }
}
