/// Moves parameters against their gradients. Subclasses define `step()`.
///
/// The parameters are in one group, or in several with rates of their own (`ParameterGroup`).
/// Follows `torch.optim.Optimizer`.
open class Optimizer: CustomStringConvertible {
  /// The groups of parameters, at least one.
  public final let groups: [ParameterGroup]
  /// What is moved: the parameters of all groups, in order.
  public final let parameters: [Parameter]
  /// What is kept for each parameter from step to step; nil before its first step.
  final var memories: [OptimizerMemory?]

  /// The learning rate of the next step: that of the first group. Setting it sets that of all.
  public final var lr: Double {
    get { groups[0].lr }
    set { for group in groups { group.lr = newValue } }
  }

  /// One group. Throws (see `attempt`) when there are no parameters, a parameter is listed twice,
  /// or the rate is negative.
  public init(_ parameters: [Parameter], lr: Double) {
    groups = [ParameterGroup(parameters)]
    self.parameters = parameters
    memories = Array(repeating: nil, count: parameters.count)
    join(lr, 0)
  }

  /// Several groups, whose missing settings are these.
  init(_ groups: [ParameterGroup], lr: Double, weightDecay: Double) {
    self.groups = groups.isEmpty ? [ParameterGroup([])] : groups
    parameters = groups.flatMap { $0.parameters }
    memories = Array(repeating: nil, count: parameters.count)
    join(lr, weightDecay)
  }

  private func join(_ lr: Double, _ weightDecay: Double) {
    guarded([], or: ()) { () throws(TensorError) in
      if parameters.isEmpty {
        throw TensorError(typeName, "there are no parameters to optimize")
      }
      var seen: Set<ObjectIdentifier> = []
      for (i, parameter) in parameters.enumerated()
      where !seen.insert(ObjectIdentifier(parameter)).inserted {
        throw TensorError(typeName, "parameter \(i) is listed twice")
      }
      for (i, group) in groups.enumerated() {
        guard group.join(lr: lr, weightDecay: weightDecay) else {
          throw TensorError(typeName, "parameter group \(i) belongs to an optimizer already")
        }
        try require(group.lr, "a learning rate")
        try require(group.weightDecay, "a weight decay")
      }
    }
  }

  /// Throws unless a setting is `least` or more and, with `limit`, below it.
  final func require(
    _ value: Double, _ name: String, least: Double = 0, below limit: Double? = nil
  ) throws(TensorError) {
    guard value >= least, value < limit ?? .infinity else {
      let range =
        limit.map { "from \(pythonNumber(least)) to below \(pythonNumber($0))" }
        ?? "of \(pythonNumber(least)) or more"
      throw TensorError(typeName, expected: "\(name) \(range)", actual: "\(value)")
    }
  }

  /// The name of the type as it is printed.
  open var typeName: String { "\(type(of: self))" }

  /// Forgets the gradients: call it before each `backward()`.
  public final func zeroGrad() {
    for parameter in parameters { parameter.grad = nil }
  }

  /// Moves every parameter that has a gradient.
  open func step() {
    record(TensorError(typeName, "does not define step()"))
  }

  /// The settings by name, in the order they are printed.
  open var settings: [(name: String, value: String)] { [] }

  /// The settings of one group.
  func settings(of group: ParameterGroup) -> [(name: String, value: String)] {
    settings.map { $0.name == "lr" ? ("lr", "\(group.lr)") : $0 }
  }

  /// The momentum, or the first beta: what `OneCycleLR` cycles; nil when there is none.
  var cycledMomentum: Double? {
    get { nil }
    set { _ = newValue }
  }

  /// The names of the tensors in `memories`, which are PyTorch's; nil when the optimizer keeps
  /// something that `stateDict()` does not know.
  var memoryNames: [String]? { nil }

  /// What the tensors of a new memory are filled with.
  var memoryStart: Double { 0 }

  /// What the optimizer remembers, to go on later where it stood: for each parameter what is kept
  /// from step to step (`state.0.exp_avg`), for each group its rate (`param_groups.0.lr`). The
  /// memory is shared. Throws (see `attempt`) unless the optimizer is one of the library's or
  /// overrides it. Follows `torch.optim.Optimizer.state_dict`.
  open func stateDict() -> StateDict {
    guarded([], or: StateDict()) { () throws(TensorError) in try memoryState() }
  }

  /// Takes over what `stateDict()` gave, by copying. Throws (see `attempt`) when a key is missing or
  /// unexpected or a shape does not fit; then nothing has changed.
  open func loadStateDict(_ state: StateDict) {
    guarded([], or: ()) { () throws(TensorError) in try loadMemory(state) }
  }

  /// PyTorch's text.
  public var description: String {
    var text = "\(typeName) ("
    for (i, group) in groups.enumerated() {
      let lines = settings(of: group) + group.scheduled.map { ($0.name, "\($0.value)") }
      text += "\nParameter Group \(i)\n"
      for line in lines.sorted(by: { $0.name < $1.name }) {
        text += "    \(line.name): \(line.value)\n"
      }
    }
    return text + ")"
  }
}

/// The memory of one parameter and its gradient, contiguous and of one dtype; nil without gradient.
func stepOperands(
  _ parameter: Parameter, _ name: String
) throws(TensorError) -> (value: Tensor, gradient: Tensor)? {
  guard let gradient = parameter.grad, !parameter.isFailed, !gradient.isFailed else { return nil }
  guard gradient.layout.shape == parameter.layout.shape, gradient.dtype == parameter.dtype,
    parameter.isContiguous, parameter.dtype.isFloatingPoint
  else {
    throw TensorError(
      name, expected: "a gradient of shape \(parameter.layout.shape), \(parameter.dtype)",
      actual: "\(gradient.layout.shape), \(gradient.dtype)")
  }
  return (parameter, try packedElements(gradient))
}
