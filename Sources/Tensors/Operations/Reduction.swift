// Sums, means and extremes over all elements or along one dimension.

package enum Reduction { case sum, maximum, minimum }

/// The three factors of a shape around dimension `dim`: what is before it, itself, what is after.
package func factors(_ shape: Extents, _ dim: Int) -> (outer: Int, length: Int, inner: Int) {
  var (outer, inner) = (1, 1)
  for i in 0..<shape.count {
    if i < dim { outer *= shape[i] }
    if i > dim { inner *= shape[i] }
  }
  return (outer, shape.count == 0 ? 1 : shape[dim], inner)
}

/// `shape` without dimension `dim`, or with size 1 there.
package func reducedShape(_ shape: Extents, _ dim: Int, keepDim: Bool) -> Extents {
  var result = shape
  guard shape.count > 0 else { return result }
  if keepDim { result[dim] = 1 } else { result.remove(at: dim) }
  return result
}

/// Reduces dimension `dim`, which must exist; not recorded. Truth values are counted as integers.
package func reduction(
  _ operation: Reduction, _ x: Tensor, _ dim: Int, keepDim: Bool
) throws(TensorError) -> Tensor {
  let x = try packedElements(x.dtype == .bool ? cast(x, .int64) : x)
  let out = try Tensor.empty(reducedShape(x.layout.shape, dim, keepDim: keepDim), x.dtype)
  let sizes = factors(x.layout.shape, dim)
  switch x.dtype {
  case .float32: reduceElements(operation, x.pointer(Float.self), out.pointer(), sizes)
  case .float64: reduceElements(operation, x.pointer(Double.self), out.pointer(), sizes)
  case .int64, .bool: reduceElements(operation, x.pointer(Int.self), out.pointer(), sizes)
  }
  return out
}

/// x (outer, length, inner) -> out (outer, inner)
private func reduceElements<T: Scalar>(
  _ operation: Reduction, _ x: UnsafePointer<T>, _ out: UnsafeMutablePointer<T>,
  _ sizes: (outer: Int, length: Int, inner: Int)
) {
  let (outer, length, inner) = sizes
  for o in 0..<outer {
    let (block, row) = (x + o * length * inner, out + o * inner)
    if inner == 1 {
      row[0] = reduceRow(operation, block, length)
      continue
    }
    // Whole rows are combined, so that the loop runs over neighbours in memory.
    for i in 0..<inner { row[i] = length == 0 ? T(number: 0) : block[i] }
    for l in 1..<max(length, 1) {
      let source = block + l * inner
      switch operation {
      case .sum: for i in 0..<inner { row[i] = T.plus(row[i], source[i]) }
      case .maximum: for i in 0..<inner { row[i] = greater(row[i], source[i]) }
      case .minimum: for i in 0..<inner { row[i] = lesser(row[i], source[i]) }
      }
    }
  }
}

/// A nan wins over any number, as in PyTorch.
@inline(__always) func greater<T: Scalar>(_ a: T, _ b: T) -> T { a >= b || a != a ? a : b }
@inline(__always) func lesser<T: Scalar>(_ a: T, _ b: T) -> T { a <= b || a != a ? a : b }

/// Sums pairwise by halves above 128 elements: the rounding error grows with the logarithm of the
/// length, and eight partial sums let the compiler use vectors.
private func reduceRow<T: Scalar>(
  _ operation: Reduction, _ x: UnsafePointer<T>, _ length: Int
) -> T {
  switch operation {
  case .sum:
    if length > 128 {
      let half = length / 2 / 8 * 8
      return T.plus(
        reduceRow(.sum, x, half), reduceRow(.sum, x + half, length - half))
    }
    if length < 16 {
      var sum = T(number: 0)
      for i in 0..<length { sum = T.plus(sum, x[i]) }
      return sum
    }
    var (s0, s1, s2, s3) = (x[0], x[1], x[2], x[3])
    var i = 4
    while i + 4 <= length {
      s0 = T.plus(s0, x[i])
      s1 = T.plus(s1, x[i + 1])
      s2 = T.plus(s2, x[i + 2])
      s3 = T.plus(s3, x[i + 3])
      i += 4
    }
    while i < length {
      s0 = T.plus(s0, x[i])
      i += 1
    }
    return T.plus(T.plus(s0, s1), T.plus(s2, s3))
  case .maximum:
    var best = x[0]
    for i in 1..<max(length, 1) { best = greater(best, x[i]) }
    return best
  case .minimum:
    var best = x[0]
    for i in 1..<max(length, 1) { best = lesser(best, x[i]) }
    return best
  }
}

