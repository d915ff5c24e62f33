// Matrix products. A transposed view costs nothing: BLAS takes a leading dimension and a flag.

/// How BLAS reads the last two dimensions of a tensor.
package struct MatrixView {
  package let isTransposed: Bool
  package let leading: Int

  /// How far it is to the next row, and to the next column.
  var steps: (row: Int, column: Int) { isTransposed ? (1, leading) : (leading, 1) }

  /// nil when neither dimension is contiguous.
  init?(_ layout: Layout) {
    let rank = layout.shape.count
    let (rows, columns) = (layout.shape[rank - 2], layout.shape[rank - 1])
    let (rowStep, columnStep) = (layout.strides[rank - 2], layout.strides[rank - 1])
    if (columnStep == 1 || columns <= 1) && (rowStep >= Swift.max(columns, 1) || rows <= 1) {
      isTransposed = false
      leading = Swift.max(rows <= 1 ? columns : rowStep, columns, 1)
    } else if (rowStep == 1 || rows <= 1) && (columnStep >= Swift.max(rows, 1) || columns <= 1) {
      isTransposed = true
      leading = Swift.max(columns <= 1 ? rows : columnStep, rows, 1)
    } else {
      return nil
    }
  }
}

/// a (…, m, k) times b (…, k, n) -> (…, m, n), the leading dimensions broadcast; not recorded.
/// Both have two dimensions or more, and the same dtype, which is not bool.
///
/// With `sum`, a contiguous matrix, the product of two matrices is added to that instead.
@discardableResult
package func matrixProduct(
  _ a: Tensor, _ b: Tensor, addedTo sum: Tensor? = nil
) throws(TensorError) -> Tensor {
  let (rankA, rankB) = (a.layout.shape.count, b.layout.shape.count)
  let (m, k) = (a.layout.shape[rankA - 2], a.layout.shape[rankA - 1])
  let n = b.layout.shape[rankB - 1]
  guard k == b.layout.shape[rankB - 2] else {
    throw TensorError(
      "matmul",
      "expected equal inner sizes, got \(a.layout.shape) times \(b.layout.shape): \(k) columns "
        + "against \(b.layout.shape[rankB - 2]) rows")
  }
  let (a, viewA) = try readable(a)
  let (b, viewB) = try readable(b)
  var (outerA, outerB) = (a.layout.shape, b.layout.shape)
  for _ in 0..<2 {
    outerA.remove(at: outerA.count - 1)
    outerB.remove(at: outerB.count - 1)
  }
  let outer = try broadcast(outerA, outerB, "matmul")
  var shape = outer
  guard shape.count + 2 <= Extents.limit else {
    throw TensorError("matmul", "a tensor has at most \(Extents.limit) dimensions")
  }
  shape.append(m)
  shape.append(n)
  let out: Tensor
  if let sum { out = sum } else { out = try Tensor.empty(shape, a.dtype) }
  guard out.layout.count > 0 else { return out }
  if k == 0 {
    if sum == nil { try assign(Tensor.filled(shape, a.dtype, 0), into: out) }
    return out
  }
  var stepsA = Extents(repeating: 0, count: outer.count)
  var stepsB = stepsA
  for i in 0..<outerA.count where outerA[i] != 1 {
    stepsA[outer.count - outerA.count + i] = a.layout.strides[i]
  }
  for i in 0..<outerB.count where outerB[i] != 1 {
    stepsB[outer.count - outerB.count + i] = b.layout.strides[i]
  }
  // One product per matrix of the outer shape: a walk over "rows" of length 1.
  var walk = outer
  walk.append(1)
  stepsA.append(0)
  stepsB.append(0)
  func multiply<T: Real>(_ type: T.Type) {
    forEachRow(walk, stepsA, stepsB) { index, startA, startB in
      T.gemm(
        viewA.isTransposed, viewB.isTransposed, m, n, k,
        a.pointer(T.self) + startA, viewA.leading, b.pointer(T.self) + startB, viewB.leading,
        adds: sum != nil, out.pointer(T.self) + index * m * n, n)
    }
  }
  switch a.dtype {
  case .float32: multiply(Float.self)
  case .float64: multiply(Double.self)
  case .int64, .bool:
    forEachRow(walk, stepsA, stepsB) { index, startA, startB in
      multiplyIntegers(
        a.pointer(Int.self) + startA, viewA, b.pointer(Int.self) + startB, viewB,
        out.pointer(Int.self) + index * m * n, m, n, k)
    }
  }
  return out
}

