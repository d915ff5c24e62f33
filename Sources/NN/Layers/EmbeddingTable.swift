/// A table (count, dim) drawn from N(0, 1), with zeros in the row of `padding`.
func randomTable(
  _ count: Int, _ dim: Int, _ padding: Int?, _ layer: String
) throws(TensorError) -> Parameter {
  let shape = Extents(count, dim)
  _ = try elementCount(shape, layer)
  try checkPadding(padding, count, layer)
  let table = try Tensor.empty(shape, .float32)
  table.fillNormal(0, 1)
  if let padding {
    (table.pointer(Float.self) + padding * dim).update(repeating: 0, count: dim)
  }
  return Parameter(table)
}

/// The elements of `rows` (count, dim) as a table that learns unless it is frozen.
func givenTable(_ rows: Tensor, freeze: Bool, _ layer: String) throws(TensorError) -> Parameter {
  guard !rows.isFailed else { return .placeholder() }
  guard rows.layout.shape.count == 2, rows.dtype.isFloatingPoint else {
    throw TensorError(
      layer, expected: "a floating-point matrix [count, dim]",
      actual: "\(rows.dtype) of shape \(rows.layout.shape)")
  }
  return Parameter(try packedElements(rows), requiresGrad: !freeze)
}

/// Throws unless `padding` is a row of the table.
func checkPadding(_ padding: Int?, _ count: Int, _ layer: String) throws(TensorError) {
  if let padding, padding < 0 || padding >= count {
    throw TensorError(layer, expected: "a paddingIndex below \(count)", actual: "\(padding)")
  }
}

/// Scales the rows of `table` (count, dim) at `indices` that are longer than `norm` down to it.
func shortenRows(of table: Tensor, _ indices: [Int], to norm: Double) {
  let dim = table.layout.shape[1]
  func run<T: Real>(_ type: T.Type) {
    for index in indices {
      let row = table.pointer(T.self) + index * dim
      var squares = 0.0
      for d in 0..<dim { squares += row[d].number * row[d].number }
      let length = squares.squareRoot()
      guard length > norm else { continue }
      let factor = T(number: norm / (length + 1e-7))
      for d in 0..<dim { row[d] *= factor }
    }
  }
  if table.dtype == .float32 { run(Float.self) } else { run(Double.self) }
}
