/// Multiplies the rates of the beginning by a function of the epoch.
/// Follows `torch.optim.lr_scheduler.LambdaLR`.
public final class LambdaLR: LRScheduler {
  private let factors: [(Int) -> Double]

  /// One function, of the epoch from 0, for all groups.
  public init(_ optimizer: Optimizer, _ factor: @escaping (Int) -> Double) {
    factors = Array(repeating: factor, count: optimizer.groups.count)
    super.init(optimizer)
  }

  /// One function for each group. Throws (see `attempt`) when their number is another.
  public init(_ optimizer: Optimizer, factors: [(Int) -> Double]) {
    self.factors = factors
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    zip(baseLRs, factors).map { $0 * $1(lastEpoch) }
  }
}

/// Multiplies the rates at every epoch by a function of the epoch.
/// Follows `torch.optim.lr_scheduler.MultiplicativeLR`.
public final class MultiplicativeLR: LRScheduler {
  private let factor: (Int) -> Double

  /// `factor`: the factor of the epoch, from 1; the first epoch has none.
  public init(_ optimizer: Optimizer, _ factor: @escaping (Int) -> Double) {
    self.factor = factor
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    lastEpoch == 0 ? unchanged : changed { $0 * factor(lastEpoch) }
  }
}
