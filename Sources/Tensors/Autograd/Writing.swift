// Writing into a tensor's memory, and what becomes of its history.
//
// Without recording only the elements change, and the storage counts the change, so that a gradient
// rule which saved them refuses to go on. With recording, the tensor, or the base it is a view of,
// becomes the result of the write.

extension Region {
  var shape: Extents {
    switch self {
    case .part(let layout): layout.shape
    case .picked(let picked): picked.shape
    }
  }

  /// The same places in a memory that begins with the first element of `base`.
  func inside(_ base: Layout) -> Region {
    switch self {
    case .part(let layout): return .part(layout.inside(base))
    case .picked(var picked):
      for i in picked.before.indices { picked.before[i] -= base.offset }
      return .picked(picked)
    }
  }

  /// The elements there, copied; not recorded.
  func read(_ x: Tensor) throws(TensorError) -> Tensor {
    switch self {
    case .part(let layout): try copy(x.view(layout))
    case .picked(let picked): try picked.read(x)
    }
  }

  /// Writes `value`, of this region's shape and the dtype of `x`; not recorded.
  func write(_ value: Tensor, into x: Tensor) throws(TensorError) {
    // A value that shares the memory it is written to is read completely first.
    let value = value.storage === x.storage ? try copy(value) : value
    switch self {
    case .part(let layout): try assign(value, into: x.view(layout))
    case .picked(let picked): try picked.write(packedElements(value), into: x)
    }
  }
}

/// A base after a part of it was overwritten: the gradient of the part goes to the value, that of
/// the rest to the base as it was.
final class WriteNode: Node {
  let base: Layout
  let region: Region
  let valueShape: Extents
  let valueDType: DType
  let title: String
  override var name: String { title }

  init(_ base: Tensor, _ value: Tensor, _ region: Region, _ title: String) {
    self.base = base.layout
    self.region = region.inside(base.layout)
    valueShape = value.layout.shape
    valueDType = value.dtype
    self.title = title
    super.init(base, value)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let whole = try spread(gradient, base, gradient.dtype)
    if second.isWanted {
      let part = try region.read(whole)
      try Tape.send(unbroadcast(part, valueShape, valueDType), to: second)
    }
    if first.isWanted {
      try region.write(.filled(region.shape, gradient.dtype, 0), into: whole)
      try Tape.send(whole, to: first)
    }
  }
}

extension Tensor {
  /// Throws unless the elements may be written to; `isRecorded` says that the write has a gradient.
  final func requireWritable(
    _ operation: String, isRecorded: Bool
  ) throws(TensorError) {
    guard !layout.overlaps else {
      throw TensorError(
        operation, "several elements share one place in memory (expand); write to a clone()")
    }
    let owner = base ?? self
    if Tape.isRecording && owner.ownRequiresGradient && owner.ownNode == nil {
      throw TensorError(
        operation,
        "this tensor is \(base == nil ? "a leaf" : "a view of a leaf") that requires a gradient; "
          + "change it inside withNoGrad { }")
    }
    if isRecorded && isUntrackedView {
      throw TensorError(
        operation,
        "this view was made inside withNoGrad { }, so the change cannot be recorded; make the view "
          + "outside, or write to it inside as well")
    }
  }

  /// Whether writing `value` into this tensor is a step of the tape.
  final func recordsWrite(_ value: Tensor) -> Bool {
    dtype.isFloatingPoint && records(self, value)
  }

  /// Writes `value`, broadcast to the region and brought to this dtype.
  final func write(
    _ value: Tensor, at region: Region, _ operation: String = "subscript"
  ) throws(TensorError) {
    let isRecorded = recordsWrite(value)
    try requireWritable(operation, isRecorded: isRecorded)
    let shape = region.shape
    // Sizes of 1 in front of a value mean nothing (`x[0] = row.unsqueeze(0)`).
    var kept = value.layout.shape
    while kept.count > shape.count && kept[0] == 1 { kept.remove(at: 0) }
    let fitted = kept == value.layout.shape ? value : value.view(kept.array)
    guard let target = try? broadcast(kept, shape, operation), target == shape else {
      throw TensorError(
        operation, expected: "a value that broadcasts to shape \(shape)",
        actual: "\(value.layout.shape)")
    }
    let elements = try cast(fitted, dtype)
    let wide = elements.view(
      Layout(
        shape: shape, strides: elements.layout.broadcastStrides(to: shape),
        offset: elements.layout.offset))
    try region.write(wide, into: self)
    storage.version += 1
    guard isRecorded else { return }
    let owner = base ?? self
    var title = "CopySlices"
    if case .picked = region, base == nil { title = "IndexPutBackward0" }
    owner.rewritten(by: WriteNode(owner, fitted, region, title))
  }

  /// Replaces the elements by `compute(old elements)`, and the history by that of the result.
  ///
  /// `others` are the other operands, which must broadcast to this shape. `compute` calls recording
  /// operations; the tensor it gets is not changed by the write, so what they save stays right.
  @discardableResult
  final func update(
    _ operation: String, _ others: [Tensor] = [], _ compute: (Tensor) -> Tensor
  ) -> Tensor {
    guarded([self] + others, or: self) { () throws(TensorError) in
      let isRecorded = dtype.isFloatingPoint && records([self] + others)
      try requireWritable(operation, isRecorded: isRecorded)
      for other in others {
        let shape = try broadcast(layout.shape, other.layout.shape, operation)
        guard shape == layout.shape else {
          throw TensorError(
            operation, "the result has shape \(shape), which does not fit into \(layout.shape)")
        }
      }
      var before = self
      if isRecorded {
        before = try Tensors.copy(self)
        if let node { before = before.made(by: node, output: outputIndex) }
      }
      let result = compute(before)
      if result.isFailed { return self }
      guard result.dtype.category <= dtype.category else {
        throw TensorError(
          operation, "the result is \(result.dtype), which does not fit into a tensor of \(dtype)")
      }
      guard result.layout.shape == layout.shape else {
        throw TensorError(
          operation,
          "the result has shape \(result.layout.shape), which does not fit into \(layout.shape)")
      }
      if isRecorded && base != nil {
        try write(result, at: .part(layout), operation)
      } else {
        let value = result.to(dtype)
        try Region.part(layout).write(value, into: self)
        storage.version += 1
        if isRecorded, let node = value.node {
          rewritten(by: node)
          outputIndex = value.outputIndex
        }
      }
      return self
    }
  }
}
