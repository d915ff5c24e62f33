/// Gradient descent: p -= lr g, with momentum and weight decay if wanted.
/// Follows `torch.optim.SGD`.
public final class SGD: Optimizer {
  /// The share of the last move that is kept.
  public internal(set) var momentum: Double
  private let dampening: Double
  private let nesterov: Bool
  private let maximize: Bool

  /// `momentum`: the share of the last move that is kept; `dampening` weakens the new gradient in
  /// it; `maximize` moves along the gradient. Throws (see `attempt`) when a setting is negative, or
  /// `nesterov` comes without momentum or with dampening.
  public convenience init(
    _ parameters: [Parameter], lr: Double = 0.001, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters)], lr: lr, momentum: momentum, dampening: dampening,
      weightDecay: weightDecay, nesterov: nesterov, maximize: maximize)
  }

  /// As above, for groups of parameters with rates or weight decays of their own.
  public init(
    _ groups: [ParameterGroup], lr: Double = 0.001, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false
  ) {
    self.momentum = momentum
    self.dampening = dampening
    self.nesterov = nesterov
    self.maximize = maximize
    super.init(groups, lr: lr, weightDecay: weightDecay)
    guarded([], or: ()) { () throws(TensorError) in
      try require(momentum, "a momentum")
      if nesterov && (momentum <= 0 || dampening != 0) {
        throw TensorError("SGD", "nesterov needs a momentum above 0 and no dampening")
      }
    }
  }

  public override func step() {
    forEachUpdate("SGD", maximize: maximize) { update in
      update.value.dtype == .float32 ? move(update, Float.self) : move(update, Double.self)
    }
  }

  private func move<T: Real>(_ update: OptimizerUpdate, _ type: T.Type) {
    let p = update.pointer(T.self)
    let rate = T(update.group.lr)
    guard update.memory != nil else {
      update.forEach(T.self) { i, g in p[i] -= rate * g }
      return
    }
    let v = update.memory(0, T.self)
    // The first move is the gradient itself, whatever the dampening.
    let kept = update.step == 1 ? 0 : T(momentum)
    let fresh = update.step == 1 ? 1 : T(1 - dampening)
    if nesterov {
      let ahead = T(momentum)
      update.forEach(T.self) { i, g in
        v[i] = kept * v[i] + fresh * g
        p[i] -= rate * (g + ahead * v[i])
      }
    } else {
      update.forEach(T.self) { i, g in
        v[i] = kept * v[i] + fresh * g
        p[i] -= rate * v[i]
      }
    }
  }

  override var memoryNames: [String]? { momentum == 0 ? [] : ["momentum_buffer"] }

  override var cycledMomentum: Double? {
    get { momentum }
    set { if let newValue { momentum = newValue } }
  }

  public override var settings: [(name: String, value: String)] { settings(of: groups[0]) }

  override func settings(of group: ParameterGroup) -> [(name: String, value: String)] {
    [
      ("dampening", pythonNumber(dampening)), ("differentiable", "False"), ("foreach", "None"),
      ("fused", "None"), ("lr", "\(group.lr)"), ("maximize", maximize.pythonText),
      ("momentum", pythonNumber(momentum)), ("nesterov", nesterov.pythonText),
      ("weight_decay", pythonNumber(group.weightDecay)),
    ]
  }
}

/// A setting as Python prints the default: whole numbers without a point.
func pythonNumber(_ value: Double) -> String { value == 0 ? "0" : "\(value)" }
