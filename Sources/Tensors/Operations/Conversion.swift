import CKernels

// Copies and changes of dtype.

/// A contiguous tensor with the elements of `x` as `dtype`; not recorded.
package func cast(_ x: Tensor, _ dtype: DType) throws(TensorError) -> Tensor {
  if x.dtype == dtype { return x }
  let out = try Tensor.empty(x.layout.shape, dtype)
  switch x.dtype {
  case .float32: castFrom(x, out, Float.self)
  case .float64: castFrom(x, out, Double.self)
  case .int64: castFrom(x, out, Int.self)
  case .bool: castFrom(x, out, Bool.self)
  }
  return out
}

private func castFrom<T: StoredElement>(_ x: Tensor, _ out: Tensor, _ type: T.Type) {
  switch out.dtype {
  case .float32: map(x, out, T.self, Float.self) { Float(number: $0.number) }
  case .float64: map(x, out, T.self, Double.self) { $0.number }
  case .int64: map(x, out, T.self, Int.self) { Int(number: $0.number) }
  case .bool: map(x, out, T.self, Bool.self) { $0.number != 0 }
  }
}

/// A contiguous copy; not recorded.
package func copy(_ x: Tensor) throws(TensorError) -> Tensor {
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  if x.layout.isContiguous {
    let size = x.dtype.byteCount
    let (source, target) = (x.storage.base + x.layout.offset * size, out.storage.base)
    inParallel(over: x.layout.count * size, by: 1 << 20) { part in
      (target + part.lowerBound).copyMemory(
        from: source + part.lowerBound, byteCount: part.count)
    }
    return out
  }
  if x.dtype == .float32, copyTurned(x, out) { return out }
  switch x.dtype {
  case .float32: map(x, out, Float.self, Float.self) { $0 }
  case .float64: map(x, out, Double.self, Double.self) { $0 }
  case .int64: map(x, out, Int.self, Int.self) { $0 }
  case .bool: map(x, out, Bool.self, Bool.self) { $0 }
  }
  return out
}

/// Copies float32 whose last dimension has gaps while another has none, such as a transposed matrix:
/// a kernel turns it by small blocks. False when `x` is not like that.
private func copyTurned(_ x: Tensor, _ out: Tensor) -> Bool {
  let layout = x.layout
  let last = layout.shape.count - 1
  guard layout.count > 64, last > 0, layout.strides[last] > 1,
    let dense = (0..<last).last(where: { layout.strides[$0] == 1 && layout.shape[$0] > 1 })
  else { return false }
  // One block for every place in the other dimensions.
  var (outer, from, to) = (layout.shape, layout.strides, out.layout.strides)
  for list in [dense, last] { outer[list] = 1 }
  outer.append(1)
  from.append(0)
  to.append(0)
  let (columns, rows) = (layout.shape[dense], layout.shape[last])
  let (source, target) = (x.pointer(Float.self), out.pointer(Float.self))
  let blocks = layout.count / (columns * rows)
  // One matrix alone is cut into stripes.
  if blocks == 1 {
    let stripe = max(parallelStretch / rows / 16 * 16, 16)
    inParallel(over: columns, by: stripe) { part in
      ck_turn(
        rows, part.count, source + part.lowerBound, layout.strides[last],
        target + part.lowerBound * out.layout.strides[dense], out.layout.strides[dense])
    }
    return true
  }
  inParallel(over: blocks, by: max(parallelStretch / (columns * rows), 1)) { part in
    forEachRow(outer, from, to, part) { _, a, b in
      ck_turn(
        rows, columns, source + a, layout.strides[last], target + b, out.layout.strides[dense])
    }
  }
  return true
}

/// `x` itself when it is contiguous, else a copy that is; not recorded.
package func packedElements(_ x: Tensor) throws(TensorError) -> Tensor {
  x.layout.isContiguous ? x : try copy(x)
}

/// The gradient of a copy or of a change of dtype is the gradient, in the dtype of the input.
final class ConversionNode: Node {
  let dtype: DType
  let operation: String
  override var name: String { operation }

  init(_ x: Tensor, _ operation: String) {
    dtype = x.dtype
    self.operation = operation
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    try Tape.send(cast(gradient, dtype), to: first, isShared: true)
  }
}

extension Tensor {
  private final func converted(_ target: DType) -> Tensor {
    guarded(self) { () throws(TensorError) in
      if dtype == target { return self }
      let out = try cast(self, target)
      guard records(self) && target.isFloatingPoint else { return out }
      return out.made(by: ConversionNode(self, "ToCopyBackward0"))
    }
  }

  /// The elements as float32; the tensor itself when they are (`torch.Tensor.float`).
  public final func float() -> Tensor { converted(.float32) }

  /// The elements as float64; the tensor itself when they are (`torch.Tensor.double`).
  public final func double() -> Tensor { converted(.float64) }

  /// The elements as int64, truncated towards zero; the tensor itself when they are
  /// (`torch.Tensor.long`).
  public final func long() -> Tensor { converted(.int64) }

  /// Whether each element differs from zero; the tensor itself when it holds truth values
  /// (`torch.Tensor.bool`).
  public final func bool() -> Tensor { converted(.bool) }

  /// The elements as `dtype`; the tensor itself when they are (`torch.Tensor.to`).
  public final func to(_ dtype: DType) -> Tensor { converted(dtype) }

  /// A copy with memory of its own; gradients flow through it (`torch.clone`).
  public final func clone() -> Tensor {
    guarded(self) { () throws(TensorError) in
      let out = try Tensors.copy(self)
      return records(self) ? out.made(by: ConversionNode(self, "CloneBackward0")) : out
    }
  }

  /// The tensor itself when it is contiguous, else a contiguous copy (`torch.Tensor.contiguous`).
  public final func contiguous() -> Tensor { isContiguous || isFailed ? self : clone() }
}
