import XCTest

@testable import NN
@testable import Tensors

/// Compares the gradients of `f` with finite differences in float64, for every element of `inputs`.
func checkGradients(
  _ what: String, _ inputs: [Tensor], file: StaticString = #filePath, line: UInt = #line,
  _ f: ([Tensor]) throws -> Tensor
) throws {
  for input in inputs {
    input.requiresGrad = true
    input.grad = nil
  }
  let result = try f(inputs)
  let weights = Tensor.uniform(result.shape, low: -1, high: 1, dtype: .float64)
  (result * weights).sum().backward()
  let step = 1e-6
  for (n, input) in inputs.enumerated() {
    let elements: UnsafeMutablePointer<Double> = input.pointer()
    let gradient = try XCTUnwrap(input.grad, "\(what): no gradient", file: file, line: line)
    XCTAssertEqual(gradient.shape, input.shape, "\(what): input \(n)", file: file, line: line)
    XCTAssertEqual(gradient.dtype, .float64, "\(what): input \(n)", file: file, line: line)
    let slopes = gradient.doubles
    for i in 0..<input.count {
      let kept = elements[i]
      elements[i] = kept + step
      let above = try withNoGrad { try (f(inputs) * weights).sum() }.item()
      elements[i] = kept - step
      let below = try withNoGrad { try (f(inputs) * weights).sum() }.item()
      elements[i] = kept
      XCTAssertEqual(
        slopes[i], (above - below) / (2 * step), accuracy: 1e-7,
        "\(what): input \(n), element \(i)", file: file, line: line)
    }
  }
}

/// Uniform float64 numbers, from 0.1 to 0.9 unless told otherwise.
func uniform(_ shape: [Int], _ low: Double = 0.1, _ high: Double = 0.9) -> Tensor {
  .uniform(shape, low: low, high: high, dtype: .float64)
}
