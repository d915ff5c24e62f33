// Elementwise operations of a tensor and one number. The number takes the tensor's dtype; only a
// Double makes an integer tensor float32.

extension Tensor {
  /// A number as a tensor without dimensions, to meet `x` in an operation.
  static func number(_ value: Double, _ x: Tensor) throws(TensorError) -> Tensor {
    try filled(Extents(), x.dtype.isFloatingPoint ? x.dtype : .float32, value)
  }

  static func integer(_ value: Int, _ x: Tensor) throws(TensorError) -> Tensor {
    if x.dtype.isFloatingPoint { return try number(Double(value), x) }
    let out = try empty(Extents(), .int64)
    out.pointer(Int.self)[0] = value
    return out
  }
}

/// x · factor; not recorded.
package func scaled(_ x: Tensor, _ factor: Double) throws(TensorError) -> Tensor {
  try combine(.multiply, x, .number(factor, x))
}

/// d(±x + c) = ±dx and d(x c) = c dx.
final class ScaleNode: Node {
  let factor: Double
  let dtype: DType
  let operation: String
  override var name: String { operation }

  init(_ x: Tensor, _ factor: Double, _ operation: String) {
    self.factor = factor
    self.operation = operation
    dtype = x.dtype
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = factor == 1 ? gradient : try scaled(gradient, factor)
    try Tape.send(cast(g, dtype), to: first, isShared: true)
  }
}

/// d(c / x) = -c / x² dx.
final class ReciprocalNode: Node {
  let x: Saved
  let numerator: Double
  override var name: String { "DivBackward0" }

  init(_ x: Tensor, _ numerator: Double) {
    self.x = Saved(x)
    self.numerator = numerator
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let square = try combine(.multiply, x.tensor, x.tensor)
    try Tape.send(scaled(combine(.divide, gradient, square), -numerator), to: first)
  }
}

/// d(x^p) = p x^(p - 1) dx.
final class PowerNode: Node {
  let x: Saved
  let exponent: Double
  override var name: String { "PowBackward0" }

  init(_ x: Tensor, _ exponent: Double) {
    self.x = Saved(x)
    self.exponent = exponent
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let x = self.x.tensor
    guard exponent != 0 else {
      return try Tape.send(.filled(x.layout.shape, x.dtype, 0), to: first)
    }
    let slope = try scaled(combine(.pow, x, .number(exponent - 1, x)), exponent)
    try Tape.send(combine(.multiply, gradient, slope), to: first)
  }
}

/// Which of the four operations, and on which side the number stands.
private enum NumberOperation { case add, subtract, subtractFrom, multiply, divide, divideInto }

private func apply(
  _ operation: NumberOperation, _ x: Tensor, _ c: Tensor
) throws(TensorError) -> Tensor {
  let value = c.dtype == .int64 ? Double(c.pointer(Int.self)[0]) : c.first
  switch operation {
  case .add:
    let out = try combine(.add, x, c)
    return records(x) ? out.made(by: ScaleNode(x, 1, "AddBackward0")) : out
  case .subtract:
    let out = try combine(.subtract, x, c)
    return records(x) ? out.made(by: ScaleNode(x, 1, "SubBackward0")) : out
  case .subtractFrom:
    let out = try combine(.subtract, c, x)
    return records(x) ? out.made(by: ScaleNode(x, -1, "RsubBackward1")) : out
  case .multiply:
    let out = try combine(.multiply, x, c)
    return records(x) ? out.made(by: ScaleNode(x, value, "MulBackward0")) : out
  case .divide:
    let out = try combine(.divide, x, c)
    return records(x) ? out.made(by: ScaleNode(x, 1 / value, "DivBackward0")) : out
  case .divideInto:
    let out = try combine(.divide, c, x)
    return records(x) ? out.made(by: ReciprocalNode(x, value)) : out
  }
}

extension Tensor {
  /// The first element of a floating-point tensor.
  fileprivate final var first: Double {
    dtype == .float32 ? Double(pointer(Float.self)[0]) : pointer(Double.self)[0]
  }

