// Triangles and diagonals of matrices.

/// x (..., rows, columns) with zeros where `keeps(column - row)` is false; not recorded.
private func masked(_ x: Tensor, _ keeps: (Int) -> Bool) throws(TensorError) -> Tensor {
  let out = try copy(x)
  let rank = x.layout.shape.count
  let (rows, columns) = (x.layout.shape[rank - 2], x.layout.shape[rank - 1])
  func run<T: StoredElement>(_ type: T.Type) {
    let elements: UnsafeMutablePointer<T> = out.pointer()
    let zero = T(number: 0)
    for start in stride(from: 0, to: out.layout.count, by: Swift.max(rows * columns, 1)) {
      for i in 0..<rows {
        for j in 0..<columns where !keeps(j - i) { elements[start + i * columns + j] = zero }
      }
    }
  }
  switch x.dtype {
  case .float32: run(Float.self)
  case .float64: run(Double.self)
  case .int64: run(Int.self)
  case .bool: run(Bool.self)
  }
  return out
}

extension Tensor {
  private final func triangle(
    _ operation: String, _ name: String, _ keeps: @escaping (Int) -> Bool
  ) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard layout.shape.count >= 2 else {
        throw TensorError(
          operation, expected: "two dimensions or more", actual: "shape \(layout.shape)")
      }
      return try masked(self, keeps).made(name, from: self) { g in try masked(g, keeps) }
    }
  }

  /// The elements on and below a diagonal of the last two dimensions, 0 above (`torch.tril`);
  /// `diagonal` counts from the main one to the right.
  /// Throws (see `attempt`) for fewer than two dimensions.
  public final func tril(_ diagonal: Int = 0) -> Tensor {
    triangle("tril", "TrilBackward0") { $0 <= diagonal }
  }

  /// The elements on and above a diagonal of the last two dimensions, 0 below (`torch.triu`);
  /// `diagonal` counts from the main one to the right.
  /// Throws (see `attempt`) for fewer than two dimensions.
  public final func triu(_ diagonal: Int = 0) -> Tensor {
    triangle("triu", "TriuBackward0") { $0 >= diagonal }
  }

  /// A diagonal of two dimensions as the last one, a view (`torch.diagonal`); `offset` counts from the
  /// main diagonal to the right. Throws (see `attempt`) when there are no two such dimensions.
  public final func diagonal(_ offset: Int = 0, dim0: Int = 0, dim1: Int = 1) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let rank = layout.shape.count
      let (a, b) = (try resolve(dim0, rank, "diagonal"), try resolve(dim1, rank, "diagonal"))
      guard rank >= 2, a != b else {
        throw TensorError(
          "diagonal", expected: "two different dimensions", actual: "\(dim0) and \(dim1)")
      }
      return try part("DiagonalBackward0") { (layout) throws(TensorError) in
        let (rows, columns) = (layout.shape[a], layout.shape[b])
        let (down, right) = (offset < 0 ? 0 &- offset : 0, offset > 0 ? offset : 0)
        let isInside = down >= 0 && down < rows && right < columns
        let length = isInside ? Swift.min(rows - down, columns - right) : 0
        var (shape, strides) = (layout.shape, layout.strides)
        for dim in [Swift.max(a, b), Swift.min(a, b)] {
          shape.remove(at: dim)
          strides.remove(at: dim)
        }
        shape.append(length)
        strides.append(layout.strides[a] + layout.strides[b])
        let start = isInside ? down * layout.strides[a] + right * layout.strides[b] : 0
        return Layout(shape: shape, strides: strides, offset: layout.offset + start)
      }
    }
  }

  /// The last dimension as a diagonal of two new ones, 0 elsewhere (`torch.diag_embed`); `offset`
  /// counts from the main diagonal to the right. Throws (see `attempt`) for no dimension or too many.
  public final func diagEmbed(_ offset: Int = 0) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let rank = layout.shape.count
      guard rank >= 1, rank < Extents.limit else {
        throw TensorError(
          "diagEmbed", expected: "1 to \(Extents.limit - 1) dimensions", actual: "\(rank)")
      }
      guard let shift = Int(exactly: offset.magnitude), shift < 1 << 40 else {
        throw TensorError("diagEmbed", "the diagonal \(offset) is too far out")
      }
      var shape = layout.shape
      shape[rank - 1] = layout.shape[rank - 1] + shift
      shape.append(shape[rank - 1])
      _ = try elementCount(shape, "diagEmbed")
      let out = try Tensor.filled(shape, dtype, 0)
      let place = out.diagonal(offset, dim0: -2, dim1: -1)
      try assign(self, into: place)
      return out.made("DiagEmbedBackward0", from: self) { g in
        g.diagonal(offset, dim0: -2, dim1: -1)
      }
    }
  }

  /// The diagonal of a matrix, copied, or a matrix with a vector as its diagonal (`torch.diag`).
  /// Throws (see `attempt`) for other numbers of dimensions.
  public final func diag(_ offset: Int = 0) -> Tensor {
    guarded(self) { () throws(TensorError) in
      switch layout.shape.count {
      case 1: return diagEmbed(offset)
      case 2:
        let shape = layout.shape
        return try Tensors.copy(detach().diagonal(offset)).made(
          "DiagonalBackward0_copy", from: self
        ) { g in
          try Tensor.onDiagonal(g, offset, shape)
        }
      default:
        throw TensorError(
          "diag", expected: "a vector or a matrix", actual: "shape \(layout.shape)")
      }
    }
  }

  /// The sum of the diagonal of a matrix: `[]` (`torch.trace`).
  /// Throws (see `attempt`) for other numbers of dimensions.
  public final func trace() -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard layout.shape.count == 2 else {
        throw TensorError("trace", expected: "a matrix", actual: "shape \(layout.shape)")
      }
      let shape = layout.shape
      return detach().diagonal().sum().made("TraceBackward0", from: self) { g in
        try Tensor.onDiagonal(g, 0, shape)
      }
    }
  }

  /// Zeros with `elements`, broadcast, on a diagonal; not recorded.
  private static func onDiagonal(
    _ elements: Tensor, _ offset: Int, _ shape: Extents
  ) throws(TensorError) -> Tensor {
    let whole = try filled(shape, elements.dtype, 0)
    let place = whole.diagonal(offset)
    try assign(widened(elements, place.layout.shape), into: place)
    return whole
  }
}
