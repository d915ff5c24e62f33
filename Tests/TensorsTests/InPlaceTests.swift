import XCTest

@testable import Tensors

/// Writing into tensors: the elements, what becomes of the history, and when it is refused.
final class InPlaceTests: XCTestCase {
  private func leaf(_ shape: [Int]) -> Tensor {
    manualSeed(3)
    return .uniform(shape, low: 0.2, high: 1.7, dtype: .float64, requiresGrad: true)
  }

  private func zeros(_ shape: Int...) -> Tensor { .zeros(shape, dtype: .float64) }

  func testElements() {
    let x = Tensor.arange(6.0).view(2, 3)
    x[0] = Tensor([7.0, 8, 9])
    XCTAssertEqual(x.doubles, [7, 8, 9, 3, 4, 5])
    x[.all, 1] = 0
    XCTAssertEqual(x.doubles, [7, 0, 9, 3, 0, 5])
    x[x .> 6] = -1
    XCTAssertEqual(x.doubles, [-1, 0, -1, 3, 0, 5])
    x[[1, 0], [0, 2]] = Tensor([10.0, 20])
    XCTAssertEqual(x.doubles, [-1, 0, 20, 10, 0, 5])
    x[1, 1...] = Tensor([[1.0, 2]])  // sizes of 1 in front mean nothing
    XCTAssertEqual(x.doubles, [-1, 0, 20, 10, 1, 2])
    x[.ellipsis, .every(2)] = Tensor(3)
    XCTAssertEqual(x.doubles, [3, 0, 3, 3, 1, 3])
    x.t()[1].fill(8)
    XCTAssertEqual(x.doubles, [3, 8, 3, 3, 8, 3])
    x[0][1] = 5
    XCTAssertEqual(x[0, 1], 5)
    x[1] += Tensor([1.0, 1, 1])
    XCTAssertEqual(x.doubles, [3, 5, 3, 4, 9, 4])
    x[0, 0] *= 2
    XCTAssertEqual(x[0, 0], 6)
    x[.all, 1] *= 2
    x[1] -= 0.5
    x[x .> 9] /= 2.0
    XCTAssertEqual(x.doubles, [6, 5, 3, 3.5, 8.75, 3.5])
    let (old, kept) = (Tensor([1.0]), Tensor([1.0]))
    var new = old
    new += 1
    XCTAssertEqual(old.doubles, kept.doubles)
  }

  func testVerbs() {
    let x = Tensor([1.0, -2, 3])
    XCTAssertTrue(x.add(1) === x)
    XCTAssertEqual(x.doubles, [2, -1, 4])
    x.add(Tensor([1.0]), scale: -2).subtract(0.5).multiply(by: 2).divide(by: 4)
    XCTAssertEqual(x.doubles, [-0.25, -1.75, 0.75])
    x.clampInPlace(min: -1, max: 0.5)
    XCTAssertEqual(x.doubles, [-0.25, -1, 0.5])
    x.copy(from: Tensor(4))
    XCTAssertEqual(x.doubles, [4, 4, 4])
    x.fill(where: Tensor([true, false, true]), with: 9).multiply(by: Tensor([1.0, 2, 1]))
    XCTAssertEqual(x.doubles, [9, 8, 9])
    x.zero()
    XCTAssertEqual(x.doubles, [0, 0, 0])
    x.write(at: Tensor([2, 0]), along: 0, Tensor([1.0, 2]))
    XCTAssertEqual(x.doubles, [2, 0, 1])
    let whole = Tensor([7, 8]).add(1).multiply(by: 3)
    XCTAssertEqual(whole.ints, [24, 27])
    XCTAssertEqual(whole.dtype, .int64)
    manualSeed(0)
    let drawn = Tensor.rand(3)
    manualSeed(0)
    XCTAssertEqual(Tensor.zeros(3).fillUniform().doubles, drawn.doubles)
  }

  /// A value that overlaps what it is written to is read first.
  func testOverlap() {
    let x = Tensor.arange(5)
    x[1...] = x[..<4]
    XCTAssertEqual(x.ints, [0, 0, 1, 2, 3])
    x[[0, 1]] = x[[1, 4]]
    XCTAssertEqual(x.ints, [0, 3, 1, 2, 3])
    let m = Tensor.arange(4).view(2, 2)
    m.copy(from: m.t())
    XCTAssertEqual(m.ints, [0, 2, 1, 3])
  }

