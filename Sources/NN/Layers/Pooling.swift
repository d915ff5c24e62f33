/// x (…, H, W) -> the greatest element of each window (…, H', W') and its place in H W, int64.
/// `input` are the packed elements of `x`.
///
/// The first of equal elements counts; a nan wins, the last of several, as in PyTorch.
func maximumPooling(
  _ x: Tensor, _ input: Tensor, _ high: PoolingAxis, _ wide: PoolingAxis, _ name: String
) throws(TensorError) -> (output: Tensor, indices: Tensor) {
  let shape = try pooledShape(x, high, wide)
  let out = try Tensor.empty(shape, x.dtype)
  let indices = try Tensor.empty(shape, .int64)
  let size = high.length * wide.length
  func run<T: Real>(_ type: T.Type) {
    let (elements, greatest, found) = (
      input.pointer(T.self), out.pointer(T.self), indices.pointer(Int.self)
    )
    let outputs = high.count * wide.count
    forEachPlane(x.layout.count / max(size, 1), size) { plane in
      let source = elements + plane * size
      var (values, places) = (greatest + plane * outputs, found + plane * outputs)
      for rows in high.ranges {
        for columns in wide.ranges {
          var place = rows.start * wide.length + columns.start
          var best = source[place]
          var hasNaN = false
          var i = rows.start
          while i < rows.end {
            let row = i * wide.length
            var j = columns.start
            while j < columns.end {
              let value = source[row + j]
              // Choices instead of branches, which would be mispredicted for every second window.
              let isGreater = value > best
              best = isGreater ? value : best
              place = isGreater ? row + j : place
              hasNaN = hasNaN || value != value
              j += wide.step
            }
            i += high.step
          }
          if hasNaN {
            place = lastNaN(source, rows, columns, high.step, wide)
            best = .nan
          }
          values[0] = best
          places[0] = place
          values += 1
          places += 1
        }
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard records(x) else { return (out, indices) }
  return (out.made(by: MaximumPoolingNode(x, indices, size, name)), indices)
}

/// Calls `body` for every plane of `size` elements, in parallel when there are many.
@inline(__always)
private func forEachPlane(_ count: Int, _ size: Int, _ body: (Int) -> Void) {
  inParallel(over: count, by: max((1 << 16) / max(size, 1), 1)) { for plane in $0 { body(plane) } }
}

/// The place of the last nan in a window that has one.
private func lastNaN<T: Real>(
  _ source: UnsafePointer<T>, _ rows: PoolingRange, _ columns: PoolingRange, _ step: Int,
  _ wide: PoolingAxis
) -> Int {
  var last = rows.start * wide.length + columns.start
  for i in stride(from: rows.start, to: rows.end, by: step) {
    for j in stride(from: columns.start, to: columns.end, by: wide.step) {
      let place = i * wide.length + j
      if source[place] != source[place] { last = place }
    }
  }
  return last
}

/// The gradient of each output goes to the element that was the greatest.
final class MaximumPoolingNode: Node {
  let shape: Extents
  let indices: Saved
  let size: Int
  let operation: String
  override var name: String { operation }

  init(_ x: Tensor, _ indices: Tensor, _ size: Int, _ operation: String) {
    shape = x.layout.shape
    self.indices = Saved(indices)
    self.size = size
    self.operation = operation
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let out = try Tensor.filled(shape, g.dtype, 0)
    let planes = out.layout.count / max(size, 1)
    let places = try indices.places().pointer(Int.self)
    func run<T: Real>(_ type: T.Type) {
      let (source, elements) = (g.pointer(T.self), out.pointer(T.self))
      let outputs = g.layout.count / max(planes, 1)
      forEachPlane(planes, size) { plane in
        let target = elements + plane * size
        for o in plane * outputs..<(plane + 1) * outputs { target[places[o]] += source[o] }
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    try Tape.send(out, to: first)
  }
}

/// x (…, H, W) -> the mean of each window (…, H', W'). `input` are the packed elements of `x`.
func averagePooling(
  _ x: Tensor, _ input: Tensor, _ high: PoolingAxis, _ wide: PoolingAxis, _ name: String
) throws(TensorError) -> Tensor {
  let shape = try pooledShape(x, high, wide)
  let out = try Tensor.empty(shape, x.dtype)
  let size = high.length * wide.length
  func run<T: Real>(_ type: T.Type) {
    var target = out.pointer(T.self)
    for plane in 0..<x.layout.count / max(size, 1) {
      let source = input.pointer(T.self) + plane * size
      for rows in high.ranges {
        for columns in wide.ranges {
          var sum: T = 0
          for i in rows.start..<rows.end {
            let row = source + i * wide.length
            for j in columns.start..<columns.end { sum += row[j] }
          }
          target[0] = sum / T(number: Double(rows.divisor * columns.divisor))
          target += 1
        }
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard records(x) else { return out }
  return out.made(by: AveragePoolingNode(x, high, wide, name))
}

/// The gradient of each output is shared equally by the elements of its window.
final class AveragePoolingNode: Node {
  let shape: Extents
  let high, wide: PoolingAxis
  let operation: String
  override var name: String { operation }

  init(_ x: Tensor, _ high: PoolingAxis, _ wide: PoolingAxis, _ operation: String) {
    shape = x.layout.shape
    self.high = high
    self.wide = wide
    self.operation = operation
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let out = try Tensor.filled(shape, g.dtype, 0)
    let size = high.length * wide.length
    func run<T: Real>(_ type: T.Type) {
      var source = g.pointer(T.self)
      for plane in 0..<out.layout.count / max(size, 1) {
        let target = out.pointer(T.self) + plane * size
        for rows in high.ranges {
          for columns in wide.ranges {
            let share = source[0] / T(number: Double(rows.divisor * columns.divisor))
            source += 1
            for i in rows.start..<rows.end {
              let row = target + i * wide.length
              for j in columns.start..<columns.end { row[j] += share }
            }
          }
        }
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    try Tape.send(out, to: first)
  }
}

/// The shape of what comes out of a pooling of `x`. A single `high` dimension is not in the shape.
private func pooledShape(
  _ x: Tensor, _ high: PoolingAxis, _ wide: PoolingAxis
) throws(TensorError) -> Extents {
  var shape = x.layout.shape
  shape[shape.count - 1] = wide.count
  if !high.isSingle { shape[shape.count - 2] = high.count }
  _ = try elementCount(shape, "pooling")
  return shape
}
