/// The mean of each window over the last dimension:
/// `[batch, channels, length]` -> `[batch, channels, length']`, or both without the batch, with
/// length' = (length + 2 padding - kernelSize) / stride + 1, rounded down, or up with `ceilMode`.
/// Follows `torch.nn.AvgPool1d`.
public final class AvgPool1d: Module {
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
    checkWindow(window, "AvgPool1d")
  }

  /// Throws (see `attempt`) when the input is shorter than a window.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input) { () throws(TensorError) in
      let packed = try poolingInput(input, dimensions: 1, place)
      let axis = try window.axis(
        packed.layout.shape.last, countsPadding: countIncludePad, place)
      return try averagePooling(input, packed, .single, axis, "SqueezeBackward1")
    }
  }

  public override var extraRepresentation: String {
    "kernel_size=(\(window.kernel),), stride=(\(window.stride),), padding=(\(window.padding),)"
  }
}
