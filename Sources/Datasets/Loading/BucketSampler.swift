/// Batches of samples of similar length, so that little of a padded batch is padding.
///
/// The samples, shuffled, are taken in pools of `poolSize` batches. Each pool is sorted by length,
/// longest first, and cut into batches; the batches of a pool come in random order. Within a batch
/// lengths fall, as `packPaddedSequence` wants them. This is what torchtext's `BucketIterator` does
/// with `sort_within_batch`. Without `shuffle` both orders are left as they are.
///
/// One number of the random stream seeds each pass, drawn with its first batch.
public final class BucketSampler {
  private let lengths: [Int]
  private let plan: Batches
  private let pool: Int
  private let shuffle: Bool

  /// A sampler for samples of the given lengths. When `batchSize` does not divide their number, one
  /// batch of the last pool is smaller; `dropLast` leaves it out. Throws (see `attempt`) when
  /// `batchSize` or `poolSize` is not positive.
  public init(
    lengths: [Int], batchSize: Int, poolSize: Int = 100, shuffle: Bool = true,
    dropLast: Bool = false
  ) {
    if batchSize <= 0 || poolSize <= 0 {
      record(
        TensorError(
          "BucketSampler", expected: "a batchSize and a poolSize above 0",
          actual: "\(batchSize) and \(poolSize)"))
    }
    self.lengths = lengths
    self.shuffle = shuffle
    plan = Batches(count: lengths.count, size: poolSize > 0 ? batchSize : 0, dropLast: dropLast)
    // A pool larger than all samples is all samples.
    let (product, overflow) = poolSize.multipliedReportingOverflow(by: batchSize)
    pool = overflow ? Int.max : max(product, 1)
  }

  /// The number of batches in a pass.
  public var count: Int { plan.count }

  /// The number of samples to choose from.
  public var sampleCount: Int { lengths.count }

  /// The places of the samples in each batch of a new pass.
  public func batches() -> [[Int]] {
    var order = Array(lengths.indices)
    var stream: RandomStream?
    if shuffle {
      stream = RandomStream(seed: RandomStream.shared.seed63())
      if let shuffled = stream?.permutation(order.count) { order = shuffled }
    }
    var result: [[Int]] = []
    var start = 0
    while start < order.count && result.count < plan.count {
      let end = start + min(pool, order.count - start)
      // Of equal lengths the earlier one stays first: `sort` is stable.
      let sorted = order[start..<end].sorted { lengths[$0] > lengths[$1] }
      let batches = Batches(count: sorted.count, size: plan.size, dropLast: false).of(sorted)
      let turn = stream?.permutation(batches.count) ?? Array(batches.indices)
      result += turn.map { batches[$0] }
      start = end
    }
    // A batch that is not full stands somewhere in the last pool.
    if result.count > plan.count { result.removeAll { $0.count < plan.size } }
    return result
  }
}
