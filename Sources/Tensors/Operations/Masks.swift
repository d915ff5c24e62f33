// Truth values: choosing by them and combining them.

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
    throw TensorError(
      operation, "expected a bool tensor as the mask, got \(mask.dtype); use bool()")
  }
}

extension Tensor {
  /// Throws when `value` has no place among the integers.
  final func requireHolds(_ value: Double, _ operation: String) throws(TensorError) {
    guard dtype != .int64 || value.isFinite else {
      throw TensorError(operation, "an int64 tensor cannot hold \(value); use float() first")
    }
  }

  /// The elements of `a` where `mask` is true, those of `b` elsewhere, all broadcast
  /// (`torch.where`). Throws (see `attempt`) when the mask is not bool or the shapes do not go
  /// together.
  public static func which(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    guarded([mask, a, b], or: .failed) { () throws(TensorError) in
      try requireMask(mask, "which")
      let dtype = promote(a, b)
      let pair = try broadcast(a.layout.shape, b.layout.shape, "which")
      let shape = try broadcast(mask.layout.shape, pair, "which")
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
  /// Throws (see `attempt`) when the mask is not bool or does not fit, or for an infinity in int64.
  public final func maskedFill(_ mask: Tensor, _ value: Double) -> Tensor {
    guarded(self, mask) { () throws(TensorError) in
      try requireMask(mask, "maskedFill")
      try requireHolds(value, "maskedFill")
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
      let places: [TensorIndex] = [.tensor(widened(mask, shape))]
      let out = try ReadIndices(x.layout, places).picked().read(x)
      guard records(x) else { return out }
      let inside = try ReadIndices(Layout(contiguous: x.layout.shape), places)
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
  public final func logicalXor(_ other: Tensor) -> Tensor {
    logic(other, "logicalXor") { $0 != $1 }
  }

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
}
