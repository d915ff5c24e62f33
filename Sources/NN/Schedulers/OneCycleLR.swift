#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How `OneCycleLR` goes from one rate to the next.
public enum AnnealStrategy {
  /// Along half a cosine.
  case cosine
  /// Along a straight line.
  case linear

  /// The value at `share` of the way; beyond 1 it goes on.
  func value(_ start: Double, _ end: Double, _ share: Double) -> Double {
    switch self {
    case .cosine: end + (start - end) / 2 * (cos(.pi * share) + 1)
    case .linear: (end - start) * share + start
    }
  }
}

/// One rise of the rates to a maximum and one fall far below their beginning (Smith and Topin, 2018);
/// the momentum goes the other way. `step()` follows every batch.
/// Follows `torch.optim.lr_scheduler.OneCycleLR`.
public final class OneCycleLR: LRScheduler {
  private struct Phase {
    let end: Double
    let rate: (from: String, to: String)
    let momentum: (from: String, to: String)
  }

  private let totalSteps: Int
  private let strategy: AnnealStrategy
  private let cyclesMomentum: Bool
  private let phases: [Phase]

  /// The rates rise from maxLR / divFactor to `maxLR` in the first `pctStart` of the steps and fall
  /// to maxLR / divFactor / finalDivFactor in the others; with `threePhase` they fall as they rose
  /// and then to the end. The momentum (or first beta) falls from `maxMomentum` to `baseMomentum`
  /// and rises again, unless `cycleMomentum` is false.
  ///
  /// Throws (see `attempt`) when `totalSteps` is not positive, `pctStart` is not from 0 to 1, or the
  /// optimizer has no momentum to cycle.
  public convenience init(
    _ optimizer: Optimizer, maxLR: Double, totalSteps: Int, pctStart: Double = 0.3,
    annealStrategy: AnnealStrategy = .cosine, cycleMomentum: Bool = true,
    baseMomentum: Double = 0.85, maxMomentum: Double = 0.95, divFactor: Double = 25,
    finalDivFactor: Double = 1e4, threePhase: Bool = false
  ) {
    self.init(
      optimizer, maxLRs: Array(repeating: maxLR, count: optimizer.groups.count),
      totalSteps: totalSteps, pctStart: pctStart, annealStrategy: annealStrategy,
      cycleMomentum: cycleMomentum, baseMomentum: baseMomentum, maxMomentum: maxMomentum,
      divFactor: divFactor, finalDivFactor: finalDivFactor, threePhase: threePhase)
  }

  /// As above, with one maximum for each group.
  public init(
    _ optimizer: Optimizer, maxLRs: [Double], totalSteps: Int, pctStart: Double = 0.3,
    annealStrategy: AnnealStrategy = .cosine, cycleMomentum: Bool = true,
    baseMomentum: Double = 0.85, maxMomentum: Double = 0.95, divFactor: Double = 25,
    finalDivFactor: Double = 1e4, threePhase: Bool = false
  ) {
    let name = "OneCycleLR"
    self.totalSteps = checked(totalSteps, or: 1, name, "totalSteps above 0") { $0 > 0 }
    let start = checked(pctStart, or: 0.3, name, "a pctStart from 0 to 1") { $0 >= 0 && $0 <= 1 }
    strategy = annealStrategy
    let count = optimizer.groups.count
    let maxima = checked(
      maxLRs, or: Array(repeating: 0, count: count), name, "\(count) maxLRs, one for each group"
    ) { $0.count == count }
    let isPossible = !cycleMomentum || optimizer.cycledMomentum != nil
    if !isPossible {
      record(
        TensorError(
          name, "\(optimizer.typeName) has no momentum to cycle; pass cycleMomentum: false"))
    }
    cyclesMomentum = cycleMomentum && isPossible
    let rising = Phase(
      end: start * Double(totalSteps) - 1, rate: ("initial_lr", "max_lr"),
      momentum: ("max_momentum", "base_momentum"))
    let last = Double(totalSteps) - 1
    phases =
      threePhase
      ? [
        rising,
        Phase(
          end: 2 * start * Double(totalSteps) - 2, rate: ("max_lr", "initial_lr"),
          momentum: ("base_momentum", "max_momentum")),
        Phase(
          end: last, rate: ("initial_lr", "min_lr"), momentum: ("max_momentum", "max_momentum")),
      ]
      : [
        rising,
        Phase(
          end: last, rate: ("max_lr", "min_lr"), momentum: ("base_momentum", "max_momentum")),
      ]
    for (group, maximum) in zip(optimizer.groups, maxima) {
      group.schedule("initial_lr", maximum / divFactor)
      group.schedule("max_lr", maximum)
      group.schedule("min_lr", maximum / divFactor / finalDivFactor)
      if cyclesMomentum {
        group.schedule("max_momentum", maxMomentum)
        group.schedule("base_momentum", baseMomentum)
      }
    }
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    guard lastEpoch <= totalSteps else {
      record(
        TensorError("OneCycleLR", "step \(lastEpoch), but totalSteps is \(totalSteps)"))
      return unchanged
    }
    let step = Double(lastEpoch)
    var start = 0.0
    for (i, phase) in phases.enumerated() {
      if step <= phase.end || i == phases.count - 1 {
        let share = (step - start) / (phase.end - start)
        guard share.isFinite else { break }
        if cyclesMomentum, let group = optimizer.groups.first {
          optimizer.cycledMomentum = value(group, phase.momentum, share)
        }
        return optimizer.groups.map { value($0, phase.rate, share) }
      }
      start = phase.end
    }
    record(TensorError("OneCycleLR", "pctStart leaves a phase without steps"))
    return unchanged
  }

  private func value(
    _ group: ParameterGroup, _ ends: (from: String, to: String), _ share: Double
  ) -> Double {
    strategy.value(
      group.scheduledValue(ends.from) ?? 0, group.scheduledValue(ends.to) ?? 0, share)
  }
}
