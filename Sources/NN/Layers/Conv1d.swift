/// A convolution (cross-correlation) along the last dimension:
/// `[batch, inChannels, length]` -> `[batch, outChannels, length']`, or both without the batch, with
/// length' = (length + 2 padding - dilation (kernelSize - 1) - 1) / stride + 1.
///
/// Weight `[outChannels, inChannels, kernelSize]` and bias `[outChannels]` start from U(-k, k) with
/// k = 1/√(inChannels kernelSize). Follows `torch.nn.Conv1d` (one group).
public final class Conv1d: Module {
  /// `[outChannels, inChannels, kernelSize]`.
  public let weight: Parameter
  /// `[outChannels]`, nil with `bias: false`.
  public let bias: Parameter?
  private let geometry: ConvolutionGeometry

  /// A layer with random weights. Throws (see `attempt`) when a size is not positive.
  public init(
    inChannels: Int, outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, bias: Bool = true
  ) {
    geometry = ConvolutionGeometry(
      inChannels: inChannels, outChannels: outChannels, kernel: kernelSize, stride: stride,
      padding: padding, dilation: dilation)
    (weight, self.bias) = constructed(or: (.placeholder(), nil)) { () throws(TensorError) in
      let sizes = [
        ("inChannels", inChannels), ("outChannels", outChannels), ("kernelSize", kernelSize),
        ("stride", stride), ("dilation", dilation),
      ]
      for (name, size) in sizes { try requirePositive(size, name, "Conv1d") }
      guard padding >= 0, max(padding, dilation, stride, kernelSize) < 1 << 30 else {
        throw TensorError("Conv1d", expected: "a padding of 0 or more", actual: "\(padding)")
      }
      let bound = 1 / Double(inChannels.multipliedReportingOverflow(by: kernelSize).partialValue)
        .squareRoot()
      let weight = try Parameter.uniform(outChannels, inChannels, kernelSize, bound: bound)
      return (weight, bias ? try Parameter.uniform(outChannels, bound: bound) : nil)
    }
    super.init()
  }

  /// As with labels: `Conv1d(200, 250, 3)`.
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, bias: Bool = true
  ) {
    self.init(
      inChannels: inChannels, outChannels: outChannels, kernelSize: kernelSize, stride: stride,
      padding: padding, dilation: dilation, bias: bias)
  }

  /// Throws (see `attempt`) when the channels do not fit or the input is shorter than the kernel.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input, weight) { () throws(TensorError) in
      let shape = input.layout.shape
      guard shape.count == 2 || shape.count == 3 else {
        throw TensorError(
          place, expected: "an input of shape [batch, channels, length] or [channels, length]",
          actual: "\(shape)")
      }
      let channels = shape[shape.count - 2]
      guard channels == geometry.inChannels else {
        throw TensorError(
          place, "expected \(geometry.inChannels) input channels, got \(channels) (input shape "
            + "\(shape)" + (shape.count == 2 ? ", read as [channels, length])" : ")"))
      }
      guard input.dtype == weight.dtype else {
        throw TensorError(place, expected: "\(weight.dtype) input", actual: "\(input.dtype)")
      }
      guard geometry.outputLength(shape.last) > 0 else {
        throw TensorError(
          place, "expected a padded length of at least \(geometry.reach), got "
            + "\(shape.last + 2 * geometry.padding)")
      }
      return try convolution(input, weight, bias, geometry)
    }
  }

  public override var extraRepresentation: String {
    let g = geometry
    var text = "\(g.inChannels), \(g.outChannels), kernel_size=(\(g.kernel),), stride=(\(g.stride),)"
    if g.padding != 0 { text += ", padding=(\(g.padding),)" }
    if g.dilation != 1 { text += ", dilation=(\(g.dilation),)" }
    if bias == nil { text += ", bias=False" }
    return text
  }
}
