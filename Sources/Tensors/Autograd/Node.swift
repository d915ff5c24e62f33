/// Where a node sends the gradient of one of its inputs: to the node that made that input, or to a
/// leaf that collects it.
package struct Edge {
  package var node: Node?
  package var leaf: Tensor?
  var output = 0

  package init(_ tensor: Tensor?) {
    guard let tensor else { return }
    node = tensor.node  // first: a view may find a new history here
    output = tensor.outputIndex
    if node == nil && tensor.requiresGradient { leaf = tensor }
  }

  /// Whether a gradient is wanted here at all.
  package var isWanted: Bool { node != nil || leaf != nil }
}

/// A tensor kept for the backward pass: its memory without its history, so that nodes do not keep
/// each other alive through what they saved.
package struct Saved {
  let storage: Storage
  package let layout: Layout
  package let dtype: DType
  private let version: Int

  package init(_ tensor: Tensor) {
    storage = tensor.storage
    layout = tensor.layout
    dtype = tensor.dtype
    version = storage.version
  }

  /// The saved elements. When they were changed since, the tape stops at the node's first gradient.
  package var tensor: Tensor {
    if storage.version != version { Tape.noteChange(layout.shape, storage.version - version) }
    return Tensor(storage: storage, layout: layout, dtype: dtype)
  }

  /// The saved elements for a rule that takes them for places in memory: when they were changed since,
  /// this throws before any of those places is touched.
  package func places() throws(TensorError) -> Tensor {
    let saved = tensor
    try Tape.requireUnchanged()
    return saved
  }
}

/// One recorded operation. Each operation family has its subclasses next to its forward functions;
/// `backward` is the gradient rule.
///
/// A node is owned by the tensors it made and by the nodes behind them; the tape only knows its
/// place in time. So a graph nobody can reach is freed at once, like any other Swift object.
open class Node {
  package final var first: Edge
  package final var second: Edge
  package final var rest: [Edge]
  /// The gradients of the results that have arrived so far.
  package final var gradient: Tensor?
  package final var gradient1: Tensor?
  package final var gradient2: Tensor?
  /// Set once backward has been through: what was saved is gone.
  final var isSpent = false
  final var isPending = false
  private final var place = 0

  /// PyTorch's name of the operation's gradient, as in `grad_fn=<MulBackward0>`.
  open var name: String { "Backward" }

  /// The name as the node of one of several results.
  open func name(_ output: Int) -> String { name }

  /// Records an operation on the given inputs: it takes the next place on the tape.
  public init(_ first: Tensor?, _ second: Tensor? = nil, rest: [Tensor] = []) {
    self.first = Edge(first)
    self.second = Edge(second)
    self.rest = rest.isEmpty ? [] : rest.map { Edge($0) }
    place = Tape.append(self)
  }

  /// Sends the gradients of the inputs, given that of the (first) result.
  open func backward(_ gradient: Tensor) throws(TensorError) {}

  /// Its position on the tape: greater than that of every node it depends on.
  final var order: Int { place }

  /// Forgets the inputs, so that what lies behind can be freed.
  final func cut() {
    Tape.bury(&first)
    Tape.bury(&second)
    for i in rest.indices { Tape.bury(&rest[i]) }
    rest = []
  }

  deinit {
    Tape.forget(place)
    cut()
    Tape.emptyGraves()
  }
}

extension Tensor {
  /// Marks this tensor as the result of `node`. The mark of a failed operation stays without a history:
  /// it is one tensor for all, and the next operation it stands in would inherit the node.
  package final func made(by node: Node, output: Int = 0) -> Tensor {
    guard !isFailed else { return self }
    self.node = node
    outputIndex = output
    requiresGradient = true
    return self
  }

  /// This contiguous result of its node in another shape: for nodes that read the gradient's memory
  /// and do not look at its shape, when only the new shape is handed out.
  package final func sameResult(_ shape: Extents) -> Tensor {
    let out = view(
      Layout(shape: shape, strides: Layout(contiguous: shape).strides, offset: layout.offset))
    return node.map { out.made(by: $0, output: outputIndex) } ?? out
  }
}

/// Whether an operation on `a` must be recorded.
@inline(__always)
package func records(_ a: Tensor) -> Bool { a.requiresGradient && Tape.isRecording }

@inline(__always)
package func records(_ a: Tensor, _ b: Tensor) -> Bool {
  (a.requiresGradient || b.requiresGradient) && Tape.isRecording
}

package func records(_ tensors: [Tensor]) -> Bool {
  Tape.isRecording && tensors.contains { $0.requiresGradient }
}