/// a (m, k) times b (k, n) -> out (m, n), wrapping around.
private func multiplyIntegers(
  _ a: UnsafePointer<Int>, _ viewA: MatrixView, _ b: UnsafePointer<Int>, _ viewB: MatrixView,
  _ out: UnsafeMutablePointer<Int>, _ m: Int, _ n: Int, _ k: Int
) {
  let (rowA, columnA) = viewA.steps
  let (rowB, columnB) = viewB.steps
  for i in 0..<m {
    for j in 0..<n {
      var sum = 0
      for l in 0..<k { sum &+= a[i * rowA + l * columnA] &* b[l * rowB + j * columnB] }
      out[i * n + j] = sum
    }
  }
}

private func readable(_ x: Tensor) throws(TensorError) -> (Tensor, MatrixView) {
  if let view = MatrixView(x.layout) { return (x, view) }
  let packed = try copy(x)
  guard let view = MatrixView(packed.layout) else {
    throw TensorError("matmul", "cannot read shape \(x.layout.shape)")
  }
  return (packed, view)
}

/// dA = dC Bᵀ, dB = Aᵀ dC, summed over broadcast dimensions.
final class MatmulNode: Node {
  let a: Saved
  let b: Saved
  override var name: String { a.layout.shape.count == 2 ? "MmBackward0" : "BmmBackward0" }

  init(_ a: Tensor, _ b: Tensor) {
    self.a = Saved(a)
    self.b = Saved(b)
    super.init(a, b)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let (rankA, rankB) = (a.layout.shape.count, b.layout.shape.count)
    if first.isWanted {
      try send(gradient, b.tensor.view(b.layout.swapped(rankB - 2, rankB - 1)), a, to: first)
    }
    if second.isWanted {
      try send(a.tensor.view(a.layout.swapped(rankA - 2, rankA - 1)), gradient, b, to: second)
    }
  }

  private func send(
    _ x: Tensor, _ y: Tensor, _ operand: Saved, to edge: Edge
  ) throws(TensorError) {
    let shape = operand.layout.shape
    if a.layout.shape.count == 2, b.layout.shape.count == 2,
      let sum = Tape.collected(edge, shape, operand.dtype)
    {
      try matrixProduct(x, y, addedTo: sum)
    } else {
      try Tape.send(unbroadcast(matrixProduct(x, y), shape, operand.dtype), to: edge)
    }
  }
}

/// The matrix product with its gradient, for operands of two dimensions or more.
package func matmul(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  let out = try matrixProduct(a, b)
  return records(a, b) ? out.made(by: MatmulNode(a, b)) : out
}

extension Tensor {
  /// The matrix product (`torch.matmul`): `[n, k]` and `[k, m]` -> `[n, m]`; batches of matrices
  /// `[…, n, k]` and `[…, k, m]` -> `[…, n, m]`, whose leading dimensions are broadcast; a vector
  /// `[k]` counts as a row on the left and as a column on the right, and that dimension is dropped.
  /// Throws (see `attempt`) when the inner sizes or the dtypes differ, or for bool.
  public final func matmul(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      guard dtype == other.dtype, dtype != .bool else {
        throw TensorError(
          "matmul", expected: "two tensors of numbers of one dtype",
          actual: "\(dtype) and \(other.dtype); use float() on one")
      }
      let (rankA, rankB) = (layout.shape.count, other.layout.shape.count)
      guard rankA > 0 && rankB > 0 else {
        throw TensorError(
          "matmul", "expected vectors or matrices, got \(layout.shape) times \(other.layout.shape)")
      }
      // A vector takes part as a matrix, with an error that tells the shapes as they were given.
      let inner = rankB == 1 ? other.layout.shape[0] : other.layout.shape[rankB - 2]
      guard layout.shape.last == inner else {
        throw TensorError(
          "matmul",
          "expected equal inner sizes, got \(layout.shape) times \(other.layout.shape): "
            + "\(layout.shape.last) against \(inner)")
      }
      let a = rankA == 1 ? unsqueeze(0) : self
      let b = rankB == 1 ? other.unsqueeze(1) : other
      var out = try Tensors.matmul(a, b)
      if rankB == 1 { out = out.squeeze(-1) }
      if rankA == 1 { out = out.squeeze(rankB == 1 ? -1 : -2) }
      return out
    }
  }
}
