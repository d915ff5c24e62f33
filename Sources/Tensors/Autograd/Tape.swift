/// The order in which operations happened: an append-only list of nodes that backward walks from
/// the end to the beginning.
///
/// Every node stands after the nodes it depends on, so walking the list backwards meets each node
/// when all its gradients have arrived: no recursion, no sorting, no table. The list does not own
/// its nodes; a freed node leaves an empty place, and empty places at the end are dropped.
package enum Tape {
  package nonisolated(unsafe) static var isRecording = true
  private nonisolated(unsafe) static var places: ContiguousArray<Unmanaged<Node>?> = []
  /// Nodes that have a gradient but have not been visited yet.
  private(set) nonisolated(unsafe) static var pendingCount = 0

  /// The node whose rule is running.
  private nonisolated(unsafe) static var present: Unmanaged<Node>?
  static var visited: Node? { present?.takeUnretainedValue() }
  /// Set while every gradient must be looked at before it is handed on: in `withAnomalyDetection`,
  /// and after a rule has read a saved tensor that was changed.
  nonisolated(unsafe) static var isDisturbed = false

  static func append(_ node: Node) -> Int {
    places.append(Unmanaged.passUnretained(node))
    return places.count - 1
  }

  static func forget(_ place: Int) {
    places[place] = nil
    while let last = places.last, last == nil { places.removeLast() }
  }

  // A chain of a million nodes must not be freed by a million nested deinits: a dying node puts its
  // inputs here, and the outermost one frees them one by one.
  private nonisolated(unsafe) static var graves: [Node] = []
  private nonisolated(unsafe) static var isEmptying = false

  static func bury(_ edge: inout Edge) {
    if let node = edge.node { graves.append(node) }
    edge = Edge(nil)
  }

  static func emptyGraves() {
    guard !isEmptying else { return }
    isEmptying = true
    while let node = graves.popLast() { _ = node }
    isEmptying = false
  }

  /// Adds `gradient` to what an input is owed. `isShared` says that somebody else holds the same
  /// elements, so that a leaf must keep a copy.
  package static func send(
    _ gradient: Tensor, to edge: Edge, isShared: Bool = false
  ) throws(TensorError) {
    if isDisturbed { try checkSent(gradient) }
    if let leaf = edge.leaf {
      try leaf.makeGradientDense()
      if let sum = collected(edge, gradient.layout.shape, gradient.dtype) {
        accumulate(gradient, into: sum)
      } else if let sum = leaf.gradient {
        leaf.gradient = try combine(.add, sum, gradient)
      } else {
        leaf.gradient =
          isShared || !gradient.isContiguous ? try copy(gradient) : gradient
      }
    } else if let node = edge.node {
      if !node.isPending {
        node.isPending = true
        pendingCount += 1
        _ = Unmanaged.passRetained(node)
      }
      switch edge.output {
      case 0: node.gradient = try sum(node.gradient, gradient)
      case 1: node.gradient1 = try sum(node.gradient1, gradient)
      default: node.gradient2 = try sum(node.gradient2, gradient)
      }
    }
  }

  /// What a leaf has collected so far, when more can be added to it where it is, as PyTorch does; nil
  /// when there is nothing yet.
  package static func collected(_ edge: Edge, _ shape: Extents, _ dtype: DType) -> Tensor? {
    guard let leaf = edge.leaf, let sum = leaf.gradient, sum.isContiguous, sum.dtype == dtype,
      sum.layout.shape == shape, !isDisturbed
    else { return nil }
    return sum
  }

  private static func accumulate(_ gradient: Tensor, into sum: Tensor) {
    if sum.dtype == .float32 {
      inStretches(sum, gradient, sum) { zip($0, $1, $2, Float.self, Float.self) { $0 + $1 } }
    } else {
      zip(sum, gradient, sum, Double.self, Double.self) { $0 + $1 }
    }
  }

  private static func sum(_ a: Tensor?, _ b: Tensor) throws(TensorError) -> Tensor {
    guard let a else { return b }
    return try combine(.add, a, b)
  }

  /// Walks back from `root`, whose gradient is `seed`.
  static func walk(from root: Tensor, seed: Tensor) throws(TensorError) {
    guard let node = root.node else {
      return try send(seed, to: Edge(root), isShared: true)
    }
    let wasRecording = isRecording
    isRecording = false
    defer { isRecording = wasRecording }
    try send(seed, to: Edge(root))
    var fault: TensorError?
    var place = node.order
    while pendingCount > 0 && place >= 0 {
      if place < places.count, let entry = places[place], entry.takeUnretainedValue().isPending {
        let node = entry.takeUnretainedValue()
        node.isPending = false
        pendingCount -= 1
        if fault == nil {
          do { try visit(node) } catch { fault = error }
        }
        (node.gradient, node.gradient1, node.gradient2) = (nil, nil, nil)
        entry.release()
        emptyGraves()
      }
      place -= 1
    }
    present = nil
    if let fault { throw fault }
  }

  private static func visit(_ node: Node) throws(TensorError) {
    guard !node.isSpent else {
      throw TensorError(
        "backward",
        "the graph behind \(node.name) was already used by an earlier backward(); compute the "
          + "result again, or call detach() on what is carried from one step to the next")
    }
    node.isSpent = true
    present = Unmanaged.passUnretained(node)
    if let gradient = node.gradient {
      try node.backward(gradient)
    } else {
      try node.backward(.failed)  // only a later result has one: nodes with several results look
    }
    node.cut()
  }
}

/// Runs `body` without recording operations for gradients, and returns what it returns
/// (`torch.no_grad`).
@discardableResult
public func withNoGrad<R>(_ body: () throws -> R) rethrows -> R {
  let wasRecording = Tape.isRecording
  Tape.isRecording = false
  defer { Tape.isRecording = wasRecording }
  return try body()
}
