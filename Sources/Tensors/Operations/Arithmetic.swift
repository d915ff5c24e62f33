// Elementwise operations on two tensors, or a tensor and a number, with broadcasting.

/// The operations that keep the dtype of their operands.
package enum BinaryOperation {
  case add, subtract, multiply, divide, pow, maximum, minimum
}

/// The dtype two operands meet in: the wider category wins, and within one the wider type; a tensor
/// without dimensions does not widen one that has some (PyTorch, "type promotion").
func promote(_ a: Tensor, _ b: Tensor) -> DType {
  if a.dtype == b.dtype { return a.dtype }
  let (rankA, rankB) = (a.layout.shape.count, b.layout.shape.count)
  if a.dtype.category == b.dtype.category && (rankA == 0) != (rankB == 0) {
    return rankA == 0 ? b.dtype : a.dtype
  }
  if a.dtype.category != b.dtype.category {
    return a.dtype.category > b.dtype.category ? a.dtype : b.dtype
  }
  return a.dtype.rawValue > b.dtype.rawValue ? a.dtype : b.dtype
}

/// `a op b`, broadcast; not recorded.
package func combine(
  _ operation: BinaryOperation, _ a: Tensor, _ b: Tensor, _ symbol: String = "add"
) throws(TensorError) -> Tensor {
  var dtype = promote(a, b)
  let isLogical = dtype == .bool
  if isLogical { dtype = .int64 }
  if isLogical && operation == .subtract {
    throw TensorError(symbol, "two bool tensors have no difference; use .^, or long() first")
  }
  if dtype == .int64 && operation == .divide { dtype = .float32 }
  let (a, b) = (try cast(a, dtype), try cast(b, dtype))
  let out = try Tensor.empty(broadcast(a.layout.shape, b.layout.shape, symbol), dtype)
  switch dtype {
  case .float32: inStretches(a, b, out) { combineReal(operation, $0, $1, $2, Float.self) }
  case .float64: combineReal(operation, a, b, out, Double.self)
  case .int64, .bool:
    switch operation {
    case .pow: zip(a, b, out, Int.self, Int.self) { integerPower($0, $1) }
    default: combineScalar(operation, a, b, out, Int.self)
    }
  }
  // The sum of two truth values is "or", their product "and".
  return isLogical && operation != .divide && operation != .pow ? try cast(out, .bool) : out
}

private func combineReal<T: Real>(
  _ operation: BinaryOperation, _ a: Tensor, _ b: Tensor, _ out: Tensor, _ type: T.Type
) {
  switch operation {
  case .divide: zip(a, b, out, T.self, T.self) { $0 / $1 }
  case .pow: zip(a, b, out, T.self, T.self) { T.pow($0, $1) }
  default: combineScalar(operation, a, b, out, T.self)
  }
}

private func combineScalar<T: Scalar>(
  _ operation: BinaryOperation, _ a: Tensor, _ b: Tensor, _ out: Tensor, _ type: T.Type
) {
  switch operation {
  case .add: zip(a, b, out, T.self, T.self) { T.plus($0, $1) }
  case .subtract: zip(a, b, out, T.self, T.self) { T.minus($0, $1) }
  case .multiply: zip(a, b, out, T.self, T.self) { T.times($0, $1) }
  case .maximum: zip(a, b, out, T.self, T.self) { $0 > $1 || $0 != $0 ? $0 : $1 }
  case .minimum: zip(a, b, out, T.self, T.self) { $0 < $1 || $0 != $0 ? $0 : $1 }
  case .divide, .pow: break
  }
}

private func integerPower(_ base: Int, _ exponent: Int) -> Int {
  guard exponent >= 0 else {
    return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0
  }
  var (result, factor, left) = (1, base, exponent)
  while left > 0 {
    if left & 1 == 1 { result = result &* factor }
    factor = factor &* factor
    left >>= 1
  }
  return result
}

/// The gradient of a broadcast operand: summed over the dimensions it was repeated in, in its dtype.
package func unbroadcast(
  _ gradient: Tensor, _ shape: Extents, _ dtype: DType
) throws(TensorError) -> Tensor {
  var result = gradient
  while result.layout.shape.count > shape.count {
    result = try reduction(.sum, result, 0, keepDim: false)
  }
  for i in 0..<shape.count where shape[i] == 1 && result.layout.shape[i] != 1 {
    result = try reduction(.sum, result, i, keepDim: true)
  }
  return try cast(result, dtype)
}

/// d(a + b) = da + db, d(a - b) = da - db.
final class AddNode: Node {
  let shapes: (Extents, Extents)
  let dtypes: (DType, DType)
  let isSubtraction: Bool
  override var name: String { isSubtraction ? "SubBackward0" : "AddBackward0" }

  init(_ a: Tensor, _ b: Tensor, isSubtraction: Bool) {
    shapes = (a.layout.shape, b.layout.shape)
    dtypes = (a.dtype, b.dtype)
    self.isSubtraction = isSubtraction
    super.init(a, b)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    if first.isWanted {
      try Tape.send(unbroadcast(gradient, shapes.0, dtypes.0), to: first, isShared: true)
    }
    if second.isWanted {
      let g = try unbroadcast(gradient, shapes.1, dtypes.1)
      try Tape.send(isSubtraction ? scaled(g, -1) : g, to: second, isShared: true)
    }
  }
}

