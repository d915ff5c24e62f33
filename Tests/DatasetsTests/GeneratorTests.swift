import XCTest

@testable import Datasets

/// What the recorded file does not ask of the foreign generators: other seeds, wide ranges, both
/// ways of sampling, the draws of sure and impossible outcomes. From Python 3.11 and numpy 2.4.
final class GeneratorTests: XCTestCase {
  func testPython() {
    let expected: [(seed: Int, integers: [Int], samples: [[Int]])] = [
      (
        -7, [8_261_657_684_473_197_624, 647_892_279, 2_795_742_288, 7, 3],
        [[96, 374, 596], [1, 16, 6, 2, 13], [53, 8, 30, 11, 70, 54], [7, 72, 15, 28, 80, 74]]
      ),
      (
        1_099_511_627_781, [312_146_113_431_802_148, 3_976_222_944, 3_829_167_211, 7, -4],
        [[815, 835, 137], [7, 20, 21, 4, 12], [15, 70, 29, 59, 7, 14], [54, 5, 42, 56, 36, 16]]
      ),
      (
        Int.min, [-1_957_346_207_933_148_920, 4_039_908_392, 364_023_093, 7, 3],
        [[312, 469, 666], [21, 6, 7, 0, 2], [45, 70, 20, 23, 32, 76], [84, 51, 46, 42, 54, 14]]
      ),
    ]
    for (seed, integers, samples) in expected {
      let random = PythonRandom(seed)
      XCTAssertEqual(
        [
          random.randint(.min, .max - 1), random.randrange(1 << 32),
          random.randrange(1 << 32 + 1), random.randint(7, 7), random.randrange(-5, 6),
        ], integers)
      for (limits, sample) in zip([(1000, 3), (22, 5), (86, 6), (85, 6)], samples) {
        XCTAssertEqual(random.sample(Array(0..<limits.0), limits.1), sample)
      }
    }
  }

  func testNumPy() {
    let expected:
      [(seed: Int, wide: [Int], words: [Int], long: [Int], counts: [[Int]], next: Int)] =
        [
          (
            113, [6_492_986_307_122_926_300, -7_860_091_271_288_949_174],
            [3_843_702_636, 3_884_559_106], [1_042_219_799, 3_359_306_970],
            [[17, 17, 17, 17], [10, 10], [0, 0], [34, 28, 34]], 11
          ),
          (
            4_294_967_295, [-7_422_378_986_580_066_014, 7_607_120_784_305_990_727],
            [3_388_880_820, 2_260_532_800], [3_309_765_114, 2_987_145_323],
            [[19, 16, 18, 15], [10, 10], [0, 0], [34, 35, 30]], 26
          ),
        ]
    for (seed, wide, words, long, counts, next) in expected {
      let random = NumPyRandom(seed)
      XCTAssertEqual(random.randint(.min, .max, [2]).ints, wide)
      XCTAssertEqual(random.randint(0, 1 << 32, [2]).ints, words)
      XCTAssertEqual(random.randint(0, 1 << 32 + 1, [2]).ints, long)
      XCTAssertEqual(random.randint(3, 4, [2]).ints, [3, 3])
      XCTAssertEqual(random.binomial(20, 0.9, [4]).ints, counts[0])
      XCTAssertEqual(random.binomial(10, 1, [2]).ints, counts[1])
      XCTAssertEqual(random.binomial(0, 0.5, [2]).ints, counts[2])
      XCTAssertEqual(random.binomial(60, 0.5, [3]).ints, counts[3])
      XCTAssertEqual(random.randint(0, 100, [1]).ints, [next])
    }
  }

  func testShapes() {
    let random = NumPyRandom(1)
    XCTAssertEqual(random.rand(2, 3).shape, [2, 3])
    XCTAssertEqual(random.randn([4]).dtype, .float64)
    XCTAssertEqual(random.rand().shape, [])
    XCTAssertEqual(random.choice(9, [3, 3], replacing: false).sum().item(), 36)
    XCTAssertEqual(random.permutation(0).shape, [0])
  }
}
