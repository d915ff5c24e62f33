// Numbers that any language can make again: the n-th is a function of a seed and n alone.
// `perf_torch.py` draws the same ones.

/// A stream of numbers by splitmix64 (Steele, Lea and Flood, 2014), counted from 0.
struct SplitMix {
  let seed: UInt64

  init(_ seed: Int) { self.seed = UInt64(seed) }

  /// The i-th word.
  func word(_ i: Int) -> UInt64 {
    var z = seed &+ (UInt64(i) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The i-th number in [0, 1).
  func unit(_ i: Int) -> Double { Double(word(i) >> 11) * 0x1p-53 }

  /// The i-th integer of `range`.
  func integer(_ i: Int, in range: Range<Int>) -> Int {
    range.lowerBound + Int((word(i) >> 33) % UInt64(range.count))
  }

  /// The first integers of `range`.
  func integers(_ count: Int, in range: Range<Int>) -> [Int] {
    (0..<count).map { integer($0, in: range) }
  }

  /// The i-th almost normal number: the sum of twelve uniform ones, less 6.
  func normal(_ i: Int) -> Double {
    var sum = 0.0
    for j in 0..<12 { sum += unit(12 * i + j) }
    return sum - 6
  }

  /// The first lengths of sequences: normal, cut to whole numbers and to `range`.
  func lengths(
    _ count: Int, mean: Double, deviation: Double, in range: ClosedRange<Int>
  ) -> [Int] {
    (0..<count).map { i in
      min(max(Int(mean + deviation * normal(i)), range.lowerBound), range.upperBound)
    }
  }
}
