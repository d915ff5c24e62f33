// Tests of numbers: nan, infinite, close to others.

extension Tensor {
  private final func test(_ f: (Double) -> Bool) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let out = try Tensor.empty(layout.shape, .bool)
      switch dtype {
      case .float32: Tensors.map(self, out, Float.self, Bool.self) { f(Double($0)) }
      case .float64: Tensors.map(self, out, Double.self, Bool.self) { f($0) }
      case .int64, .bool: return try .filled(layout.shape, .bool, f(0) ? 1 : 0)
      }
      return out
    }
  }

  /// Whether each element is not a number: a bool tensor (`torch.isnan`).
  public final func isNaN() -> Tensor { test { $0.isNaN } }
  /// Whether each element is infinite: a bool tensor (`torch.isinf`).
  public final func isInfinite() -> Tensor { test { $0.isInfinite } }
  /// Whether each element is neither infinite nor nan: a bool tensor (`torch.isfinite`).
  public final func isFinite() -> Tensor { test { $0.isFinite } }

  /// The elements with other numbers for nan and the infinities, by default 0 and the greatest and
  /// least number there is (`torch.nan_to_num`).
  public final func nanToNumber(
    _ nan: Double = 0, positiveInfinity: Double? = nil, negativeInfinity: Double? = nil
  ) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard dtype.isFloatingPoint else { return clone() }
      let limit =
        dtype == .float32 ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
      let (high, low) = (positiveInfinity ?? limit, negativeInfinity ?? -limit)
      let x = detach()
      let filled = x.maskedFill(x.isNaN(), nan).maskedFill(x .== Double.infinity, high)
        .maskedFill(x .== -Double.infinity, low)
      let kept = Saved(x.isFinite())
      return filled.made("NanToNumBackward0", from: self) { g in
        try chosen(kept.tensor, g, g.zerosLike())
      }
    }
  }

  /// Whether each pair of elements is close: |a - b| ≤ atol + rtol |b|, broadcast
  /// (`torch.isclose`). Throws (see `attempt`) when the shapes do not go together.
  public final func isClose(
    _ other: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false
  ) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let shape = try broadcast(layout.shape, other.layout.shape, "isClose")
      let out = try Tensor.empty(shape, .bool)
      let (a, b) = (try cast(self, .float64), try cast(other, .float64))
      zip(a, b, out, Double.self, Bool.self) { a, b in
        if a == b { return true }
        if a.isNaN || b.isNaN { return equalNaN && a.isNaN && b.isNaN }
        return b.isFinite && (a - b).magnitude <= atol + rtol * b.magnitude
      }
      return out
    }
  }

  /// Whether all pairs of elements are close (`torch.allclose`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func allClose(
    _ other: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false
  ) -> Bool {
    isClose(other, rtol: rtol, atol: atol, equalNaN: equalNaN).all().item() == 1
  }
}
