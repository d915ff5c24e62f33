/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019): before each step a parameter
/// loses the share `lr * weightDecay` of itself. Follows `torch.optim.AdamW`.
///
/// Tables whose gradient came as rows are moved as in `Adam`.
public final class AdamW: Optimizer {
  private let rule: AdamRule

  /// `betas`: the shares of the old means that are kept at each step; `amsgrad` divides by the
  /// greatest mean square so far; `maximize` moves along the gradient.
  /// Throws (see `attempt`) when a beta is not in 0 ..< 1 or another setting is negative.
  public convenience init(
    _ parameters: [Parameter], lr: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0.01, amsgrad: Bool = false, maximize: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters)], lr: lr, betas: betas, eps: eps, weightDecay: weightDecay,
      amsgrad: amsgrad, maximize: maximize)
  }

  /// As above, for groups of parameters with rates or weight decays of their own.
  public init(
    _ groups: [ParameterGroup], lr: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0.01, amsgrad: Bool = false, maximize: Bool = false
  ) {
    rule = AdamRule(
      "AdamW", betas: betas, eps: eps, isDecoupled: true, amsgrad: amsgrad, maximize: maximize)
    super.init(groups, lr: lr, weightDecay: weightDecay)
    guarded([], or: ()) { () throws(TensorError) in
      try require(betas.0, "betas", below: 1)
      try require(betas.1, "betas", below: 1)
      try require(eps, "an eps")
    }
  }

  public override func step() { rule.step(self) }

  override var memoryNames: [String]? { rule.memoryNames }

  override var cycledMomentum: Double? {
    get { rule.betas.0 }
    set { if let newValue { rule.betas.0 = newValue } }
  }

  public override var settings: [(name: String, value: String)] { settings(of: groups[0]) }

  override func settings(of group: ParameterGroup) -> [(name: String, value: String)] {
    rule.settings(of: group)
  }
}
