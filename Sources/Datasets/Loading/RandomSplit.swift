/// The samples dealt at random into parts of the given sizes (`torch.utils.data.random_split`).
///
/// Takes the next permutation of the random stream, so the parts are PyTorch's for the same seed.
/// Throws (see `attempt`) when a size is negative or they do not add up to the number of samples.
public func randomSplit<Sample>(_ samples: [Sample], _ sizes: [Int]) -> [[Sample]] {
  deal(samples.count, sizes).map { part in part.map { samples[$0] } }
}

/// The samples dealt at random into parts with the given shares, which add up to 1.
///
/// Sizes are rounded down; what is left over goes to the parts one by one, from the first. Throws
/// (see `attempt`) when a share is not between 0 and 1 or they do not add up to 1.
public func randomSplit<Sample>(_ samples: [Sample], _ shares: [Double]) -> [[Sample]] {
  deal(samples.count, shares).map { part in part.map { samples[$0] } }
}

/// The dataset dealt at random into subsets of the given sizes (`torch.utils.data.random_split`).
///
/// Takes the next permutation of the random stream, so the parts are PyTorch's for the same seed.
/// Throws (see `attempt`) when a size is negative or they do not add up to the number of samples.
public func randomSplit<Sample>(
  _ dataset: TensorDataset<Sample>, _ sizes: [Int]
) -> [TensorDataset<Sample>] {
  deal(dataset.count, sizes).map { dataset.subset($0) }
}

/// The dataset dealt at random into subsets with the given shares, which add up to 1.
///
/// Sizes are rounded down; what is left over goes to the subsets one by one, from the first. Throws
/// (see `attempt`) when a share is not between 0 and 1 or they do not add up to 1.
public func randomSplit<Sample>(
  _ dataset: TensorDataset<Sample>, _ shares: [Double]
) -> [TensorDataset<Sample>] {
  deal(dataset.count, shares).map { dataset.subset($0) }
}

/// The places of each part; empty parts after an error, so that a caller can take them apart.
private func deal(_ count: Int, _ sizes: [Int]) -> [[Int]] {
  guarded([], or: sizes.map { _ in [] }) { () throws(TensorError) in
    var left = count
    for size in sizes {
      guard size >= 0 else {
        throw TensorError("randomSplit", "expected sizes of 0 or more, got \(sizes)")
      }
      left = size <= left ? left - size : -1
      if left < 0 { break }
    }
    guard left == 0 else {
      throw TensorError("randomSplit", "sizes \(sizes) do not add up to \(count) samples")
    }
    let order = RandomStream.shared.permutation(count)
    var start = 0
    return sizes.map { size in
      start += size
      return Array(order[start - size..<start])
    }
  }
}

private func deal(_ count: Int, _ shares: [Double]) -> [[Int]] {
  let isValid =
    shares.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(shares.reduce(0, +) - 1) <= 1e-9
  guard isValid else {
    record(
      TensorError("randomSplit", "expected shares from 0 to 1 that add up to 1, got \(shares)"))
    return shares.map { _ in [] }
  }
  var sizes = shares.map { Int((Double(count) * $0).rounded(.down)) }
  let rest = count - sizes.reduce(0, +)
  for i in 0..<max(rest, 0) { sizes[i % sizes.count] += 1 }
  return deal(count, sizes)
}
