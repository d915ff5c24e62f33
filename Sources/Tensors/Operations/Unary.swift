#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Elementwise functions of one tensor, each with its gradient rule below.
package enum UnaryOperation: String {
  case exp, log, tanh, sigmoid, relu, abs, sqrt, square, sin, cos, sign, floor, ceil, round

  var gradientName: String {
    rawValue.prefix(1).uppercased() + rawValue.dropFirst() + "Backward0"
  }

  /// These have a kernel for whole rows.
  var hasRowKernel: Bool {
    switch self {
    case .exp, .log, .tanh, .sigmoid: true
    default: false
    }
  }

  /// Integers stay integers under these.
  var keepsIntegers: Bool {
    switch self {
    case .relu, .abs, .square, .sign, .floor, .ceil, .round: true
    default: false
    }
  }
}

/// f(x) element by element; not recorded. Integers become float32 where the result is not whole.
package func apply(_ operation: UnaryOperation, _ x: Tensor) throws(TensorError) -> Tensor {
  var x = x
  if x.dtype == .bool { x = try cast(x, .int64) }
  if x.dtype == .int64 && !operation.keepsIntegers { x = try cast(x, .float32) }
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  if operation.hasRowKernel {
    let packed = try packedElements(x)
    if x.dtype == .float32 {
      applyRows(operation, packed, out, Float.self)
    } else {
      applyRows(operation, packed, out, Double.self)
    }
    return out
  }
  switch x.dtype {
  case .float32: applyReal(operation, x, out, Float.self)
  case .float64: applyReal(operation, x, out, Double.self)
  case .int64, .bool: applyInteger(operation, x, out)
  }
  return out
}

private func applyRows<T: Real>(
  _ operation: UnaryOperation, _ x: Tensor, _ out: Tensor, _ type: T.Type
) {
  switch operation {
  case .exp: T.exp(x.pointer(), out.pointer(), x.layout.count)
  case .log: T.log(x.pointer(), out.pointer(), x.layout.count)
  case .tanh: T.tanh(x.pointer(), out.pointer(), x.layout.count)
  default: T.sigmoid(x.pointer(), out.pointer(), x.layout.count)
  }
}

