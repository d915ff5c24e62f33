/// A convolution (cross-correlation) along the last dimension:
/// `[batch, inChannels, length]` -> `[batch, outChannels, length']`, or both without the batch, with
/// length' = (length + 2 padding - dilation (kernelSize - 1) - 1) / stride + 1.
///
/// With `groups`, the channels are cut into that many equal parts, and each part of the outputs sees
/// only its part of the inputs. Weight `[outChannels, inChannels / groups, kernelSize]` and bias
/// `[outChannels]` start from U(-k, k) with k = 1/√(inChannels / groups · kernelSize).
/// Follows `torch.nn.Conv1d`.
public final class Conv1d: Module {
  /// `[outChannels, inChannels / groups, kernelSize]`.
  public let weight: Parameter
  /// `[outChannels]`, nil with `bias: false`.
  public let bias: Parameter?
  private let geometry: ConvolutionGeometry
  private let paddingText: String

  /// A layer with random weights, its input padded by `padding` zeros on both sides.
  /// Throws (see `attempt`) when a size is not positive or `groups` does not divide the channels.
  public convenience init(
    inChannels: Int, outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, bias: Bool = true
  ) {
    self.init(
      inChannels, outChannels, kernelSize, stride, (padding, padding),
      padding == 0 ? "" : ", padding=(\(padding),)", dilation, groups, bias)
  }

  /// As with labels: `Conv1d(200, 250, 3)`.
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, bias: Bool = true
  ) {
    self.init(
      inChannels: inChannels, outChannels: outChannels, kernelSize: kernelSize, stride: stride,
      padding: padding, dilation: dilation, groups: groups, bias: bias)
  }

  /// A layer with random weights, its input padded as `padding` says.
  /// Throws (see `attempt`) also for the padding `.same` with a stride other than 1.
  public convenience init(
    inChannels: Int, outChannels: Int, kernelSize: Int, stride: Int = 1,
    padding: ConvolutionPadding, dilation: Int = 1, groups: Int = 1, bias: Bool = true
  ) {
    let sides = padding == .valid ? (0, 0) : samePadding(kernelSize, dilation)
    self.init(
      inChannels, outChannels, kernelSize, stride, sides, ", padding=\(padding)", dilation,
      groups, bias)
    if padding == .same && stride != 1 {
      record(TensorError("Conv1d", expected: "stride 1 for padding .same", actual: "\(stride)"))
    }
  }

  /// As with labels: `Conv1d(4, 4, 3, padding: .same)`.
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: Int, stride: Int = 1,
    padding: ConvolutionPadding, dilation: Int = 1, groups: Int = 1, bias: Bool = true
  ) {
    self.init(
      inChannels: inChannels, outChannels: outChannels, kernelSize: kernelSize, stride: stride,
      padding: padding, dilation: dilation, groups: groups, bias: bias)
  }

  private init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: Int, _ stride: Int,
    _ padding: (left: Int, right: Int), _ paddingText: String, _ dilation: Int, _ groups: Int,
    _ hasBias: Bool
  ) {
    geometry = ConvolutionGeometry(
      inChannels: inChannels, outChannels: outChannels, kernel: kernelSize, stride: stride,
      left: padding.left, right: padding.right, dilation: dilation, groups: groups)
    self.paddingText = paddingText
    (weight, bias) = constructed(or: (.placeholder(), nil)) { () throws(TensorError) in
      try checkChannels(inChannels, outChannels, groups, "Conv1d")
      for (name, size) in [("kernelSize", kernelSize), ("stride", stride), ("dilation", dilation)] {
        try requirePositive(size, name, "Conv1d")
      }
      // Below 2^30 the product of two sizes cannot overflow.
      guard padding.left >= 0, max(padding.right, dilation, stride, kernelSize) < 1 << 30 else {
        throw TensorError("Conv1d", expected: "a padding of 0 or more", actual: "\(padding.left)")
      }
      let inputs = inChannels / groups
      let bound =
        1 / Double(inputs.multipliedReportingOverflow(by: kernelSize).partialValue).squareRoot()
      let weight = try Parameter.uniform(outChannels, inputs, kernelSize, bound: bound)
      return (weight, hasBias ? try Parameter.uniform(outChannels, bound: bound) : nil)
    }
    super.init()
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
          place,
          "expected \(geometry.inChannels) input channels, got \(channels) (input shape "
            + "\(shape)" + (shape.count == 2 ? ", read as [channels, length])" : ")"))
      }
      guard input.dtype == weight.dtype else {
        throw TensorError(place, expected: "\(weight.dtype) input", actual: "\(input.dtype)")
      }
      guard geometry.outputLength(shape.last) > 0 else {
        throw TensorError(
          place,
          "expected a padded length of at least \(geometry.reach), got "
            + "\(shape.last + geometry.left + geometry.right)")
      }
      return try convolution(input, weight, bias, geometry)
    }
  }

  public override var extraRepresentation: String {
    let g = geometry
    var text =
      "\(g.inChannels), \(g.outChannels), kernel_size=(\(g.kernel),), stride=(\(g.stride),)"
      + paddingText
    if g.dilation != 1 { text += ", dilation=(\(g.dilation),)" }
    if g.groups != 1 { text += ", groups=\(g.groups)" }
    if bias == nil { text += ", bias=False" }
    return text
  }
}

/// The zeros on both sides that keep the length, for stride 1. Wraps for sizes that are refused.
func samePadding(_ kernel: Int, _ dilation: Int) -> (left: Int, right: Int) {
  let total = dilation &* (kernel &- 1)
  return (total / 2, total &- total / 2)
}

/// Throws unless the channels of a convolution are positive and the groups divide them.
func checkChannels(
  _ inChannels: Int, _ outChannels: Int, _ groups: Int, _ layer: String
) throws(TensorError) {
  try requirePositive(inChannels, "inChannels", layer)
  try requirePositive(outChannels, "outChannels", layer)
  try requirePositive(groups, "groups", layer)
  guard inChannels % groups == 0, outChannels % groups == 0 else {
    throw TensorError(
      layer, expected: "groups that divide \(inChannels) and \(outChannels) channels",
      actual: "\(groups)")
  }
}