  /// Gradients flow through what was written, and not through what was overwritten.
  func testGradients() throws {
    let programs: [(String, ([Tensor]) -> Tensor)] = [
      (
        "rows of zeros",
        { inputs in
          let out = self.zeros(2, 3)
          for i in 0..<2 { out[i] = inputs[0][i] * Double(i + 2) }
          return out
        }
      ),
      (
        "rows through views",
        { inputs in
          let out = self.zeros(2, 3)
          for (row, source) in zip(out, inputs[0]) { row.copy(from: source.square()) }
          return out * out
        }
      ),
      (
        "a part, twice",
        { inputs in
          let out = inputs[0] * 2
          out[0, 1...] = inputs[0][1, ..<2]
          out[.all, 1] = inputs[0][.all, 0] * 3
          return out * inputs[0]
        }
      ),
      (
        "a mask",
        { inputs in
          let out = inputs[0] * 2
          out[inputs[0].detach() .> 0.9] = inputs[0].sum()
          return out
        }
      ),
      (
        "places",
        { inputs in
          let out = inputs[0] * 2
          out[[1, 0], [0, 2]] = inputs[0][0, ..<2]
          out[0, 0] = 4
          return out
        }
      ),
      (
        "verbs",
        { inputs in
          let out = inputs[0].sin()
          out.add(1).multiply(by: inputs[0]).subtract(inputs[0][0], scale: 2).divide(by: 3)
          return out.clampInPlace(max: 1.5)
        }
      ),
      (
        "verbs on a view",
        { inputs in
          let out = inputs[0] * 3
          out[0].multiply(by: inputs[0][1]).add(1)
          out.t()[1].multiply(by: 2)
          return out
        }
      ),
      (
        "a view made before",
        { inputs in
          let out = self.zeros(2, 3)
          let (row, column) = (out[1], out.t()[2])
          out[1] = inputs[0][0] * 2
          column.multiply(by: inputs[0][.all, 0])
          return cat([row * 3, column, out.view(-1)])
        }
      ),
      (
        "overwritten whole",
        { inputs in
          let out = inputs[0] * 2
          let view = out[0]
          out.copy(from: inputs[0][1] * 5)
          return out * view
        }
      ),
      (
        "filled",
        { inputs in
          let out = inputs[0] * 2
          out[1].fill(3)
          return out
        }
      ),
      (
        "written at places",
        { inputs in
          let out = inputs[0] * 2
          return out.write(at: Tensor([[2, 0], [1, 0]]), along: 1, inputs[0][.all, 1...] * 7)
        }
      ),
      (
        "a base with gaps",
        { inputs in
          let out = Tensor.zeros(3, 4, dtype: .float64).detach()[.every(2), 1...]
          out[1] = inputs[0][0]
          out[.all, 0] = inputs[0][.all, 2] * 2
          return out * out
        }
      ),
    ]
    for (name, program) in programs {
      do { _ = try attempt { gradCheck(program, [leaf([2, 3])], atol: 1e-7, rtol: 1e-7) } } catch {
        XCTFail("\(name): \(error)")
      }
    }
  }

  func testNames() {
    let h = leaf([3]) * 2
    let out = zeros(2, 3)
    let row = out[0]
    out[0] = h
    XCTAssertEqual(out.node?.name, "CopySlices")
    XCTAssertEqual(row.node?.name, "AsStridedBackward0")
    XCTAssertTrue(row.requiresGrad)
    out.add(1)
    XCTAssertEqual(out.node?.name, "AddBackward0")
    let a = zeros(3)
    a.copy(from: h)
    XCTAssertEqual(a.node?.name, "CopyBackwards")
    a.fill(1)
    XCTAssertEqual(a.node?.name, "FillBackward2")
    a[[0, 1]] = h[..<2]
    XCTAssertEqual(a.node?.name, "IndexPutBackward0")
    a.zero()
    XCTAssertEqual(a.node?.name, "ZeroBackward0")
  }

  /// A rule that saved what was changed since says which one it is, and reaches no leaf.
  func testChangedAfterSaving() {
    let x = leaf([3])
    let y = x * 2
    let z = (y * y).sum()
    y.add(1)
    XCTAssertThrowsError(try attempt { z.backward() }) {
      XCTAssertEqual(
        "\($0)",
        "backward: MulBackward0 needs a tensor of shape [3] that was changed in place once after it "
          + "was saved; change a clone() of it, or assign a new tensor instead")
    }
    XCTAssertNil(x.grad)
    // What was not saved may change; so may a result that the rule keeps a copy of.
    let sum = y + x
    y.fill(0)
    sum.sum().backward()
    XCTAssertNotNil(x.grad)
    let carried = x * 2
    let exponential = carried.exp()
    withNoGrad { _ = carried.zero() }
    exponential.sum().backward()  // exp keeps its result
  }

  func testRefused() {
    let x = Tensor([1.0, 2], requiresGrad: true)
    let untracked = withNoGrad { (x * 1)[0] }
    let cases: [(String, () -> Void)] = [
      (
        "add: this tensor is a leaf that requires a gradient; change it inside withNoGrad { }",
        { _ = x.add(1) }
      ),
      (
        "subscript: this tensor is a leaf that requires a gradient; change it inside withNoGrad { }",
        { x[0] = 1 }
      ),
      (
        "fill: this tensor is a view of a leaf that requires a gradient; change it inside "
          + "withNoGrad { }", { _ = x[0].fill(1) }
      ),
      (
        "copy: this view was made inside withNoGrad { }, so the change cannot be recorded; make the "
          + "view outside, or write to it inside as well", { _ = untracked.copy(from: x[1]) }
      ),
      (
        "multiply: several elements share one place in memory (expand); write to a clone()",
        { _ = Tensor([1.0]).expand(3).multiply(by: 2.0) }
      ),
      (
        "subscript: expected a value that broadcasts to shape [2], got [3]",
        { Tensor.zeros(2, 2)[0] = Tensor([1.0, 2, 3]) }
      ),
      (
        "add: the result is float32, which does not fit into a tensor of int64",
        { _ = Tensor([1, 2]).add(0.5) }
      ),
      (
        "add: the result has shape [2, 2], which does not fit into [2]",
        { _ = Tensor([1.0, 2]).add(Tensor.zeros(2, 2)) }
      ),
      ("subscript: index 5 is out of bounds for dimension 0 of size 2", { Tensor([1, 2])[5] = 1 }),
    ]
    for (words, body) in cases {
      XCTAssertThrowsError(try attempt(body), words) { XCTAssertEqual("\($0)", words) }
    }
    withNoGrad {
      x[0] = 5
      x.add(1)
    }
    XCTAssertEqual(x.doubles, [6, 3])
    XCTAssertTrue(x.isLeaf && x.requiresGrad)
  }

  /// A state that is rewritten for ever keeps no history alive once it is detached.
  func testLongHistories() {
    let w = Tensor([0.5], requiresGrad: true)
    let state = Tensor.zeros(3)
    for _ in 0..<50_000 { state[1] = w * 2 }
    state.sum().backward()
    XCTAssertEqual(w.grad?.doubles, [2])
  }
}
