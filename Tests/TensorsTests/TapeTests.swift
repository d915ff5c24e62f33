import XCTest

@testable import Tensors

final class TapeTests: XCTestCase {
  func testSecondBackwardIsAnError() throws {
    let x = Tensor([1.0, 2.0], requiresGrad: true)
    let y = (x * x).sum()
    y.backward()
    XCTAssertThrowsError(try attempt { y.backward() }) {
      XCTAssertTrue("\($0)".hasPrefix("backward: the graph behind SumBackward0 was already used"))
    }
    XCTAssertEqual(x.grad?.doubles, [2, 4])
  }

  func testCarriedStateNeedsDetach() throws {
    let w = Tensor([2.0], requiresGrad: true)
    var state = Tensor([1.0])
    state = state * w
    state.sum().backward()
    XCTAssertThrowsError(try attempt { (state * w).sum().backward() })
    state = state.detach()
    w.grad = nil
    (state * w).sum().backward()
    XCTAssertEqual(w.grad?.doubles, [2])
  }

  func testGradientsAddUp() {
    let x = Tensor([3.0], requiresGrad: true)
    for _ in 0..<3 { (x * 2).sum().backward() }
    XCTAssertEqual(x.grad?.doubles, [6])
    XCTAssertNil(x.detach().grad)
  }

  func testLeavesDoNotShareMemory() throws {
    let (a, b) = (Tensor([1.0], requiresGrad: true), Tensor([1.0], requiresGrad: true))
    (a + b).sum().backward()
    try XCTUnwrap(a.grad).pointer(Float.self)[0] = 5
    XCTAssertEqual(b.grad?.doubles, [1])
  }

  func testNoGrad() {
    let x = Tensor([1.0], requiresGrad: true)
    withNoGrad { XCTAssertFalse((x * 2).requiresGrad) }
    XCTAssertTrue((x * 2).requiresGrad)
  }

  /// A graph of a quarter million operations is walked and freed without recursion.
  func testLongChains() {
    let x = Tensor([1.0], requiresGrad: true)
    var y = x
    for _ in 0..<250_000 { y = y + 1 }
    y.sum().backward()
    XCTAssertEqual(x.grad?.doubles, [1])
    y = x
    for _ in 0..<250_000 { y = y * x }
    y = x  // never walked: freed here
    XCTAssertTrue(y === x)
  }

  func testMisuse() {
    let whole = Tensor([1, 2])
    let free = Tensor([1.0])
    for (body, words) in [
      ({ free.backward() }, "does not depend on any tensor"),
      ({ (Tensor([1.0, 2.0], requiresGrad: true) * 2).backward() }, "one element"),
      ({ whole.requiresGrad = true }, "floating-point"),
    ] as [(() -> Void, String)] {
      XCTAssertThrowsError(try attempt(body)) {
        XCTAssertTrue("\($0)".contains(words), "\($0)")
      }
    }
  }
}

extension TapeTests {
  func testAnomalies() throws {
    let x = Tensor([0.0, 4], requiresGrad: true)
    let cases: [(String, () -> Tensor)] = [
      ("SqrtBackward0 made a gradient of shape [2] with inf", { x.sqrt().sum() }),
      (
        "LogBackward0 made a gradient of shape [2] with nan",
        { Tensor.which(x .> 1, x.log(), x).sum() }
      ),
      ("the tensor it starts from holds nan", { (x / x).sum() }),
    ]
    for (words, loss) in cases {
      XCTAssertThrowsError(try attempt { withAnomalyDetection { loss().backward() } }) {
        XCTAssertEqual("\($0)", "backward: " + words)
      }
    }
    try attempt { withAnomalyDetection { (x * x).sum().backward() } }
    x.grad = nil
    try attempt { x.sqrt().sum().backward() }  // outside, an infinity is a number like any other
    XCTAssertEqual(x.grad?.doubles, [.infinity, 0.25])
  }
}