/// The gradient of a sum is repeated over the dimension that was summed, times a factor (1/n for a
/// mean).
final class SumNode: Node {
  let shape: Extents
  let dim: Int?
  let keepDim: Bool
  let factor: Double
  let dtype: DType
  override var name: String {
    (factor == 1 ? "SumBackward" : "MeanBackward") + (dim == nil ? "0" : "1")
  }

  init(_ x: Tensor, dim: Int?, keepDim: Bool, factor: Double = 1) {
    shape = x.layout.shape
    dtype = x.dtype
    self.dim = dim
    self.keepDim = keepDim
    self.factor = factor
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let scaled = factor == 1 ? gradient : try scaled(gradient, factor)
    var kept = scaled.layout.shape
    var strides = scaled.layout.strides
    if let dim, !keepDim, shape.count > 0 {
      kept.insert(1, at: dim)
      strides.insert(0, at: dim)
    } else if dim == nil {
      kept = Extents()
      strides = Extents()
    }
    let layout = Layout(shape: kept, strides: strides, offset: scaled.layout.offset)
    let repeated = Layout(
      shape: shape, strides: layout.broadcastStrides(to: shape), offset: layout.offset)
    try Tape.send(scaled.view(repeated), to: first, isShared: true)
  }
}

extension Tensor {
  /// The same elements in one row; a copy when they are not contiguous.
  final func flattened() throws(TensorError) -> Tensor {
    let packed = try packedElements(self)
    return packed.view(
      Layout(shape: Extents(packed.layout.count), strides: Extents(1), offset: packed.layout.offset)
    )
  }

  /// The sum of all elements: `[]`. Integers and truth values give int64 (`torch.sum`).
  public final func sum() -> Tensor {
    guarded(self) { () throws(TensorError) in
      let out = try reduction(.sum, flattened(), 0, keepDim: false)
      return records(self) ? out.made(by: SumNode(self, dim: nil, keepDim: false)) : out
    }
  }

  /// The sums along `dim`, which is dropped or kept with size 1: `[a, b, c]` -> `[a, c]` for
  /// dimension 1 (`torch.sum`). Throws (see `attempt`) when there is no such dimension.
  public final func sum(dim: Int, keepDim: Bool = false) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "sum")
      let out = try reduction(.sum, self, dim, keepDim: keepDim)
      return records(self) ? out.made(by: SumNode(self, dim: dim, keepDim: keepDim)) : out
    }
  }

  private final func requireFloat(_ operation: String) throws(TensorError) {
    guard dtype.isFloatingPoint else {
      throw TensorError(operation, "expected a floating-point tensor, got \(dtype); use .float()")
    }
  }

  /// The mean of all elements: `[]` (`torch.mean`). Throws (see `attempt`) when they are not
  /// floating-point.
  public final func mean() -> Tensor {
    guarded(self) { () throws(TensorError) in
      try requireFloat("mean")
      let factor = 1 / Double(layout.count)
      let sum = try reduction(.sum, flattened(), 0, keepDim: false)
      let out = try combine(.divide, sum, .number(Double(layout.count), sum))
      return records(self)
        ? out.made(by: SumNode(self, dim: nil, keepDim: false, factor: factor)) : out
    }
  }

  /// The means along `dim`, which is dropped or kept with size 1 (`torch.mean`). Throws (see
  /// `attempt`) when there is no such dimension or the elements are not floating-point.
  public final func mean(dim: Int, keepDim: Bool = false) -> Tensor {
    guarded(self) { () throws(TensorError) in
      try requireFloat("mean")
      let dim = try resolve(dim, layout.shape.count, "mean")
      let length = Double(factors(layout.shape, dim).length)
      let sum = try reduction(.sum, self, dim, keepDim: keepDim)
      let out = try combine(.divide, sum, .number(length, sum))
      return records(self)
        ? out.made(by: SumNode(self, dim: dim, keepDim: keepDim, factor: 1 / length)) : out
    }
  }

  /// Whether every element differs from zero: a bool tensor `[]` (`torch.all`).
  public final func all() -> Tensor { truth(.minimum) }

  /// Whether some element differs from zero: a bool tensor `[]` (`torch.any`).
  public final func any() -> Tensor { truth(.maximum) }

  private final func truth(_ operation: Reduction) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard layout.count > 0 else {
        return try .filled(Extents(), .bool, operation == .minimum ? 1 : 0)
      }
      return try cast(reduction(operation, cast(self, .bool).flattened(), 0, keepDim: false), .bool)
    }
  }
}
