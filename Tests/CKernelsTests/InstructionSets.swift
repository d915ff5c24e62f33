import CKernels
import XCTest

/// Calls `body` once for every instruction set of this processor, with its name.
func forEachInstructionSet(_ body: (String) throws -> Void) rethrows {
  let before = ck_current_isa()
  defer { XCTAssertTrue(ck_use_isa(before)) }
  for (isa, name) in [(ck_plain, "plain"), (ck_avx2, "AVX2"), (ck_avx512, "AVX-512")] {
    guard ck_use_isa(isa) else { continue }
    try body(name)
  }
}

/// Numbers that are the same on every machine (splitmix64).
struct FixedRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Numbers in -1 ..< 1.
  mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float.random(in: -1..<1, using: &self) }
  }
}

/// A matrix whose rows are further apart than they are wide. The numbers between them are a mark:
/// a kernel may read them only to no effect, and must not change them.
struct Strided {
  static let mark: Float = 1e30
  let rows, columns, stride: Int
  var elements: [Float]

  init(_ rows: Int, _ columns: Int, gap: Int, _ random: inout FixedRandom) {
    (self.rows, self.columns, stride) = (rows, columns, columns + gap)
    elements = Array(repeating: Self.mark, count: rows * stride)
    for r in 0..<rows { for c in 0..<columns { self[r, c] = .random(in: -1..<1, using: &random) } }
  }

  subscript(row: Int, column: Int) -> Float {
    get { elements[row * stride + column] }
    set { elements[row * stride + column] = newValue }
  }

  /// Whether everything between the rows is as it was.
  var isIntact: Bool {
    for r in 0..<rows {
      for c in columns..<stride where elements[r * stride + c] != Self.mark { return false }
    }
    return true
  }
}
