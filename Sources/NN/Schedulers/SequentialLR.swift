/// Schedulers one after the other, each from the rates of the beginning: a warm-up and what follows.
///
///     let scheduler = SequentialLR(
///       [LinearLR(optimizer, totalIterations: 5), CosineAnnealingLR(optimizer, maxEpochs: 95)],
///       milestones: [5])
///
/// Follows `torch.optim.lr_scheduler.SequentialLR`.
public final class SequentialLR {
  /// The schedulers in their order.
  public let schedulers: [LRScheduler]
  /// The epochs at which the next scheduler begins.
  public let milestones: [Int]
  /// The number of the present epoch, from 0.
  public private(set) var lastEpoch = 0

  /// Sets the rates of the first scheduler's beginning. Throws (see `attempt`) when there is no
  /// scheduler, they have different optimizers, or there is not one milestone between two each.
  public init(_ schedulers: [LRScheduler], milestones: [Int]) {
    self.schedulers = schedulers
    self.milestones = milestones
    guarded([], or: ()) { () throws(TensorError) in
      guard let first = schedulers.first else {
        throw TensorError("SequentialLR", "there are no schedulers")
      }
      guard schedulers.allSatisfy({ $0.optimizer === first.optimizer }) else {
        throw TensorError("SequentialLR", "the schedulers have different optimizers")
      }
      guard milestones.count == schedulers.count - 1 else {
        throw TensorError(
          "SequentialLR", expected: "\(schedulers.count - 1) milestones",
          actual: "\(milestones.count)")
      }
      first.restart()
    }
  }

  /// The rates that were set last, one for each group.
  public var lastLR: [Double] { current?.lastLR ?? [] }

  /// Goes on to the next epoch.
  public func step() {
    lastEpoch += 1
    if milestones.contains(lastEpoch) { current?.restart() } else { current?.step() }
  }

  private var current: LRScheduler? {
    let index = milestones.count { $0 <= lastEpoch }
    return schedulers.indices.contains(index) ? schedulers[index] : nil
  }
}
