import CKernels
import Foundation
import XCTest

/// exp, log, tanh and sigmoid over the whole range of float32, against the C library in double.
final class MathKernelTests: XCTestCase {
  private typealias Kernel = (UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void

  private let functions: [(name: String, kernel: Kernel, exact: (Double) -> Double, ulps: Double)] =
    [
      ("exp", ck_exp, { Foundation.exp($0) }, 1.5), ("log", ck_log, { Foundation.log($0) }, 1.5),
      ("tanh", ck_tanh, { Foundation.tanh($0) }, 2),
      ("sigmoid", ck_sigmoid, { 1 / (1 + Foundation.exp(-$0)) }, 3),
    ]

  /// Every sign and exponent with mantissas spread evenly, and what is special.
  private let inputs: [Float] = {
    var patterns = stride(from: UInt32(0), to: .max - 65_521, by: 65_521).map { $0 }
    for edge in [87.33, 87.34, 88, 88.37, 88.38, 88.72, 88.73, 103.9, 104.1, 0.625, 9.01] as [Float]
    {
      for step in 0..<20 { patterns.append(edge.bitPattern &+ UInt32(step) &- 10) }
    }
    let numbers = patterns.flatMap { [Float(bitPattern: $0), -Float(bitPattern: $0)] }
    return numbers + [.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude]
      + [.leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude]
  }()

  func testWholeRange() {
    forEachInstructionSet { isa in
      for (name, kernel, exact, ulps) in functions {
        var results = inputs
        results.withUnsafeMutableBufferPointer { kernel($0.baseAddress, $0.baseAddress, $0.count) }
        for (x, y) in Swift.zip(inputs, results) {
          let expected = exact(Double(x))
          let isClose =
            expected.isNaN
            ? y.isNaN
            : Float(expected) == y && (Float(expected).sign == y.sign)
              || abs(Double(y) - expected) <= ulps * Double(unit(expected))
              // As PyTorch's: e^-x is infinite before the result is too small.
              || name == "sigmoid" && x < -88.72 && y == 0
          if !isClose { return XCTFail("\(isa) \(name)(\(x)) is \(y), exact \(expected)") }
        }
      }
    }
  }

  /// The distance of float32 numbers around `x`.
  private func unit(_ x: Double) -> Float {
    let nearest = Float(x).magnitude
    return nearest.isInfinite ? 0 : max(nearest.ulp, .leastNonzeroMagnitude)
  }

  /// A result must not depend on where in a vector an element stands, nor the memory behind the row.
  func testEveryLength() {
    var random = FixedRandom(state: 1)
    let x = random.floats(70).map { 8 * $0 }
    forEachInstructionSet { isa in
      for (name, kernel, _, _) in functions {
        var alone = x
        for i in x.indices {
          alone.withUnsafeMutableBufferPointer {
            kernel($0.baseAddress! + i, $0.baseAddress! + i, 1)
          }
        }
        for count in x.indices {
          var y = Array(repeating: Float(7), count: x.count)
          kernel(x, &y, count)
          for i in x.indices {
            let expected = i < count ? alone[i] : 7
            XCTAssertEqual(y[i].bitPattern, expected.bitPattern, "\(isa) \(name), \(i) of \(count)")
          }
        }
      }
    }
  }
}