private func applyReal<T: Real>(
  _ operation: UnaryOperation, _ x: Tensor, _ out: Tensor, _ type: T.Type
) {
  switch operation {
  case .exp, .log, .tanh, .sigmoid: break  // whole rows, above
  case .relu: map(x, out, T.self, T.self) { $0 < 0 ? 0 : $0 }
  case .abs: map(x, out, T.self, T.self) { $0.magnitude }
  case .sqrt: map(x, out, T.self, T.self) { $0.squareRoot() }
  case .square: map(x, out, T.self, T.self) { $0 * $0 }
  case .sin: map(x, out, T.self, T.self) { T(sin($0.number)) }
  case .cos: map(x, out, T.self, T.self) { T(cos($0.number)) }
  case .sign: map(x, out, T.self, T.self) { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
  case .floor: map(x, out, T.self, T.self) { $0.rounded(.down) }
  case .ceil: map(x, out, T.self, T.self) { $0.rounded(.up) }
  case .round: map(x, out, T.self, T.self) { $0.rounded(.toNearestOrEven) }
  }
}

private func applyInteger(_ operation: UnaryOperation, _ x: Tensor, _ out: Tensor) {
  switch operation {
  case .relu: map(x, out, Int.self, Int.self) { max($0, 0) }
  case .abs: map(x, out, Int.self, Int.self) { $0 < 0 ? 0 &- $0 : $0 }
  case .square: map(x, out, Int.self, Int.self) { $0 &* $0 }
  case .sign: map(x, out, Int.self, Int.self) { $0.signum() }
  default: map(x, out, Int.self, Int.self) { $0 }
  }
}

/// The gradient rules: `x` is the input, `y` the result, of which each rule keeps one.
final class UnaryNode: Node {
  let operation: UnaryOperation
  let kept: Saved
  override var name: String { operation.gradientName }

  init(_ operation: UnaryOperation, _ x: Tensor, _ y: Tensor) {
    self.operation = operation
    switch operation {
    case .exp, .tanh, .sigmoid, .relu, .sqrt: kept = Saved(y)
    default: kept = Saved(x)
    }
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let out = try Tensor.empty(gradient.layout.shape, gradient.dtype)
    let kept = try cast(self.kept.tensor, gradient.dtype)
    if gradient.dtype == .float32 {
      slope(kept, gradient, out, Float.self)
    } else {
      slope(kept, gradient, out, Double.self)
    }
    try Tape.send(cast(out, self.kept.dtype), to: first)
  }

  private func slope<T: Real>(
    _ kept: Tensor, _ g: Tensor, _ out: Tensor, _ type: T.Type
  ) {
    switch operation {
    case .exp: zip(kept, g, out, T.self, T.self) { y, g in g * y }
    case .log: zip(kept, g, out, T.self, T.self) { x, g in g / x }
    case .tanh: zip(kept, g, out, T.self, T.self) { y, g in g * (1 - y * y) }
    case .sigmoid: zip(kept, g, out, T.self, T.self) { y, g in g * (1 - y) * y }
    case .relu: zip(kept, g, out, T.self, T.self) { y, g in y > 0 ? g : 0 }
    case .abs: zip(kept, g, out, T.self, T.self) { x, g in x > 0 ? g : x < 0 ? -g : 0 }
    case .sqrt: zip(kept, g, out, T.self, T.self) { y, g in g / (2 * y) }
    case .square: zip(kept, g, out, T.self, T.self) { x, g in 2 * g * x }
    case .sin: zip(kept, g, out, T.self, T.self) { x, g in g * T(cos(x.number)) }
    case .cos: zip(kept, g, out, T.self, T.self) { x, g in -g * T(sin(x.number)) }
    case .sign, .floor, .ceil, .round: zip(kept, g, out, T.self, T.self) { _, _ in 0 }
    }
  }
}

extension Tensor {
  @inline(__always)
  private final func elementwise(_ operation: UnaryOperation) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let out = try apply(operation, self)
      return records(self) ? out.made(by: UnaryNode(operation, self, out)) : out
    }
  }

  /// e to the power of each element (`torch.exp`).
  public final func exp() -> Tensor { elementwise(.exp) }
  /// The natural logarithm of each element; nan below zero (`torch.log`).
  public final func log() -> Tensor { elementwise(.log) }
  /// The hyperbolic tangent of each element (`torch.tanh`).
  public final func tanh() -> Tensor { elementwise(.tanh) }
  /// 1 / (1 + exp(-x)) of each element (`torch.sigmoid`).
  public final func sigmoid() -> Tensor { elementwise(.sigmoid) }
  /// Each element, or 0 where it is negative (`torch.relu`).
  public final func relu() -> Tensor { elementwise(.relu) }
  /// The absolute value of each element (`torch.abs`).
  public final func abs() -> Tensor { elementwise(.abs) }
  /// The square root of each element; nan below zero (`torch.sqrt`).
  public final func sqrt() -> Tensor { elementwise(.sqrt) }
  /// Each element times itself (`torch.square`).
  public final func square() -> Tensor { elementwise(.square) }
  /// The sine of each element, in radians (`torch.sin`).
  public final func sin() -> Tensor { elementwise(.sin) }
  /// The cosine of each element, in radians (`torch.cos`).
  public final func cos() -> Tensor { elementwise(.cos) }
  /// -1, 0 or 1 after the sign of each element (`torch.sign`).
  public final func sign() -> Tensor { elementwise(.sign) }
  /// The greatest whole number that is not above each element (`torch.floor`).
  public final func floor() -> Tensor { elementwise(.floor) }
  /// The least whole number that is not below each element (`torch.ceil`).
  public final func ceil() -> Tensor { elementwise(.ceil) }
  /// The nearest whole number, ties to the even one (`torch.round`).
  public final func round() -> Tensor { elementwise(.round) }
}
