import XCTest

@testable import NN
@testable import Tensors

final class PackingGoldenTests: XCTestCase {
  func testPacking() throws {
    for record in try Golden("packing").cases {
      let batchFirst = record["batch_first"] as? Bool ?? false
      let lengths = try XCTUnwrap(record["lengths"] as? [Int])
      let packed = packPaddedSequence(
        try recordedTensor(record["input"]), lengths: lengths, batchFirst: batchFirst,
        enforceSorted: record["enforce_sorted"] as? Bool ?? true)
      try check(packed, record["packed"])
      let back = padPackedSequence(packed, batchFirst: batchFirst, paddingValue: -1)
      try assertClose(back.output, record["padded_with_minus_1"], atol: 0, rtol: 0, "padded")
      XCTAssertEqual(back.lengths, lengths)
      let longer = padPackedSequence(
        packed, batchFirst: batchFirst, totalLength: packed.batchSizes.count + 2)
      try assertClose(longer.output, record["total_length_plus_2"], atol: 0, rtol: 0, "longer")
    }
  }

  func testSeparateSequences() throws {
    let record = try XCTUnwrap(try Golden("packing").root["pad_sequence"] as? [String: Any])
    let sequences = [3, 5, 2].map { Tensor.arange(1.0, Double($0 + 1)) }
    try assertClose(padSequence(sequences), record["time_first"], atol: 0, rtol: 0, "time first")
    try assertClose(
      padSequence(sequences, batchFirst: true, paddingValue: 9), record["batch_first_value_9"],
      atol: 0, rtol: 0, "batch first")
    try check(packSequence(sequences, enforceSorted: false), record["pack_sequence"])
  }

  private func check(_ packed: PackedSequence, _ recorded: Any?) throws {
    let record = try XCTUnwrap(recorded as? [String: Any])
    try assertClose(packed.data, record["data"], atol: 0, rtol: 0, "data")
    XCTAssertEqual(packed.batchSizes, try recordedTensor(record["batch_sizes"]).ints)
    let sorted = record["sorted_indices"]
    guard sorted is [String: Any] else { return XCTAssertNil(packed.sortedIndices) }
    XCTAssertEqual(packed.sortedIndices, try recordedTensor(sorted).ints)
    XCTAssertEqual(packed.unsortedIndices, try recordedTensor(record["unsorted_indices"]).ints)
  }

  /// `lengths:` on the call takes any order and zero lengths, and equals the run of each sequence.
  func testLengthsOnTheCall() {
    manualSeed(1)
    let x = Tensor.randn(3, 4, 2)
    for both in [false, true] {
      let lstm = LSTM(2, 3, numLayers: 2, batchFirst: true, bidirectional: both)
      let (output, (h, c)) = lstm(x, lengths: [2, 0, 4])
      XCTAssertEqual(output.shape, [3, 4, both ? 6 : 3])
      for (row, length) in [(0, 2), (2, 4)] {
        let (alone, (h1, c1)) = lstm(x[row..<(row + 1), 0..<length])
        XCTAssertLessThan((output[row, 0..<length] - alone[0]).abs().max().item(), 1e-6)
        XCTAssertLessThan((h[.all, row] - h1[.all, 0]).abs().max().item(), 1e-6)
        XCTAssertLessThan((c[.all, row] - c1[.all, 0]).abs().max().item(), 1e-6)
      }
      XCTAssertEqual(output[1].abs().max().item(), 0)
      XCTAssertEqual(h[.all, 1].abs().max().item(), 0)
    }
  }
}
