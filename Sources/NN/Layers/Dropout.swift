/// Sets each element to zero with probability `p` in training and divides the others by 1 - p; does
/// nothing in evaluation. The masks are PyTorch's for the same seed. Follows `torch.nn.Dropout`.
public final class Dropout: Module {
  /// The probability of a zero.
  public let p: Double

  /// Throws (see `attempt`) unless `p` is between 0 and 1.
  public init(_ p: Double = 0.5) {
    self.p = p
    super.init()
    checkProbability(p, "Dropout")
  }

  /// The same shape as `input`.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input) { () throws(TensorError) in
      guard isTraining, p != 0 else { return input }
      guard input.dtype.isFloatingPoint else {
        throw TensorError(place, expected: "a floating-point input", actual: "\(input.dtype)")
      }
      return try dropout(input, p)
    }
  }

  public override var extraRepresentation: String { "p=\(p), inplace=False" }
}

func checkProbability(_ p: Double, _ layer: String) {
  if !(p >= 0 && p <= 1) {
    record(TensorError(layer, expected: "a dropout probability from 0 to 1", actual: "\(p)"))
  }
}

/// x times a random mask of 0 and 1 / (1 - p), drawn in the order of the elements.
func dropout(_ x: Tensor, _ p: Double) throws(TensorError) -> Tensor {
  let mask = try Tensor.empty(x.layout.shape, x.dtype)
  func draw<T: Real>(_ type: T.Type) {
    let elements: UnsafeMutablePointer<T> = mask.pointer()
    let kept: T = p == 1 ? 0 : 1 / T(1 - p)
    for i in 0..<mask.layout.count {
      elements[i] = RandomStream.shared.uniform53() < 1 - p ? kept : 0
    }
  }
  if x.dtype == .float32 { draw(Float.self) } else { draw(Double.self) }
  let out = try combine(.multiply, x, mask)
  return records(x) ? out.made(by: DropoutNode(x, mask)) : out
}

/// The gradient passes through the same mask.
final class DropoutNode: Node {
  let mask: Saved
  override var name: String { "MulBackward0" }

  init(_ x: Tensor, _ mask: Tensor) {
    self.mask = Saved(mask)
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    try Tape.send(combine(.multiply, gradient, mask.tensor), to: first)
  }
}
