// Several tensors made one.

/// The gradient of a joined tensor is cut into the parts again.
final class JoinNode: Node {
  let dim: Int
  let lengths: [Int]
  let isStack: Bool
  override var name: String { isStack ? "StackBackward0" : "CatBackward0" }

  init(_ tensors: [Tensor], _ dim: Int, isStack: Bool) {
    self.dim = dim
    self.isStack = isStack
    lengths = tensors.map { isStack ? 1 : $0.layout.shape[dim] }
    super.init(nil, rest: tensors)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    var start = 0
    for (edge, length) in Swift.zip(rest, lengths) {
      if edge.isWanted {
        let part = gradient.layout.narrowed(dim, start, length)
        let piece = gradient.view(
          isStack ? try gradient.layout.selecting(start, dim) : part)
        try Tape.send(piece, to: edge, isShared: true)
      }
      start += length
    }
  }
}

/// The tensors side by side along `dim`; not recorded. Shapes agree in all other dimensions.
private func joined(
  _ tensors: [Tensor], _ dim: Int, _ shape: Extents, isStack: Bool
) throws(TensorError) -> Tensor {
  let out = try Tensor.empty(shape, tensors[0].dtype)
  var start = 0
  for tensor in tensors {
    let length = isStack ? 1 : tensor.layout.shape[dim]
    let place =
      isStack ? try out.layout.selecting(start, dim) : out.layout.narrowed(dim, start, length)
    try assign(tensor, into: out.view(place))
    start += length
  }
  return out
}

private func check(_ tensors: [Tensor], _ operation: String) throws(TensorError) {
  guard let first = tensors.first else {
    throw TensorError(operation, "expected one tensor or more, got none")
  }
  for (i, tensor) in tensors.enumerated() where tensor.dtype != first.dtype {
    throw TensorError(
      operation, "tensor 0 is \(first.dtype), but tensor \(i) is \(tensor.dtype)")
  }
}

/// The tensors joined along an existing dimension: `[2, 3]` and `[4, 3]` -> `[6, 3]` (`torch.cat`).
///
/// Throws (see `attempt`) when there are none, or when their dtypes or their sizes in the other
/// dimensions differ.
public func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  guarded(tensors, or: .failed) { () throws(TensorError) in
    try check(tensors, "cat")
    var shape = tensors[0].layout.shape
    guard shape.count > 0 else {
      throw TensorError("cat", "tensors without dimensions cannot be joined; use stack")
    }
    let place = try resolve(dim, shape.count, "cat")
    var total = 0
    for (i, tensor) in tensors.enumerated() {
      var other = tensor.layout.shape
      let fits = other.count == shape.count
      if fits {
        total += other[place]
        other[place] = shape[place]
      }
      guard fits, other == shape else {
        throw TensorError(
          "cat",
          "expected equal sizes except in dimension \(dim): tensor 0 is "
            + "\(tensors[0].layout.shape), tensor \(i) is \(tensor.layout.shape)")
      }
    }
    shape[place] = total
    let out = try joined(tensors, place, shape, isStack: false)
    return records(tensors) ? out.made(by: JoinNode(tensors, place, isStack: false)) : out
  }
}

/// The tensors joined along a new dimension: n of `[2, 3]` -> `[n, 2, 3]` (`torch.stack`). Throws
/// (see `attempt`) when there are none, or when their shapes or dtypes differ.
public func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  guarded(tensors, or: .failed) { () throws(TensorError) in
    try check(tensors, "stack")
    var shape = tensors[0].layout.shape
    for (i, tensor) in tensors.enumerated() where tensor.layout.shape != shape {
      throw TensorError(
        "stack",
        "expected equal shapes: tensor 0 is \(shape), tensor \(i) is \(tensor.layout.shape)")
    }
    guard shape.count < Extents.limit else {
      throw TensorError("stack", "a tensor has at most \(Extents.limit) dimensions")
    }
    let place = try resolve(dim, shape.count + 1, "stack")
    shape.insert(tensors.count, at: place)
    let out = try joined(tensors, place, shape, isStack: true)
    return records(tensors) ? out.made(by: JoinNode(tensors, place, isStack: true)) : out
  }
}
