// Other shapes over the same storage. No element is copied, except by `reshape` when it must.

extension Layout {
  /// This layout with another shape of the same count, or nil when its memory order does not allow
  /// it without a copy.
  func viewed(as target: Extents) -> Layout? {
    if isContiguous {
      let fresh = Layout(contiguous: target, count: count)
      return Layout(shape: target, strides: fresh.strides, offset: offset)
    }
    // Walk both shapes from the last dimension: a run of old dimensions that lie evenly in memory
    // can be cut into new dimensions, as long as the cuts meet the ends of the run.
    var strides = Extents(repeating: 0, count: target.count)
    var next = target.count - 1
    var base = shape.count == 0 ? 1 : self.strides.last
    var (oldSize, newSize) = (1, 1)
    for i in stride(from: shape.count - 1, through: 0, by: -1) {
      oldSize *= shape[i]
      let endsRun = i == 0 || (shape[i - 1] != 1 && self.strides[i - 1] != oldSize * base)
      guard endsRun else { continue }
      while next >= 0 && (newSize < oldSize || target[next] == 1) {
        strides[next] = newSize * base
        newSize *= target[next]
        next -= 1
      }
      guard newSize == oldSize else { return nil }
      if i > 0 { (base, oldSize, newSize) = (self.strides[i - 1], 1, 1) }
    }
    return next < 0 ? Layout(shape: target, strides: strides, offset: offset) : nil
  }
}

/// The gradient of another shape is the gradient in the old shape.
final class ReshapeNode: Node {
  let shape: Extents
  let operation: String
  override var name: String { operation }

  init(_ x: Tensor, _ operation: String) {
    shape = x.layout.shape
    self.operation = operation
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    try Tape.send(reshaped(gradient, shape), to: first, isShared: true)
  }
}

/// The gradient of a permutation is permuted back.
final class PermuteNode: Node {
  let permutation: Extents
  let operation: String
  override var name: String { operation }

  init(_ x: Tensor, _ order: Extents, _ operation: String) {
    permutation = order
    self.operation = operation
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    var inverse = permutation
    for i in 0..<permutation.count { inverse[permutation[i]] = i }
    try Tape.send(gradient.view(gradient.layout.permuted(inverse)), to: first, isShared: true)
  }
}

extension Layout {
  package func permuted(_ order: Extents) -> Layout {
    var (sizes, steps) = (order, order)
    for i in 0..<order.count {
      sizes[i] = shape[order[i]]
      steps[i] = strides[order[i]]
    }
    return Layout(shape: sizes, strides: steps, offset: offset)
  }

  package func swapped(_ a: Int, _ b: Int) -> Layout {
    var (sizes, steps) = (shape, strides)
    sizes.swapAt(a, b)
    steps.swapAt(a, b)
    return Layout(shape: sizes, strides: steps, offset: offset)
  }
}

/// `x` with another shape of the same count, copied only when needed; not recorded.
package func reshaped(_ x: Tensor, _ shape: Extents) throws(TensorError) -> Tensor {
  if let layout = x.layout.viewed(as: shape) { return x.view(layout) }
  let packed = try copy(x)
  return packed.view(Layout(contiguous: shape))
}

extension Tensor {
  /// A shape as the caller wrote it, with one -1 replaced by what is left.
  final func completed(_ sizes: [Int], _ operation: String) throws(TensorError) -> Extents {
    var shape = try Extents(sizes, operation)
    var (known, open) = (1, -1)
    for i in 0..<shape.count {
      if shape[i] == -1 {
        guard open < 0 else {
          throw TensorError(operation, "only one size can be -1, got \(sizes)")
        }
        open = i
      } else {
        guard shape[i] >= 0 else { throw TensorError(operation, "\(sizes) is not a shape") }
        known = known.multipliedReportingOverflow(by: shape[i]).partialValue
      }
    }
    let fits = open < 0 ? known == count : known > 0 && count % known == 0
    guard fits else {
      throw TensorError(
        operation, "shape \(sizes) does not fit the \(count) elements of shape \(layout.shape)")
    }
    if open >= 0 { shape[open] = count / known }
    _ = try elementCount(shape, operation)
    return shape
  }

