// Elements by their places along a dimension: gather, scatter, take.

/// The places in the memory of `layout` that `index` stands for: its own place in every dimension
/// but `dim`, where its element says which. Both have the same number of dimensions, and `index` is
/// nowhere longer except in `dim`.
func places(
  _ index: Tensor, along dim: Int, in layout: Layout, _ operation: String
) throws(TensorError) -> Picked {
  guard index.dtype == .int64 else {
    throw TensorError(operation, "expected int64 places, got \(index.dtype)")
  }
  let shape = index.layout.shape
  var fits = shape.count == layout.shape.count
  for i in 0..<shape.count where fits && i != dim { fits = shape[i] <= layout.shape[i] }
  guard fits || index.count == 0 else {
    throw TensorError(
      operation,
      "places of shape \(shape) do not fit a tensor of shape \(layout.shape) along dimension \(dim)"
    )
  }
  let packed = try packedElements(index)
  let numbers: UnsafeMutablePointer<Int> = packed.pointer()
  let size = layout.shape.count == 0 ? 1 : layout.shape[dim]
  let step = layout.shape.count == 0 ? 0 : layout.strides[dim]
  var strides = layout.strides
  if shape.count > 0 { strides[dim] = 0 }
  var (offsets, wrong) = ([Int](repeating: 0, count: packed.count), Int?.none)
  forEachRow(shape, strides, strides) { offset, start, _ in
    let across = shape.count == 0 ? 0 : strides.last
    for i in 0..<shape.last {
      let place = numbers[offset + i]
      if place < 0 || place >= size { wrong = wrong ?? place }
      offsets[offset + i] = start + i * across + (wrong == nil ? place * step : 0)
    }
  }
  if let wrong {
    throw TensorError(
      operation, "index \(wrong) is out of bounds for dimension \(dim) of size \(size)")
  }
  return Picked(before: [layout.offset], picked: offsets, after: [0], shape: shape)
}

extension Tensor {
  /// The elements at `picked`, as the result of `title`. `choose` finds them in a given layout.
  final func gathered(
    _ title: String, _ choose: (Layout) throws(TensorError) -> Picked
  ) throws(TensorError) -> Tensor {
    let out = try choose(layout).read(self)
    guard records(self) else { return out }
    return out.made(
      by: IndexNode(self, try choose(Layout(contiguous: layout.shape)), title))
  }

