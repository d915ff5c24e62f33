// Tensors from Swift values, and filled ones.

extension Tensor {
  /// A tensor with every element equal to `value`; not recorded.
  package static func filled(
    _ shape: Extents, _ dtype: DType, _ value: Double
  ) throws(TensorError) -> Tensor {
    let out = try empty(shape, dtype)
    let count = out.layout.count
    switch dtype {
    case .float32:
      let elements = out.pointer(Float.self)
      inParallel(over: count, by: 1 << 20) {
        (elements + $0.lowerBound).initialize(repeating: Float(value), count: $0.count)
      }
    case .float64: out.pointer(Double.self).initialize(repeating: value, count: count)
    case .int64: out.pointer(Int.self).initialize(repeating: Int(number: value), count: count)
    case .bool: out.pointer(Bool.self).initialize(repeating: value != 0, count: count)
    }
    return out
  }

  private static func filled(
    _ operation: String, _ shape: [Int], _ dtype: DType, _ value: Double, _ requiresGrad: Bool
  ) -> Tensor {
    guarded { () throws(TensorError) in
      let extents = try Extents(shape, operation)
      _ = try elementCount(extents, operation)
      return try filled(extents, dtype, value).leaf(requiresGrad, operation)
    }
  }

  /// Marks a new tensor as a leaf that collects a gradient.
  package final func leaf(
    _ requiresGrad: Bool, _ operation: String = "Tensor"
  ) throws(TensorError) -> Tensor {
    guard requiresGrad else { return self }
    guard dtype.isFloatingPoint else {
      throw TensorError(
        operation, "only floating-point tensors can require a gradient, this one is \(dtype)")
    }
    requiresGradient = true
    return self
  }

  /// Zeros of the given shape, float32 unless told otherwise: `Tensor.zeros(2, 3)` (`torch.zeros`).
  /// Throws (see `attempt`) when a size is negative, or when an integer tensor should require a
  /// gradient.
  public static func zeros(
    _ shape: Int..., dtype: DType = .float32, requiresGrad: Bool = false
  ) -> Tensor { filled("zeros", shape, dtype, 0, requiresGrad) }

  /// As with single sizes: `Tensor.zeros(x.shape)` (`torch.zeros`). Throws (see `attempt`) as
  /// there.
  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, requiresGrad: Bool = false
  ) -> Tensor { filled("zeros", shape, dtype, 0, requiresGrad) }

  /// Ones of the given shape, float32 unless told otherwise: `Tensor.ones(2, 3)` (`torch.ones`).
  /// Throws (see `attempt`) when a size is negative, or when an integer tensor should require a
  /// gradient.
  public static func ones(
    _ shape: Int..., dtype: DType = .float32, requiresGrad: Bool = false
  ) -> Tensor { filled("ones", shape, dtype, 1, requiresGrad) }

  /// As with single sizes: `Tensor.ones(x.shape)` (`torch.ones`). Throws (see `attempt`) as there.
  public static func ones(
    _ shape: [Int], dtype: DType = .float32, requiresGrad: Bool = false
  ) -> Tensor { filled("ones", shape, dtype, 1, requiresGrad) }

  /// `value` everywhere: float32 of the given shape unless told otherwise (`torch.full`). Throws
  /// (see `attempt`) when a size is negative.
  public static func full(
    _ shape: [Int], _ value: Double, dtype: DType = .float32, requiresGrad: Bool = false
  ) -> Tensor { filled("full", shape, dtype, value, requiresGrad) }

  /// Zeros of this tensor's shape and dtype (`torch.zeros_like`).
  public final func zerosLike() -> Tensor {
    guarded(self) { () throws(TensorError) in try .filled(layout.shape, dtype, 0) }
  }

  /// Ones of this tensor's shape and dtype (`torch.ones_like`).
  public final func onesLike() -> Tensor {
    guarded(self) { () throws(TensorError) in try .filled(layout.shape, dtype, 1) }
  }

  /// The integers from 0 up to, not including, `end`: int64 `[end]` (`torch.arange`). Throws (see
  /// `attempt`) when `end` is negative.
  public static func arange(_ end: Int) -> Tensor { arange(0, end, step: 1) }

  /// The integers from `start` up to, not including, `end`: int64 (`torch.arange`). Throws (see
  /// `attempt`) when the step is 0 or leads away from `end`.
  public static func arange(_ start: Int, _ end: Int, step: Int = 1) -> Tensor {
    guarded { () throws(TensorError) in
      guard step != 0, step > 0 ? end >= start : end <= start else {
        throw TensorError("arange", "cannot go from \(start) to \(end) in steps of \(step)")
      }
      let (span, overflow) = end.subtractingReportingOverflow(start)
      guard !overflow, span.magnitude < 1 << 56, step.magnitude < 1 << 56 else {
        throw TensorError("arange", "from \(start) to \(end) are too many elements")
      }
      let count = (span + step - step.signum()) / step
      let out = try empty(Extents(count), .int64)
      let elements: UnsafeMutablePointer<Int> = out.pointer()
      for i in 0..<count { elements[i] = start + i * step }
      return out
    }
  }

  /// 0, 1, 2, … below `end`: float32 (`torch.arange`). Throws (see `attempt`) when `end` is
  /// negative.
  public static func arange(_ end: Double) -> Tensor { arange(0, end, step: 1) }

  /// `start`, `start + step`, … below `end`: float32 (`torch.arange`). Throws (see `attempt`) when
  /// the step is 0 or leads away from `end`.
  public static func arange(_ start: Double, _ end: Double, step: Double = 1) -> Tensor {
    guarded { () throws(TensorError) in
      let size = ((end - start) / step).rounded(.up)
      guard step != 0, size >= 0, size < 1e15 else {
        throw TensorError("arange", "cannot go from \(start) to \(end) in steps of \(step)")
      }
      let count = Int(size)
      let out = try empty(Extents(count), .float32)
      let elements: UnsafeMutablePointer<Float> = out.pointer()
      for i in 0..<count { elements[i] = Float(start + Double(i) * step) }
      return out
    }
  }
}
