import XCTest

@testable import NN
@testable import Tensors

/// The gradient rules of losses against finite differences, for input and target, over shapes,
/// settings, reductions and strides.
final class LossGradientTests: XCTestCase {
  private let reductions: [LossReduction] = [.mean, .sum, .none]

  override func setUp() { manualSeed(4) }

  private func checkPair(_ what: String, _ loss: (Tensor, Tensor) -> Tensor) throws {
    try checkGradients(what, [uniform([2, 3]), uniform([2, 3])]) { loss($0[0], $0[1]) }
    try checkGradients("\(what) of views", [uniform([3, 2]), uniform([2, 2, 3])]) {
      loss($0[0].t(), $0[1][.all, 1])
    }
    try checkGradients("\(what) of itself", [uniform([4])]) { loss($0[0] * 0.9, $0[0]) }
  }

  func testPairs() throws {
    let (weight, rowWeight) = (uniform([3]), uniform([2, 1]))
    for reduction in reductions {
      try checkPair("mse") { mseLoss($0, $1, reduction: reduction) }
      try checkPair("l1") { l1Loss($0, $1, reduction: reduction) }
      try checkPair("smooth l1") { smoothL1Loss($0, $1, reduction: reduction, beta: 0.3) }
      try checkPair("smooth l1, 0") { smoothL1Loss($0, $1, reduction: reduction, beta: 0) }
      try checkPair("huber") { huberLoss($0, $1, reduction: reduction, delta: 0.3) }
      try checkPair("bce") { binaryCrossEntropy($0, $1, reduction: reduction) }
      try checkPair("logits") { binaryCrossEntropyWithLogits($0 * 5, $1, reduction: reduction) }
      try checkGradients("weighted bce", [uniform([2, 3]), uniform([2, 3])]) {
        binaryCrossEntropy($0[0], $0[1], weight: weight, reduction: reduction)
      }
      try checkGradients("weighted logits", [uniform([2, 3], -3, 3), uniform([2, 3])]) {
        binaryCrossEntropyWithLogits(
          $0[0], $0[1], weight: rowWeight, posWeight: weight * 4, reduction: reduction)
      }
    }
    for reduction in [DivergenceReduction.batchMean, .mean, .sum, .none] {
      try checkPair("kl") { klDiv($0, $1, reduction: reduction) }
      try checkPair("kl of logarithms") { klDiv($0, $1, reduction: reduction, logTarget: true) }
    }
  }

  func testClasses() throws {
    let cases: [([Int], Tensor)] = [
      ([4, 3], Tensor([2, 0, 1, 2])), ([3], Tensor(1)), ([2, 3, 2], Tensor([[0, 1], [2, 2]])),
      ([1, 3, 2, 2], Tensor([[[0, 1], [2, 2]]])),
    ]
    for (shape, target) in cases {
      for reduction in reductions {
        for weight in [nil, uniform([3])] {
          for ignored in [-100, 0] {
            for smoothing in [0, 0.2] {
              try checkGradients("\(shape) \(reduction) \(smoothing)", [uniform(shape, -2, 2)]) {
                crossEntropy(
                  $0[0], target, weight: weight, ignoreIndex: ignored, reduction: reduction,
                  labelSmoothing: smoothing)
              }
            }
            try checkGradients("nll \(shape) \(reduction)", [uniform(shape)]) {
              nllLoss(
                $0[0], target, weight: weight, ignoreIndex: ignored, reduction: reduction)
            }
          }
        }
      }
    }
    try checkGradients("scores of a transpose", [uniform([3, 4])]) {
      crossEntropy($0[0].t(), Tensor([[2, 0], [0, 1], [1, 0], [2, 2]])[.all, 0])
    }
  }

  func testProbabilities() throws {
    for shape in [[3, 4], [4], [2, 4, 3]] {
      for reduction in reductions {
        for weight in [nil, uniform([4])] {
          for smoothing in [0, 0.2] {
            try checkGradients(
              "\(shape) \(reduction) \(smoothing)", [uniform(shape, -2, 2), uniform(shape)]
            ) {
              crossEntropy(
                $0[0], $0[1], weight: weight, reduction: reduction, labelSmoothing: smoothing)
            }
          }
        }
      }
    }
    try checkGradients("views", [uniform([4, 3]), uniform([3, 8])]) {
      crossEntropy($0[0].t(), $0[1][.all, 2..<6])
    }
  }

  /// Large and extreme values lose nothing.
  func testExtremes() {
    XCTAssertEqual(BCELoss()(Tensor([0.0, 1.0]), Tensor([1.0, 0.5])).item(), 75)
    XCTAssertEqual(
      BCEWithLogitsLoss()(Tensor([-1000.0, 1000.0]), Tensor([1.0, 1.0])).item(), 500)
    XCTAssertEqual(CrossEntropyLoss()(Tensor([[1e8, 0, 0]]), Tensor([1])).item(), 1e8)
    XCTAssertTrue(CrossEntropyLoss()(Tensor([[1.0, 2.0]]), Tensor([-100])).item().isNaN)
    XCTAssertEqual(
      CrossEntropyLoss(reduction: .sum)(Tensor([[1.0, 2.0]]), Tensor([-100])).item(), 0)
    XCTAssertTrue(MSELoss()(Tensor.zeros(0), Tensor.zeros(0)).item().isNaN)
    XCTAssertTrue(CrossEntropyLoss()(Tensor.zeros(0, 3), .zeros(0, dtype: .int64)).item().isNaN)
  }
}
