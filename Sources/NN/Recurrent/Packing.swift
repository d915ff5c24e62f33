/// Leaves the padding out of a batch: `[time, batch, …]`, or `[batch, time, …]` with `batchFirst`.
///
/// `lengths` are the true lengths in the order of the batch. With `enforceSorted` they must fall;
/// otherwise the sequences are sorted inside, and everything comes back in the caller's order.
/// Throws (see `attempt`) when the lengths do not fit the batch, are not positive, or not sorted.
/// Follows `torch.nn.utils.rnn.pack_padded_sequence`.
public func packPaddedSequence(
  _ input: Tensor, lengths: [Int], batchFirst: Bool = false, enforceSorted: Bool = true
) -> PackedSequence {
  guarded([input], or: .failed) { () throws(TensorError) in
    for length in lengths where length <= 0 {
      throw TensorError("packPaddedSequence", expected: "lengths above 0", actual: "\(lengths)")
    }
    return try pack(input, lengths, batchFirst: batchFirst, enforceSorted: enforceSorted)
  }
}

/// As with an array of lengths; `lengths` is an int64 vector.
public func packPaddedSequence(
  _ input: Tensor, lengths: Tensor, batchFirst: Bool = false, enforceSorted: Bool = true
) -> PackedSequence {
  guarded([input, lengths], or: .failed) { () throws(TensorError) in
    guard lengths.dtype == .int64, lengths.layout.shape.count == 1 else {
      throw TensorError(
        "packPaddedSequence", expected: "an int64 vector of lengths",
        actual: "\(lengths.dtype) of shape \(lengths.layout.shape)")
    }
    return packPaddedSequence(
      input, lengths: lengths.ints, batchFirst: batchFirst, enforceSorted: enforceSorted)
  }
}

extension PackedSequence {
  /// Stands for a packing that failed.
  static var failed: PackedSequence {
    PackedSequence(.failed, batchSizes: [], sortedIndices: nil, batch: 0)
  }
}

/// The packing itself; lengths of 0 are fine here.
func pack(
  _ input: Tensor, _ lengths: [Int], batchFirst: Bool, enforceSorted: Bool
) throws(TensorError) -> PackedSequence {
  let operation = "packPaddedSequence"
  let shape = input.layout.shape
  guard shape.count >= 2 else {
    throw TensorError(operation, expected: "2 dimensions or more", actual: "shape \(shape)")
  }
  let (batch, time) = batchFirst ? (shape[0], shape[1]) : (shape[1], shape[0])
  guard lengths.count == batch else {
    throw TensorError(
      operation, expected: "\(batch) lengths, one for each sequence", actual: "\(lengths.count)")
  }
  for length in lengths where length < 0 || length > time {
    throw TensorError(
      operation, expected: "lengths of at most \(time), the padded length", actual: "\(length)")
  }
  var order: [Int]?
  if enforceSorted {
    for i in lengths.indices.dropFirst() where lengths[i] > lengths[i - 1] {
      throw TensorError(
        operation, "lengths \(lengths) are not sorted; sort the batch, or pass enforceSorted: false"
      )
    }
  } else {
    // Of equal lengths the earlier sequence comes first, as in PyTorch's sort.
    order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
  }
  let sequence = order ?? Array(0..<batch)
  var (rows, batchSizes) = ([Int](), [Int]())
  for t in 0..<(lengths.max() ?? 0) {
    let running = sequence.prefix { lengths[$0] > t }
    batchSizes.append(running.count)
    rows += running.map { batchFirst ? $0 * time + t : t * batch + $0 }
  }
  var flat = shape
  flat.remove(at: 0)
  flat[0] = batch * time
  let source = input.reshape(flat.array)
  let data = try gatherRows(source, rows)
  if records(source) {
    _ = data.made(by: GatherNode(source, rows, "PackPaddedSequenceBackward0"))
  }
  return PackedSequence(data, batchSizes: batchSizes, sortedIndices: order, batch: batch)
}

