// Several tensors made one.

/// The gradient of a joined tensor is cut into the parts again.
final class JoinNode: Node {
  let dim: Int
  let lengths: [Int]
  let dtypes: [DType]
  let isStack: Bool
  override var name: String { isStack ? "StackBackward0" : "CatBackward0" }

  init(_ tensors: [Tensor], _ dim: Int, isStack: Bool) {
    self.dim = dim
    self.isStack = isStack
    lengths = tensors.map { isStack ? 1 : $0.layout.shape[dim] }
    dtypes = tensors.map { $0.dtype }
    super.init(nil, rest: tensors)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    var start = 0
    for (i, (edge, length)) in Swift.zip(rest, lengths).enumerated() {
      if edge.isWanted {
        let part = gradient.layout.narrowed(dim, start, length)
        let piece = gradient.view(
          isStack ? try gradient.layout.selecting(start, dim) : part)
        try Tape.send(cast(piece, dtypes[i]), to: edge, isShared: true)
      }
      start += length
    }
  }
}

/// The dtype that all the tensors meet in.
private func meetingDType(_ tensors: [Tensor]) -> DType {
  tensors.reduce(tensors[0]) { promote($0, $1) == $0.dtype ? $0 : $1 }.dtype
}

/// The tensors side by side along `dim`; not recorded. Shapes agree in all other dimensions.
private func joined(
  _ tensors: [Tensor], _ dim: Int, _ shape: Extents, _ dtype: DType, isStack: Bool
) throws(TensorError) -> Tensor {
  let out = try Tensor.empty(shape, dtype)
  var start = 0
  for tensor in tensors {
    let tensor = try cast(tensor, dtype)
    let length = isStack ? 1 : tensor.layout.shape[dim]
    let place =
      isStack ? try out.layout.selecting(start, dim) : out.layout.narrowed(dim, start, length)
    try assign(tensor, into: out.view(place))
    start += length
  }
  return out
}

private func requireSome(_ tensors: [Tensor], _ operation: String) throws(TensorError) {
  guard !tensors.isEmpty else {
    throw TensorError(operation, "expected one tensor or more, got none")
  }
}

/// The tensors joined along an existing dimension: `[2, 3]` and `[4, 3]` -> `[6, 3]`, in the dtype they
/// meet in (`torch.cat`). An empty vector goes with every shape, so that a result can be collected
/// from `Tensor.zeros(0)` on.
///
/// Throws (see `attempt`) when there are none, or when their sizes in the other dimensions differ.
public func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  guarded(tensors, or: .failed) { () throws(TensorError) in
    try requireSome(tensors, "cat")
    let isOdd = tensors.contains { $0.layout.shape.count != 1 }
    let dtype = meetingDType(tensors)
    let tensors = isOdd ? tensors.filter { $0.layout.shape != Extents(0) } : tensors
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
    let out = try joined(tensors, place, shape, dtype, isStack: false)
    return records(tensors) ? out.made(by: JoinNode(tensors, place, isStack: false)) : out
  }
}

/// The tensors joined along a new dimension: n of `[2, 3]` -> `[n, 2, 3]`, in the dtype they meet in
/// (`torch.stack`). Throws (see `attempt`) when there are none, or when their shapes differ.
public func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  guarded(tensors, or: .failed) { () throws(TensorError) in
    try requireSome(tensors, "stack")
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
    let out = try joined(tensors, place, shape, meetingDType(tensors), isStack: true)
    return records(tensors) ? out.made(by: JoinNode(tensors, place, isStack: true)) : out
  }
}
