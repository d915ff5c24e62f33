/// Leads the rates on a straight line from `startFactor` to `endFactor` times their beginning, over
/// `totalIterations` epochs: a warm-up. Follows `torch.optim.lr_scheduler.LinearLR`.
public final class LinearLR: LRScheduler {
  private let startFactor: Double
  private let endFactor: Double
  private let totalIterations: Int

  /// Throws (see `attempt`) when `startFactor` is not above 0 and at most 1, or `endFactor` is not
  /// from 0 to 1, or `totalIterations` is not positive.
  public init(
    _ optimizer: Optimizer, startFactor: Double = 1.0 / 3, endFactor: Double = 1,
    totalIterations: Int = 5
  ) {
    self.startFactor = checked(
      startFactor, or: 1, "LinearLR", "a startFactor above 0 and at most 1"
    ) { $0 > 0 && $0 <= 1 }
    self.endFactor = checked(endFactor, or: 1, "LinearLR", "an endFactor from 0 to 1") {
      $0 >= 0 && $0 <= 1
    }
    self.totalIterations = checked(
      totalIterations, or: 1, "LinearLR", "totalIterations above 0"
    ) { $0 > 0 }
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    if lastEpoch == 0 { return changed { $0 * startFactor } }
    if lastEpoch > totalIterations { return unchanged }
    let span = endFactor - startFactor
    let before = Double(totalIterations) * startFactor + Double(lastEpoch - 1) * span
    return changed { $0 * (1 + span / before) }
  }
}

/// Multiplies the rates by `factor` for the first `totalIterations` epochs.
/// Follows `torch.optim.lr_scheduler.ConstantLR`.
public final class ConstantLR: LRScheduler {
  private let factor: Double
  private let totalIterations: Int

  /// Throws (see `attempt`) when `factor` is not above 0 and at most 1.
  public init(_ optimizer: Optimizer, factor: Double = 1.0 / 3, totalIterations: Int = 5) {
    self.factor = checked(factor, or: 1, "ConstantLR", "a factor above 0 and at most 1") {
      $0 > 0 && $0 <= 1
    }
    self.totalIterations = totalIterations
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    if lastEpoch == 0 { return changed { $0 * factor } }
    return lastEpoch != totalIterations ? unchanged : changed { $0 * (1 / factor) }
  }
}

/// Leads the rates to 0 over `totalIterations` epochs, as (1 - epoch / totalIterations) to the power.
/// Follows `torch.optim.lr_scheduler.PolynomialLR`.
public final class PolynomialLR: LRScheduler {
  private let totalIterations: Int
  private let power: Double

  /// Throws (see `attempt`) when `totalIterations` is not positive.
  public init(_ optimizer: Optimizer, totalIterations: Int = 5, power: Double = 1) {
    self.totalIterations = checked(
      totalIterations, or: 1, "PolynomialLR", "totalIterations above 0"
    ) { $0 > 0 }
    self.power = power
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    if lastEpoch == 0 || lastEpoch > totalIterations { return unchanged }
    let total = Double(totalIterations)
    let ratio = (1 - Double(lastEpoch) / total) / (1 - Double(lastEpoch - 1) / total)
    return changed { $0 * Double.pow(ratio, power) }
  }
}
