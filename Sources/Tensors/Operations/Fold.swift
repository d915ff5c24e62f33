// The frame of reductions over several dimensions at once.

/// Which dimensions are reduced, and the shapes that follow from it.
struct Fold {
  /// The input with the reduced dimensions last.
  let order: Extents
  /// The result, with the reduced dimensions dropped or kept with size 1.
  let out: Extents
  /// The result with the reduced dimensions kept, which broadcasts against the input.
  let kept: Extents
  let rows: Int
  let length: Int

  /// Over `dims`, all of them when it is nil. An empty list also stands for all, as in PyTorch.
  init(
    _ shape: Extents, _ dims: [Int]?, keepDim: Bool, _ operation: String
  ) throws(TensorError) {
    var isReduced = [Bool](repeating: dims?.isEmpty ?? true, count: shape.count)
    for dim in dims ?? [] {
      let place = try resolve(dim, shape.count, operation)
      guard shape.count > 0 else { continue }
      guard !isReduced[place] else {
        throw TensorError(operation, "dimension \(dim) appears twice in \(dims ?? [])")
      }
      isReduced[place] = true
    }
    var (order, out, kept, rows, length) = (Extents(), Extents(), shape, 1, 1)
    for i in 0..<shape.count where !isReduced[i] {
      order.append(i)
      rows *= shape[i]
    }
    for i in 0..<shape.count where isReduced[i] {
      order.append(i)
      length *= shape[i]
      kept[i] = 1
    }
    for i in 0..<shape.count where keepDim || !isReduced[i] { out.append(kept[i]) }
    (self.order, self.out, self.kept, self.rows, self.length) = (order, out, kept, rows, length)
  }

  /// f(row, length) of every row (rows, length) -> (rows), in double precision; not recorded.
  func reduce(_ x: Tensor, _ f: (UnsafePointer<Double>, Int) -> Double) throws(TensorError)
    -> Tensor
  {
    let wide = try packedElements(cast(x, .float64).permutedView(order))
    let out = try Tensor.empty(self.out, x.dtype.isFloatingPoint ? x.dtype : .float32)
    let source: UnsafeMutablePointer<Double> = wide.pointer()
    for row in 0..<rows {
      let value = f(source + row * length, length)
      if out.dtype == .float32 {
        out.pointer(Float.self)[row] = Float(value)
      } else {
        out.pointer(Double.self)[row] = value
      }
    }
    return out
  }

  /// A result, or its gradient, in the shape that broadcasts against the input.
  func broad(_ x: Tensor) throws(TensorError) -> Tensor { try reshaped(x, kept) }
}

extension Tensor {
  final func permutedView(_ order: Extents) -> Tensor { view(layout.permuted(order)) }
}
