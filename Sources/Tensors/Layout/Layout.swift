/// Which elements of a storage a tensor sees, and in which order.
///
/// Element `[i, j, …]` is at `offset + i * strides[0] + j * strides[1] + …`, in elements.
package struct Layout {
  package let shape: Extents
  package let strides: Extents
  package let offset: Int
  /// The number of elements.
  package let count: Int
  /// Row-major without gaps: the elements are `offset ..< offset + count`, in order.
  package let isContiguous: Bool

  package init(shape: Extents, strides: Extents, offset: Int) {
    self.shape = shape
    self.strides = strides
    self.offset = offset
    var count = 1
    var isContiguous = true
    for i in stride(from: shape.count - 1, through: 0, by: -1) {
      // A dimension of size 1 is never stepped over, so its stride does not matter.
      if shape[i] != 1 && strides[i] != count { isContiguous = false }
      count *= shape[i]
    }
    self.count = count
    self.isContiguous = isContiguous || count == 0
  }

  /// Row-major, for a shape whose element count is known not to overflow.
  package init(contiguous shape: Extents, count: Int) {
    var strides = shape
    var step = 1
    for i in stride(from: shape.count - 1, through: 0, by: -1) {
      strides[i] = step
      step *= max(shape[i], 1)
    }
    self.shape = shape
    self.strides = strides
    self.offset = 0
    self.count = count
    self.isContiguous = true
  }

  package init(contiguous shape: Extents) {
    var count = 1
    for i in 0..<shape.count { count *= shape[i] }
    self.init(contiguous: shape, count: count)
  }

  /// The strides of this layout as seen by a walk over `target`: 0 where a dimension is repeated.
  func broadcastStrides(to target: Extents) -> Extents {
    var result = Extents(repeating: 0, count: target.count)
    let lead = target.count - shape.count
    for i in 0..<shape.count where shape[i] != 1 { result[lead + i] = strides[i] }
    return result
  }
}

/// The number of elements of a shape; throws when a size is negative or the product too large.
package func elementCount(_ shape: Extents, _ operation: String) throws(TensorError) -> Int {
  var count = 1
  for i in 0..<shape.count {
    guard shape[i] >= 0 else {
      throw TensorError(operation, "expected sizes of 0 or more, got shape \(shape)")
    }
    let (product, overflow) = count.multipliedReportingOverflow(by: shape[i])
    guard !overflow, product < 1 << 56 else {
      throw TensorError(operation, "shape \(shape) has too many elements")
    }
    count = product
  }
  return count
}

/// The dimension `dim` of a tensor with `rank` dimensions, counting from the end when negative.
package func resolve(_ dim: Int, _ rank: Int, _ operation: String) throws(TensorError) -> Int {
  let limit = max(rank, 1)
  guard dim >= -limit && dim < limit else {
    throw TensorError(
      operation,
      "expected a dimension from \(-limit) to \(limit - 1), got \(dim)")
  }
  return dim < 0 ? dim + limit : dim
}
