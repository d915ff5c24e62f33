import Foundation
import XCTest

@testable import Tensors

/// The vector functions against the C library in double.
final class VectorMathTests: XCTestCase {
  func testAccuracyAndLimits() {
    var inputs = stride(from: -95.0, through: 95, by: 0.0137).map { Float($0) }
    inputs += stride(from: -1.0, through: 1, by: 0.00031).map { Float($0) }
    let x = Tensor(inputs)
    for (input, (t, s)) in zip(inputs, zip(x.tanh().doubles, x.sigmoid().doubles)) {
      let exact = tanh(Double(input))
      XCTAssertEqual(t, exact, accuracy: 3e-7 * max(abs(exact), 1e-30), "tanh(\(input))")
      let logistic = 1 / (1 + exp(-Double(input)))
      if input > -87 {
        XCTAssertEqual(s, logistic, accuracy: 5e-7 * logistic, "sigmoid(\(input))")
      } else {
        XCTAssertEqual(s, 0, accuracy: 1e-37)
      }
    }
    let special = Tensor([Float.nan, .infinity, -.infinity, 0, -0.0])
    XCTAssertEqual(special.tanh().description, "tensor([nan,  1., -1.,  0., -0.])")
    XCTAssertTrue(special.sigmoid().doubles[0].isNaN)
    XCTAssertEqual(special.sigmoid().doubles[1], 1)
    XCTAssertEqual(special.sigmoid().doubles[2], 0, accuracy: 1e-37)
  }

  func testResultsDoNotDependOnThePlace() {
    let x = Tensor.rand(37) * 8 - 4
    let whole = x.tanh().floats
    for start in 0..<30 { XCTAssertEqual(x[start...].tanh().floats, Array(whole[start...])) }
  }
}
