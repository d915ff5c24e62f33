/// Adam (Kingma and Ba, 2015): steps of about `lr`, scaled by running means of the gradient and of
/// its square, with bias correction. Follows `torch.optim.Adam`.
///
/// A table whose gradient came as rows (`Embedding`) is moved row by row, and the rows between take
/// the steps they missed when they are next read: the numbers are those of moving all of it each time,
/// to the last bit.
public final class Adam: Optimizer {
  let rule: AdamRule

  /// `betas`: the shares of the old means that are kept at each step; `weightDecay` is added to the
  /// gradient; `amsgrad` divides by the greatest mean square so far; `maximize` climbs.
  /// Throws (see `attempt`) when a beta is not in 0 ..< 1, or `eps` or `weightDecay` is negative.
  public init(
    _ parameters: [Parameter], lr: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false
  ) {
    rule = AdamRule(
      "Adam", betas: betas, eps: eps, weightDecay: weightDecay, isDecoupled: false,
      amsgrad: amsgrad, maximize: maximize, parameters.count)
    super.init(parameters, lr: lr)
    rule.check()
  }

  public override func step() { rule.step(parameters, lr) }

  public override var settings: [(name: String, value: String)] { rule.settings(lr) }
}
