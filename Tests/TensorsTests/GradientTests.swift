import XCTest

@testable import Tensors

/// Every gradient rule against finite differences in float64, over small shapes and layouts.
final class GradientTests: XCTestCase {
  private func check(
    _ what: String, _ shapes: [[Int]], file: StaticString = #filePath, line: UInt = #line,
    _ f: ([Tensor]) -> Tensor
  ) throws {
    manualSeed(7)
    let inputs = shapes.map {
      Tensor.uniform($0, low: 0.2, high: 1.7, dtype: .float64, requiresGrad: true)
    }
    let result = f(inputs)
    let weights = Tensor.uniform(result.shape, low: -1, high: 1, dtype: .float64)
    (result * weights).sum().backward()
    let step = 1e-6
    for (n, input) in inputs.enumerated() {
      let elements: UnsafeMutablePointer<Double> = input.pointer()
      let gradient = try XCTUnwrap(input.grad, "\(what): no gradient", file: file, line: line)
      for i in 0..<input.count {
        let kept = elements[i]
        elements[i] = kept + step
        let above = withNoGrad { (f(inputs) * weights).sum() }.item()
        elements[i] = kept - step
        let below = withNoGrad { (f(inputs) * weights).sum() }.item()
        elements[i] = kept
        XCTAssertEqual(
          gradient.doubles[i], (above - below) / (2 * step), accuracy: 1e-7,
          "\(what): input \(n), element \(i)", file: file, line: line)
      }
    }
  }

  func testElementwise() throws {
    for (a, b) in [
      ([2, 3], [2, 3]), ([2, 3], [3]), ([2, 1], [1, 3]), ([], [2, 2]), ([2, 2, 3], [2, 1, 1]),
    ] {
      try check("+", [a, b]) { $0[0] + $0[1] }
      try check("-", [a, b]) { $0[0] - $0[1] }
      try check("*", [a, b]) { $0[0] * $0[1] }
      try check("/", [a, b]) { $0[0] / $0[1] }
      try check("maximum", [a, b]) { $0[0].maximum($0[1]) }
      try check("minimum", [a, b]) { $0[0].minimum($0[1]) }
    }
    try check("numbers", [[2, 3]]) { 2.5 - 3 * $0[0] / 1.7 + 4 / $0[0] - 1 }
    try check("negation", [[3]]) { -$0[0] }
    try check("pow", [[3]]) { $0[0].pow(2.5) + $0[0].pow(2) + $0[0].pow(-1) }
  }

  func testFunctions() throws {
    let functions: [(String, (Tensor) -> Tensor)] = [
      ("exp", { $0.exp() }), ("log", { $0.log() }), ("tanh", { $0.tanh() }),
      ("sigmoid", { $0.sigmoid() }), ("relu", { ($0 - 0.9).relu() }), ("abs", { ($0 - 0.9).abs() }),
      ("sqrt", { $0.sqrt() }), ("square", { $0.square() }), ("sin", { $0.sin() }),
      ("cos", { $0.cos() }), ("softmax", { $0.softmax(dim: 0) }),
      ("logSoftmax", { $0.logSoftmax(dim: -1) }), ("clone", { $0.clone() }),
      ("contiguous", { $0.t().contiguous() }), ("float", { $0.double() }),
    ]
    for (name, f) in functions {
      try check(name, [[2, 3]]) { f($0[0]) }
      try check("\(name) of a transpose", [[3, 2]]) { f($0[0].t()) }
    }
  }

  func testReductions() throws {
    try check("sum", [[2, 3]]) { $0[0].sum() }
    try check("mean", [[2, 3]]) { $0[0].t().mean() }
    try check("max", [[2, 3]]) { $0[0].max() + $0[0].min() }
    for dim in 0..<3 {
      for keep in [false, true] {
        try check("sum \(dim)", [[2, 3, 2]]) { $0[0].sum(dim: dim, keepDim: keep) }
        try check("mean \(dim)", [[2, 3, 2]]) { $0[0].mean(dim: dim, keepDim: keep) }
        try check("max \(dim)", [[2, 3, 2]]) { $0[0].max(dim: dim, keepDim: keep).values }
        try check("min \(dim)", [[2, 3, 2]]) { $0[0].min(dim: dim, keepDim: keep).values }
      }
    }
  }

  func testProducts() throws {
    for (a, b) in [
      ([2, 3], [3, 4]), ([3], [3]), ([3], [3, 2]), ([2, 3], [3]), ([2, 2, 3], [3, 2]),
      ([2, 2, 3], [2, 3, 2]), ([2, 3], [2, 3, 2]), ([2, 1, 2, 3], [3, 3, 1]),
    ] {
      try check("matmul \(a) \(b)", [a, b]) { $0[0].matmul($0[1]) }
    }
    try check("transposed", [[3, 2], [4, 3]]) { $0[0].t().matmul($0[1].t()) }
    try check("itself", [[2, 3]]) { $0[0].matmul($0[0].t()) }
    try check("slices", [[3, 4], [4, 5]]) {
      $0[0][.all, 1..<3].matmul($0[1][0..<2, 2...])
    }
  }

  func testViews() throws {
    let views: [(String, (Tensor) -> Tensor)] = [
      ("view", { $0.view(3, -1) }), ("reshape", { $0.transpose(0, 2).reshape(6, 2) }),
      ("squeeze", { $0.unsqueeze(1).squeeze() }), ("permute", { $0.permute(2, 0, 1) }),
      ("select", { $0[1] }), ("last", { $0[.all, -1] }), ("part", { $0[0, 1..<3, .all] }),
      ("part of a view", { $0.transpose(0, 1)[1..., 0] }), ("narrow", { $0.narrow(1, 1, 2) }),
      ("chunk", { $0.chunk(2, dim: 1)[1] * 2 }), ("split", { $0.split([1, 2], dim: 1)[1] }),
      ("expand", { $0.unsqueeze(0).expand(2, -1, -1, 2) }),
      ("indexSelect", { $0.indexSelect(1, Tensor([2, 0, 2])) }),
      ("rows", { $0.reduce(Tensor.zeros(3, 2, dtype: .float64)) { $0 + $1 * $1 } }),
    ]
    for (name, f) in views { try check(name, [[2, 3, 2]]) { f($0[0]) } }
    try check("cat", [[2, 3], [1, 3]]) { cat([$0[0], $0[1], $0[0]]) }
    try check("cat columns", [[2, 3], [2, 1]]) { cat([$0[0], $0[1]], dim: 1) }
    try check("stack", [[2, 3], [2, 3]]) { stack([$0[0], $0[1]], dim: 1) }
  }

  /// A value used several times, by operations of different ages, gets all its gradients.
  func testSharedValues() throws {
    try check("diamond", [[2, 2]]) { inputs in
      let a = inputs[0].tanh()
      let b = a * inputs[0]
      return a.matmul(b) + b * a - a
    }
  }
}
