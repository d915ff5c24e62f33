// More ways to another shape: parts of it flattened or divided, dimensions moved, tensors aligned.

extension Tensor {
  /// The dimensions from `start` through `end` as one, copied only when needed (`torch.flatten`).
  /// Throws (see `attempt`) when there are no such dimensions or `start` comes after `end`.
  public final func flatten(_ start: Int, _ end: Int = -1) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let rank = layout.shape.count
      let (from, to) = (try resolve(start, rank, "flatten"), try resolve(end, rank, "flatten"))
      guard from <= to else {
        throw TensorError("flatten", "dimension \(start) comes after dimension \(end)")
      }
      if rank == 0 { return reshape(1) }
      if from == to { return self }
      let size = shape[from...to].reduce(1, *)
      return reshape(Array(shape[..<from]) + [size] + Array(shape[(to + 1)...]))
    }
  }

  /// Dimension `dim` divided into several, one of which may be -1 (`torch.unflatten`).
  /// Throws (see `attempt`) when the sizes do not multiply to that of the dimension.
  public final func unflatten(_ dim: Int, _ sizes: [Int]) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let place = try resolve(dim, layout.shape.count, "unflatten")
      guard layout.shape.count > 0, !sizes.isEmpty else {
        throw TensorError("unflatten", "expected a dimension and its new sizes, got \(sizes)")
      }
      var (known, open) = (1, 0)
      for size in sizes {
        if size == -1 {
          open += 1
        } else {
          known = known.multipliedReportingOverflow(by: size).partialValue
        }
      }
      let whole = shape[place]
      let fits = open == 0 ? known == whole : open == 1 && known > 0 && whole % known == 0
      guard fits, sizes.allSatisfy({ $0 >= -1 }) else {
        throw TensorError(
          "unflatten", "sizes \(sizes) do not fit dimension \(dim) of size \(whole)")
      }
      let filled = sizes.map { $0 == -1 ? whole / known : $0 }
      return reshape(Array(shape[..<place]) + filled + Array(shape[(place + 1)...]))
    }
  }

  /// Without those of the dimensions `dims` whose size is 1 (`torch.squeeze`).
  /// Throws (see `attempt`) when there is no such dimension or one appears twice.
  public final func squeeze(_ dims: [Int]) -> Tensor {
    guarded(self) { () throws(TensorError) in
      var places = [Int]()
      for dim in dims {
        let place = try resolve(dim, layout.shape.count, "squeeze")
        guard !places.contains(place) else {
          throw TensorError("squeeze", "dimension \(dim) appears twice in \(dims)")
        }
        places.append(place)
      }
      var (sizes, strides) = (Extents(), Extents())
      for i in 0..<layout.shape.count where layout.shape[i] != 1 || !places.contains(i) {
        sizes.append(layout.shape[i])
        strides.append(layout.strides[i])
      }
      return viewed(
        Layout(shape: sizes, strides: strides, offset: layout.offset), "SqueezeBackward2")
    }
  }

  /// With dimension `source` at the place `destination`, the others in order (`torch.movedim`).
  /// Throws (see `attempt`) when there is no such dimension.
  public final func movedim(_ source: Int, _ destination: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let rank = layout.shape.count
      let (from, to) = (
        try resolve(source, rank, "movedim"), try resolve(destination, rank, "movedim")
      )
      var order = Array(0..<rank)
      if rank > 0 { order.insert(order.remove(at: from), at: to) }
      return permute(order)
    }
  }

  /// The parts along `dim`, without that dimension (`torch.unbind`).
  /// Throws (see `attempt`) when there is no such dimension.
  public final func unbind(dim: Int = 0) -> [Tensor] {
    guarded([self], or: []) { () throws(TensorError) in
      guard layout.shape.count > 0 else {
        throw TensorError("unbind", "a tensor without dimensions cannot be divided")
      }
      let place = try resolve(dim, layout.shape.count, "unbind")
      var parts: [Tensor] = []
      for i in 0..<layout.shape[place] {
        parts.append(
          try part("UnbindBackward0") { (layout) throws(TensorError) in
            try layout.selecting(i, place)
          })
      }
      return parts
    }
  }

  /// The part at `index` of dimension `dim`, a view (`torch.select`).
  /// Throws (see `attempt`) when the index or the dimension is out of bounds.
  public final func select(_ dim: Int, _ index: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard layout.shape.count > 0 else {
        throw TensorError("select", "a tensor without dimensions has no parts")
      }
      let place = try resolve(dim, layout.shape.count, "select")
      return try part("SelectBackward0") { (layout) throws(TensorError) in
        try layout.selecting(index, place)
      }
    }
  }

  /// Repeated to the shape of `other`, without copying (`torch.Tensor.expand_as`).
  /// Throws (see `attempt`) when the shape cannot be expanded to it.
  public final func expand(as other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in expand(other.shape) }
  }

  /// The same elements in the shape of `other`, over the same memory (`torch.Tensor.view_as`).
  /// Throws (see `attempt`) when the shape does not fit.
  public final func view(as other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in view(other.shape) }
  }

  /// The same elements in the shape of `other`, copied only when needed
  /// (`torch.Tensor.reshape_as`). Throws (see `attempt`) when the shape does not fit.
  public final func reshape(as other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in reshape(other.shape) }
  }

  /// The differences of neighbours along `dim`, one fewer than elements (`torch.diff`); of bool
  /// whether they differ.
  /// Throws (see `attempt`) when there is no such dimension.
  public final func diff(dim: Int = -1) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard layout.shape.count > 0 else {
        throw TensorError("diff", "a tensor without dimensions has no neighbours")
      }
      let place = try resolve(dim, layout.shape.count, "diff")
      let size = Swift.max(layout.shape[place] - 1, 0)
      let from = Swift.min(1, layout.shape[place])
      let (next, last) = (narrow(place, from, size), narrow(place, 0, size))
      return dtype == .bool ? next .^ last : next - last
    }
  }
}

