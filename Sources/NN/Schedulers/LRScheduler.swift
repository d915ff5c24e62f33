/// Changes the learning rates of an optimizer from epoch to epoch. Subclasses define `rates()`.
///
/// Making one sets the rate of epoch 0; after each epoch, and after the optimizer's steps, `step()`
/// sets that of the next. The rates come from those of the epoch before, so several schedulers of
/// one optimizer work together. Follows `torch.optim.lr_scheduler.LRScheduler`.
open class LRScheduler {
  /// Whose rates are changed.
  public final let optimizer: Optimizer
  /// The rate of each group before any scheduler changed it.
  public final let baseLRs: [Double]
  /// The number of the present epoch, from 0.
  public private(set) final var lastEpoch = 0
  /// The rate of each group that was set last.
  public private(set) final var lastLR: [Double] = []

  /// Sets the rates of epoch 0.
  public init(_ optimizer: Optimizer) {
    self.optimizer = optimizer
    for group in optimizer.groups where group.scheduledValue("initial_lr") == nil {
      group.schedule("initial_lr", group.lr)
    }
    baseLRs = optimizer.groups.map { $0.scheduledValue("initial_lr") ?? $0.lr }
    update()
  }

  /// The rates for `lastEpoch`, one for each group, given those of the epoch before, which the groups
  /// still have (and `baseLRs` at epoch 0). `step()` asks for them.
  /// Throws (see `attempt`) unless a subclass overrides it.
  open func rates() -> [Double] {
    record(TensorError("\(type(of: self))", "does not define rates()"))
    return optimizer.groups.map { $0.lr }
  }

  /// Goes on to the next epoch. Throws (see `attempt`) when `rates()` does, or gives another number
  /// of rates than there are groups.
  public final func step() {
    lastEpoch += 1
    update()
  }

  /// Epoch 0 again, from the rates of the beginning.
  final func restart() {
    for (group, rate) in zip(optimizer.groups, baseLRs) { group.lr = rate }
    lastEpoch = 0
    update()
  }

  private func update() {
    let rates = rates()
    guard rates.count == optimizer.groups.count else {
      return record(
        TensorError(
          "\(type(of: self))", expected: "\(optimizer.groups.count) rates, one for each group",
          actual: "\(rates.count)"))
    }
    for (group, rate) in zip(optimizer.groups, rates) { group.lr = rate }
    lastLR = rates
  }

  /// The present rates, each changed by `change`.
  final func changed(_ change: (Double) -> Double) -> [Double] {
    optimizer.groups.map { change($0.lr) }
  }

  /// The present rates as they are.
  final var unchanged: [Double] { optimizer.groups.map { $0.lr } }
}

/// Throws (see `attempt`) unless a setting of a scheduler is in order; gives it back, or `fallback`.
func checked<Value>(
  _ value: Value, or fallback: Value, _ scheduler: String, _ expected: String,
  _ isValid: (Value) -> Bool
) -> Value {
  if isValid(value) { return value }
  record(TensorError(scheduler, expected: expected, actual: "\(value)"))
  return fallback
}
