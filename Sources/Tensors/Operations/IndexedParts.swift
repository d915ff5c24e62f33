// Whole parts of a dimension, added to, replaced or filled.

extension Tensor {
  /// A copy with the elements of `source` added at places of a contiguous tensor.
  final func added(
    _ source: Tensor, _ picked: Picked, _ operation: String
  ) throws(TensorError) -> Tensor {
    guard source.dtype == dtype else {
      throw TensorError(operation, "the source is \(source.dtype), the tensor is \(dtype)")
    }
    let out = try Tensors.copy(self)
    let source = try packedElements(source)
    switch dtype {
    case .float32: picked.add(source, into: out, Float.self)
    case .float64: picked.add(source, into: out, Double.self)
    case .int64: picked.add(source, into: out, Int.self)
    case .bool: throw TensorError(operation, "truth values cannot be added; use long()")
    }
    return out
  }

  /// The parts at `index` along `dim` of a contiguous tensor of this shape, which `source` must fit.
  private final func parts(
    _ dim: Int, _ index: Tensor, _ source: Tensor, _ operation: String
  ) throws(TensorError) -> Picked {
    guard index.dtype == .int64, index.layout.shape.count <= 1 else {
      throw TensorError(
        operation, expected: "an int64 vector of places",
        actual: "\(index.dtype) of shape \(index.layout.shape)")
    }
    guard layout.shape.count > 0 else {
      throw TensorError(operation, "a tensor without dimensions has no parts")
    }
    var indices = [TensorIndex](repeating: .range(lower: nil, upper: nil), count: dim)
    indices.append(.tensor(index.view([index.count])))
    let picked = try ReadIndices(Layout(contiguous: layout.shape), indices).picked()
    guard source.layout.shape == picked.shape else {
      throw TensorError(
        operation, expected: "a source of shape \(picked.shape)",
        actual: "\(source.layout.shape)")
    }
    return picked
  }

  /// The elements, with the parts of `source` added to those at `index` along `dim`, times `scale`
  /// (`torch.index_add`). Throws (see `attempt`) when a place is out of bounds, the shapes do not go
  /// together, or the dtypes differ.
  public final func indexAdd(
    _ dim: Int, _ index: Tensor, _ source: Tensor, scale: Double = 1
  ) -> Tensor {
    guarded([self, index, source], or: .failed) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "indexAdd")
      let picked = try parts(dim, index, source, "indexAdd")
      let part = scale == 1 ? source : source.detach() * scale
      return try added(part, picked, "indexAdd").made(
        "IndexAddBackward0", from: self, source, { $0 },
        { g in
          let part = try picked.read(packedElements(g))
          return scale == 1 ? part : part * scale
        })
    }
  }

  /// The elements, with the parts of `source` in place of those at `index` along `dim`
  /// (`torch.index_copy`). Throws (see `attempt`) when a place is out of bounds, the shapes do not go
  /// together, or the dtypes differ.
  public final func indexCopy(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor {
    guarded([self, index, source], or: .failed) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "indexCopy")
      guard source.dtype == dtype else {
        throw TensorError("indexCopy", "the source is \(source.dtype), the tensor is \(dtype)")
      }
      let picked = try parts(dim, index, source, "indexCopy")
      let out = try Tensors.copy(self)
      picked.write(try packedElements(source), into: out)
      return out.made(
        "IndexCopyBackward0", from: self, source,
        { g in
          let rest = try Tensors.copy(g)
          picked.write(try .filled(picked.shape, g.dtype, 0), into: rest)
          return rest
        },
        { g in try picked.read(packedElements(g)) })
    }
  }

  /// The elements, with `value` in the parts at `index` along `dim` (`torch.index_fill`).
  /// Throws (see `attempt`) when a place is out of bounds.
  public final func indexFill(_ dim: Int, _ index: Tensor, _ value: Double) -> Tensor {
    guarded(self, index) { () throws(TensorError) in
      let place = try resolve(dim, layout.shape.count, "indexFill")
      guard layout.shape.count > 0 else {
        throw TensorError("indexFill", "a tensor without dimensions has no parts")
      }
      var shape = layout.shape
      shape[place] = index.count
      let source = try Tensor.filled(shape, dtype, value)
      let picked = try parts(place, index, source, "indexFill")
      let out = try Tensors.copy(self)
      picked.write(source, into: out)
      return out.made("IndexFillBackward0", from: self) { g in
        let rest = try Tensors.copy(g)
        picked.write(try .filled(picked.shape, g.dtype, 0), into: rest)
        return rest
      }
    }
  }
}
