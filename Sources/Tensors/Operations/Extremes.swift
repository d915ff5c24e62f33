import CKernels

// Greatest and least elements, and where they are. Of equal elements the first one counts.

/// The indices of the extremes along `dim` (int64) and their values; not recorded.
func extremes(
  _ operation: Reduction, _ x: Tensor, _ dim: Int, keepDim: Bool, _ name: String
) throws(TensorError) -> (values: Tensor, indices: Tensor) {
  let sizes = factors(x.layout.shape, dim)
  guard sizes.length > 0 else {
    throw TensorError(name, "dimension \(dim) of shape \(x.layout.shape) has no elements")
  }
  let x = try packedElements(x)
  let shape = reducedShape(x.layout.shape, dim, keepDim: keepDim)
  let values = try Tensor.empty(shape, x.dtype)
  let indices = try Tensor.empty(shape, .int64)
  let isMaximum = operation == .maximum
  if sizes.inner == 1 && x.dtype == .float32 {
    findInRows(isMaximum, x, values, indices, sizes.length)
    return (values, indices)
  }
  switch x.dtype {
  case .float32: find(isMaximum, x.pointer(Float.self), values.pointer(), indices.pointer(), sizes)
  case .float64: find(isMaximum, x.pointer(Double.self), values.pointer(), indices.pointer(), sizes)
  case .int64: find(isMaximum, x.pointer(Int.self), values.pointer(), indices.pointer(), sizes)
  case .bool:
    let (found, places) = try extremes(operation, cast(x, .int64), dim, keepDim: keepDim, name)
    return (try cast(found, .bool), places)
  }
  return (values, indices)
}

/// x (rows, length) -> values, indices (rows)
private func findInRows(
  _ isMaximum: Bool, _ x: Tensor, _ values: Tensor, _ indices: Tensor, _ length: Int
) {
  let (source, found, places) = (
    x.pointer(Float.self), values.pointer(Float.self), indices.pointer(Int.self)
  )
  inParallel(over: values.layout.count, by: rowStretch(length)) { rows in
    let row = rows.lowerBound
    (places + row).withMemoryRebound(to: Int64.self, capacity: rows.count) {
      ck_row_extremes(rows.count, length, isMaximum, source + row * length, found + row, $0)
    }
  }
}

/// x (outer, length, inner) -> values, indices (outer, inner)
private func find<T: Scalar>(
  _ isMaximum: Bool, _ x: UnsafePointer<T>, _ values: UnsafeMutablePointer<T>,
  _ indices: UnsafeMutablePointer<Int>, _ sizes: (outer: Int, length: Int, inner: Int)
) {
  for o in 0..<sizes.outer {
    for i in 0..<sizes.inner {
      let column = x + o * sizes.length * sizes.inner + i
      var (best, place) = (column[0], 0)
      for l in 1..<max(sizes.length, 1) {
        let value = column[l * sizes.inner]
        guard best == best else { break }  // the first nan wins
        if (isMaximum ? value > best : value < best) || value != value {
          (best, place) = (value, l)
        }
      }
      values[o * sizes.inner + i] = best
      indices[o * sizes.inner + i] = place
    }
  }
}

/// The gradient goes to the element that was the extreme.
final class ExtremeAlongNode: Node {
  let shape: Extents
  let dim: Int
  let indices: Saved
  let operation: String
  override var name: String { operation }

  init(_ x: Tensor, _ dim: Int, _ indices: Tensor, _ operation: String) {
    shape = x.layout.shape
    self.dim = dim
    self.indices = Saved(indices)
    self.operation = operation
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let out = try Tensor.filled(shape, gradient.dtype, 0)
    let g = try packedElements(gradient)
    let sizes = factors(shape, dim)
    let places = try indices.places().pointer(Int.self)
    if g.dtype == .float32 {
      place(g.pointer(Float.self), places, out.pointer(), sizes)
    } else {
      place(g.pointer(Double.self), places, out.pointer(), sizes)
    }
    try Tape.send(out, to: first)
  }

  private func place<T>(
    _ g: UnsafePointer<T>, _ indices: UnsafePointer<Int>, _ out: UnsafeMutablePointer<T>,
    _ sizes: (outer: Int, length: Int, inner: Int)
  ) {
    for o in 0..<sizes.outer {
      for i in 0..<sizes.inner {
        let at = o * sizes.inner + i
        out[(o * sizes.length + indices[at]) * sizes.inner + i] = g[at]
      }
    }
  }
}

