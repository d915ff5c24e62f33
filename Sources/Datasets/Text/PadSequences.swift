/// One end of a sequence.
public enum SequenceSide {
  /// Before the first element.
  case front
  /// Behind the last element.
  case back
}

/// Rows of numbers cut and padded to one length: int64 `[rows, length]`.
///
/// The length is `maxLength`, or that of the longest row. As in Keras' `pad_sequences`, padding
/// comes in front and long rows lose their front, unless told otherwise; `padSequence` pads behind
/// and cuts nothing. Throws (see `attempt`) when `maxLength` is negative.
public func padSequences(
  _ rows: [[Int]], maxLength: Int? = nil, padding: SequenceSide = .front,
  truncating: SequenceSide = .front, value: Int = 0
) -> Tensor {
  guarded { () throws(TensorError) in
    let width = maxLength ?? rows.map(\.count).max() ?? 0
    let shape = Extents(rows.count, width)
    _ = try elementCount(shape, "padSequences")
    let out = try Tensor.empty(shape, .int64)
    let elements: UnsafeMutablePointer<Int> = out.pointer()
    for (i, row) in rows.enumerated() {
      let kept = truncating == .front ? row.suffix(width) : row.prefix(width)
      let target = UnsafeMutableBufferPointer(start: elements + i * width, count: width)
      target.initialize(repeating: value)
      let start = padding == .front ? width - kept.count : 0
      for (j, element) in kept.enumerated() { target[start + j] = element }
    }
    return out
  }
}
