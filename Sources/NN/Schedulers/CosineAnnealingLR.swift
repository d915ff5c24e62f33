#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Leads the rates down to `minLR` along half a cosine over `maxEpochs` epochs, and up again.
/// Follows `torch.optim.lr_scheduler.CosineAnnealingLR` (`T_max`, `eta_min`).
public final class CosineAnnealingLR: LRScheduler {
  private let maxEpochs: Int
  private let minLR: Double

  /// Throws (see `attempt`) when `maxEpochs` is not positive.
  public init(_ optimizer: Optimizer, maxEpochs: Int, minLR: Double = 0) {
    self.maxEpochs = checked(
      maxEpochs, or: 1, "CosineAnnealingLR", "maxEpochs from 1 to \(1 << 40)"
    ) { $0 > 0 && $0 <= 1 << 40 }
    self.minLR = minLR
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    if lastEpoch == 0 { return unchanged }
    let (epoch, total) = (Double(lastEpoch), Double(maxEpochs))
    if (lastEpoch - 1 - maxEpochs) % (2 * maxEpochs) == 0 {
      // At the turning point the ratio below would be 0 / 0.
      return zip(optimizer.groups, baseLRs).map { group, base in
        group.lr + (base - minLR) * (1 - cos(.pi / total)) / 2
      }
    }
    let ratio = (1 + cos(.pi * epoch / total)) / (1 + cos(.pi * (epoch - 1) / total))
    return changed { ratio * ($0 - minLR) + minLR }
  }
}

/// Leads the rates down along half a cosine, again and again from the top: the first time over
/// `firstEpochs` epochs, each next time over `factor` times as many (Loshchilov and Hutter, 2017).
/// Follows `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts` (`T_0`, `T_mult`, `eta_min`).
public final class CosineAnnealingWarmRestarts: LRScheduler {
  private let firstEpochs: Int
  private let factor: Int
  private let minLR: Double

  /// Throws (see `attempt`) when `firstEpochs` or `factor` is not positive.
  public init(_ optimizer: Optimizer, firstEpochs: Int, factor: Int = 1, minLR: Double = 0) {
    let name = "CosineAnnealingWarmRestarts"
    self.firstEpochs = checked(firstEpochs, or: 1, name, "firstEpochs above 0") { $0 > 0 }
    self.factor = checked(factor, or: 1, name, "a factor of 1 or more") { $0 > 0 }
    self.minLR = minLR
    super.init(optimizer)
  }

  public override func rates() -> [Double] {
    var (epoch, total) = (lastEpoch, firstEpochs)
    if factor == 1 { epoch %= firstEpochs }
    while epoch >= total {
      epoch -= total
      let (product, overflow) = total.multipliedReportingOverflow(by: factor)
      total = overflow ? .max : product
    }
    let height = 1 + cos(.pi * Double(epoch) / Double(total))
    return baseLRs.map { minLR + ($0 - minLR) * height / 2 }
  }
}
