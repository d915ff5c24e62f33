/// Goes through samples in batches:
/// `for (x, y) in DataLoader(dataset, batchSize: 32, shuffle: true)`.
///
/// Follows `torch.utils.data.DataLoader` in the order of the samples and in what it draws from the
/// random stream. Each pass draws a long number when it starts, shuffled or not; a shuffled pass
/// draws another one with its first batch, which seeds the order of that pass alone.
public final class DataLoader<Batch>: Sequence {
  /// The number of batches in a pass (`len(loader)`).
  public let count: Int
  /// The number of samples to choose from (`len(loader.dataset)`).
  public let sampleCount: Int

  /// The places of the samples in each batch of a new pass.
  private let plan: () -> [[Int]]
  private let collate: ([Int]) -> Batch

  private init(
    count: Int, sampleCount: Int, plan: @escaping () -> [[Int]],
    collate: @escaping ([Int]) -> Batch
  ) {
    self.count = count
    self.sampleCount = sampleCount
    self.plan = plan
    self.collate = collate
  }

  /// Batches of `sampleCount` samples in their order or shuffled.
  private convenience init(
    _ sampleCount: Int, _ batchSize: Int, _ shuffle: Bool, _ dropLast: Bool,
    collate: @escaping ([Int]) -> Batch
  ) {
    if batchSize <= 0 {
      record(TensorError("DataLoader", "expected a batchSize above 0, got \(batchSize)"))
    } else if shuffle && sampleCount == 0 {
      record(TensorError("DataLoader", "there are no samples to shuffle"))
    }
    let batches = Batches(count: sampleCount, size: batchSize, dropLast: dropLast)
    self.init(count: batches.count, sampleCount: sampleCount) {
      var order = Array(0..<sampleCount)
      if shuffle {
        var stream = RandomStream(seed: RandomStream.shared.seed63())
        order = stream.permutation(sampleCount)
      }
      return batches.of(order)
    } collate: {
      collate($0)
    }
  }

  /// Batches of an array, each made by `collate` from its samples.
  ///
  /// The last batch is smaller when the batch size does not divide the number of samples;
  /// `dropLast` leaves it out. Throws (see `attempt`) when the batch size is not positive, or when
  /// there is nothing to shuffle.
  public convenience init<Sample>(
    _ samples: [Sample], batchSize: Int = 1, shuffle: Bool = false, dropLast: Bool = false,
    collate: @escaping ([Sample]) -> Batch
  ) {
    self.init(samples.count, batchSize, shuffle, dropLast) { places in
      collate(places.map { samples[$0] })
    }
  }

  /// Batches of a dataset of tensors, stacked: of samples `([28, 28], [])` a batch is
  /// `([batch, 28, 28], [batch])`.
  ///
  /// The last batch is smaller when the batch size does not divide the number of samples;
  /// `dropLast` leaves it out. Throws (see `attempt`) when the batch size is not positive, or when
  /// there is nothing to shuffle.
  public convenience init(
    _ dataset: TensorDataset<Batch>, batchSize: Int = 1, shuffle: Bool = false,
    dropLast: Bool = false
  ) {
    self.init(dataset.count, batchSize, shuffle, dropLast) { dataset.batch($0) }
  }

  /// Batches of an array that `sampler` puts together, each made by `collate` from its samples.
  /// Throws (see `attempt`) when the sampler was made for another number of samples.
  public convenience init<Sample>(
    _ samples: [Sample], batchSampler sampler: BucketSampler,
    collate: @escaping ([Sample]) -> Batch
  ) {
    let fits = sampler.sampleCount == samples.count
    if !fits {
      record(
        TensorError(
          "DataLoader", expected: "a sampler of \(samples.count) samples",
          actual: "one of \(sampler.sampleCount)"))
    }
    self.init(count: fits ? sampler.count : 0, sampleCount: samples.count) {
      fits ? sampler.batches() : []
    } collate: { places in
      collate(places.map { samples[$0] })
    }
  }

  /// Starts a pass.
  public func makeIterator() -> AnyIterator<Batch> {
    // PyTorch's `_base_seed`, which seeds its worker processes: a draw that others would notice.
    _ = RandomStream.shared.seed63()
    var batches: IndexingIterator<[[Int]]>?
    return AnyIterator { [self] in
      var rest = batches ?? plan().makeIterator()
      let places = rest.next()
      batches = rest
      return places.map(collate)
    }
  }
}

/// How a row of samples is cut into batches.
struct Batches {
  let size: Int
  let count: Int

  /// There are none when `size` is not positive.
  init(count: Int, size: Int, dropLast: Bool) {
    self.size = size
    let full = size > 0 ? count / size : 0
    self.count = size > 0 && !dropLast && count % size > 0 ? full + 1 : full
  }

  func of(_ order: [Int]) -> [[Int]] {
    (0..<count).map { i in Array(order[i * size..<i * size + min(size, order.count - i * size)]) }
  }
}
