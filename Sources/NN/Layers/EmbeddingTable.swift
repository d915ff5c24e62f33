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
