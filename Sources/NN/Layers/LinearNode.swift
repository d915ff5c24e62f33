/// x (…, I) -> x Wᵀ + b (…, O), with W (O, I) and b (O): one product, one tape node.
func linear(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?) throws(TensorError) -> Tensor {
  let rank = x.layout.shape.count
  let (inputs, outputs) = (weight.layout.shape[1], weight.layout.shape[0])
  let rows = try reshaped(x, Extents(x.layout.count / max(inputs, 1), inputs))
  let product = try matrixProduct(rows, weight.view(weight.layout.swapped(0, 1)))
  if let bias { addRow(bias, to: product) }
  var shape = x.layout.shape
  shape[rank - 1] = outputs
  let out = product.view(Layout(contiguous: shape))
  let inputsOfNode = bias.map { [x, weight, $0] } ?? [x, weight]
  guard records(inputsOfNode) else { return out }
  return out.made(by: LinearNode(x, rows, weight, bias))
}

/// Adds the vector `row` (O) to every row of the contiguous `matrix` (N, O).
func addRow(_ row: Tensor, to matrix: Tensor) {
  func run<T: Real>(_ type: T.Type) {
    let (source, target): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
      (row.pointer(), matrix.pointer())
    let width = row.layout.count
    let step = row.layout.strides[0]
    for start in stride(from: 0, to: matrix.layout.count, by: max(width, 1)) {
      for i in 0..<width { target[start + i] += source[i * step] }
    }
  }
  if matrix.dtype == .float32 { run(Float.self) } else { run(Double.self) }
}

/// dx = g W, dW = gᵀ x, db = the column sums of g.
final class LinearNode: Node {
  let rows: Saved
  let weight: Saved
  let shape: Extents
  let hasBias: Bool

  override var name: String {
    switch (shape.count, hasBias) {
    case (2, true): "AddmmBackward0"
    case (2, false): "MmBackward0"
    case (_, true): "ViewBackward0"
    case (_, false): "UnsafeViewBackward0"
    }
  }

  init(_ x: Tensor, _ rows: Tensor, _ weight: Tensor, _ bias: Tensor?) {
    self.rows = Saved(rows)
    self.weight = Saved(weight)
    shape = x.layout.shape
    hasBias = bias != nil
    super.init(x, weight, rest: bias.map { [$0] } ?? [])
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let width = weight.layout.shape[0]
    let g = try reshaped(gradient, Extents(gradient.layout.count / max(width, 1), width))
    if first.isWanted {
      let dx = try matrixProduct(g, weight.tensor)
      try Tape.send(dx.view(Layout(contiguous: shape)), to: first)
    }
    if second.isWanted {
      let turned = g.view(g.layout.swapped(0, 1))
      if let sum = Tape.collected(second, weight.layout.shape, weight.dtype) {
        try matrixProduct(turned, rows.tensor, addedTo: sum)
      } else {
        try Tape.send(matrixProduct(turned, rows.tensor), to: second)
      }
    }
    if let bias = rest.first, bias.isWanted {
      try Tape.send(reduction(.sum, g, 0, keepDim: false), to: bias)
    }
  }
}
