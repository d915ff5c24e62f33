import CKernels
import XCTest

/// Products of all kinds of sizes against sums in double, with gaps between rows.
final class ProductKernelTests: XCTestCase {
  private struct Sizes {
    var m, n, k: Int
    var transposedA = false
    var transposedB = false
    var adds = false
  }

  private func check(
    _ s: Sizes, _ random: inout FixedRandom, _ what: String, file: StaticString = #filePath,
    line: UInt = #line, _ run: (Strided, Strided, inout Strided) -> Void
  ) {
    let a = Strided(
      s.transposedA ? s.k : s.m, s.transposedA ? s.m : s.k,
      gap: Int.random(in: 0...3, using: &random),
      &random)
    let b = Strided(
      s.transposedB ? s.n : s.k, s.transposedB ? s.k : s.n,
      gap: Int.random(in: 0...3, using: &random),
      &random)
    let before = Strided(s.m, s.n, gap: Int.random(in: 0...3, using: &random), &random)
    var c = before
    run(a, b, &c)
    XCTAssertTrue(c.isIntact, "\(what) \(s): wrote between the rows", file: file, line: line)
    for i in 0..<s.m {
      for j in 0..<s.n {
        var sum = s.adds ? Double(before[i, j]) : 0
        for l in 0..<s.k {
          sum +=
            Double(s.transposedA ? a[l, i] : a[i, l]) * Double(s.transposedB ? b[j, l] : b[l, j])
        }
        if abs(Double(c[i, j]) - sum) > 2e-6 * (Double(s.k).squareRoot() + 2) {
          return XCTFail(
            "\(what) \(s): element \(i), \(j) is \(c[i, j]), exact \(sum)", file: file, line: line)
        }
      }
    }
  }

  private func product(_ s: Sizes, _ a: Strided, _ b: Strided, _ c: inout Strided) {
    ck_sgemm(
      s.transposedA, s.transposedB, s.m, s.n, s.k, a.elements, a.stride, b.elements, b.stride,
      s.adds,
      &c.elements, c.stride)
  }

  /// Every small m, n and k with many others, in all four orientations.
  func testSmallSizes() {
    forEachInstructionSet { isa in
      var random = FixedRandom(state: 2)
      for step in 0..<820 {
        var s = Sizes(
          m: 1 + step % 40, n: 1 + step * 7 % 41, k: Int.random(in: 0...40, using: &random))
        s.transposedA = step & 1 != 0
        s.transposedB = Bool.random(using: &random)
        s.adds = Bool.random(using: &random)
        check(s, &random, isa) { product(s, $0, $1, &$2) }
      }
    }
  }

  /// Sizes at which blocks, panels and tasks end.
  func testEdgesOfBlocks() {
    forEachInstructionSet { isa in
      var random = FixedRandom(state: 3)
      for (m, n, k) in [
        (97, 33, 70), (25, 65, 513), (96, 128, 30), (193, 17, 9), (13, 2049, 3), (30, 2065, 5),
        (5, 3, 1030), (1, 1, 70_000), (2, 5, 65_537), (100, 1, 1025), (1, 100, 600), (25, 7, 512),
      ] {
        for orientation in 0..<4 {
          var s = Sizes(m: m, n: n, k: k)
          s.transposedA = orientation & 1 != 0
          s.transposedB = orientation & 2 != 0
          s.adds = Bool.random(using: &random)
          check(s, &random, isa) { product(s, $0, $1, &$2) }
        }
      }
    }
  }

  /// The three kernels, each with any size its caller may give it.
  func testEachKernel() {
    forEachInstructionSet { isa in
      var random = FixedRandom(state: 4)
      for step in 0..<600 {
        var s = Sizes(
          m: 1 + step % 37, n: Int.random(in: 1...70, using: &random),
          k: Int.random(in: 0...40, using: &random))
        s.adds = Bool.random(using: &random)
        s.transposedB = true
        check(s, &random, "\(isa) dots") {
          ck_gemm_dots(
            s.m, s.n, s.k, $0.elements, $0.stride, $1.elements, $1.stride, s.adds, &$2.elements,
            $2.stride)
        }
        s.transposedB = false
        s.transposedA = Bool.random(using: &random)
        check(s, &random, "\(isa) direct") {
          ck_gemm_direct(
            s.m, s.n, s.k, $0.elements, $0.stride, s.transposedA, $1.elements, $1.stride, s.adds,
            &$2.elements, $2.stride)
        }
        s.transposedB = Bool.random(using: &random)
        check(s, &random, "\(isa) packed") {
          var panels = Array(repeating: Float.nan, count: ck_packed_size(s.k, s.n))
          ck_pack($1.elements, $1.stride, s.transposedB, s.k, s.n, &panels)
          ck_gemm_packed(
            s.m, s.n, s.k, $0.elements, $0.stride, s.transposedA, panels, s.adds, &$2.elements,
            $2.stride)
        }
      }
    }
  }

