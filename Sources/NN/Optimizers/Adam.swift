/// Adam (Kingma and Ba, 2015): steps of about `lr`, scaled by running means of the gradient and of
/// its square, with bias correction. Follows `torch.optim.Adam`.
///
/// A table whose gradient came as rows (`Embedding`) is moved row by row, and the rows between take
/// the steps they missed when they are next read: the numbers are those of moving all of it each time,
/// to the last bit.
public final class Adam: Optimizer {
  private let rule: AdamRule

  /// `betas`: the shares of the old means that are kept at each step; `weightDecay` is added to the
  /// gradient; `amsgrad` divides by the greatest mean square so far; `maximize` moves along the
  /// gradient. Throws (see `attempt`) when a beta is not in 0 ..< 1 or another setting is negative.
  public convenience init(
    _ parameters: [Parameter], lr: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters)], lr: lr, betas: betas, eps: eps, weightDecay: weightDecay,
      amsgrad: amsgrad, maximize: maximize)
  }

  /// As above, for groups of parameters with rates or weight decays of their own.
  public init(
    _ groups: [ParameterGroup], lr: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false
  ) {
    rule = AdamRule(
      "Adam", betas: betas, eps: eps, isDecoupled: false, amsgrad: amsgrad, maximize: maximize)
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
