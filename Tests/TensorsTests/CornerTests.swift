import XCTest

@testable import Tensors

/// The smallest cases in which operations once differed from PyTorch.
final class CornerTests: XCTestCase {
  private func leaf(_ values: [Double]) -> Tensor { Tensor(values, requiresGrad: true) }

  private func gradient(_ values: [Double], _ body: (Tensor) -> Tensor) -> [Double] {
    let x = leaf(values)
    body(x).sum().backward()
    return x.grad?.doubles ?? []
  }

  private func words(_ body: () -> Void) -> String {
    do { try attempt(body) } catch { return "\(error)" }
    return "no error"
  }

  /// The places an extreme was found at are handed out; changed, they must not lead a gradient astray.
  func testChangedPlaces() {
    let x = leaf([3, 1, 2])
    let (values, indices) = x.max(dim: 0)
    indices.subtract(1_000_000)
    XCTAssertEqual(
      words { values.backward() },
      "backward: MaxBackward0 needs a tensor of shape [] that was changed in place once after it "
        + "was saved; change a clone() of it, or assign a new tensor instead")
    XCTAssertNil(x.grad)
  }

  /// A part of an operation fails inside it: the mark of the failure must not get a history, because
  /// it is the same tensor everywhere.
  func testFailedParts() {
    let x = leaf([1, 2])
    let y = x[0...]
    XCTAssertNotEqual(words { _ = y.lerp(Tensor([1.0, 2, 3]), weight: 0.5) }, "no error")
    XCTAssertNotEqual(words { _ = y.cosineSimilarity(Tensor([true, true]), dim: 0) }, "no error")
    XCTAssertNil(Tensor.failed.node)
    XCTAssertFalse(Tensor.failed.requiresGrad)
  }

  func testMasksWithoutDimensions() {
    let x = Tensor(1.5, requiresGrad: true)
    XCTAssertEqual(x.maskedSelect(Tensor(false)).shape, [0])
    let picked = x.maskedSelect(Tensor(true))
    XCTAssertEqual(picked.doubles, [1.5])
    picked.sum().backward()
    XCTAssertEqual(x.grad?.doubles, [1])
  }

  func testJoiningDTypes() {
    let x = leaf([1, 2])
    let both = cat([Tensor([true]), Tensor([3]), x])
    XCTAssertEqual(both.dtype, .float32)
    XCTAssertEqual(both.doubles, [1, 3, 1, 2])
    stack([x, x.detach().double()]).sum().backward()
    XCTAssertEqual(x.grad?.dtype, .float32)
    XCTAssertEqual(cat([.zeros(0), .ones(2, 3)], dim: 1).shape, [2, 3])
    XCTAssertEqual(cat([.zeros(0), .zeros(0)]).shape, [0])
    XCTAssertEqual(words { _ = cat([.zeros(2, 3), .zeros(0), .zeros(3, 2)]) }.prefix(4), "cat:")
  }

  func testTruthValues() {
    let (a, b) = (Tensor([true, true, false]), Tensor([true, false, false]))
    XCTAssertEqual((a + b).dtype, .bool)
    XCTAssertEqual((a + b).bools, [true, true, false])
    XCTAssertEqual((a * b).bools, [true, false, false])
    XCTAssertEqual(a.maximum(b).dtype, .bool)
    XCTAssertEqual(a.diff().bools, [false, true])
    XCTAssertEqual((a + 1).ints, [2, 2, 1])
    XCTAssertEqual(
      words { _ = a - b }, "-: two bool tensors have no difference; use .^, or long() first")
  }

  func testIntegers() {
    XCTAssertEqual(
      Tensor([[1, 2], [3, 4]]).matmul(Tensor([[0, 1], [1, 0]])).intRows, [[2, 1], [4, 3]])
    XCTAssertEqual(Tensor([[1, 2], [3, 4]]).t().matmul(Tensor([1, 10])).ints, [31, 42])
    XCTAssertEqual(pow(2, Tensor([0, 3, -1])).ints, [1, 8, 0])
    XCTAssertEqual(Tensor([5, 6]).add(Tensor([1, 2]), scale: -1).ints, [4, 4])
    XCTAssertEqual(Tensor([true, false]).clamp(min: 0).ints, [1, 0])
    XCTAssertEqual(
      words { _ = Tensor([2]).pow(-1) },
      "pow: expected an exponent of 0 or more for integers, got -1; use float()")
    let word = "an int64 tensor cannot hold -inf; use float() first"
    let x = Tensor([1, 2])
    XCTAssertEqual(words { _ = x.maskedFill(x .> 1, -.infinity) }, "maskedFill: \(word)")
    XCTAssertEqual(words { x[0...] = -.infinity }, "subscript: \(word)")
    XCTAssertEqual(words { x.fill(-.infinity) }, "fill: \(word)")
  }

  /// What does not change its operand still gives memory of its own.
  func testCopies() {
    let x = Tensor([1, 2])
    for copy in [x.repeated(1), x.repeated(1, 1), x.tile(1), x.trunc(), x.nanToNumber()] {
      copy.zero()
      XCTAssertEqual(x.ints, [1, 2])
    }
  }

  func testGradientsAtEdges() {
    XCTAssertEqual(gradient([0, 0.5, 1, 2]) { $0.clamp(min: 0, max: 1) }, [0, 1, 0, 0])
    XCTAssertEqual(gradient([-3, 1, 5]) { $0.clamp(max: 1) * .infinity }, [.infinity, 0, 0])
    XCTAssertEqual(gradient([0, 2]) { $0.pow(0) }, [0, 0])
    XCTAssertEqual(gradient([0]) { $0.atan2(Tensor([0.0])) }, [0])
    XCTAssertEqual(gradient([.nan]) { $0.maximum(Tensor([1.0])) }, [1])
    XCTAssertEqual(gradient([1, 3]) { $0.maximum(Tensor([2.0, 2])) * .infinity }, [0, .infinity])
    XCTAssertTrue(gradient([2]) { $0.logit() }[0].isNaN)
    XCTAssertEqual(gradient([1, 2]) { pow(0, $0 - 1) }, [0, 0])
    let x = leaf([1])
    let y = x.logAddExp(x)
    y[0] = Tensor(0.0)  // the rule needs the operands, not the result
    (y + x.logAddExp(Tensor([-Double.infinity]))).sum().backward()
    XCTAssertEqual(x.grad?.doubles, [1])
  }

  /// A vector's transpose is a view of it, and a step of its own.
  func testViewsOfVectors() {
    let x = leaf([1, 2])
    XCTAssertEqual("\(x.t())", "tensor([1., 2.], grad_fn=<TBackward0>)")
    XCTAssertTrue(x.flatten() === x)
    XCTAssertEqual(Tensor.zeros(2, 0).chunk(3, dim: 1).map(\.shape), [[2, 0], [2, 0], [2, 0]])
    XCTAssertEqual(words { _ = Tensor(1.0).topk(0) }.prefix(5), "topk:")
  }

  /// A subscript that gives a number must not win where a tensor is meant.
  func testAnElementTimesANumberIsATensor() {
    let (x, n) = (Tensor([1.0, 2.0]), 3.0)
    XCTAssertEqual((x[1] * n).doubles, [6])
    XCTAssertEqual((n + x[0]).shape, [])
  }
}
