// The updating operators with numbers. Like those with tensors they make a new tensor; only for a part,
// `x[0] *= 2`, the result is written back into it.

extension Tensor {
  /// Replaces `a` by the sum with a number: a new tensor, the old one is not changed.
  public static func += (a: inout Tensor, b: Double) { a = a + b }
  /// Replaces `a` by the sum with an integer: a new tensor, the old one is not changed.
  public static func += (a: inout Tensor, b: Int) { a = a + b }
  /// Replaces `a` by the difference to a number: a new tensor, the old one is not changed.
  public static func -= (a: inout Tensor, b: Double) { a = a - b }
  /// Replaces `a` by the difference to an integer: a new tensor, the old one is not changed.
  public static func -= (a: inout Tensor, b: Int) { a = a - b }
  /// Replaces `a` by the product with a number: a new tensor, the old one is not changed.
  public static func *= (a: inout Tensor, b: Double) { a = a * b }
  /// Replaces `a` by the product with an integer: a new tensor, the old one is not changed.
  public static func *= (a: inout Tensor, b: Int) { a = a * b }
  /// Replaces `a` by the quotient by a number: a new tensor, the old one is not changed.
  public static func /= (a: inout Tensor, b: Double) { a = a / b }
  /// Replaces `a` by the quotient by an integer: a new tensor, the old one is not changed.
  public static func /= (a: inout Tensor, b: Int) { a = a / b }
}
