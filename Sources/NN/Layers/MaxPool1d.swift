/// The greatest element of each window over the last dimension:
/// `[batch, channels, length]` -> `[batch, channels, length']`, or both without the batch, with
/// length' = (length + 2 padding - dilation (kernelSize - 1) - 1) / stride + 1, rounded down, or up
/// with `ceilMode`. The padding never wins. Follows `torch.nn.MaxPool1d`.
public final class MaxPool1d: Module {
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
    checkWindow(window, "MaxPool1d")
  }

  /// Throws (see `attempt`) when the input is shorter than a window.
  public override func forward(_ input: Tensor) -> Tensor { withIndices(input).output }

  /// As the call, and int64 `indices` of the same shape: where in the last dimension of the input
  /// each of the greatest elements stands; the first of equal ones (PyTorch: `return_indices=True`).
  public func withIndices(_ input: Tensor) -> (output: Tensor, indices: Tensor) {
    guarded([input], or: (.failed, .failed)) { () throws(TensorError) in
      let packed = try poolingInput(input, dimensions: 1, place)
      let axis = try window.axis(packed.layout.shape.last, place)
      return try maximumPooling(input, packed, .single, axis, "SqueezeBackward1")
    }
  }

  public override var extraRepresentation: String { window.text }
}

/// Records the error of a pooling layer whose window makes no sense.
func checkWindow(_ window: PoolingWindow, _ layer: String) {
  constructed(or: ()) { () throws(TensorError) in try window.check(layer) }
}

extension PoolingWindow {
  /// The sizes as PyTorch prints those of a maximum.
  var text: String {
    "kernel_size=\(kernel), stride=\(stride), padding=\(padding), dilation=\(dilation), "
      + "ceil_mode=\(roundsUp.pythonText)"
  }
}
