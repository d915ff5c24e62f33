import XCTest

@testable import NN
@testable import Tensors

/// The gradient of a table as rows, and every way in which it becomes a whole table.
final class EmbeddingGradientTests: XCTestCase {
  /// Sums row by row in a table of zeros.
  private func naive(_ count: Int, _ tokens: [Int], _ gradient: Tensor, padding: Int?) -> [Float] {
    let width = gradient.size(-1)
    let values = gradient.floats
    var table = [Float](repeating: 0, count: count * width)
    for (i, token) in tokens.enumerated() where token != padding {
      for j in 0..<width { table[token * width + j] += values[i * width + j] }
    }
    return table
  }

  func testSumsAsADenseTable() throws {
    for width in [1, 3, 8, 17, 64] {
      for padding in [nil, 0, 4] {
        for shape in [[], [1], [5], [3, 4], [2, 3, 7], [0], [3, 0]] {
          let table = Embedding(9, width, paddingIndex: padding)
          let tokens = Tensor.randint(9, shape)
          let gradient = Tensor.randn(tokens.count, width).view(shape + [width])
          table(tokens).backward(gradient)
          XCTAssertNotNil(table.weight.rowGradient)
          let rows = try XCTUnwrap(table.weight.rowGradient)
          XCTAssertEqual(Set(rows.rows), Set(tokens.ints))
          XCTAssertEqual(rows.rows.count, Set(rows.rows).count)
          let expected = naive(9, tokens.ints, gradient, padding: padding)
          XCTAssertEqual(
            table.weight.grad?.floats.map(\.bitPattern), expected.map(\.bitPattern))
          XCTAssertEqual(table.weight.grad?.shape, [9, width])
          XCTAssertNil(table.weight.rowGradient)
        }
      }
    }
  }

  func testViewsAsTokensAndAsGradient() {
    let table = Embedding(6, 4)
    let tokens = Tensor([[1, 5, 1], [0, 2, 5]]).t()
    let gradient = Tensor.randn(4, 2, 3).transpose(0, 2)
    XCTAssertFalse(tokens.isContiguous || gradient.isContiguous)
    let out = table(tokens)
    XCTAssertEqual(out.floats, tokens.ints.flatMap { table.weight[$0].floats })
    out.backward(gradient)
    XCTAssertEqual(
      table.weight.grad?.floats, naive(6, tokens.ints, gradient, padding: nil))
  }

  func testTokensMayChangeBeforeTheBackwardPass() throws {
    let table = Embedding(6, 2)
    let tokens = Tensor([1, 2])
    let out = table(tokens)
    try assign(Tensor([5, 5]), into: tokens)
    out.sum().backward()
    XCTAssertEqual(table.weight.grad?.sum(dim: 1).floats, [0, 2, 2, 0, 0, 0])
  }

  func testArrivalsMerge() {
    let table = Embedding(6, 2)
    let weight = table.weight
    (table(Tensor([1, 2, 1])).sum() + table(Tensor([2, 3])).sum()).backward()
    XCTAssertEqual(weight.rowGradient?.rows.count, 3)
    table(Tensor([4, 4])).sum().backward()
    XCTAssertEqual(weight.rowGradient?.rows.count, 4)
    // A whole gradient makes it whole, and rows are added to that.
    weight.sum().backward()
    XCTAssertNil(weight.rowGradient)
    table(Tensor([0])).sum().backward()
    XCTAssertNil(weight.rowGradient)
    XCTAssertEqual(weight.grad?.sum(dim: 1).floats, [4, 6, 6, 4, 6, 2])
    table.zeroGrad()
    XCTAssertNil(weight.grad)
    table(Tensor([0])).sum().backward()
    SGD([weight], lr: 1).zeroGrad()
    XCTAssertNil(weight.rowGradient)
    XCTAssertNil(weight.grad)
  }

  func testReadingTheGradientMakesItWhole() throws {
    let table = Embedding(5, 2)
    table(Tensor([3])).sum().backward()
    let gradient = try XCTUnwrap(table.weight.grad)
    XCTAssertTrue(gradient === table.weight.grad)
    XCTAssertEqual(gradient.floats, [0, 0, 0, 0, 0, 0, 1, 1, 0, 0])
    table.weight.grad = gradient * Tensor(Float(2))
    table(Tensor([3])).sum().backward()
    XCTAssertEqual(table.weight.grad?.floats, [0, 0, 0, 0, 0, 0, 3, 3, 0, 0])
  }

  func testDoubleSums() throws {
    let tokens = [4, 1, 4, 4]
    let numbers = try tokens.withUnsafeBufferPointer { try RowNumbers($0, below: 5, "test") }
    XCTAssertEqual(numbers.rows, [4, 1])
    XCTAssertEqual(numbers.slots, [0, 1, 0, 0])
    let x = Tensor([[1.5, 2], [3, 4], [5, 6], [7, 8]])
    XCTAssertEqual(try numbers.sums(x.double(), width: 2).doubles, [13.5, 16, 3, 4])
    XCTAssertEqual(
      try numbers.sums(x.double(), width: 2, skipping: 4).doubles, [0, 0, 3, 4])
    XCTAssertEqual(try numbers.sums(x, width: 2, skipping: 1).doubles, [13.5, 16, 0, 0])
  }

  func testNumbersOutsideTheTable() {
    for width in [0, 2] {
      let table = Embedding(5, width)
      for (tokens, wrong) in [([0, 5, 7], 5), ([-1], -1), ([2, Int.min, 9], Int.min)] {
        for recording in [true, false] {
          XCTAssertThrowsError(
            try attempt { recording ? table(Tensor(tokens)) : withNoGrad { table(Tensor(tokens)) } }
          ) {
            XCTAssertEqual("\($0)", "Embedding: expected numbers from 0 to 4, got \(wrong)")
          }
        }
      }
    }
    XCTAssertThrowsError(try attempt { Embedding(5, 2)(Tensor([1.5])) })
  }

  func testRowsWithoutElements() {
    let table = Embedding(5, 0)
    let out = table(Tensor([[1, 4]]))
    XCTAssertEqual(out.shape, [1, 2, 0])
    out.sum().backward()
    XCTAssertEqual(table.weight.grad?.shape, [5, 0])
    // More rows than memory could number.
    let endless = Embedding(1 << 45, 0)
    endless(Tensor([1 << 44])).sum().backward()
    Adam([endless.weight]).step()
    SGD([endless.weight], lr: 0.1).step()
  }

  func testPlainDescentMovesRowsAlone() {
    manualSeed(1)
    let (a, b) = (Embedding(40, 3), Embedding(40, 3))
    b.weight.pointer(Float.self).update(from: a.weight.pointer(Float.self), count: 120)
    let (rows, whole) = (SGD([a.weight], lr: 0.1), SGD([b.weight], lr: 0.1))
    for step in 0..<50 {
      let tokens = Tensor.randint(40, [6])
      for (table, optimizer) in [(a, rows), (b, whole)] {
        optimizer.zeroGrad()
        (table(tokens) * table(tokens)).sum().backward()
        if table === b { XCTAssertNotNil(b.weight.grad) }
        optimizer.step()
        XCTAssertEqual(table.weight.rowGradient == nil, table === b)
      }
      rows.lr = 0.1 / Double(step + 1)
      whole.lr = rows.lr
    }
    XCTAssertEqual(a.weight.floats.map(\.bitPattern), b.weight.floats.map(\.bitPattern))
  }
}