/// d(a b) = b da + a db, d(a / b) = da / b - a / b² db.
final class MultiplyNode: Node {
  let a: Saved
  let b: Saved
  let isDivision: Bool
  override var name: String { isDivision ? "DivBackward0" : "MulBackward0" }

  init(_ a: Tensor, _ b: Tensor, isDivision: Bool) {
    self.a = Saved(a)
    self.b = Saved(b)
    self.isDivision = isDivision
    super.init(a, b)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let operation: BinaryOperation = isDivision ? .divide : .multiply
    if first.isWanted {
      let g = try combine(operation, gradient, b.tensor)
      try Tape.send(unbroadcast(g, a.layout.shape, a.dtype), to: first)
    }
    if second.isWanted {
      var g = try combine(.multiply, gradient, a.tensor)
      if isDivision {
        g = try combine(.divide, g, combine(.multiply, b.tensor, b.tensor))
        g = try scaled(g, -1)
      }
      try Tape.send(unbroadcast(g, b.layout.shape, b.dtype), to: second)
    }
  }
}

/// Where the greater (or lesser) operand came from gets the gradient; a tie is shared equally.
final class ExtremeNode: Node {
  let a: Saved
  let b: Saved
  let isMaximum: Bool
  override var name: String { isMaximum ? "MaximumBackward0" : "MinimumBackward0" }

  init(_ a: Tensor, _ b: Tensor, isMaximum: Bool) {
    self.a = Saved(a)
    self.b = Saved(b)
    self.isMaximum = isMaximum
    super.init(a, b)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    // The loser gets nothing, and of two equal ones each gets half; a nan does not lose.
    let order: Comparison = isMaximum ? .less : .greater
    let half = try scaled(cast(compare(.equal, a.tensor, b.tensor), gradient.dtype), 0.5)
    let keeps = try combine(.subtract, .filled(Extents(), gradient.dtype, 1), half)
    for (edge, x, y) in [(first, a, b), (second, b, a)] where edge.isWanted {
      let g = try combine(.multiply, gradient, keeps)
      let zeros = try Tensor.filled(g.layout.shape, g.dtype, 0)
      let kept = try chosen(compare(order, x.tensor, y.tensor), zeros, g)
      try Tape.send(unbroadcast(kept, x.layout.shape, x.dtype), to: edge)
    }
  }
}

func add(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  let out = try combine(.add, a, b, "+")
  return records(a, b) ? out.made(by: AddNode(a, b, isSubtraction: false)) : out
}

func subtract(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  let out = try combine(.subtract, a, b, "-")
  return records(a, b) ? out.made(by: AddNode(a, b, isSubtraction: true)) : out
}

func multiply(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  let out = try combine(.multiply, a, b, "*")
  return records(a, b) ? out.made(by: MultiplyNode(a, b, isDivision: false)) : out
}

func divide(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  let out = try combine(.divide, a, b, "/")
  return records(a, b) ? out.made(by: MultiplyNode(a, b, isDivision: true)) : out
}

extension Tensor {
  /// The elementwise sum, broadcast (`torch.add`). Throws (see `attempt`) when the shapes do not go
  /// together.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try Tensors.add(a, b) }
  }

  /// The elementwise difference, broadcast (`torch.sub`). Throws (see `attempt`) when the shapes do
  /// not go together.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try Tensors.subtract(a, b) }
  }

  /// The elementwise product, broadcast (`torch.mul`). Throws (see `attempt`) when the shapes do
  /// not go together.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try Tensors.multiply(a, b) }
  }

  /// The elementwise quotient, broadcast; of integers it is float32 (`torch.div`). Throws (see
  /// `attempt`) when the shapes do not go together.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try Tensors.divide(a, b) }
  }

  /// The elementwise greater value, broadcast (`torch.maximum`). Throws (see `attempt`) when the
  /// shapes do not go together.
  public final func maximum(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let out = try combine(.maximum, self, other, "maximum")
      return records(self, other)
        ? out.made(by: ExtremeNode(self, other, isMaximum: true)) : out
    }
  }

  /// The elementwise lesser value, broadcast (`torch.minimum`). Throws (see `attempt`) when the
  /// shapes do not go together.
  public final func minimum(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let out = try combine(.minimum, self, other, "minimum")
      return records(self, other)
        ? out.made(by: ExtremeNode(self, other, isMaximum: false)) : out
    }
  }

  /// Replaces `a` by the sum: a new tensor, the old one is not changed.
  public static func += (a: inout Tensor, b: Tensor) { a = a + b }
  /// Replaces `a` by the difference: a new tensor, the old one is not changed.
  public static func -= (a: inout Tensor, b: Tensor) { a = a - b }
  /// Replaces `a` by the product: a new tensor, the old one is not changed.
  public static func *= (a: inout Tensor, b: Tensor) { a = a * b }
  /// Replaces `a` by the quotient: a new tensor, the old one is not changed.
  public static func /= (a: inout Tensor, b: Tensor) { a = a / b }
}