  final func viewed(_ layout: Layout, _ name: String) -> Tensor {
    let out = view(layout).asView(of: self)
    return records(self) ? out.made(by: ReshapeNode(self, name)) : out
  }

  /// The same elements in another shape over the same memory; one size may be -1, and follows from
  /// the others (`torch.Tensor.view`): `[2, 6]` -> `[3, 4]`. Throws (see `attempt`) when the shape
  /// does not fit, or when the memory order of a transposed tensor does not allow it.
  public final func view(_ shape: Int...) -> Tensor { view(shape) }

  /// As with single sizes (`torch.Tensor.view`). Throws (see `attempt`) when the shape does not
  /// fit, or when the memory order of a transposed tensor does not allow it.
  public final func view(_ shape: [Int]) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let target = try completed(shape, "view")
      guard let layout = layout.viewed(as: target) else {
        throw TensorError(
          "view",
          "shape \(shape) is not possible without a copy, because the tensor is not contiguous; "
            + "use reshape")
      }
      return viewed(layout, "ViewBackward0")
    }
  }

  /// The same elements in another shape, copied only when needed; one size may be -1
  /// (`torch.reshape`). Throws (see `attempt`) when the shape does not fit.
  public final func reshape(_ shape: Int...) -> Tensor { reshape(shape) }

  /// As with single sizes (`torch.reshape`). Throws (see `attempt`) when the shape does not fit.
  public final func reshape(_ shape: [Int]) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let target = try completed(shape, "reshape")
      if let layout = layout.viewed(as: target) { return viewed(layout, "ViewBackward0") }
      let out = try reshaped(self, target)
      return records(self) ? out.made(by: ReshapeNode(self, "UnsafeViewBackward0")) : out
    }
  }

  /// All elements in one dimension, copied only when needed: `[2, 3]` -> `[6]`; a vector is what it is
  /// (`torch.flatten`).
  public final func flatten() -> Tensor { layout.shape.count == 1 ? self : reshape(-1) }

  /// Without the dimensions of size 1, a view: `[1, 3, 1]` -> `[3]` (`torch.squeeze`).
  public final func squeeze() -> Tensor {
    guarded(self) { () throws(TensorError) in
      var (shape, strides) = (Extents(), Extents())
      for i in 0..<layout.shape.count where layout.shape[i] != 1 {
        shape.append(layout.shape[i])
        strides.append(layout.strides[i])
      }
      return viewed(
        Layout(shape: shape, strides: strides, offset: layout.offset), "SqueezeBackward0")
    }
  }

  /// Without dimension `dim` when its size is 1, else unchanged; a view (`torch.squeeze`). Throws
  /// (see `attempt`) when there is no such dimension.
  public final func squeeze(_ dim: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "squeeze")
      var (shape, strides) = (layout.shape, layout.strides)
      if shape.count > 0 && shape[dim] == 1 {
        shape.remove(at: dim)
        strides.remove(at: dim)
      }
      return viewed(
        Layout(shape: shape, strides: strides, offset: layout.offset), "SqueezeBackward1")
    }
  }

  /// With a new dimension of size 1 at `dim`, a view: `[2, 3]` -> `[2, 1, 3]` for 1
  /// (`torch.unsqueeze`). Throws (see `attempt`) when `dim` is out of range.
  public final func unsqueeze(_ dim: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard layout.shape.count < Extents.limit else {
        throw TensorError("unsqueeze", "a tensor has at most \(Extents.limit) dimensions")
      }
      let dim = try resolve(dim, layout.shape.count + 1, "unsqueeze")
      var (shape, strides) = (layout.shape, layout.strides)
      strides.insert(dim < shape.count ? shape[dim] * strides[dim] : 1, at: dim)
      shape.insert(1, at: dim)
      return viewed(
        Layout(shape: shape, strides: strides, offset: layout.offset), "UnsqueezeBackward0")
    }
  }

  private final func permuted(_ order: Extents, _ name: String) -> Tensor {
    let out = view(layout.permuted(order)).asView(of: self)
    return records(self) ? out.made(by: PermuteNode(self, order, name)) : out
  }

  /// With two dimensions exchanged, which must exist, under the given name on the tape.
  package final func swapped(_ a: Int, _ b: Int, _ name: String) -> Tensor {
    var order = Extents(repeating: 0, count: layout.shape.count)
    for i in 0..<order.count { order[i] = i }
    order.swapAt(a, b)
    return permuted(order, name)
  }

  /// The transpose of a matrix, a view: `[n, m]` -> `[m, n]`; a vector is returned as it is
  /// (`torch.t`). Throws (see `attempt`) for more than two dimensions.
  public final func t() -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard layout.shape.count <= 2 else {
        throw TensorError(
          "t", expected: "at most 2 dimensions", actual: "shape \(layout.shape); use transpose")
      }
      return layout.shape.count < 2
        ? try part("TBackward0") { $0 } : swapped(0, 1, "TBackward0")
    }
  }

  /// With two dimensions exchanged, a view (`torch.transpose`). Throws (see `attempt`) when there
  /// is no such dimension.
  public final func transpose(_ dim0: Int, _ dim1: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let (a, b) = (
        try resolve(dim0, layout.shape.count, "transpose"),
        try resolve(dim1, layout.shape.count, "transpose")
      )
      return layout.shape.count == 0
        ? try part("TransposeBackward0") { $0 } : swapped(a, b, "TransposeBackward0")
    }
  }

  /// With the dimensions in the given order, a view: `[a, b, c]` -> `[c, a, b]` for 2, 0, 1
  /// (`torch.permute`). Throws (see `attempt`) when it is not a permutation.
  public final func permute(_ dims: Int...) -> Tensor { permute(dims) }

  /// As with single numbers (`torch.permute`). Throws (see `attempt`) when it is not a permutation.
  public final func permute(_ dims: [Int]) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let rank = layout.shape.count
      var order = Extents()
      var seen = Extents(repeating: 0, count: rank)
      guard dims.count == rank else {
        throw TensorError("permute", expected: "\(rank) dimensions", actual: "\(dims)")
      }
      for dim in dims {
        let place = try resolve(dim, rank, "permute")
        guard seen[place] == 0 else {
          throw TensorError("permute", "dimension \(dim) appears twice in \(dims)")
        }
        seen[place] = 1
        order.append(place)
      }
      return permuted(order, "PermuteBackward0")
    }
  }

  /// Repeated along dimensions of size 1, without copying; -1 keeps a size: `[2, 1]` -> `[2, 4]`
  /// for -1, 4 (`torch.Tensor.expand`). New dimensions stand in front. Throws (see `attempt`) when
  /// another size would change.
  public final func expand(_ shape: Int...) -> Tensor { expand(shape) }

  /// As with single sizes (`torch.Tensor.expand`). Throws (see `attempt`) when another size would
  /// change.
  public final func expand(_ shape: [Int]) -> Tensor {
    guarded(self) { () throws(TensorError) in
      var target = try Extents(shape, "expand")
      let lead = target.count - layout.shape.count
      for i in 0..<target.count {
        let own = i < lead ? 1 : layout.shape[i - lead]
        if target[i] == -1 && i >= lead { target[i] = own }
        guard lead >= 0, target[i] == own || (own == 1 && target[i] >= 0) else {
          throw TensorError("expand", "shape \(layout.shape) cannot be expanded to \(shape)")
        }
      }
      guard lead >= 0 else {
        throw TensorError("expand", "shape \(layout.shape) cannot be expanded to \(shape)")
      }
      _ = try elementCount(target, "expand")
      let strides = layout.broadcastStrides(to: target)
      let out = view(Layout(shape: target, strides: strides, offset: layout.offset))
        .asView(of: self)
      return records(self) ? out.made(by: ExpandNode(self)) : out
    }
  }
}

/// The gradient of a repeated tensor is summed over the repetitions.
final class ExpandNode: Node {
  let shape: Extents
  let dtype: DType
  override var name: String { "ExpandBackward0" }

  init(_ x: Tensor) {
    shape = x.layout.shape
    dtype = x.dtype
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    try Tape.send(unbroadcast(gradient, shape, dtype), to: first, isShared: true)
  }
}
