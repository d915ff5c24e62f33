/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019): before each step a parameter
/// loses the share `lr * weightDecay` of itself. Follows `torch.optim.AdamW`.
///
/// Tables whose gradient came as rows are moved as in `Adam`.
public final class AdamW: Optimizer {
  let rule: AdamRule

  /// `betas`: the shares of the old means that are kept at each step; `amsgrad` divides by the
  /// greatest mean square so far; `maximize` climbs.
  /// Throws (see `attempt`) when a beta is not in 0 ..< 1, or `eps` or `weightDecay` is negative.
  public init(
    _ parameters: [Parameter], lr: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0.01, amsgrad: Bool = false, maximize: Bool = false
  ) {
    rule = AdamRule(
      "AdamW", betas: betas, eps: eps, weightDecay: weightDecay, isDecoupled: true,
      amsgrad: amsgrad, maximize: maximize, parameters.count)
    super.init(parameters, lr: lr)
    rule.check()
  }

  public override func step() { rule.step(parameters, lr) }

  public override var settings: [(name: String, value: String)] { rule.settings(lr) }
}
