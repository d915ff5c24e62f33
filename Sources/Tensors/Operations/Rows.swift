// Whole rows picked by number: the operation under embeddings, packing and reordering.

/// Row `indices[i]` of `x` (rows, …) becomes row i of the result; every index must be inside.
/// Not recorded.
package func gatherRows(_ x: Tensor, _ indices: [Int]) throws(TensorError) -> Tensor {
  let x = try packedElements(x)
  var shape = x.layout.shape
  shape[0] = indices.count
  let out = try Tensor.empty(shape, x.dtype)
  let bytes = rowBytes(x)
  let source = x.storage.base + x.layout.offset * x.dtype.byteCount
  for (i, index) in indices.enumerated() {
    (out.storage.base + i * bytes).copyMemory(from: source + index * bytes, byteCount: bytes)
  }
  return out
}

/// Row i of `x` is written to row `indices[i]` of `out`, which is contiguous.
package func scatterRows(_ x: Tensor, _ indices: [Int], into out: Tensor) throws(TensorError) {
  let x = try packedElements(x)
  let bytes = rowBytes(x)
  let source = x.storage.base + x.layout.offset * x.dtype.byteCount
  for (i, index) in indices.enumerated() {
    (out.storage.base + index * bytes).copyMemory(from: source + i * bytes, byteCount: bytes)
  }
}

/// Row i of `x` is added to row `indices[i]` of `out`, which is contiguous.
package func addRows(_ x: Tensor, _ indices: [Int], into out: Tensor) throws(TensorError) {
  let x = try packedElements(x)
  func run<T: Real>(_ type: T.Type) {
    let (source, target): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
      (x.pointer(), out.pointer())
    let width = indices.isEmpty ? 0 : x.layout.count / indices.count
    for (i, index) in indices.enumerated() {
      for j in 0..<width { target[index * width + j] += source[i * width + j] }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
}

private func rowBytes(_ x: Tensor) -> Int {
  let rows = x.layout.shape[0]
  return rows == 0 ? 0 : x.layout.count / rows * x.dtype.byteCount
}

/// The gradient of picked rows is added up in the rows they came from.
package final class GatherNode: Node {
  let shape: Extents
  let indices: [Int]
  let operation: String
  override public var name: String { operation }

  package init(_ x: Tensor, _ indices: [Int], _ operation: String) {
    shape = x.layout.shape
    self.indices = indices
    self.operation = operation
    super.init(x)
  }

  override public func backward(_ gradient: Tensor) throws(TensorError) {
    let whole = try Tensor.filled(shape, gradient.dtype, 0)
    try addRows(gradient, indices, into: whole)
    try Tape.send(whole, to: first)
  }
}

/// The gradient of placed rows is picked from the places.
package final class ScatterNode: Node {
  let indices: [Int]
  let operation: String
  override public var name: String { operation }

  package init(_ x: Tensor, _ indices: [Int], _ operation: String) {
    self.indices = indices
    self.operation = operation
    super.init(x)
  }

  override public func backward(_ gradient: Tensor) throws(TensorError) {
    try Tape.send(gatherRows(gradient, indices), to: first)
  }
}

/// The parts of `x` at `indices` along `dim`, with the gradient; every index must be inside.
package func indexSelect(
  _ x: Tensor, _ dim: Int, _ indices: [Int]
) throws(TensorError) -> Tensor {
  if dim == 0 {
    let out = try gatherRows(x, indices)
    guard records(x) else { return out }
    return out.made(by: GatherNode(x, indices, "IndexSelectBackward0"))
  }
  let rows = x.transpose(0, dim)
  let out = try gatherRows(rows, indices)
  if records(rows) { _ = out.made(by: GatherNode(rows, indices, "IndexSelectBackward0")) }
  return out.transpose(0, dim)
}

extension Tensor {
  /// The parts at the given places along `dim`, in that order, copied: `[a, b]` and int64 `[n]` ->
  /// `[a, n]` for dimension 1 (`torch.index_select`). Throws (see `attempt`) when a place is out of
  /// bounds or `indices` is not an int64 vector.
  public final func indexSelect(_ dim: Int, _ indices: Tensor) -> Tensor {
    guarded(self, indices) { () throws(TensorError) in
      guard indices.dtype == .int64, indices.layout.shape.count == 1, layout.shape.count > 0 else {
        throw TensorError(
          "indexSelect", expected: "an int64 vector of places",
          actual: "\(indices.dtype) of shape \(indices.layout.shape)")
      }
      let place = try resolve(dim, layout.shape.count, "indexSelect")
      let size = layout.shape[place]
      let list = indices.ints
      for index in list where index < 0 || index >= size {
        throw TensorError(
          "indexSelect", "index \(index) is out of bounds for dimension \(dim) of size \(size)")
      }
      return try Tensors.indexSelect(self, place, list)
    }
  }
}
