import Datasets
import Foundation
import NN
import XCTest

/// What the article tells in words.
extension FromPyTorchTests {
  func testSumsWithAssignmentMakeNewTensors() {
    var x = Tensor([1.0, 2])
    let y = x
    x += Tensor([1.0, 1])
    XCTAssertEqual(x.doubles, [2, 3])
    XCTAssertEqual(y.doubles, [1, 2])
    y.add(Tensor([5.0, 5]))
    XCTAssertEqual(y.doubles, [6, 7])
  }

  func testRangesDoNotClamp() throws {
    let x = Tensor.arange(8.0).view(4, 2)
    XCTAssertThrowsError(try attempt { x[0..<10] })
    XCTAssertThrowsError(try attempt { x[(-5)...] })
    XCTAssertEqual(try attempt { x[(-2)...] }.shape, [2, 2])
    XCTAssertEqual(try attempt { x[..<(-1)] }.shape, [3, 2])
    XCTAssertThrowsError(try attempt { x[.every(-1)] })
    XCTAssertThrowsError(try attempt { mseLoss(x, x[0]) })
  }

  func testNumbersAndDTypes() {
    XCTAssertEqual(Tensor([1, 2]).dtype, .int64)
    XCTAssertEqual(Tensor([1.0, 2]).dtype, .float32)
    XCTAssertEqual(Tensor([0.1]).double().doubles, [Double(Float(0.1))])
    XCTAssertEqual(Tensor.full([1], 0.1, dtype: .float64).doubles, [0.1])
  }

  func testPartsAreViewsOrCopies() {
    let x = Tensor.zeros(3, 2)
    let (view, copy) = (x[1...], x[[1, 2]])
    view.fill(1)
    XCTAssertEqual(x.doubles, [0, 0, 1, 1, 1, 1])
    copy.fill(2)
    XCTAssertEqual(x.doubles, [0, 0, 1, 1, 1, 1])
  }

  func testLeavesAreChangedInsideNoGrad() throws {
    let w = Tensor([1.0, 2], requiresGrad: true)
    XCTAssertThrowsError(try attempt { w.add(1) })
    withNoGrad { _ = w.add(1) }
    XCTAssertEqual(w.doubles, [2, 3])
  }

  func testGraphsAreWalkedOnce() throws {
    let w = Tensor([1.0, 2], requiresGrad: true)
    let loss = (w * w).sum()
    loss.backward()
    XCTAssertThrowsError(try attempt { loss.backward() })
  }

  func testErrorsAreThrownAtTheEndOfAttempt() throws {
    var isReached = false
    XCTAssertThrowsError(
      try attempt {
        let bad = Tensor.zeros(2, 3).view(7)
        isReached = true
        return bad + 1
      })
    XCTAssertTrue(isReached)

    final class Classifier: Module {
      let fc = Linear(6, 2)
      override func forward(_ input: Tensor) -> Tensor { fc(input) }
    }
    let model = Classifier()
    XCTAssertThrowsError(try attempt { model(Tensor.zeros(1, 5)) }) {
      XCTAssertEqual(
        "\($0)", "Classifier.fc: expected input size 6, got 5 (input shape [1, 5])")
    }
    withNoGrad { _ = model.fc.weight.fillNormal(deviation: 0.02) }
    XCTAssertLessThan(model.fc.weight.abs().max().item(), 0.2)
  }

  func testSchedulersThatNeedNoRow() {
    let optimizer = SGD([Parameter(Tensor.zeros(1))], lr: 1)
    let warmUp = LinearLR(optimizer, totalIterations: 5)
    let decay = ExponentialLR(optimizer, gamma: 0.5)
    let both = SequentialLR([warmUp, decay], milestones: [5])
    both.step()
    XCTAssertEqual(optimizer.lr, 1.0 / 3 + 2.0 / 15, accuracy: 1e-9)
    let plateau = ReduceLROnPlateau(optimizer, patience: 0)
    plateau.step(1)
    plateau.step(2)
    XCTAssertEqual(optimizer.lr, 0.1 * (1.0 / 3 + 2.0 / 15), accuracy: 1e-9)
  }

  func testModelsAreSavedAndSummarised() throws {
    let path = NSTemporaryDirectory() + "from-pytorch-\(UUID()).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let model = Sequential(Embedding(20, 8), Linear(8, 2))
    model.save(to: path)
    let other = Sequential(Embedding(20, 8), Linear(8, 2))
    other.load(from: path)
    XCTAssertTrue(model[1].parameters()[0].equal(other[1].parameters()[0]))
    let lines = summary(model, inputSize: [2, 3], dtype: .int64)
    XCTAssertEqual(lines.parameterCount, 20 * 8 + 8 * 2 + 2)
  }

  func testLoopsOverBatches() {
    let loader = DataLoader(
      TensorDataset(Tensor.zeros(5, 2), Tensor.arange(5)), batchSize: 2)
    var shapes: [[Int]] = []
    for (x, y) in loader { shapes += [x.shape, y.shape] }
    XCTAssertEqual(shapes, [[2, 2], [2], [2, 2], [2], [1, 2], [1]])
  }

  func testPrintOptionsGoBackToTheirDefaults() {
    defer { setPrintOptions() }
    setPrintOptions(precision: 2)
    setPrintOptions(threshold: 3)
    XCTAssertEqual("\(Tensor([0.5]))", "tensor([0.5000])")
    withAnomalyDetection { Tensor([1.0], requiresGrad: true).sum().backward() }
  }
}
