/// An array of numbers with a shape: the value every operation takes and returns.
///
/// A tensor is a `Layout` over a `Storage`; several tensors may share one storage (views). It is a
/// reference: `let` holds the tensor, not its elements. Semantics are PyTorch's (`torch.Tensor`).
///
/// A tensor that was computed from one with `requiresGrad` holds the tape node that made it, and so
/// the graph behind it lives as long as somebody can ask for its gradient, and no longer.
public class Tensor {
  package final let storage: Storage
  package final let layout: Layout
  /// What the elements are.
  public final let dtype: DType
  // The history as last seen. A view's history changes when its base is written to, so it is read
  // through `node` and `requiresGradient`, which look first.
  final var ownNode: Node?
  final var ownRequiresGradient = false
  /// Which of the node's results this is.
  package final var outputIndex = 0
  /// The tensor this one is a view of, nil when it is none (`torch.Tensor._base`).
  final var base: Tensor?
  /// How often the history of this base was replaced, or had been when this view last looked.
  final var rewriteCount = 0
  /// Made as a view while nothing was recorded: writing to it cannot reach the base's history.
  final var isUntrackedView = false
  /// What has arrived at a leaf: a whole gradient or rows of one, never both. `grad` reads either.
  package final var gradient: Tensor?
  package final var rowGradient: RowGradient?
  /// The mark of a result that does not exist because its operation failed inside a scope.
  package final let isFailed: Bool

  package init(storage: Storage, layout: Layout, dtype: DType, isFailed: Bool = false) {
    self.storage = storage
    self.layout = layout
    self.dtype = dtype
    self.isFailed = isFailed
  }

  /// The result of a failed operation: one nan without dimensions.
  package nonisolated(unsafe) static let failed: Tensor = {
    do throws(TensorError) {
      let storage = try Storage(byteCount: 64)
      storage.base.storeBytes(of: Float.nan, as: Float.self)
      return Tensor(
        storage: storage, layout: Layout(contiguous: Extents()), dtype: .float32, isFailed: true)
    } catch { fatalError(error.description) }
  }()

  /// A new contiguous tensor whose elements are not set.
  package static func empty(_ shape: Extents, _ dtype: DType) throws(TensorError) -> Tensor {
    let layout = Layout(contiguous: shape)
    let storage = try Storage(byteCount: layout.count * dtype.byteCount)
    return Tensor(storage: storage, layout: layout, dtype: dtype)
  }

  /// The operation that made this tensor, when gradients flow through it.
  package final var node: Node? {
    get {
      if base != nil { followBase() }
      return ownNode
    }
    set { ownNode = newValue }
  }

  package final var requiresGradient: Bool {
    get {
      if base != nil { followBase() }
      return ownRequiresGradient
    }
    set { ownRequiresGradient = newValue }
  }

  /// A new contiguous tensor of zeros, whose memory the system provides as it is written.
  package static func zeroed(_ shape: Extents, _ dtype: DType) throws(TensorError) -> Tensor {
    let layout = Layout(contiguous: shape)
    let storage = try Storage(zeroed: layout.count * dtype.byteCount)
    return Tensor(storage: storage, layout: layout, dtype: dtype)
  }

  /// The first element. `T` must be the element type of `dtype`.
  @inline(__always)
  package final func pointer<T: StoredElement>(_ type: T.Type = T.self) -> UnsafeMutablePointer<T> {
    assert(T.dtype == dtype)
    return storage.base.assumingMemoryBound(to: T.self) + layout.offset
  }

  /// Another tensor over the same storage, outside the tape.
  package final func view(_ layout: Layout) -> Tensor {
    Tensor(storage: storage, layout: layout, dtype: dtype)
  }
}

extension Tensor {
  /// The sizes, outermost dimension first.
  public final var shape: [Int] { layout.shape.array }

  /// The number of dimensions.
  public final var dim: Int { layout.shape.count }

  /// The number of elements (`numel`).
  public final var count: Int { layout.count }

  /// Whether the elements lie in memory in row-major order without gaps.
  public final var isContiguous: Bool { layout.isContiguous }

  /// The size of one dimension; a negative `dim` counts from the last.
  ///
  /// Throws (see `attempt`) when there is no such dimension.
  public final func size(_ dim: Int) -> Int {
    guarded([self], or: 0) { () throws(TensorError) in
      let rank = layout.shape.count
      guard rank > 0 else { throw TensorError("size", "a tensor without dimensions has no size") }
      return layout.shape[try resolve(dim, rank, "size")]
    }
  }
}

/// A tensor that a module learns: a leaf of the tape that the module lists and an optimizer moves.
///
/// Follows `torch.nn.Parameter`. It is a `Tensor` in every respect; being its own type is what lets
/// a module tell its weights from other tensors it keeps, such as a carried hidden state.
public final class Parameter: Tensor {
  /// Makes a parameter of the elements of `tensor`, whose memory and shape it shares. Integers
  /// never require a gradient.
  public init(_ tensor: Tensor, requiresGrad: Bool = true) {
    super.init(
      storage: tensor.storage, layout: tensor.layout, dtype: tensor.dtype,
      isFailed: tensor.isFailed)
    requiresGradient = requiresGrad && tensor.dtype.isFloatingPoint
  }
}
