/// Multiplies the rates by `gamma` every `stepSize` epochs.
/// Follows `torch.optim.lr_scheduler.StepLR`.
public final class StepLR: LRScheduler {
  private let stepSize: Int
  private let gamma: Double

  /// Throws (see `attempt`) when `stepSize` is not positive.
  public init(_ optimizer: Optimizer, stepSize: Int, gamma: Double = 0.1) {
    self.stepSize = checked(stepSize, or: 1, "StepLR", "a stepSize above 0") { $0 > 0 }
    self.gamma = gamma
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    if lastEpoch == 0 || lastEpoch % stepSize != 0 { return unchanged }
    return changed { $0 * gamma }
  }
}

/// Multiplies the rates by `gamma` at certain epochs; an epoch listed twice counts twice.
/// Follows `torch.optim.lr_scheduler.MultiStepLR`.
public final class MultiStepLR: LRScheduler {
  private let milestones: [Int]
  private let gamma: Double

  /// `milestones`: the numbers of the epochs, in any order.
  public init(_ optimizer: Optimizer, milestones: [Int], gamma: Double = 0.1) {
    self.milestones = milestones
    self.gamma = gamma
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    let times = milestones.count { $0 == lastEpoch }
    return times == 0 ? unchanged : changed { $0 * Double.pow(gamma, Double(times)) }
  }
}

/// Multiplies the rates by `gamma` at every epoch.
/// Follows `torch.optim.lr_scheduler.ExponentialLR`.
public final class ExponentialLR: LRScheduler {
  private let gamma: Double

  /// `gamma`: the factor of one epoch.
  public init(_ optimizer: Optimizer, gamma: Double) {
    self.gamma = gamma
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    lastEpoch == 0 ? unchanged : changed { $0 * gamma }
  }
}