/// The tensors expanded to the shape they all broadcast to, without copying
/// (`torch.broadcast_tensors`). Throws (see `attempt`) when the shapes do not go together.
public func broadcastTensors(_ tensors: [Tensor]) -> [Tensor] {
  guarded(tensors, or: tensors.map { _ in .failed }) { () throws(TensorError) in
    var shape = Extents()
    for tensor in tensors { shape = try broadcast(shape, tensor.layout.shape, "broadcastTensors") }
    return tensors.map { $0.expand(shape.array) }
  }
}

/// The coordinates of a grid from those of its axes: for vectors of n and m elements two tensors
/// `[n, m]`, the first one constant along its rows (`torch.meshgrid` with `indexing="ij"`).
/// Throws (see `attempt`) when a tensor has more than one dimension.
public func meshgrid(_ axes: [Tensor]) -> [Tensor] {
  guarded(axes, or: axes.map { _ in .failed }) { () throws(TensorError) in
    for axis in axes where axis.layout.shape.count > 1 {
      throw TensorError("meshgrid", expected: "vectors", actual: "shape \(axis.layout.shape)")
    }
    guard axes.count <= Extents.limit else {
      throw TensorError("meshgrid", "a tensor has at most \(Extents.limit) dimensions")
    }
    let shape = axes.map(\.count)
    _ = try elementCount(Extents(shape, "meshgrid"), "meshgrid")
    return axes.enumerated().map { i, axis in
      var own = [Int](repeating: 1, count: axes.count)
      own[i] = axis.count
      return axis.view(own).expand(shape)
    }
  }
}

/// Tensors one after another along the first dimension, numbers as rows (`torch.vstack`).
/// Throws (see `attempt`) as `cat`.
public func vstack(_ tensors: [Tensor]) -> Tensor {
  cat(tensors.map { $0.dim < 2 ? $0.reshape(1, -1) : $0 })
}

/// Tensors side by side along the second dimension, vectors along their only one (`torch.hstack`).
/// Throws (see `attempt`) as `cat`.
public func hstack(_ tensors: [Tensor]) -> Tensor {
  let rows = tensors.map { $0.dim == 0 ? $0.reshape(1) : $0 }
  return cat(rows, dim: rows.first?.dim == 1 ? 0 : 1)
}
