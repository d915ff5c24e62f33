import XCTest

@testable import NN
@testable import Tensors

/// Gradients limited by their norm and element by element.
final class ClippingGoldenTests: XCTestCase {
  private let cases: [String: ([Parameter]) -> Tensor?] = [
    "clip_grad_norm_(p, 1.0)": { clipGradNorm($0, maxNorm: 1) },
    "clip_grad_norm_(p, 5.0)": { clipGradNorm($0, maxNorm: 5) },
    "clip_grad_norm_(p, 1000.0)": { clipGradNorm($0, maxNorm: 1000) },
    "clip_grad_norm_(p, 2.0, norm_type=1)": { clipGradNorm($0, maxNorm: 2, normType: 1) },
    "clip_grad_norm_(p, 0.25, norm_type=float('inf'))": {
      clipGradNorm($0, maxNorm: 0.25, normType: .infinity)
    },
    "clip_grad_value_(p, 1.0)": {
      clipGradValue($0, clipValue: 1)
      return nil
    },
    "clip_grad_value_(p, 5.0)": {
      clipGradValue($0, clipValue: 5)
      return nil
    },
  ]

  func testCases() throws {
    let golden = try Golden("clip")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: cases.keys, notYet: [:])
    let before = try XCTUnwrap(golden.root["grads_before"] as? [Any])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      let parameters = try before.map { gradient in
        let value = try recordedTensor(gradient)
        let parameter = Parameter(value.zerosLike())
        parameter.grad = value
        return parameter
      }
      // One without a gradient does not count.
      let returned = try XCTUnwrap(cases[code])(parameters + [Parameter(.ones(3))])
      if record["returned"] is [String: Any] {
        try assertClose(returned, record["returned"], atol: 1e-6, rtol: 1e-5, code)
      }
      for (parameter, after) in zip(parameters, record["grads_after"] as? [Any] ?? []) {
        try assertClose(parameter.grad, after, atol: 1e-6, rtol: 1e-5, code)
      }
    }
  }

  private func parameter(_ values: [Double]) -> Parameter {
    let parameter = Parameter(Tensor.zeros(values.count))
    parameter.grad = Tensor(values)
    return parameter
  }

  /// Norms of other orders against their definition, over lengths around the width of a register.
  func testOrdersAndLengths() {
    for count in 1...19 {
      let values = (0..<count).map { Double($0 * 7 % 5) - 1.75 }
      for order in [0.0, 0.5, 1, 2, 3, .infinity, -.infinity] {
        let sizes = values.map { abs($0) }
        let expected =
          order == 0
          ? Double(count)
          : order == .infinity
            ? sizes.max() ?? 0
            : order == -.infinity
              ? sizes.min() ?? 0
              : Double.pow(sizes.reduce(0) { $0 + Double.pow($1, order) }, 1 / order)
        let norm = clipGradNorm([parameter(values)], maxNorm: 1e9, normType: order).item()
        XCTAssertEqual(norm, expected, accuracy: 1e-5 * expected, "order \(order), \(count)")
      }
    }
  }

  func testOddGradients() throws {
    XCTAssertEqual(clipGradNorm([], maxNorm: 1).item(), 0)
    let p = parameter([3, .infinity])
    XCTAssertThrowsError(
      try attempt { clipGradNorm([p], maxNorm: 1, errorIfNonfinite: true) }
    ) { XCTAssertEqual("\($0)", "clipGradNorm: the norm of order 2.0 of the gradients is inf") }
    XCTAssertEqual(p.grad?.doubles, [3, .infinity])
    clipGradValue([p], clipValue: 2)
    XCTAssertEqual(p.grad?.doubles, [2, 2])
    // A gradient that is a view.
    let square = Parameter(.zeros(2, 2))
    square.grad = Tensor([[1.0, 2.0], [3.0, 4.0]]).t()
    clipGradValue([square], clipValue: 2.5)
    XCTAssertEqual(square.grad?.doubles, [1, 2.5, 2, 2.5])
  }
}
