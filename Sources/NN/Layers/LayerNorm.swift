/// Shifts and scales the last dimensions of each sample to mean 0 and variance 1, then by learned
/// factors: y = (x - mean) / √(variance + eps) · weight + bias, `[…, normalizedShape]` -> the same.
///
/// Weight and bias have the normalized shape and start from ones and zeros.
/// Follows `torch.nn.LayerNorm`.
public final class LayerNorm: Module {
  /// The factors, of the normalized shape; nil with `elementwiseAffine: false`.
  public let weight: Parameter?
  /// The shifts, of the normalized shape; nil also with `bias: false`.
  public let bias: Parameter?
  /// The last dimensions of the input, which are normalized together.
  public let normalizedShape: [Int]
  private let eps: Double

  /// Normalizes the last dimension, of size `normalizedShape`. Throws (see `attempt`) when it is not
  /// positive.
  public convenience init(
    _ normalizedShape: Int, eps: Double = 1e-5, elementwiseAffine: Bool = true, bias: Bool = true
  ) {
    self.init([normalizedShape], eps: eps, elementwiseAffine: elementwiseAffine, bias: bias)
  }

  /// Normalizes the last dimensions together. Throws (see `attempt`) when there are none, or one is
  /// not positive.
  public init(
    _ normalizedShape: [Int], eps: Double = 1e-5, elementwiseAffine: Bool = true, bias: Bool = true
  ) {
    self.normalizedShape = normalizedShape
    self.eps = eps
    (weight, self.bias) = constructed(or: (.placeholder(), nil)) { () throws(TensorError) in
      guard !normalizedShape.isEmpty else {
        throw TensorError("LayerNorm", expected: "one size or more", actual: "none")
      }
      for size in normalizedShape { try requirePositive(size, "sizes", "LayerNorm") }
      let shape = try Extents(normalizedShape, "LayerNorm")
      _ = try elementCount(shape, "LayerNorm")
      guard elementwiseAffine else { return (nil, nil) }
      let weight = Parameter(try .filled(shape, .float32, 1))
      return (weight, bias ? Parameter(try .filled(shape, .float32, 0)) : nil)
    }
    super.init()
  }

  /// The same shape as `input`. Throws (see `attempt`) when its last dimensions are others.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input, weight ?? input) { () throws(TensorError) in
      let sizes = try Extents(normalizedShape, place)
      let shape = input.layout.shape
      guard shape.array.suffix(sizes.count).elementsEqual(normalizedShape), sizes.count > 0 else {
        throw TensorError(
          place, expected: "an input whose shape ends with \(sizes)", actual: "\(shape)")
      }
      try requireFloat(input, place)
      if let weight, weight.dtype != input.dtype {
        throw TensorError(place, expected: "\(weight.dtype) input", actual: "\(input.dtype)")
      }
      let width = try elementCount(sizes, place)
      return try layerNorm(input, width, weight, bias, eps)
    }
  }

  public override var extraRepresentation: String {
    "\(normalizedShape.pythonTuple), eps=\(eps), elementwise_affine=\((weight != nil).pythonText), "
      + "bias=\((bias != nil).pythonText)"
  }
}

extension [Int] {
  /// Python's spelling of a tuple: `(2, 3)`, `(2,)`.
  var pythonTuple: String {
    "(" + map { "\($0)" }.joined(separator: ", ") + (count == 1 ? ",)" : ")")
  }
}

/// x (N, W) -> (x - mean) / deviation · weight (W) + bias (W), mean and deviation of each row.
func layerNorm(
  _ x: Tensor, _ width: Int, _ weight: Tensor?, _ bias: Tensor?, _ eps: Double
) throws(TensorError) -> Tensor {
  let input = try packedElements(x)
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  let rows = x.layout.count / max(width, 1)
  // For each row its mean and 1 / deviation.
  let moments = try Tensor.empty(Extents(rows, 2), x.dtype)
  func run<T: Real>(_ type: T.Type) {
    let (factors, shifts) = (weight?.pointer(T.self), bias?.pointer(T.self))
    for row in 0..<rows {
      let source = input.pointer(T.self) + row * width
      let target = out.pointer(T.self) + row * width
      var sum = 0.0
      for i in 0..<width { sum += source[i].number }
      let mean = sum / Double(width)
      var squares = 0.0
      for i in 0..<width { squares += (source[i].number - mean) * (source[i].number - mean) }
      let scale = 1 / (squares / Double(width) + eps).squareRoot()
      let (center, factor) = (T(number: mean), T(number: scale))
      moments.pointer(T.self)[2 * row] = center
      moments.pointer(T.self)[2 * row + 1] = factor
      for i in 0..<width {
        target[i] = (source[i] - center) * factor * (factors?[i] ?? 1) + (shifts?[i] ?? 0)
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard records([x, weight, bias].compactMap { $0 }) else { return out }
  return out.made(by: LayerNormNode(x, input, moments, weight, bias))
}

/// With x̂ the normalized row and h = g · weight: dx = (h - mean(h) - x̂ mean(h x̂)) / deviation,
/// dweight = Σ g x̂, dbias = Σ g.
final class LayerNormNode: Node {
  let input, moments: Saved
  let weight: Saved?
  override var name: String { "NativeLayerNormBackward0" }

  init(
    _ x: Tensor, _ input: Tensor, _ moments: Tensor, _ weight: Tensor?, _ bias: Tensor?
  ) {
    self.input = Saved(input)
    self.moments = Saved(moments)
    self.weight = weight.map { Saved($0) }
    super.init(x, weight, rest: bias.map { [$0] } ?? [])
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let rows = moments.layout.shape[0]
    let width = g.layout.count / max(rows, 1)
    let parts = weight?.layout.shape ?? Extents(0)
    let dx = try Tensor.empty(input.layout.shape, g.dtype)
    let dWeight = try Tensor.filled(parts, g.dtype, 0)
    let dBias = try Tensor.filled(parts, g.dtype, 0)
    func run<T: Real>(_ type: T.Type) {
      let factors = weight?.tensor.pointer(T.self)
      let (ofWeight, ofBias) = (dWeight.pointer(T.self), dBias.pointer(T.self))
      for row in 0..<rows {
        let x = input.tensor.pointer(T.self) + row * width
        let (seed, target) = (g.pointer(T.self) + row * width, dx.pointer(T.self) + row * width)
        let mean = moments.tensor.pointer(T.self)[2 * row]
        let scale = moments.tensor.pointer(T.self)[2 * row + 1]
        var (sum, product) = (0.0, 0.0)
        for i in 0..<width {
          let normal = (x[i] - mean) * scale
          let h = seed[i] * (factors?[i] ?? 1)
          sum += h.number
          product += (h * normal).number
          if factors != nil {
            ofWeight[i] += seed[i] * normal
            ofBias[i] += seed[i]
          }
        }
        let (part, slope) = (T(number: sum / Double(width)), T(number: product / Double(width)))
        for i in 0..<width {
          let normal = (x[i] - mean) * scale
          target[i] = (seed[i] * (factors?[i] ?? 1) - part - normal * slope) * scale
        }
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    if first.isWanted { try Tape.send(dx, to: first) }
    if second.isWanted { try Tape.send(dWeight, to: second) }
    if let bias = rest.first { try Tape.send(dBias, to: bias) }
  }
}
