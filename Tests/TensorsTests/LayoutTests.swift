import XCTest

@testable import Tensors

/// Views and kernels over every small layout, against element-by-element arithmetic.
final class LayoutTests: XCTestCase {
  /// Tensors of one shape with different memory orders but the same elements.
  private func layouts(_ shape: [Int]) -> [Tensor] {
    manualSeed(3)
    let plain = Tensor.randint(-9, 9, shape).float()
    var result = [plain]
    if shape.count > 1 {
      result.append(plain.transpose(0, 1).contiguous().transpose(0, 1))
      result.append(cat([plain, plain], dim: 1).narrow(1, 0, shape[1]))
    }
    if let first = shape.first { result.append(cat([plain, plain]).narrow(0, first, first)) }
    return result
  }

  func testEveryLayoutGivesTheSame() {
    for shape in [[], [1], [5], [2, 3], [1, 4], [3, 1], [2, 3, 4], [2, 1, 3], [0, 2]] {
      let all = layouts(shape)
      for x in all {
        XCTAssertEqual(x.doubles, all[0].doubles, "\(shape)")
        XCTAssertEqual((x + x).doubles, all[0].doubles.map { 2 * $0 })
        XCTAssertEqual(x.abs().doubles, all[0].doubles.map(Swift.abs))
        XCTAssertEqual(x.sum().item(), all[0].doubles.reduce(0, +))
        XCTAssertEqual(x.reshape(-1).doubles, all[0].doubles)
        for y in all { XCTAssertEqual((x - y).abs().sum().item(), 0) }
        for dim in shape.indices {
          XCTAssertEqual(x.sum(dim: dim).doubles, all[0].sum(dim: dim).doubles)
        }
      }
    }
  }

  func testProductsOfEveryLayout() {
    for (m, k, n) in [(1, 1, 1), (2, 3, 4), (1, 3, 2), (3, 1, 2), (4, 2, 1)] {
      for a in layouts([m, k]) {
        for b in layouts([k, n]) {
          let product = a.matmul(b)
          for i in 0..<m {
            for j in 0..<n {
              let naive = (0..<k).reduce(0.0) { $0 + a[i, $1].item() * b[$1, j].item() }
              XCTAssertEqual(product[i, j].item(), naive)
            }
          }
        }
      }
    }
  }

  func testViewOfRunsOfDimensions() {
    let x = Tensor.arange(24).view(2, 3, 4)
    XCTAssertEqual(x.transpose(0, 1).reshape(3, 8).ints, x.transpose(0, 1).contiguous().view(3, 8).ints)
    XCTAssertEqual(x[.all, .all, 1..<3].view(6, 2).shape, [6, 2])  // the last run stays whole
    XCTAssertThrowsError(try attempt { x[.all, .all, 1..<3].view(12) })
    XCTAssertEqual(x[.all, -1].ints, [8, 9, 10, 11, 20, 21, 22, 23])
  }

  func testPromotion() {
    XCTAssertEqual((Tensor([1]) + Tensor([1.5])).dtype, .float32)
    XCTAssertEqual((Tensor([1]) / Tensor([2])).doubles, [0.5])
    XCTAssertEqual((Tensor([true]) + 1).dtype, .int64)
    XCTAssertEqual((Tensor.ones(2) + Tensor(1.0).double()).dtype, .float32)
    XCTAssertEqual((Tensor([Int.max]) + 1).ints, [Int.min])
    XCTAssertEqual(Tensor([Double.nan, .infinity]).long().ints, [Int.min, Int.min])
  }

  func testBroadcastSums() {
    XCTAssertEqual(Tensor.zeros(0, 3).sum(dim: 0).doubles, [0, 0, 0])
    XCTAssertEqual(Tensor.ones(1000, 300).sum().item(), 300_000)
    XCTAssertEqual((Tensor([[1], [2]]) * Tensor([10, 20])).ints, [10, 20, 20, 40])
  }
}