/// The gradient of the extreme of all elements is shared equally among those that reach it.
final class ExtremeOfAllNode: Node {
  let x: Saved
  let value: Saved
  let operation: String
  override var name: String { operation }

  init(_ x: Tensor, _ value: Tensor, _ operation: String) {
    self.x = Saved(x)
    self.value = Saved(value)
    self.operation = operation
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    // A nan is the extreme of those it is among, and equal to none of them.
    let (x, value) = (x.tensor, value.tensor)
    let isHole = value.number(0).isNaN
    let reached = try cast(
      isHole ? compare(.notEqual, x, x) : compare(.equal, x, value), x.dtype)
    let count = try reduction(.sum, reached.flattened(), 0, keepDim: false)
    try Tape.send(combine(.multiply, reached, combine(.divide, gradient, count)), to: first)
  }
}

extension Tensor {
  private final func extreme(_ operation: Reduction, _ name: String) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard layout.count > 0 else { throw TensorError(name, "the tensor has no elements") }
      let reduced = try reduction(operation, flattened(), 0, keepDim: false)
      let out = try cast(reduced, dtype)
      let backward = operation == .maximum ? "MaxBackward1" : "MinBackward1"
      return records(self) ? out.made(by: ExtremeOfAllNode(self, out, backward)) : out
    }
  }

  private final func extreme(
    _ operation: Reduction, _ dim: Int, _ keepDim: Bool, _ name: String
  ) -> (values: Tensor, indices: Tensor) {
    guarded([self], or: (.failed, .failed)) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, name)
      let (values, indices) = try extremes(operation, self, dim, keepDim: keepDim, name)
      guard records(self) else { return (values, indices) }
      let backward = operation == .maximum ? "MaxBackward0" : "MinBackward0"
      return (values.made(by: ExtremeAlongNode(self, dim, indices, backward)), indices)
    }
  }

  private final func place(_ operation: Reduction, _ name: String) -> Tensor {
    guarded(self) { () throws(TensorError) in
      try extremes(operation, flattened(), 0, keepDim: false, name).indices
    }
  }

  private final func place(
    _ operation: Reduction, _ dim: Int, _ keepDim: Bool, _ name: String
  ) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, name)
      return try extremes(operation, self, dim, keepDim: keepDim, name).indices
    }
  }

  /// The greatest element: `[]`; nan when there is one (`torch.max`). Throws (see `attempt`) when
  /// there are none.
  public final func max() -> Tensor { extreme(.maximum, "max") }

  /// The least element: `[]`; nan when there is one (`torch.min`). Throws (see `attempt`) when
  /// there are none.
  public final func min() -> Tensor { extreme(.minimum, "min") }

  /// The greatest elements along `dim`, which is dropped or kept with size 1, and their int64
  /// places; the first of equal ones (`torch.max`). Throws (see `attempt`) when there is no such
  /// dimension or it is empty.
  public final func max(dim: Int, keepDim: Bool = false) -> (values: Tensor, indices: Tensor) {
    extreme(.maximum, dim, keepDim, "max")
  }

  /// The least elements along `dim`, which is dropped or kept with size 1, and their int64 places;
  /// the first of equal ones (`torch.min`). Throws (see `attempt`) when there is no such dimension
  /// or it is empty.
  public final func min(dim: Int, keepDim: Bool = false) -> (values: Tensor, indices: Tensor) {
    extreme(.minimum, dim, keepDim, "min")
  }

  /// The place of the greatest element in row-major order, the first of equal ones: int64 `[]`
  /// (`torch.argmax`). Throws (see `attempt`) when there are no elements.
  public final func argmax() -> Tensor { place(.maximum, "argmax") }

  /// The place of the least element in row-major order, the first of equal ones: int64 `[]`
  /// (`torch.argmin`). Throws (see `attempt`) when there are no elements.
  public final func argmin() -> Tensor { place(.minimum, "argmin") }

  /// The places of the greatest elements along `dim`, which is dropped or kept with size 1: int64;
  /// the first of equal ones (`torch.argmax`). Throws (see `attempt`) when there is no such
  /// dimension or it is empty.
  public final func argmax(dim: Int, keepDim: Bool = false) -> Tensor {
    place(.maximum, dim, keepDim, "argmax")
  }

  /// The places of the least elements along `dim`, which is dropped or kept with size 1: int64; the
  /// first of equal ones (`torch.argmin`). Throws (see `attempt`) when there is no such dimension
  /// or it is empty.
  public final func argmin(dim: Int, keepDim: Bool = false) -> Tensor {
    place(.minimum, dim, keepDim, "argmin")
  }
}
