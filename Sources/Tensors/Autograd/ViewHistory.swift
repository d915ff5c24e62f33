// Views know the tensor whose memory they share, so that writing to one is seen by the gradients of
// the other.
//
// A write replaces the history of the base: it is from then on the result of `WriteNode`. Its views
// notice, when they are next asked, that their history is of an older base, and become parts of
// the new one.

extension Tensor {
  /// Marks this tensor as a view of `source`, or of what `source` is itself a view of.
  @inline(__always)
  final func asView(of source: Tensor) -> Tensor {
    if Tape.isRecording && !source.isUntrackedView {
      let base = source.base ?? source
      self.base = base
      rewriteCount = base.rewriteCount
    } else {
      isUntrackedView = true
    }
    return self
  }

  /// Takes on the base's present history when it was replaced since the last look.
  @inline(__always)
  final func followBase() {
    if let base, base.rewriteCount != rewriteCount { follow(base) }
  }

  @inline(never)
  private final func follow(_ base: Tensor) {
    rewriteCount = base.rewriteCount
    ownNode = nil
    outputIndex = 0
    ownRequiresGradient = base.ownRequiresGradient
    if base.ownRequiresGradient { ownNode = ReadNode(base, layout) }
  }

  /// The history of this tensor is now `node`; its views will follow.
  final func rewritten(by node: Node) {
    _ = made(by: node)
    rewriteCount &+= 1
  }
}

extension Layout {
  /// This layout's place in a copy of the memory of `base` that begins with the first element.
  func inside(_ base: Layout) -> Layout {
    Layout(shape: shape, strides: strides, offset: offset - base.offset)
  }

  /// Whether one place of memory stands for several elements, as in an expanded tensor.
  var overlaps: Bool {
    for i in 0..<shape.count where shape[i] > 1 && strides[i] == 0 { return count > 0 }
    return false
  }
}

/// A tensor of the shape and strides of `base` in memory of its own, with the elements of `gradient`
/// or zeros: the parts of `base` have their places in it. Memory between the elements is zero.
func spread(_ gradient: Tensor?, _ base: Layout, _ dtype: DType) throws(TensorError) -> Tensor {
  var reach = base.count > 0 ? 1 : 0
  for i in 0..<base.shape.count where base.count > 0 {
    reach += (base.shape[i] - 1) * base.strides[i]
  }
  let memory = try Tensor.filled(Extents(reach), dtype, 0)
  let out = memory.view(base.inside(base))
  if let gradient { try assign(cast(gradient, dtype), into: out) }
  return out
}

/// A part of a base that was written to: its gradient is the gradient there and zero elsewhere.
final class ReadNode: Node {
  let base: Layout
  let part: Layout
  override var name: String { "AsStridedBackward0" }

  init(_ base: Tensor, _ part: Layout) {
    self.base = base.layout
    self.part = part
    super.init(base)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let whole = try spread(nil, base, gradient.dtype)
    var (gradient, shape) = (gradient, part.shape)
    for i in 0..<shape.count where part.strides[i] == 0 && shape[i] != 1 {
      gradient = try reduction(.sum, gradient, i, keepDim: true)
      shape[i] = 1
    }
    let place = Layout(shape: shape, strides: part.strides, offset: part.offset)
    try assign(gradient, into: whole.view(place.inside(base)))
    try Tape.send(whole, to: first)
  }
}
