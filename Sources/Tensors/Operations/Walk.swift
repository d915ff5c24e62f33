// The loops under the elementwise operations: a contiguous fast path, and a walk over rows for
// everything else (views, broadcasting). Closures are always inlined, so that each operation gets a
// loop of its own which the compiler can vectorise.

/// Calls `row(offset, offsetA, offsetB)` for the start of every innermost row of `shape`: the
/// element offsets in the contiguous result and in two operands with the given strides.
@inline(__always)
func forEachRow(
  _ shape: Extents, _ a: Extents, _ b: Extents, _ row: (Int, Int, Int) -> Void
) {
  var rows = 1
  for i in 0..<max(shape.count - 1, 0) { rows *= shape[i] }
  guard shape.count == 0 || shape.last > 0 else { return }
  forEachRow(shape, a, b, 0..<rows, row)
}

/// The same for some of the rows, by their number.
@inline(__always)
func forEachRow(
  _ shape: Extents, _ a: Extents, _ b: Extents, _ rows: Range<Int>, _ row: (Int, Int, Int) -> Void
) {
  let outer = max(shape.count - 1, 0)
  let length = shape.last
  var index = Extents(repeating: 0, count: outer)
  var (offset, offsetA, offsetB) = (rows.lowerBound * length, 0, 0)
  var left = rows.lowerBound
  var i = outer - 1
  while i >= 0 && left > 0 {
    index[i] = left % shape[i]
    left /= shape[i]
    offsetA += index[i] * a[i]
    offsetB += index[i] * b[i]
    i -= 1
  }
  for _ in rows {
    row(offset, offsetA, offsetB)
    offset += length
    var i = outer - 1
    while i >= 0 {
      index[i] += 1
      offsetA += a[i]
      offsetB += b[i]
      if index[i] < shape[i] { break }
      offsetA -= index[i] * a[i]
      offsetB -= index[i] * b[i]
      index[i] = 0
      i -= 1
    }
  }
}

/// out[i] = f(x[i]) for every element of `x`; `out` is contiguous.
@inline(__always)
func map<T: StoredElement, R: StoredElement>(
  _ x: Tensor, _ out: Tensor, _ type: T.Type, _ result: R.Type, _ f: (T) -> R
) {
  let source: UnsafeMutablePointer<T> = x.pointer()
  let target: UnsafeMutablePointer<R> = out.pointer()
  if x.layout.isContiguous {
    for i in 0..<x.layout.count { target[i] = f(source[i]) }
    return
  }
  let shape = x.layout.shape
  let length = shape.last
  let step = shape.count == 0 ? 0 : x.layout.strides.last
  forEachRow(shape, x.layout.strides, x.layout.strides) { offset, start, _ in
    if step == 1 {
      for i in 0..<length { target[offset + i] = f(source[start + i]) }
    } else {
      for i in 0..<length { target[offset + i] = f(source[start + i * step]) }
    }
  }
}

/// out[i] = f(a[i], b[i]) with `a` and `b` broadcast to the shape of the contiguous `out`.
@inline(__always)
func zip<T: StoredElement, R: StoredElement>(
  _ a: Tensor, _ b: Tensor, _ out: Tensor, _ type: T.Type, _ result: R.Type, _ f: (T, T) -> R
) {
  let left: UnsafeMutablePointer<T> = a.pointer()
  let right: UnsafeMutablePointer<T> = b.pointer()
  let target: UnsafeMutablePointer<R> = out.pointer()
  let shape = out.layout.shape
  if a.layout.isContiguous && a.layout.count == out.layout.count {
    if b.layout.isContiguous && b.layout.count == out.layout.count {
      for i in 0..<out.layout.count { target[i] = f(left[i], right[i]) }
      return
    }
    if b.layout.count == 1 {
      let y = right[0]
      for i in 0..<out.layout.count { target[i] = f(left[i], y) }
      return
    }
  }
  let stridesA = a.layout.broadcastStrides(to: shape)
  let stridesB = b.layout.broadcastStrides(to: shape)
  let stepA = shape.count == 0 ? 0 : stridesA.last
  let stepB = shape.count == 0 ? 0 : stridesB.last
  let length = shape.last
  forEachRow(shape, stridesA, stridesB) { offset, startA, startB in
    let (l, r, t) = (left + startA, right + startB, target + offset)
    if stepA == 1 && stepB == 1 {
      for i in 0..<length { t[i] = f(l[i], r[i]) }
    } else if stepA == 1 && stepB == 0 {
      let y = r[0]
      for i in 0..<length { t[i] = f(l[i], y) }
    } else {
      for i in 0..<length { t[i] = f(l[i * stepA], r[i * stepB]) }
    }
  }
}

/// The shape two operands broadcast to (PyTorch's rule: aligned at the last dimension, equal or 1).
package func broadcast(
  _ a: Extents, _ b: Extents, _ operation: String
) throws(TensorError) -> Extents {
  if a == b { return a }
  let count = max(a.count, b.count)
  var shape = Extents(repeating: 1, count: count)
  for i in 0..<count {
    let fromA = i - (count - a.count)
    let fromB = i - (count - b.count)
    let x = fromA < 0 ? 1 : a[fromA]
    let y = fromB < 0 ? 1 : b[fromB]
    guard x == y || x == 1 || y == 1 else {
      throw TensorError(
        operation,
        "shapes \(a) and \(b) do not go together: \(x) against \(y) in dimension \(i - count)")
    }
    shape[i] = x == 1 ? y : x
  }
  return shape
}
