/// A recorded operation whose gradient rule is a closure for each input, written where the result is
/// made. A rule captures what it needs as `Saved`, never a tensor, which would keep its history.
///
/// What a rule returns is summed over broadcast dimensions and brought to the input's dtype here, so
/// that a rule is the formula and nothing else. A rule runs only when its input wants a gradient.
final class Rule: Node {
  typealias Step = (Tensor) throws -> Tensor

  private let title: String
  private var steps: [Step]
  private let shapes: [Extents]
  private let dtypes: [DType]
  override var name: String { title }

  init(_ title: String, _ inputs: [Tensor], _ steps: [Step]) {
    self.title = title
    self.steps = steps
    shapes = inputs.map { $0.layout.shape }
    dtypes = inputs.map { $0.dtype }
    super.init(nil, rest: inputs)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    for (i, edge) in rest.enumerated() where edge.isWanted {
      let part: Tensor
      do { part = try steps[i](gradient) } catch {
        throw (error as? TensorError) ?? TensorError("backward", "\(error)")
      }
      try Tape.send(unbroadcast(part, shapes[i], dtypes[i]), to: edge, isShared: true)
    }
    steps = []
  }
}

extension Tensor {
  /// Marks this new tensor as the result of `name`, recorded when its input is.
  final func made(_ name: String, from x: Tensor, _ step: @escaping Rule.Step) -> Tensor {
    records(x) && dtype.isFloatingPoint && !isFailed
      ? made(by: Rule(name, [x], [step])) : self
  }

  /// This result of several steps under the name of the one operation they stand for.
  final func titled(_ name: String) -> Tensor {
    isFailed || node == nil ? self : view(layout).made(name, from: self) { $0 }
  }

  /// Marks this new tensor as the result of `name` on two tensors, recorded when one of them is.
  final func made(
    _ name: String, from a: Tensor, _ b: Tensor, _ stepA: @escaping Rule.Step,
    _ stepB: @escaping Rule.Step
  ) -> Tensor {
    records(a, b) && dtype.isFloatingPoint && !isFailed
      ? made(by: Rule(name, [a, b], [stepA, stepB])) : self
  }
}
