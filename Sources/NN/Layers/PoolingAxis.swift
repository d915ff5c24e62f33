/// Which inputs each output of a pooling sees, along one dimension of `length` inputs: those from
/// `starts[o]` up to, not including, `ends[o]`, in steps of `step`. Padding is already cut away.
struct PoolingAxis {
  let length: Int
  var starts: [Int] = []
  var ends: [Int] = []
  /// What an average is divided by.
  var divisors: [Int] = []
  var step = 1
  var isSingle = false

  /// How many outputs there are.
  var count: Int { starts.count }

  /// A dimension that is not pooled, in front of the last one.
  static let single = PoolingAxis(length: 1, starts: [0], ends: [1], divisors: [1], isSingle: true)
}

/// A window that moves over one dimension.
struct PoolingWindow {
  let kernel, stride, padding, dilation: Int
  let roundsUp: Bool

  /// Throws, in the name of `layer`, unless the sizes make sense.
  func check(_ layer: String) throws(TensorError) {
    try requirePositive(kernel, "kernelSize", layer)
    try requirePositive(stride, "stride", layer)
    try requirePositive(dilation, "dilation", layer)
    guard padding >= 0, padding <= kernel / 2 else {
      throw TensorError(
        layer, expected: "a padding from 0 to half of kernelSize \(kernel)", actual: "\(padding)")
    }
  }

  /// The windows over `length` inputs, those that do not fit left out, or with `roundsUp` cut off.
  /// An average counts the padding when `countsPadding`. Throws when there is no output, or one
  /// that sees only padding.
  func axis(
    _ length: Int, countsPadding: Bool = true, _ layer: String
  ) throws(TensorError) -> PoolingAxis {
    try check(layer)
    let reach = dilation * (kernel - 1) + 1
    var room = length + 2 * padding - reach
    if roundsUp { room += stride - 1 }
    guard room >= 0, length > 0 else {
      throw TensorError(
        layer, "expected a padded length of at least \(reach), got \(length + 2 * padding)")
    }
    var axis = PoolingAxis(length: length, step: dilation)
    for o in 0...room / stride {
      var start = o * stride - padding
      let end = start + reach
      // A last window that would begin behind the input is not there.
      if roundsUp && start >= length && o > 0 { break }
      let paddedEnd = min(end, length + padding)
      let paddedCount = paddedEnd - start
      if start < 0 { start += (-start + dilation - 1) / dilation * dilation }
      guard start < min(end, length) else {
        throw TensorError(layer, "a window over length \(length) sees only padding")
      }
      axis.starts.append(start)
      axis.ends.append(min(end, length))
      axis.divisors.append(countsPadding ? paddedCount : min(end, length) - start)
    }
    return axis
  }
}

/// Throws, in the name of `layer`, unless `outputSize` can be a number of outputs.
func checkOutputSize(_ outputSize: Int, _ layer: String) throws(TensorError) {
  guard outputSize >= 0 else {
    throw TensorError(layer, expected: "an outputSize of 0 or more", actual: "\(outputSize)")
  }
  guard outputSize < 1 << 31 else {
    throw TensorError(layer, "outputSize \(outputSize) is too large")
  }
}

/// `outputSize` windows that share `length` inputs as evenly as possible.
func adaptiveAxis(
  _ length: Int, _ outputSize: Int, _ layer: String
) throws(TensorError) -> PoolingAxis {
  try checkOutputSize(outputSize, layer)
  guard length > 0, length < 1 << 31 else {
    throw TensorError(layer, expected: "a length above 0 and below 2^31", actual: "\(length)")
  }
  var axis = PoolingAxis(length: length)
  for o in 0..<outputSize {
    let start = o * length / outputSize
    let end = ((o + 1) * length + outputSize - 1) / outputSize
    axis.starts.append(start)
    axis.ends.append(end)
    axis.divisors.append(end - start)
  }
  return axis
}

/// The packed elements of a batch of sequences `[batch, channels, length]` or of images `[batch,
/// channels, height, width]`, or of one. They are made before the windows, so that an expanded tensor
/// that does not fit into memory is an error here. Throws also for other shapes and integers.
func poolingInput(
  _ input: Tensor, dimensions: Int, _ place: String
) throws(TensorError) -> Tensor {
  let shape = input.layout.shape
  guard shape.count == dimensions + 1 || shape.count == dimensions + 2 else {
    let inner = dimensions == 1 ? "channels, length" : "channels, height, width"
    throw TensorError(
      place, expected: "an input of shape [batch, \(inner)] or [\(inner)]", actual: "\(shape)")
  }
  try requireFloat(input, place)
  return try packedElements(input)
}

/// Throws unless the elements of `input` are floating-point.
func requireFloat(_ input: Tensor, _ place: String) throws(TensorError) {
  guard input.dtype.isFloatingPoint else {
    throw TensorError(place, expected: "a floating-point input", actual: "\(input.dtype)")
  }
}
