// Tensors with a pattern: diagonals of ones, evenly spaced numbers, one value everywhere.

extension Tensor {
  /// Ones on the diagonal of zeros: `[rows, columns]`, square when `columns` is left out
  /// (`torch.eye`). Throws (see `attempt`) when a size is negative.
  public static func eye(
    _ rows: Int, _ columns: Int? = nil, dtype: DType = .float32
  ) -> Tensor {
    guarded { () throws(TensorError) in
      let shape = Extents(rows, columns ?? rows)
      _ = try elementCount(shape, "eye")
      let out = try filled(shape, dtype, 0)
      try assign(filled(Extents(Swift.min(rows, shape[1])), dtype, 1), into: out.diagonal())
      return out
    }
  }

  /// `count` numbers from `start` through `end`, evenly spaced: `[count]` (`torch.linspace`).
  /// Throws (see `attempt`) when `count` is negative or the dtype is bool.
  public static func linspace(
    _ start: Double, _ end: Double, _ count: Int, dtype: DType = .float32
  ) -> Tensor {
    spaced("linspace", start, end, count, dtype) { $0 }
  }

  /// `base` to the power of `count` evenly spaced numbers from `start` through `end`: `[count]`
  /// (`torch.logspace`). Throws (see `attempt`) when `count` is negative or the dtype is bool.
  public static func logspace(
    _ start: Double, _ end: Double, _ count: Int, base: Double = 10, dtype: DType = .float32
  ) -> Tensor {
    spaced("logspace", start, end, count, dtype) { Double.pow(base, $0) }
  }

  private static func spaced(
    _ operation: String, _ start: Double, _ end: Double, _ count: Int, _ dtype: DType,
    _ f: (Double) -> Double
  ) -> Tensor {
    guarded { () throws(TensorError) in
      _ = try elementCount(Extents(count), operation)
      guard dtype != .bool else { throw TensorError(operation, "expected numbers, got bool") }
      // From both ends towards the middle, as PyTorch does, so that both ends are exact.
      let step = count > 1 ? (end - start) / Double(count - 1) : 0
      let out = try empty(Extents(count), .float64)
      let elements: UnsafeMutablePointer<Double> = out.pointer()
      for i in 0..<count {
        elements[i] = f(
          i < count / 2 || count == 1
            ? start + step * Double(i) : end - step * Double(count - 1 - i))
      }
      return try cast(out, dtype)
    }
  }

  /// An integer everywhere: int64 of the given shape unless told otherwise (`torch.full`). Throws
  /// (see `attempt`) when a size is negative.
  public static func full(_ shape: [Int], _ value: Int, dtype: DType = .int64) -> Tensor {
    guarded { () throws(TensorError) in
      let extents = try Extents(shape, "full")
      _ = try elementCount(extents, "full")
      return try cast(widened(from([value], Extents()), extents), dtype).clone()
    }
  }

  /// A truth value everywhere: bool of the given shape (`torch.full`). Throws (see `attempt`) when
  /// a size is negative.
  public static func full(_ shape: [Int], _ value: Bool) -> Tensor {
    full(shape, value ? 1 : 0, dtype: .bool)
  }

  /// `value` everywhere in this tensor's shape and dtype (`torch.full_like`).
  public final func fullLike(_ value: Double) -> Tensor {
    guarded(self) { () throws(TensorError) in try .filled(layout.shape, dtype, value) }
  }
}
