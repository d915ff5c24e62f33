// Elementwise comparisons: bool tensors, no gradients.

enum Comparison { case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual }

func compare(
  _ operation: Comparison, _ a: Tensor, _ b: Tensor, _ symbol: String = "compare"
) throws(TensorError) -> Tensor {
  var dtype = promote(a, b)
  if dtype == .bool { dtype = .int64 }
  let (a, b) = (try cast(a, dtype), try cast(b, dtype))
  let out = try Tensor.empty(broadcast(a.layout.shape, b.layout.shape, symbol), .bool)
  switch dtype {
  case .float32: compareScalars(operation, a, b, out, Float.self)
  case .float64: compareScalars(operation, a, b, out, Double.self)
  case .int64, .bool: compareScalars(operation, a, b, out, Int.self)
  }
  return out
}

private func compareScalars<T: Scalar>(
  _ operation: Comparison, _ a: Tensor, _ b: Tensor, _ out: Tensor, _ type: T.Type
) {
  switch operation {
  case .equal: zip(a, b, out, T.self, Bool.self) { $0 == $1 }
  case .notEqual: zip(a, b, out, T.self, Bool.self) { $0 != $1 }
  case .less: zip(a, b, out, T.self, Bool.self) { $0 < $1 }
  case .lessOrEqual: zip(a, b, out, T.self, Bool.self) { $0 <= $1 }
  case .greater: zip(a, b, out, T.self, Bool.self) { $0 > $1 }
  case .greaterOrEqual: zip(a, b, out, T.self, Bool.self) { $0 >= $1 }
  }
}

extension Tensor {
  /// Whether the elements are equal, broadcast: a bool tensor (`torch.eq`). Throws (see `attempt`)
  /// when the shapes do not go together.
  public static func .== (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try compare(.equal, a, b, ".==") }
  }

  /// Whether each element equals a number: a bool tensor of the same shape (`torch.eq`).
  public static func .== (a: Tensor, b: Double) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.equal, a, .number(b, a), ".==") }
  }

  /// Whether each element equals an integer: a bool tensor of the same shape (`torch.eq`).
  public static func .== (a: Tensor, b: Int) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.equal, a, .integer(b, a), ".==") }
  }

  /// Whether the elements differ, broadcast: a bool tensor (`torch.ne`). Throws (see `attempt`)
  /// when the shapes do not go together.
  public static func .!= (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try compare(.notEqual, a, b, ".!=") }
  }

  /// Whether each element differs from a number: a bool tensor of the same shape (`torch.ne`).
  public static func .!= (a: Tensor, b: Double) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.notEqual, a, .number(b, a), ".!=") }
  }

  /// Whether each element differs from an integer: a bool tensor of the same shape (`torch.ne`).
  public static func .!= (a: Tensor, b: Int) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.notEqual, a, .integer(b, a), ".!=") }
  }

  /// Whether each element of `a` is less, broadcast: a bool tensor (`torch.lt`). Throws (see
  /// `attempt`) when the shapes do not go together.
  public static func .< (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try compare(.less, a, b, ".<") }
  }

  /// Whether each element is less than a number: a bool tensor of the same shape (`torch.lt`).
  public static func .< (a: Tensor, b: Double) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.less, a, .number(b, a), ".<") }
  }

  /// Whether each element is less than an integer: a bool tensor of the same shape (`torch.lt`).
  public static func .< (a: Tensor, b: Int) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.less, a, .integer(b, a), ".<") }
  }

  /// Whether each element of `a` is less or equal, broadcast: a bool tensor (`torch.le`). Throws
  /// (see `attempt`) when the shapes do not go together.
  public static func .<= (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try compare(.lessOrEqual, a, b, ".<=") }
  }

  /// Whether each element is at most a number: a bool tensor of the same shape (`torch.le`).
  public static func .<= (a: Tensor, b: Double) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.lessOrEqual, a, .number(b, a), ".<=") }
  }

  /// Whether each element is at most an integer: a bool tensor of the same shape (`torch.le`).
  public static func .<= (a: Tensor, b: Int) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.lessOrEqual, a, .integer(b, a), ".<=") }
  }

  /// Whether each element of `a` is greater, broadcast: a bool tensor (`torch.gt`). Throws (see
  /// `attempt`) when the shapes do not go together.
  public static func .> (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try compare(.greater, a, b, ".>") }
  }

  /// Whether each element is greater than a number: a bool tensor of the same shape (`torch.gt`).
  public static func .> (a: Tensor, b: Double) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.greater, a, .number(b, a), ".>") }
  }

  /// Whether each element is greater than an integer: a bool tensor of the same shape (`torch.gt`).
  public static func .> (a: Tensor, b: Int) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.greater, a, .integer(b, a), ".>") }
  }

  /// Whether each element of `a` is greater or equal, broadcast: a bool tensor (`torch.ge`). Throws
  /// (see `attempt`) when the shapes do not go together.
  public static func .>= (a: Tensor, b: Tensor) -> Tensor {
    guarded(a, b) { () throws(TensorError) in try compare(.greaterOrEqual, a, b, ".>=") }
  }

  /// Whether each element is at least a number: a bool tensor of the same shape (`torch.ge`).
  public static func .>= (a: Tensor, b: Double) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.greaterOrEqual, a, .number(b, a), ".>=") }
  }

  /// Whether each element is at least an integer: a bool tensor of the same shape (`torch.ge`).
  public static func .>= (a: Tensor, b: Int) -> Tensor {
    guarded(a) { () throws(TensorError) in try compare(.greaterOrEqual, a, .integer(b, a), ".>=") }
  }

  /// Whether both tensors have the same shape and equal elements (`torch.equal`).
  public final func equal(_ other: Tensor) -> Bool {
    guarded([self, other], or: false) { () throws(TensorError) in
      guard layout.shape == other.layout.shape else { return false }
      let same = try compare(.equal, self, other)
      let flags: UnsafeMutablePointer<Bool> = same.pointer()
      for i in 0..<same.layout.count where !flags[i] { return false }
      return true
    }
  }
}
