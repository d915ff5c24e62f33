extension Tensor {
  /// The gradient that `backward()` has collected in this leaf, of the same shape; nil before.
  public final var grad: Tensor? {
    get {
      do throws(TensorError) { try makeGradientDense() } catch { return Tensors.failed(error) }
      return gradient
    }
    set {
      gradient = newValue
      rowGradient = nil
    }
  }

  /// Writes a gradient of some rows out as a whole table, which it is from then on.
  final func makeGradientDense() throws(TensorError) {
    guard let rows = rowGradient else { return }
    gradient = try rows.dense()
    rowGradient = nil
  }

  /// Whether gradients flow to or through this tensor. Setting it is for leaves of a floating-point
  /// dtype; anything else throws (see `attempt`).
  public final var requiresGrad: Bool {
    get { requiresGradient }
    set {
      guard !isFailed else { return _ = skipped() }
      guard node == nil else {
        return record(
          TensorError(
            "requiresGrad", "can be set on a leaf only, not on the result of an operation"))
      }
      guard !newValue || dtype.isFloatingPoint else {
        return record(TensorError("requiresGrad", "expected a floating-point tensor, got \(dtype)"))
      }
      requiresGradient = newValue
    }
  }

  /// Whether this tensor was not computed from one that requires a gradient.
  public final var isLeaf: Bool { node == nil }

  /// The same elements without the history (`Tensor.detach`). The memory is shared.
  public final func detach() -> Tensor { isFailed ? skipped() : view(layout) }

  /// Computes the gradient of this one-element tensor for every leaf that requires one, and adds it
  /// to the leaf's `grad`.
  ///
  /// Throws (see `attempt`) when the tensor has several elements, does not depend on a leaf that
  /// requires a gradient, or when an earlier `backward()` used a part of the graph.
  /// Follows `torch.Tensor.backward`.
  public final func backward() {
    guarded([self], or: ()) { () throws(TensorError) in
      guard layout.count == 1 else {
        throw TensorError(
          "backward", expected: "a tensor with one element, such as a loss",
          actual: "shape \(layout.shape); use sum() or mean() first")
      }
      try startBackward(Tensor.filled(layout.shape, dtype, 1))
    }
  }

  /// As `backward()`, from a tensor of any shape, given the gradient of some loss for it, which has
  /// its shape. Throws (see `attempt`) also when the shapes differ. Follows
  /// `torch.Tensor.backward`.
  public final func backward(_ gradient: Tensor) {
    guarded([self, gradient], or: ()) { () throws(TensorError) in
      guard gradient.layout.shape == layout.shape else {
        throw TensorError(
          "backward", expected: "a gradient of shape \(layout.shape)",
          actual: "\(gradient.layout.shape)")
      }
      try startBackward(cast(gradient, dtype))
    }
  }

  private final func startBackward(_ seed: Tensor) throws(TensorError) {
    guard requiresGradient else {
      throw TensorError(
        "backward",
        "this tensor does not depend on any tensor with requiresGrad; look for detach(), withNoGrad "
          + "or a frozen parameter on the way")
    }
    Tape.settle()
    defer { Tape.settle() }
    if Tape.isWatching, let word = Tape.strangeNumber(self) {
      throw TensorError("backward", "the tensor it starts from holds \(word)")
    }
    try Tape.walk(from: self, seed: seed)
  }
}