  /// The elementwise sum of a tensor and a number (`torch.add`); integers become float32.
  public static func + (x: Tensor, c: Double) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.add, x, .number(c, x)) }
  }

  /// The elementwise sum of a number and a tensor (`torch.add`); integers become float32.
  public static func + (c: Double, x: Tensor) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.add, x, .number(c, x)) }
  }

  /// The elementwise sum of a tensor and an integer (`torch.add`).
  public static func + (x: Tensor, c: Int) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.add, x, .integer(c, x)) }
  }

  /// The elementwise sum of an integer and a tensor (`torch.add`).
  public static func + (c: Int, x: Tensor) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.add, x, .integer(c, x)) }
  }

  /// The elementwise difference of a tensor and a number (`torch.sub`); integers become float32.
  public static func - (x: Tensor, c: Double) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.subtract, x, .number(c, x)) }
  }

  /// The elementwise difference of a number and a tensor (`torch.sub`); integers become float32.
  public static func - (c: Double, x: Tensor) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.subtractFrom, x, .number(c, x)) }
  }

  /// The elementwise difference of a tensor and an integer (`torch.sub`).
  public static func - (x: Tensor, c: Int) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.subtract, x, .integer(c, x)) }
  }

  /// The elementwise difference of an integer and a tensor (`torch.sub`).
  public static func - (c: Int, x: Tensor) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.subtractFrom, x, .integer(c, x)) }
  }

  /// The elementwise product of a tensor and a number (`torch.mul`); integers become float32.
  public static func * (x: Tensor, c: Double) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.multiply, x, .number(c, x)) }
  }

  /// The elementwise product of a number and a tensor (`torch.mul`); integers become float32.
  public static func * (c: Double, x: Tensor) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.multiply, x, .number(c, x)) }
  }

  /// The elementwise product of a tensor and an integer (`torch.mul`).
  public static func * (x: Tensor, c: Int) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.multiply, x, .integer(c, x)) }
  }

  /// The elementwise product of an integer and a tensor (`torch.mul`).
  public static func * (c: Int, x: Tensor) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.multiply, x, .integer(c, x)) }
  }

  /// The elementwise quotient of a tensor and a number (`torch.div`); integers become float32.
  public static func / (x: Tensor, c: Double) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.divide, x, .number(c, x)) }
  }

  /// The elementwise quotient of a number and a tensor (`torch.div`); integers become float32.
  public static func / (c: Double, x: Tensor) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.divideInto, x, .number(c, x)) }
  }

  /// The elementwise quotient of a tensor and an integer (`torch.div`); integers become float32.
  public static func / (x: Tensor, c: Int) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.divide, x, .integer(c, x)) }
  }

  /// The elementwise quotient of an integer and a tensor (`torch.div`); integers become float32.
  public static func / (c: Int, x: Tensor) -> Tensor {
    guarded(x) { () throws(TensorError) in try apply(.divideInto, x, .integer(c, x)) }
  }

  /// The elements with the opposite sign (`torch.neg`).
  public static prefix func - (x: Tensor) -> Tensor {
    guarded(x) { () throws(TensorError) in
      let out = try combine(.multiply, x, .integer(-1, x))
      return records(x) ? out.made(by: ScaleNode(x, -1, "NegBackward0")) : out
    }
  }

  /// Each element raised to `exponent`; integers become float32 (`torch.pow`).
  public final func pow(_ exponent: Double) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let base = dtype.isFloatingPoint ? self : try cast(self, .float32)
      // A square is far more common than any other power and exact as a product.
      let out =
        exponent == 2
        ? try combine(.multiply, base, base) : try combine(.pow, base, .number(exponent, base))
      return records(self) ? out.made(by: PowerNode(self, exponent)) : out
    }
  }

  /// Each element raised to an integer `exponent`; an integer tensor stays one (`torch.pow`). Throws
  /// (see `attempt`) for integers and an exponent below 0.
  public final func pow(_ exponent: Int) -> Tensor {
    if dtype.isFloatingPoint { return pow(Double(exponent)) }
    return guarded(self) { () throws(TensorError) in
      guard exponent >= 0 else {
        throw TensorError(
          "pow", "expected an exponent of 0 or more for integers, got \(exponent); use float()")
      }
      return try combine(.pow, self, .integer(exponent, self))
    }
  }
}
