/// Adam with the greatest recent gradient in place of the mean square (Kingma and Ba, 2015).
/// Follows `torch.optim.Adamax`.
public final class Adamax: Optimizer {
  private var betas: (Double, Double)
  private let eps: Double
  private let maximize: Bool

  /// `betas`: the shares of the old mean and of the old greatest gradient that are kept; `eps` is
  /// added to the gradient's size; `maximize` moves along the gradient.
  /// Throws (see `attempt`) when a beta is not in 0 ..< 1 or another setting is negative.
  public convenience init(
    _ parameters: [Parameter], lr: Double = 0.002, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, maximize: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters)], lr: lr, betas: betas, eps: eps, weightDecay: weightDecay,
      maximize: maximize)
  }

  /// As above, for groups of parameters with rates or weight decays of their own.
  public init(
    _ groups: [ParameterGroup], lr: Double = 0.002, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, maximize: Bool = false
  ) {
    self.betas = betas
    self.eps = eps
    self.maximize = maximize
    super.init(groups, lr: lr, weightDecay: weightDecay)
    guarded([], or: ()) { () throws(TensorError) in
      try require(betas.0, "betas", below: 1)
      try require(betas.1, "betas", below: 1)
      try require(eps, "an eps")
    }
  }

  public override func step() {
    forEachUpdate("Adamax", maximize: maximize) { update in
      update.value.dtype == .float32 ? move(update, Float.self) : move(update, Double.self)
    }
  }

  private func move<T: Real>(_ update: OptimizerUpdate, _ type: T.Type) {
    let p = update.pointer(T.self)
    let (mean, greatest) = (update.memory(0, T.self), update.memory(1, T.self))
    let rate = T(update.group.lr / (1 - Double.pow(betas.0, Double(update.step))))
    let (fresh, kept, epsilon) = (T(1 - betas.0), T(betas.1), T(eps))
    update.forEach(T.self) { i, g in
      mean[i] += fresh * (g - mean[i])
      let (old, new) = (kept * greatest[i], abs(g) + epsilon)
      // A nan stays, as in torch.maximum.
      greatest[i] = old > new || old.isNaN ? old : new
      p[i] -= rate * mean[i] / greatest[i]
    }
  }

  override var memoryNames: [String]? { ["exp_avg", "exp_inf"] }

  override var cycledMomentum: Double? {
    get { betas.0 }
    set { if let newValue { betas.0 = newValue } }
  }

  public override var settings: [(name: String, value: String)] { settings(of: groups[0]) }

  override func settings(of group: ParameterGroup) -> [(name: String, value: String)] {
    [
      ("betas", "(\(betas.0), \(betas.1))"), ("capturable", "False"),
      ("differentiable", "False"), ("eps", "\(eps)"), ("foreach", "None"), ("lr", "\(group.lr)"),
      ("maximize", maximize.pythonText), ("weight_decay", pythonNumber(group.weightDecay)),
    ]
  }
}
