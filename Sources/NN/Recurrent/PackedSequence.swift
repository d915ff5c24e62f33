/// A batch of sequences of different lengths without the padding.
///
/// The rows of the first steps of all sequences come first, longest sequence first, then those of
/// the second steps, and so on. Follows `torch.nn.utils.rnn.PackedSequence`.
public final class PackedSequence: CustomStringConvertible {
  /// The rows of all steps: `[rows, …]`.
  public let data: Tensor
  /// How many sequences are still running at each step.
  public let batchSizes: [Int]
  /// The caller's number of each sequence in the order of the rows; nil when the order is the same.
  public let sortedIndices: [Int]?
  /// The place among the rows of each of the caller's sequences.
  public let unsortedIndices: [Int]?
  /// The number of sequences, which is more than `batchSizes[0]` when some are empty.
  public let batch: Int

  init(_ data: Tensor, batchSizes: [Int], sortedIndices: [Int]?, batch: Int) {
    self.data = data
    self.batchSizes = batchSizes
    self.sortedIndices = sortedIndices
    self.batch = batch
    unsortedIndices = sortedIndices.map { order in
      var inverse = order
      for (place, index) in order.enumerated() { inverse[index] = place }
      return inverse
    }
  }

  /// The same packing around other rows.
  func with(_ data: Tensor) -> PackedSequence {
    PackedSequence(data, batchSizes: batchSizes, sortedIndices: sortedIndices, batch: batch)
  }

  /// The lengths of the sequences in the order of the rows.
  var sortedLengths: [Int] {
    (0..<batch).map { row in batchSizes.lastIndex { $0 > row }.map { $0 + 1 } ?? 0 }
  }

  /// PyTorch's text.
  public var description: String {
    func text(_ indices: [Int]?) -> String { indices.map { Tensor($0).description } ?? "None" }
    return "PackedSequence(data=\(data), batch_sizes=\(Tensor(batchSizes)), "
      + "sorted_indices=\(text(sortedIndices)), unsorted_indices=\(text(unsortedIndices)))"
  }
}