/// Puts the padding back: the batch `[time, batch, …]`, or `[batch, time, …]`, and the lengths, in
/// the order the sequences had before packing.
///
/// `totalLength` makes the result longer than the longest sequence. Throws (see `attempt`) when it
/// is shorter. Follows `torch.nn.utils.rnn.pad_packed_sequence`.
public func padPackedSequence(
  _ packed: PackedSequence, batchFirst: Bool = false, paddingValue: Double = 0,
  totalLength: Int? = nil
) -> (output: Tensor, lengths: [Int]) {
  guarded([packed.data], or: (.failed, [])) { () throws(TensorError) in
    let longest = packed.batchSizes.count
    let time = totalLength ?? longest
    guard time >= longest else {
      throw TensorError(
        "padPackedSequence", expected: "a totalLength of \(longest) or more", actual: "\(time)")
    }
    let batch = packed.batch
    var shape = packed.data.layout.shape
    guard shape.count < Extents.limit else {
      throw TensorError("padPackedSequence", "a tensor has at most \(Extents.limit) dimensions")
    }
    shape.remove(at: 0)
    shape.insert(batchFirst ? time : batch, at: 0)
    shape.insert(batchFirst ? batch : time, at: 0)
    _ = try elementCount(shape, "padPackedSequence")
    let sequence = packed.sortedIndices ?? Array(0..<batch)
    var rows: [Int] = []
    for (t, count) in packed.batchSizes.enumerated() {
      rows += (0..<count).map { batchFirst ? sequence[$0] * time + t : t * batch + sequence[$0] }
    }
    let out = try Tensor.filled(shape, packed.data.dtype, paddingValue)
    var flat = packed.data.layout.shape
    flat[0] = batch * time
    try scatterRows(packed.data, rows, into: out.view(Layout(contiguous: flat)))
    let sorted = packed.sortedLengths
    let lengths = packed.unsortedIndices.map { $0.map { sorted[$0] } } ?? sorted
    guard records(packed.data) else { return (out, lengths) }
    let node = PaddingNode(packed.data, rows, Layout(contiguous: flat).shape)
    return (out.made(by: node), lengths)
  }
}

/// The gradient of the padded batch, without its padding.
final class PaddingNode: Node {
  let rows: [Int]
  let flat: Extents
  override var name: String { "TransposeBackward0" }

  init(_ data: Tensor, _ rows: [Int], _ flat: Extents) {
    self.rows = rows
    self.flat = flat
    super.init(data)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    try Tape.send(gatherRows(reshaped(gradient, flat), rows), to: first)
  }
}

/// Sequences `[length, …]` of different lengths as one padded batch: `[time, batch, …]`, or
/// `[batch, time, …]` with `batchFirst`.
///
/// Throws (see `attempt`) when there are none or their other sizes or dtypes differ.
/// Follows `torch.nn.utils.rnn.pad_sequence`.
public func padSequence(
  _ sequences: [Tensor], batchFirst: Bool = false, paddingValue: Double = 0
) -> Tensor {
  guarded(sequences, or: .failed) { () throws(TensorError) in
    let packed = try packUnsorted(sequences, "padSequence")
    return padPackedSequence(packed, batchFirst: batchFirst, paddingValue: paddingValue).output
  }
}

/// Rows of numbers of different lengths as one padded int64 batch: `[time, batch]`, or
/// `[batch, time]` with `batchFirst` (`torch.nn.utils.rnn.pad_sequence`). Throws (see `attempt`)
/// when there are no rows.
public func padSequence(
  _ sequences: [[Int]], batchFirst: Bool = false, paddingValue: Int = 0
) -> Tensor {
  padSequence(
    sequences.map { Tensor($0) }, batchFirst: batchFirst, paddingValue: Double(paddingValue))
}

/// Packs separate sequences `[length, …]`. With `enforceSorted` their lengths must fall.
/// Throws (see `attempt`) as `packPaddedSequence`. Follows `torch.nn.utils.rnn.pack_sequence`.
public func packSequence(_ sequences: [Tensor], enforceSorted: Bool = true) -> PackedSequence {
  guarded(sequences, or: .failed) { () throws(TensorError) in
    let lengths = sequences.map { $0.dim == 0 ? 0 : $0.layout.shape[0] }
    let padded = padSequence(sequences)
    if padded.isFailed { return .failed }
    return packPaddedSequence(padded, lengths: lengths, enforceSorted: enforceSorted)
  }
}

private func packUnsorted(
  _ sequences: [Tensor], _ operation: String
) throws(TensorError) -> PackedSequence {
  guard let first = sequences.first, first.dim > 0 else {
    throw TensorError(operation, "expected one sequence or more, with one dimension or more")
  }
  for (i, sequence) in sequences.enumerated() {
    var shape = sequence.layout.shape
    if shape.count > 0 { shape[0] = first.layout.shape[0] }
    guard shape == first.layout.shape, sequence.dtype == first.dtype else {
      throw TensorError(
        operation,
        "expected sequences that differ in length only: sequence 0 is \(first.layout.shape) "
          + "\(first.dtype), sequence \(i) is \(sequence.layout.shape) \(sequence.dtype)")
    }
  }
  let lengths = sequences.map { $0.layout.shape[0] }
  let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
  var starts: [Int] = []
  var total = 0
  for length in lengths {
    starts.append(total)
    total += length
  }
  var (rows, batchSizes) = ([Int](), [Int]())
  for t in 0..<(lengths.max() ?? 0) {
    let running = order.prefix { lengths[$0] > t }
    batchSizes.append(running.count)
    rows += running.map { starts[$0] + t }
  }
  return PackedSequence(
    try indexSelect(cat(sequences), 0, rows), batchSizes: batchSizes, sortedIndices: order,
    batch: sequences.count)
}
