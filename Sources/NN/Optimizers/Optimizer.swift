/// Moves parameters against their gradients. Subclasses define `step()`.
///
/// Follows `torch.optim.Optimizer`.
open class Optimizer: CustomStringConvertible {
  /// What is moved.
  public final let parameters: [Parameter]
  /// The learning rate of the next step.
  public final var lr: Double

  /// Throws (see `attempt`) when there are no parameters or the rate is negative.
  public init(_ parameters: [Parameter], lr: Double) {
    self.parameters = parameters
    self.lr = lr
    if parameters.isEmpty {
      record(TensorError("\(type(of: self))", "there are no parameters to optimize"))
    } else if !(lr >= 0) {
      record(TensorError("\(type(of: self))", expected: "a learning rate of 0 or more", actual: "\(lr)"))
    }
  }

  /// Forgets the gradients: call it before each `backward()`.
  public final func zeroGrad() {
    for parameter in parameters { parameter.grad = nil }
  }

  /// Moves every parameter that has a gradient.
  open func step() {
    record(TensorError("\(type(of: self))", "does not define step()"))
  }

  /// The settings by name, in the order they are printed.
  open var settings: [(name: String, value: String)] { [] }

  /// PyTorch's text.
  public var description: String {
    "\(type(of: self)) (\nParameter Group 0\n"
      + settings.map { "    \($0.name): \($0.value)\n" }.joined() + ")"
  }
}

/// The memory of one parameter and its gradient, contiguous and of one dtype; nil without gradient.
func stepOperands(
  _ parameter: Parameter, _ name: String
) throws(TensorError) -> (value: Tensor, gradient: Tensor)? {
  guard let gradient = parameter.grad, !parameter.isFailed, !gradient.isFailed else { return nil }
  guard gradient.layout.shape == parameter.layout.shape, gradient.dtype == parameter.dtype,
    parameter.isContiguous
  else {
    throw TensorError(
      name, expected: "a gradient of shape \(parameter.layout.shape), \(parameter.dtype)",
      actual: "\(gradient.layout.shape), \(gradient.dtype)")
  }
  return (parameter, try packedElements(gradient))
}
