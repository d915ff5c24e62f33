// Truth values: choosing by them, combining them, and the tests that make them.

/// `x` seen in `shape`, which its shape broadcasts to; not recorded.
func widened(_ x: Tensor, _ shape: Extents) -> Tensor {
  x.layout.shape == shape
    ? x
    : x.view(
      Layout(
        shape: shape, strides: x.layout.broadcastStrides(to: shape), offset: x.layout.offset))
}

/// a where the bool `mask` is true, else b, all of one shape, a and b of one dtype; not recorded.
func chosen(_ mask: Tensor, _ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  let (mask, a) = (try packedElements(mask), try packedElements(a))
  let out = try copy(b)
  func run<T: StoredElement>(_ type: T.Type) {
    let (flags, left, target): (UnsafeMutablePointer<Bool>, UnsafeMutablePointer<T>, _) =
      (mask.pointer(), a.pointer(), out.pointer(T.self))
    for i in 0..<out.layout.count where flags[i] { target[i] = left[i] }
  }
  switch out.dtype {
  case .float32: run(Float.self)
  case .float64: run(Double.self)
  case .int64: run(Int.self)
  case .bool: run(Bool.self)
  }
  return out
}

/// The places of the elements that differ from zero: one int64 tensor `[n]` for each dimension.
func whereTrue(_ x: Tensor) throws(TensorError) -> [Tensor] {
  let flags = try packedElements(cast(x, .bool))
  let rank = x.layout.shape.count
  let truths: UnsafeMutablePointer<Bool> = flags.pointer()
  let found = (0..<flags.layout.count).filter { truths[$0] }
  var columns: [Tensor] = []
  for _ in 0..<rank { columns.append(try .empty(Extents(found.count), .int64)) }
  for (i, place) in found.enumerated() {
    var rest = place
    for dim in stride(from: rank - 1, through: 0, by: -1) {
      columns[dim].pointer(Int.self)[i] = rest % x.layout.shape[dim]
      rest /= x.layout.shape[dim]
    }
  }
  return columns
}

private func requireMask(_ mask: Tensor, _ operation: String) throws(TensorError) {
  guard mask.dtype == .bool else {
    throw TensorError(operation, "expected a bool tensor as the mask, got \(mask.dtype)")
  }
}

extension Tensor {
  /// The elements of `a` where `mask` is true, those of `b` elsewhere, all broadcast
  /// (`torch.where`). Throws (see `attempt`) when the mask is not bool or the shapes do not go
  /// together.
  public static func `where`(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    guarded([mask, a, b], or: .failed) { () throws(TensorError) in
      try requireMask(mask, "where")
      let dtype = promote(a, b)
      let pair = try broadcast(a.layout.shape, b.layout.shape, "where")
      let shape = try broadcast(mask.layout.shape, pair, "where")
      let wide = widened(mask, shape)
      let out = try chosen(
        wide, widened(cast(a, dtype), shape), widened(cast(b, dtype), shape))
      let flags = Saved(wide)
      return out.made(
        "WhereBackward0", from: a, b,
        { g in try chosen(flags.tensor, g, g.zerosLike()) },
        { g in try chosen(flags.tensor, g.zerosLike(), g) })
    }
  }

  /// The elements, with `value` where `mask`, broadcast, is true (`torch.Tensor.masked_fill`).
  /// Throws (see `attempt`) when the mask is not bool or does not fit.
  public final func maskedFill(_ mask: Tensor, _ value: Double) -> Tensor {
    guarded(self, mask) { () throws(TensorError) in
      try requireMask(mask, "maskedFill")
      let shape = try broadcast(layout.shape, mask.layout.shape, "maskedFill")
      let wide = widened(mask, shape)
      let filling = try Tensor.filled(Extents(), dtype, value)
      let out = try chosen(wide, widened(filling, shape), widened(self, shape))
      let flags = Saved(wide)
      return out.made("MaskedFillBackward0", from: self) { g in
        try chosen(flags.tensor, g.zerosLike(), g)
      }
    }
  }

