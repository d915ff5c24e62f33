import CKernels

/// Numbers of rows, with repetitions, as a list of distinct rows and the place of each number in it.
///
/// The rows stand in the order of their first use.
package final class RowNumbers {
  /// The distinct rows.
  package let rows: [Int]
  /// For each number, where its row stands in `rows`.
  package let slots: [Int32]

  /// Throws when a number is not below `limit`; `place` and the words are for the error.
  package init(
    _ numbers: UnsafeBufferPointer<Int>, below limit: Int, _ place: @autoclosure () -> String
  ) throws(TensorError) {
    let marks = try RowNumbers.marks(limit)
    var wrong: Int?
    var slots: [Int32] = []
    rows = Array(unsafeUninitializedCapacity: numbers.count) { rows, count in
      slots = Array(unsafeUninitializedCapacity: numbers.count) { slots, written in
        for (i, row) in numbers.enumerated() {
          guard UInt(bitPattern: row) < UInt(bitPattern: limit) else {
            wrong = row
            break
          }
          // A mark is right when the list agrees, so old marks need not be wiped out.
          var slot = Int(marks[row])
          if slot >= count || rows[slot] != row {
            slot = count
            marks[row] = UInt32(truncatingIfNeeded: slot)
            rows.initializeElement(at: slot, to: row)
            count += 1
          }
          slots.initializeElement(at: i, to: Int32(truncatingIfNeeded: slot))
          written = i + 1
        }
      }
    }
    self.slots = slots
    if let wrong { throw RowNumbers.outside(wrong, limit, place()) }
  }

  package static func outside(_ number: Int, _ limit: Int, _ place: String) -> TensorError {
    TensorError(place, expected: "numbers from 0 to \(limit - 1)", actual: "\(number)")
  }

  // One number for each row of the largest table so far; the library works on one thread.
  private nonisolated(unsafe) static var markStorage: Storage?

  private static func marks(_ count: Int) throws(TensorError) -> UnsafeMutablePointer<UInt32> {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 4)
    if overflow || bytes > markStorage?.byteCount ?? -1 {
      markStorage = nil
      markStorage = try Storage(zeroed: overflow ? .max : max(bytes, 4096))
    }
    guard let markStorage else { throw TensorError("rows", "no memory") }
    return markStorage.block.assumingMemoryBound(to: UInt32.self)
  }

  /// The sums of the rows of `x` (numbers, width) that have one number, in the order of their use:
  /// (rows, width). Rows of the number `skipped` count as zero.
  package func sums(
    _ x: Tensor, width: Int, skipping skipped: Int? = nil
  ) throws(TensorError) -> Tensor {
    let x = try packedElements(x)
    let out = try Tensor.empty(Extents(rows.count, width), x.dtype)
    let skippedSlot = skipped.flatMap { rows.firstIndex(of: $0) } ?? -1
    if x.dtype == .float32 {
      ck_sum_rows(x.pointer(), slots, slots.count, width, skippedSlot, out.pointer())
      return out
    }
    let (from, to) = (x.pointer(Double.self), out.pointer(Double.self))
    to.initialize(repeating: 0, count: out.layout.count)
    for (i, slot) in slots.enumerated() where Int(slot) != skippedSlot {
      for j in 0..<width { to[Int(slot) * width + j] += from[i * width + j] }
    }
    return out
  }
}