  /// Along `dim` the elements at the places in `index`: `out[i][j] = x[index[i][j]][j]` for dimension
  /// 0, of the shape of `index` (`torch.gather`). Throws (see `attempt`) when a place is out of bounds
  /// or `index` has another number of dimensions or is longer in another dimension.
  public final func gather(_ dim: Int, _ index: Tensor) -> Tensor {
    guarded(self, index) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "gather")
      return try gathered("GatherBackward0") { (layout) throws(TensorError) in
        try places(index, along: dim, in: layout, "gather")
      }
    }
  }

  /// The elements at the places in `index`, counted in row-major order and from the end when negative,
  /// of the shape of `index` (`torch.take`). Throws (see `attempt`) when a place is out of bounds.
  public final func take(_ index: Tensor) -> Tensor {
    guarded(self, index) { () throws(TensorError) in
      let row = reshape(-1)
      let count = row.count
      guard index.dtype == .int64 else {
        throw TensorError("take", "expected int64 places, got \(index.dtype)")
      }
      let numbers = index.ints
      for place in numbers where place < -count || place >= count {
        throw TensorError("take", "index \(place) is out of bounds for \(count) elements")
      }
      return try row.gathered("TakeBackward0") { (layout) throws(TensorError) in
        let step = layout.strides[0]
        return Picked(
          before: [layout.offset], picked: numbers.map { ($0 < 0 ? $0 + count : $0) * step },
          after: [0], shape: index.layout.shape)
      }
    }
  }

  /// The part of `source` that places of shape `shape` stand for.
  private final func head(
    _ source: Tensor, _ shape: Extents, _ operation: String
  ) throws(TensorError) -> Tensor {
    var fits = source.layout.shape.count == shape.count
    for i in 0..<shape.count where fits { fits = shape[i] <= source.layout.shape[i] }
    guard fits else {
      throw TensorError(
        operation, "places of shape \(shape) do not fit a source of shape \(source.layout.shape)")
    }
    return source.view(
      Layout(shape: shape, strides: source.layout.strides, offset: source.layout.offset))
  }

  /// The gradient of the part of a source that was used: zero elsewhere.
  private static func whole(_ part: Tensor, _ shape: Extents) throws(TensorError) -> Tensor {
    if part.layout.shape == shape { return part }
    let out = try Tensor.filled(shape, part.dtype, 0)
    let place = Layout(shape: part.layout.shape, strides: out.layout.strides, offset: 0)
    try assign(part, into: out.view(place))
    return out
  }

  /// The elements, with those of `source` at the places in `index` along `dim`:
  /// `out[index[i][j]][j] = source[i][j]` for dimension 0 (`torch.scatter`). Of several values for one
  /// place the last one stays. Throws (see `attempt`) when a place is out of bounds, the shapes do not
  /// go together, or the dtypes differ.
  public final func scatter(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor {
    scattered(dim, index, source, "ScatterBackward0")
  }

  private final func scattered(
    _ dim: Int, _ index: Tensor, _ source: Tensor, _ name: String
  ) -> Tensor {
    guarded([self, index, source], or: .failed) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "scatter")
      guard source.dtype == dtype else {
        throw TensorError("scatter", "the source is \(source.dtype), the tensor is \(dtype)")
      }
      let picked = try places(index, along: dim, in: Layout(contiguous: layout.shape), "scatter")
      let part = try head(source, picked.shape, "scatter")
      let out = try Tensors.copy(self)
      picked.write(try packedElements(part), into: out)
      let shape = source.layout.shape
      return out.made(
        name, from: self, source,
        { g in
          let rest = try Tensors.copy(g)
          picked.write(try .filled(picked.shape, g.dtype, 0), into: rest)
          return rest
        },
        { g in try Tensor.whole(picked.read(packedElements(g)), shape) })
    }
  }

  /// The elements, with `value` at the places in `index` along `dim` (`torch.scatter`).
  /// Throws (see `attempt`) when a place is out of bounds or the shapes do not go together.
  public final func scatter(_ dim: Int, _ index: Tensor, value: Double) -> Tensor {
    guarded(self, index) { () throws(TensorError) in
      let source = try Tensor.filled(index.layout.shape, dtype, value)
      return scattered(dim, index, source, "ScatterBackward1")
    }
  }

  /// The elements, with those of `source` added at the places in `index` along `dim`
  /// (`torch.scatter_add`). Throws (see `attempt`) when a place is out of bounds, the shapes do not go
  /// together, or the dtypes differ.
  public final func scatterAdd(_ dim: Int, _ index: Tensor, _ source: Tensor) -> Tensor {
    guarded([self, index, source], or: .failed) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "scatterAdd")
      let picked = try places(index, along: dim, in: Layout(contiguous: layout.shape), "scatterAdd")
      let part = try head(source, picked.shape, "scatterAdd")
      let out = try added(part, picked, "scatterAdd")
      let shape = source.layout.shape
      return out.made(
        "ScatterAddBackward0", from: self, source, { $0 },
        { g in try Tensor.whole(picked.read(packedElements(g)), shape) })
    }
  }

  /// Writes `source` to the places in `index` along `dim` of this tensor itself
  /// (`torch.Tensor.scatter_`). Throws (see `attempt`) as `scatter`, and for a leaf that requires a
  /// gradient while operations are recorded.
  @discardableResult
  public final func write(at index: Tensor, along dim: Int, _ source: Tensor) -> Tensor {
    guarded([self, index, source], or: self) { () throws(TensorError) in
      let place = try resolve(dim, layout.shape.count, "write")
      let picked = try places(index, along: place, in: layout, "write")
      try write(source, at: .picked(picked), "write")
      return self
    }
  }
}
