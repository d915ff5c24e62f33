/// What counts as better for `ReduceLROnPlateau`.
public enum PlateauMode {
  /// A smaller metric, such as a loss.
  case min
  /// A greater metric, such as an accuracy.
  case max
}

/// How far a metric must be from the best one to count as better.
public enum PlateauThreshold {
  /// By a share of the best one.
  case relative
  /// By the threshold itself.
  case absolute
}

/// Multiplies the rates by `factor` when a metric has stopped getting better.
/// Follows `torch.optim.lr_scheduler.ReduceLROnPlateau`.
public final class ReduceLROnPlateau {
  /// Whose rates are changed.
  public let optimizer: Optimizer
  /// The best metric so far; infinite before the first step.
  public private(set) var best: Double
  /// How many epochs have passed since, or since the rates were reduced.
  public private(set) var badEpochCount = 0
  /// The number of steps so far.
  public private(set) var lastEpoch = 0
  /// The present rate of each group.
  public private(set) var lastLR: [Double]
  private let mode: PlateauMode
  private let factor: Double
  private let patience: Int
  private let threshold: Double
  private let thresholdMode: PlateauThreshold
  private let cooldown: Int
  private let minLR: Double
  private let eps: Double
  private var cooldownCount = 0

  /// The rates are reduced when the metric has not been better for more than `patience` epochs, then
  /// nothing counts for `cooldown` epochs; never below `minLR`, nor by less than `eps`.
  /// Throws (see `attempt`) when `factor` is not below 1.
  public init(
    _ optimizer: Optimizer, mode: PlateauMode = .min, factor: Double = 0.1, patience: Int = 10,
    threshold: Double = 1e-4, thresholdMode: PlateauThreshold = .relative, cooldown: Int = 0,
    minLR: Double = 0, eps: Double = 1e-8
  ) {
    self.optimizer = optimizer
    self.mode = mode
    self.factor = checked(factor, or: 0.1, "ReduceLROnPlateau", "a factor below 1") { $0 < 1 }
    self.patience = patience
    self.threshold = threshold
    self.thresholdMode = thresholdMode
    self.cooldown = cooldown
    self.minLR = minLR
    self.eps = eps
    best = mode == .min ? .infinity : -.infinity
    lastLR = optimizer.groups.map { $0.lr }
  }

  /// Takes the metric of an epoch, such as the validation loss, and reduces the rates if it is time.
  public func step(_ metric: Double) {
    lastEpoch += 1
    if isBetter(metric) {
      best = metric
      badEpochCount = 0
    } else {
      badEpochCount += 1
    }
    if cooldownCount > 0 {
      cooldownCount -= 1
      badEpochCount = 0
    }
    if badEpochCount > patience {
      for group in optimizer.groups {
        let reduced = max(group.lr * factor, minLR)
        if group.lr - reduced > eps { group.lr = reduced }
      }
      cooldownCount = cooldown
      badEpochCount = 0
    }
    lastLR = optimizer.groups.map { $0.lr }
  }

  /// As above, with a metric of one element. Throws (see `attempt`) when there are several.
  public func step(_ metric: Tensor) { step(metric.item()) }

  private func isBetter(_ metric: Double) -> Bool {
    switch (mode, thresholdMode) {
    case (.min, .relative): metric < best * (1 - threshold)
    case (.min, .absolute): metric < best - threshold
    case (.max, .relative): metric > best * (threshold + 1)
    case (.max, .absolute): metric > best + threshold
    }
  }
}