  /// The elements where `mask` is true, in one row; both are broadcast (`torch.masked_select`).
  /// Throws (see `attempt`) when the mask is not bool or does not fit.
  public final func maskedSelect(_ mask: Tensor) -> Tensor {
    guarded(self, mask) { () throws(TensorError) in
      try requireMask(mask, "maskedSelect")
      let shape = try broadcast(layout.shape, mask.layout.shape, "maskedSelect")
      let x = expand(shape.array)
      let read = try ReadIndices(x.layout, [.tensor(widened(mask, shape))])
      if read.picks.isEmpty { return x[mask] }
      let out = try read.picked().read(x)
      guard records(x) else { return out }
      var inside = read
      inside.layout = Layout(contiguous: x.layout.shape)
      return out.made(by: IndexNode(x, try inside.picked(), "MaskedSelectBackward0"))
    }
  }

  /// The places of the elements that differ from zero: int64 `[n, dimensions]` (`torch.nonzero`).
  public final func nonzero() -> Tensor {
    guarded(self) { () throws(TensorError) in
      let columns = try whereTrue(self)
      guard !columns.isEmpty else {
        return try .filled(Extents(item() != 0 ? 1 : 0, 0), .int64, 0)
      }
      return stack(columns, dim: 1)
    }
  }

  /// How many elements differ from zero (`torch.count_nonzero`).
  public final func countNonzero() -> Int {
    guarded([self], or: 0) { () throws(TensorError) in
      let flags = try packedElements(cast(self, .bool))
      let truths: UnsafeMutablePointer<Bool> = flags.pointer()
      return (0..<flags.layout.count).reduce(0) { $0 + (truths[$1] ? 1 : 0) }
    }
  }

  private final func logic(
    _ other: Tensor, _ operation: String, _ f: (Bool, Bool) -> Bool
  ) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let shape = try broadcast(layout.shape, other.layout.shape, operation)
      let out = try Tensor.empty(shape, .bool)
      zip(try cast(self, .bool), try cast(other, .bool), out, Bool.self, Bool.self) { f($0, $1) }
      return out
    }
  }

  /// Whether both elements differ from zero, broadcast: a bool tensor (`torch.logical_and`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func logicalAnd(_ other: Tensor) -> Tensor {
    logic(other, "logicalAnd") { $0 && $1 }
  }

  /// Whether one element or both differ from zero, broadcast: a bool tensor (`torch.logical_or`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func logicalOr(_ other: Tensor) -> Tensor { logic(other, "logicalOr") { $0 || $1 } }

  /// Whether just one element differs from zero, broadcast: a bool tensor (`torch.logical_xor`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func logicalXor(_ other: Tensor) -> Tensor { logic(other, "logicalXor") { $0 != $1 } }

  /// Whether each element is zero: a bool tensor (`torch.logical_not`).
  public final func logicalNot() -> Tensor {
    guarded(self) { () throws(TensorError) in
      let out = try Tensor.empty(layout.shape, .bool)
      Tensors.map(try cast(self, .bool), out, Bool.self, Bool.self) { !$0 }
      return out
    }
  }

  /// `a.logicalAnd(b)`, PyTorch's `&` of bool tensors.
  public static func .& (a: Tensor, b: Tensor) -> Tensor { a.logicalAnd(b) }
  /// `a.logicalOr(b)`, PyTorch's `|` of bool tensors.
  public static func .| (a: Tensor, b: Tensor) -> Tensor { a.logicalOr(b) }
  /// `a.logicalXor(b)`, PyTorch's `^` of bool tensors.
  public static func .^ (a: Tensor, b: Tensor) -> Tensor { a.logicalXor(b) }
  /// `a.logicalNot()`, PyTorch's `~` of a bool tensor.
  public static prefix func .! (a: Tensor) -> Tensor { a.logicalNot() }

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
      guard dtype.isFloatingPoint else { return self }
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