  /// A product cut into rows or columns has the bits of the whole.
  func testPartsHaveTheBitsOfTheWhole() {
    forEachInstructionSet { isa in
      var random = FixedRandom(state: 5)
      let (m, n, k) = (40, 75, 530)
      let a = Strided(m, k, gap: 0, &random)
      let b = Strided(k, n, gap: 1, &random)
      var whole = Strided(m, n, gap: 0, &random)
      product(Sizes(m: m, n: n, k: k), a, b, &whole)
      var panels = Array(repeating: Float.nan, count: ck_packed_size(k, n))
      ck_pack(b.elements, b.stride, false, k, n, &panels)
      var row = Array(repeating: Float(0), count: n)
      for i in 0..<m {
        a.elements.withUnsafeBufferPointer {
          ck_gemm_packed(1, n, k, $0.baseAddress! + i * k, k, false, panels, false, &row, n)
        }
        XCTAssertEqual(
          row.map { $0.bitPattern }, (0..<n).map { whole[i, $0].bitPattern }, "\(isa) row \(i)")
      }
    }
  }

  func testTurning() {
    forEachInstructionSet { isa in
      var random = FixedRandom(state: 6)
      for step in 0..<400 {
        let a = Strided(1 + step % 21, 1 + step % 37, gap: step % 3, &random)
        var to = Strided(a.columns, a.rows, gap: step % 4, &random)
        ck_turn(a.rows, a.columns, a.elements, a.stride, &to.elements, to.stride)
        XCTAssertTrue(to.isIntact, isa)
        for r in 0..<a.rows {
          for c in 0..<a.columns { XCTAssertEqual(to[c, r], a[r, c], "\(isa) \(step)") }
        }
      }
    }
  }

  func testColumnSums() {
    forEachInstructionSet { isa in
      var random = FixedRandom(state: 7)
      for step in 0..<300 {
        let x = Strided(step % 7 == 0 ? 300 : step % 11, 1 + step % 83, gap: step % 3, &random)
        let before = random.floats(x.columns + 1)
        var y = before
        ck_column_sums(x.rows, x.columns, x.elements, x.stride, step % 2 == 0, &y)
        XCTAssertEqual(y[x.columns], before[x.columns], isa)
        for c in 0..<x.columns {
          var sum = step % 2 == 0 ? Double(before[c]) : 0
          for r in 0..<x.rows { sum += Double(x[r, c]) }
          XCTAssertEqual(Double(y[c]), sum, accuracy: 2e-5, "\(isa) \(step) column \(c)")
        }
      }
    }
  }

  /// Extremes of rows, with nans, infinities, equal and denormal numbers.
  func testRowExtremes() {
    let denormal = [Float(bitPattern: 71_362), Float(bitPattern: 142_724)]
    let odd: [Float] =
      [.nan, .infinity, -.infinity, 0, -0.0, 1, -1] + denormal + denormal.map { -$0 }
    forEachInstructionSet { isa in
      var random = FixedRandom(state: 8)
      for step in 0..<1000 {
        let n = 1 + step % 50
        let pool = step % 4 == 0 ? odd : Array(odd[1...])
        let x = (0..<n).map { _ in pool.randomElement(using: &random) ?? 0 }
        for greatest in [true, false] {
          var (value, place) = (Float(0), Int64(-1))
          ck_row_extremes(1, n, greatest, x, &value, &place)
          var best = 0
          for i in x.indices.dropFirst() where !x[best].isNaN {
            if x[i].isNaN || (greatest ? x[i] > x[best] : x[i] < x[best]) { best = i }
          }
          XCTAssertEqual(Int(place), best, "\(isa) \(greatest) \(x)")
          XCTAssertEqual(value.bitPattern, x[best].bitPattern, "\(isa) \(greatest) \(x)")
        }
      }
    }
  }
}
