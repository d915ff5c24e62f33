/// The gradient of a table of which some rows were used: those rows, and where they stand. All other
/// rows are zero.
package final class RowGradient {
  /// The shape of the table.
  package let shape: Extents
  /// The distinct rows.
  package let rows: [Int]
  /// Their gradients, contiguous: `[rows, …]`.
  package let block: Tensor

  package init(shape: Extents, rows: [Int], block: Tensor) {
    self.shape = shape
    self.rows = rows
    self.block = block
  }

  /// The whole table.
  package func dense() throws(TensorError) -> Tensor {
    let out = try Tensor.zeroed(shape, block.dtype)
    try scatterRows(block, rows, into: out)
    return out
  }

  /// The sum with a later gradient of the same table, row by row as the dense sum would be.
  func adding(_ other: RowGradient) throws(TensorError) -> RowGradient {
    let list = rows + other.rows
    let numbers = try list.withUnsafeBufferPointer { (list) throws(TensorError) in
      try RowNumbers(list, below: shape[0], "backward")
    }
    let width = block.layout.count / max(rows.count, 1)
    let both = try join(block, other.block, width)
    return RowGradient(
      shape: shape, rows: numbers.rows, block: try numbers.sums(both, width: width))
  }

  private func join(_ a: Tensor, _ b: Tensor, _ width: Int) throws(TensorError) -> Tensor {
    let out = try Tensor.empty(Extents(a.layout.count + b.layout.count), a.dtype)
    let size = a.dtype.byteCount
    let (bytes, more) = (a.layout.count * size, b.layout.count * size)
    out.storage.base.copyMemory(from: a.storage.base + a.layout.offset * size, byteCount: bytes)
    (out.storage.base + bytes).copyMemory(
      from: b.storage.base + b.layout.offset * size, byteCount: more)
    return out
  }
}

extension Tape {
  /// As `send`, for a table of which some rows were used. A leaf keeps the rows as they are; what was
  /// computed gets the whole table.
  package static func sendRows(_ gradient: RowGradient, to edge: Edge) throws(TensorError) {
    guard let leaf = edge.leaf, leaf.gradient == nil else {
      return try send(gradient.dense(), to: edge)
    }
    leaf.rowGradient = try leaf.rowGradient?.adding(gradient) ?? gradient
  }
}
