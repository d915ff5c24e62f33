/// The squared difference, averaged over all elements. Follows `torch.nn.MSELoss`.
public final class MSELoss: Module {
  private let reduction: LossReduction

  /// The mean of the squares unless told otherwise.
  public init(reduction: LossReduction = .mean) {
    self.reduction = reduction
    super.init()
  }

  /// Two tensors of one shape -> `[]` (the shape itself without reduction).
  /// Throws (see `attempt`) when the shapes differ.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    guarded(input, target) { () throws(TensorError) in
      guard input.layout.shape == target.layout.shape else {
        throw TensorError(
          place, expected: "a target of shape \(input.layout.shape)",
          actual: "\(target.layout.shape)")
      }
      guard input.dtype.isFloatingPoint, target.dtype.isFloatingPoint else {
        throw TensorError(
          place, expected: "floating-point tensors", actual: "\(input.dtype) and \(target.dtype)")
      }
      let difference = try combine(.subtract, input, target)
      let squares = try Tensors.apply(.square, difference)
      let count = Double(squares.layout.count)
      var out = squares
      if reduction != .none { out = squares.sum() }
      if reduction == .mean { out = out / count }
      guard records(input, target) else { return out }
      return out.made(
        by: SquaredErrorNode(input, target, difference, reduction == .mean ? 2 / count : 2))
    }
  }
}

/// d = 2 (input - target), over the count for a mean; the target gets the opposite.
final class SquaredErrorNode: Node {
  let difference: Saved
  let factor: Double
  override var name: String { "MseLossBackward0" }

  init(_ input: Tensor, _ target: Tensor, _ difference: Tensor, _ factor: Double) {
    self.difference = Saved(difference)
    self.factor = factor
    super.init(input, target)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try scaled(combine(.multiply, difference.tensor, gradient), factor)
    if first.isWanted { try Tape.send(g, to: first, isShared: second.isWanted) }
    if second.isWanted { try Tape.send(scaled(g, -1), to: second) }
  }
}
