/// Steps divided by the root of the sum of all squared gradients so far (Duchi and others, 2011).
/// Follows `torch.optim.Adagrad`.
public final class Adagrad: Optimizer {
  private let lrDecay: Double
  private let initialAccumulatorValue: Double
  private let eps: Double
  private let maximize: Bool

  /// `lrDecay`: the rate of step n is lr / (1 + (n - 1) lrDecay); the sums start from
  /// `initialAccumulatorValue`; `eps` is added to the root; `maximize` moves along the gradient.
  /// Throws (see `attempt`) when a setting is negative.
  public convenience init(
    _ parameters: [Parameter], lr: Double = 0.01, lrDecay: Double = 0, weightDecay: Double = 0,
    initialAccumulatorValue: Double = 0, eps: Double = 1e-10, maximize: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters)], lr: lr, lrDecay: lrDecay, weightDecay: weightDecay,
      initialAccumulatorValue: initialAccumulatorValue, eps: eps, maximize: maximize)
  }

  /// As above, for groups of parameters with rates or weight decays of their own.
  public init(
    _ groups: [ParameterGroup], lr: Double = 0.01, lrDecay: Double = 0, weightDecay: Double = 0,
    initialAccumulatorValue: Double = 0, eps: Double = 1e-10, maximize: Bool = false
  ) {
    self.lrDecay = lrDecay
    self.initialAccumulatorValue = initialAccumulatorValue
    self.eps = eps
    self.maximize = maximize
    super.init(groups, lr: lr, weightDecay: weightDecay)
    guarded([], or: ()) { () throws(TensorError) in
      try require(lrDecay, "an lrDecay")
      try require(initialAccumulatorValue, "an initialAccumulatorValue")
      try require(eps, "an eps")
    }
  }

  public override func step() {
    forEachUpdate("Adagrad", maximize: maximize) { update in
      update.value.dtype == .float32 ? move(update, Float.self) : move(update, Double.self)
    }
  }

  private func move<T: Real>(_ update: OptimizerUpdate, _ type: T.Type) {
    let (p, sum) = (update.pointer(T.self), update.memory(0, T.self))
    let rate = T(update.group.lr / (1 + Double(update.step - 1) * lrDecay))
    let epsilon = T(eps)
    update.forEach(T.self) { i, g in
      sum[i] += g * g
      p[i] -= rate * g / (sum[i].squareRoot() + epsilon)
    }
  }

  override var memoryNames: [String]? { ["sum"] }

  override var memoryStart: Double { initialAccumulatorValue }

  public override var settings: [(name: String, value: String)] { settings(of: groups[0]) }

  override func settings(of group: ParameterGroup) -> [(name: String, value: String)] {
    [
      ("differentiable", "False"), ("eps", "\(eps)"), ("foreach", "None"), ("fused", "None"),
      ("initial_accumulator_value", pythonNumber(initialAccumulatorValue)),
      ("lr", "\(group.lr)"), ("lr_decay", pythonNumber(lrDecay)),
      ("maximize", maximize.pythonText), ("weight_decay", pythonNumber(group.weightDecay)),
    ]
  }
}
