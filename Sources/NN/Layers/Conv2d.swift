/// A convolution (cross-correlation) over the last two dimensions:
/// `[batch, inChannels, height, width]` -> `[batch, outChannels, height', width']`, or both without
/// the batch, with size' = (size + 2 padding - dilation (kernelSize - 1) - 1) / stride + 1.
///
/// Weight `[outChannels, inChannels / groups, kernelHeight, kernelWidth]` and bias `[outChannels]`
/// start from U(-k, k) with k = 1/√(inputs that one output sees). Follows `torch.nn.Conv2d`.
public final class Conv2d: Module {
  /// `[outChannels, inChannels / groups, kernelHeight, kernelWidth]`.
  public let weight: Parameter
  /// `[outChannels]`, nil with `bias: false`.
  public let bias: Parameter?
  private let geometry: ConvolutionGeometry2d
  private let paddingText: String

  /// A layer with random weights and the same sizes for height and width.
  /// Throws (see `attempt`) when a size is not positive or `groups` does not divide the channels.
  public convenience init(
    inChannels: Int, outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, bias: Bool = true
  ) {
    self.init(
      inChannels, outChannels, [kernelSize, kernelSize], stride: [stride, stride],
      padding: [padding, padding], dilation: [dilation, dilation], groups: groups, bias: bias)
  }

  /// As with labels: `Conv2d(1, 20, 5)`.
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, bias: Bool = true
  ) {
    self.init(
      inChannels: inChannels, outChannels: outChannels, kernelSize: kernelSize, stride: stride,
      padding: padding, dilation: dilation, groups: groups, bias: bias)
  }

  /// A layer whose sizes are pairs of those for height and width: `Conv2d(1, 2, [3, 5])`.
  /// Throws (see `attempt`) also for lists that are not pairs.
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: [Int], stride: [Int] = [1, 1],
    padding: [Int] = [0, 0], dilation: [Int] = [1, 1], groups: Int = 1, bias: Bool = true
  ) {
    self.init(
      ConvolutionGeometry2d(inChannels, outChannels, groups, kernelSize, stride, dilation) { i in
        i < padding.count ? (padding[i], padding[i]) : (0, 0)
      },
      padding.allSatisfy { $0 == 0 } ? "" : ", padding=\(padding.pythonTuple)", bias,
      lists: [kernelSize, stride, padding, dilation])
  }

  /// A layer whose input is padded as `padding` says.
  /// Throws (see `attempt`) also for the padding `.same` with a stride other than 1.
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: Int, stride: Int = 1,
    padding: ConvolutionPadding, dilation: Int = 1, groups: Int = 1, bias: Bool = true
  ) {
    let sides = padding == .valid ? (0, 0) : samePadding(kernelSize, dilation)
    self.init(
      ConvolutionGeometry2d(
        inChannels, outChannels, groups, [kernelSize, kernelSize], [stride, stride],
        [dilation, dilation]
      ) { _ in sides }, ", padding=\(padding)", bias, lists: [])
    if padding == .same && stride != 1 {
      record(TensorError("Conv2d", expected: "stride 1 for padding .same", actual: "\(stride)"))
    }
  }

  private init(
    _ geometry: ConvolutionGeometry2d, _ paddingText: String, _ hasBias: Bool, lists: [[Int]]
  ) {
    self.geometry = geometry
    self.paddingText = paddingText
    (weight, bias) = constructed(or: (.placeholder(), nil)) { () throws(TensorError) in
      for list in lists where list.count != 2 {
        throw TensorError("Conv2d", expected: "sizes for height and width", actual: "\(list)")
      }
      try geometry.check("Conv2d")
      let inputs = geometry.inChannels / geometry.groups
      let (high, wide) = (geometry.high.kernel, geometry.wide.kernel)
      _ = try elementCount(Extents(geometry.outChannels, inputs, high, wide), "Conv2d")
      let bound = 1 / Double(inputs * high * wide).squareRoot()
      let weight = try Parameter.uniform(geometry.outChannels, inputs, high, wide, bound: bound)
      return (weight, hasBias ? try Parameter.uniform(geometry.outChannels, bound: bound) : nil)
    }
    super.init()
  }

  /// Throws (see `attempt`) when the channels do not fit or the input is smaller than the kernel.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input, weight) { () throws(TensorError) in
      let shape = input.layout.shape
      guard shape.count == 3 || shape.count == 4 else {
        throw TensorError(
          place,
          expected:
            "an input of shape [batch, channels, height, width] or [channels, height, width]",
          actual: "\(shape)")
      }
      let channels = shape[shape.count - 3]
      guard channels == geometry.inChannels else {
        throw TensorError(
          place,
          "expected \(geometry.inChannels) input channels, got \(channels) (input shape "
            + "\(shape)" + (shape.count == 3 ? ", read as [channels, height, width])" : ")"))
      }
      guard input.dtype == weight.dtype else {
        throw TensorError(place, expected: "\(weight.dtype) input", actual: "\(input.dtype)")
      }
      for (axis, size) in [(geometry.high, shape[shape.count - 2]), (geometry.wide, shape.last)]
      where axis.outputLength(size) <= 0 {
        throw TensorError(
          place,
          "expected a padded height and width of at least \(geometry.high.reach) and "
            + "\(geometry.wide.reach), got \(shape[shape.count - 2] + geometry.high.padding) and "
            + "\(shape.last + geometry.wide.padding)")
      }
      return try convolution2d(input, weight, bias, geometry)
    }
  }

  public override var extraRepresentation: String {
    let g = geometry
    var text =
      "\(g.inChannels), \(g.outChannels), kernel_size=(\(g.high.kernel), \(g.wide.kernel)), "
      + "stride=(\(g.high.stride), \(g.wide.stride))" + paddingText
    if g.high.dilation != 1 || g.wide.dilation != 1 {
      text += ", dilation=(\(g.high.dilation), \(g.wide.dilation))"
    }
    if g.groups != 1 { text += ", groups=\(g.groups)" }
    if bias == nil { text += ", bias=False" }
    return text
  }
}
