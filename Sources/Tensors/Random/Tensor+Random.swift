// Random tensors, drawn from the stream that `manualSeed` starts.

extension Tensor {
  private static func random(
    _ operation: String, _ shape: [Int], _ dtype: DType, _ requiresGrad: Bool,
    _ fill: (Tensor) -> Void
  ) -> Tensor {
    guarded { () throws(TensorError) in
      let extents = try Extents(shape, operation)
      _ = try elementCount(extents, operation)
      guard dtype.isFloatingPoint else {
        throw TensorError(operation, "expected a floating-point dtype, got \(dtype)")
      }
      let out = try empty(extents, dtype)
      fill(out)
      return try out.leaf(requiresGrad, operation)
    }
  }

  /// Fills a contiguous floating-point tensor with uniform numbers in [low, high).
  package final func fillUniform(_ low: Double, _ high: Double) {
    if dtype == .float32 {
      RandomStream.shared.fillUniform(pointer(Float.self), count, low, high)
    } else {
      RandomStream.shared.fillUniform(pointer(Double.self), count, low, high)
    }
  }

  /// Fills a contiguous floating-point tensor with normal numbers.
  package final func fillNormal(_ mean: Double, _ deviation: Double) {
    if dtype == .float32 {
      RandomStream.shared.fillNormal(pointer(Float.self), count, mean, deviation)
    } else {
      RandomStream.shared.fillNormal(pointer(Double.self), count, mean, deviation)
    }
  }

  /// Uniform numbers in [0, 1) (`torch.rand`). Throws (see `attempt`) when a size is negative or
  /// the dtype is not floating-point.
  public static func rand(
    _ shape: Int..., dtype: DType = .float32, requiresGrad: Bool = false
  ) -> Tensor { random("rand", shape, dtype, requiresGrad) { $0.fillUniform(0, 1) } }

  /// Normal numbers of mean 0 and variance 1 (`torch.randn`). Throws (see `attempt`) when a size is
  /// negative or the dtype is not floating-point.
  public static func randn(
    _ shape: Int..., dtype: DType = .float32, requiresGrad: Bool = false
  ) -> Tensor { random("randn", shape, dtype, requiresGrad) { $0.fillNormal(0, 1) } }

  /// Uniform numbers in [low, high) (`torch.Tensor.uniform_`). Throws (see `attempt`) when a size
  /// is negative or the dtype is not floating-point.
  public static func uniform(
    _ shape: [Int], low: Double, high: Double, dtype: DType = .float32, requiresGrad: Bool = false
  ) -> Tensor { random("uniform", shape, dtype, requiresGrad) { $0.fillUniform(low, high) } }

  /// Normal numbers (`torch.Tensor.normal_`). Throws (see `attempt`) when a size is negative or the
  /// dtype is not floating-point.
  public static func normal(
    _ shape: [Int], mean: Double = 0, deviation: Double = 1, dtype: DType = .float32,
    requiresGrad: Bool = false
  ) -> Tensor { random("normal", shape, dtype, requiresGrad) { $0.fillNormal(mean, deviation) } }

  /// Uniform numbers in [0, 1) in this tensor's shape and dtype (`torch.rand_like`). Throws (see
  /// `attempt`) for a dtype that is not floating-point.
  public final func randLike() -> Tensor {
    guarded(self) { () throws(TensorError) in
      Tensor.random("randLike", shape, dtype, false) { $0.fillUniform(0, 1) }
    }
  }

  /// Normal numbers in this tensor's shape and dtype (`torch.randn_like`). Throws (see `attempt`)
  /// for a dtype that is not floating-point.
  public final func randnLike() -> Tensor {
    guarded(self) { () throws(TensorError) in
      Tensor.random("randnLike", shape, dtype, false) { $0.fillNormal(0, 1) }
    }
  }

  /// Integers from `low` up to, not including, `high`: int64 of the given shape (`torch.randint`).
  /// Throws (see `attempt`) when the range is empty or a size is negative.
  public static func randint(_ low: Int, _ high: Int, _ shape: [Int]) -> Tensor {
    guarded { () throws(TensorError) in
      guard low < high else {
        throw TensorError("randint", "the range from \(low) to \(high) is empty")
      }
      let extents = try Extents(shape, "randint")
      _ = try elementCount(extents, "randint")
      let out = try empty(extents, .int64)
      let span = UInt(bitPattern: high &- low)
      let elements: UnsafeMutablePointer<Int> = out.pointer()
      for i in 0..<out.count { elements[i] = RandomStream.shared.integer(low, span: span) }
      return out
    }
  }

  /// Integers from 0 up to, not including, `high`: int64 of the given shape (`torch.randint`).
  /// Throws (see `attempt`) when `high` is not positive or a size is negative.
  public static func randint(_ high: Int, _ shape: [Int]) -> Tensor { randint(0, high, shape) }

  /// 0 ..< count in random order: int64 `[count]` (`torch.randperm`). Throws (see `attempt`) when
  /// `count` is negative.
  public static func randperm(_ count: Int) -> Tensor {
    guarded { () throws(TensorError) in
      _ = try elementCount(Extents(count), "randperm")
      return try from(RandomStream.shared.permutation(count), Extents(count))
    }
  }

  /// 1 with the probability in each element, else 0, in the same shape and dtype
  /// (`torch.bernoulli`). Throws (see `attempt`) when an element is not between 0 and 1, or for
  /// integers.
  public final func bernoulli() -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard dtype.isFloatingPoint else {
        throw TensorError("bernoulli", "expected floating-point probabilities, got \(dtype)")
      }
      let chances = try packedElements(self)
      for i in 0..<chances.count where !(chances.number(i) >= 0 && chances.number(i) <= 1) {
        throw TensorError(
          "bernoulli", expected: "probabilities from 0 to 1", actual: "\(chances.number(i))")
      }
      let out = try Tensors.copy(chances)
      if dtype == .float32 {
        let elements = out.pointer(Float.self)
        for i in 0..<count { elements[i] = RandomStream.shared.uniform() < elements[i] ? 1 : 0 }
      } else {
        let elements = out.pointer(Double.self)
        for i in 0..<count { elements[i] = RandomStream.shared.uniform53() < elements[i] ? 1 : 0 }
      }
      return out
    }
  }
}
