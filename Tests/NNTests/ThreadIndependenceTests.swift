import Foundation
import XCTest

@testable import NN
@testable import Tensors

/// Every result and every gradient has the same bits with one, two and three threads.
final class ThreadIndependenceTests: XCTestCase {
  private var before = 1

  override func setUp() { before = threadCount() }
  override func tearDown() { setThreadCount(before) }

  private typealias Result = (what: String, tensor: Tensor)

  /// Runs `body` with each number of threads, from the same state of the random stream.
  private func compare(
    _ name: String, file: StaticString = #filePath, line: UInt = #line,
    _ body: () throws -> [Result]
  ) rethrows {
    var first: [Result] = []
    for threads in [1, 2, 3] {
      setThreadCount(threads)
      manualSeed(7)
      let results = try body().map { ($0.what, $0.tensor.detach().contiguous()) }
      guard threads > 1 else {
        first = results
        XCTAssertFalse(first.isEmpty, name, file: file, line: line)
        continue
      }
      XCTAssertEqual(results.count, first.count, name, file: file, line: line)
      for (a, b) in zip(first, results) where !haveSameBits(a.tensor, b.1) {
        XCTFail("\(name): \(a.what) with \(threads) threads", file: file, line: line)
      }
    }
  }

  private func haveSameBits(_ a: Tensor, _ b: Tensor) -> Bool {
    guard a.shape == b.shape, a.dtype == b.dtype, !a.isFailed else { return false }
    let size = a.dtype.byteCount
    return memcmp(
      a.storage.base + a.layout.offset * size, b.storage.base + b.layout.offset * size,
      a.count * size) == 0
  }

  /// The results, and the gradients of a weighted sum of them for all `leaves`.
  private func withGradients(_ results: [Tensor], _ leaves: [Tensor]) -> [Result] {
    for leaf in leaves { leaf.grad = nil }
    var loss = Tensor(Float(0))
    for result in results {
      loss = loss + (result * Tensor.uniform(result.shape, low: -1, high: 1)).sum()
    }
    loss.backward()
    return results.enumerated().map { ("result \($0)", $1) }
      + leaves.enumerated().map { ("gradient \($0)", $1.grad ?? .failed) } + [("loss", loss)]
  }

  // MARK: - Recorded cases

  /// What the golden tests compare within tolerances is the same to the bit.
  func testRecordedCases() throws {
    func make<T: XCTestCase>(_ type: T.Type) -> T { T(name: "recorded", testClosure: { _ in }) }
    let recurrent = make(RecurrentGoldenTests.self)
    let tests: [(String, () throws -> Void)] = [
      ("rnn_tanh", recurrent.testTanh), ("rnn_relu", recurrent.testRelu),
      ("lstm", recurrent.testLSTM), ("gru", recurrent.testGRU),
      ("cells", make(CellGoldenTests.self).testCells),
      ("layers", make(LayerGoldenTests.self).testLayers),
      ("dropout", make(LayerGoldenTests.self).testDropoutMasks),
      ("losses", make(LossGoldenTests.self).testLosses),
      ("optim", make(OptimizerGoldenTests.self).testSteps),
      ("optim_adam", make(OptimizerGoldenTests.self).testAdamSteps),
      ("clip", make(ClippingGoldenTests.self).testCases),
      ("hihell", make(HihellGoldenTests.self).testTraining),
      ("tagger", make(TaggerGoldenTests.self).testTraining),
    ]
    for (name, test) in tests {
      try compare(name) {
        var results: [Result] = []
        comparisonObserver = { results.append(($1, $0.detach().clone())) }
        defer { comparisonObserver = nil }
        try test()
        // Recorded gradients are in a dictionary, whose order changes from run to run.
        return results.sorted { $0.what < $1.what }
      }
    }
  }

  // MARK: - Sizes that are shared among threads

  func testProducts() {
    let sizes = [
      (130, 190, 70), (97, 33, 513), (1, 700, 900), (31, 2100, 40), (600, 3, 800), (64, 64, 1100),
      (200, 201, 202), (513, 17, 113),
    ]
    for (m, n, k) in sizes {
      for orientation in 0..<4 {
        compare("\(m) x \(k) by \(k) x \(n), orientation \(orientation)") {
          let a = orientation & 1 == 0 ? Tensor.randn(m, k) : Tensor.randn(k, m)
          let b = orientation & 2 == 0 ? Tensor.randn(k, n) : Tensor.randn(n, k)
          for leaf in [a, b] { leaf.requiresGrad = true }
          let left = orientation & 1 == 0 ? a : a.t()
          let right = orientation & 2 == 0 ? b : b.t()
          return withGradients([left.matmul(right)], [a, b])
        }
      }
    }
    compare("batches") {
      let a = Tensor.randn(7, 60, 130, requiresGrad: true)
      let b = Tensor.randn(7, 130, 90, requiresGrad: true)
      return withGradients([a.matmul(b)], [a, b])
    }
  }

  private func recurrentLayer(_ kind: Int, both: Bool) -> RecurrentModule {
    switch kind {
    case 0: RNN(21, 37, numLayers: 2, batchFirst: true, bidirectional: both)
    case 1: LSTM(21, 37, numLayers: 2, batchFirst: true, bidirectional: both)
    case 2: GRU(21, 37, numLayers: 2, batchFirst: true, bidirectional: both)
    default: RNN(21, 37, nonlinearity: "relu", batchFirst: true, bidirectional: both)
    }
  }

  /// Batches that are cut into groups of sequences, padded and with lengths from 0 on.
  func testRecurrentLayers() throws {
    for kind in 0..<4 {
      for both in [false, true] {
        try compare("kind \(kind), bidirectional \(both)") {
          let layer = recurrentLayer(kind, both: both)
          let x = Tensor.randn(53, 12, 21, requiresGrad: true)
          let padded = try layer.runTensor(x, nil, nil)
          var all = withGradients(
            [padded.output, padded.hidden] + (padded.cell.map { [$0] } ?? []),
            [x] + layer.parameters())
          let lengths = (0..<53).map { 1 + $0 * 7 % 12 }
          let packed = packPaddedSequence(
            x, lengths: lengths, batchFirst: true, enforceSorted: false)
          let ragged = try layer.runPacked(packed, nil, nil)
          all += withGradients(
            [ragged.output, ragged.hidden] + (ragged.cell.map { [$0] } ?? []),
            [x] + layer.parameters())
          return all
        }
      }
    }
  }

  func testLayers() {
    let layers: [(String, () -> Module & Layer, [Int])] = [
      ("Conv1d", { Conv1d(16, 40, 3, padding: 1) }, [9, 16, 200]),
      ("Conv1d in groups", { Conv1d(16, 32, 5, stride: 2, groups: 4) }, [5, 16, 300]),
      ("Conv2d", { Conv2d(3, 20, 3, padding: 1) }, [4, 3, 40, 41]),
      ("Linear", { Linear(300, 257) }, [130, 300]),
      ("LayerNorm", { LayerNorm(257) }, [700, 257]),
      ("BatchNorm1d", { BatchNorm1d(100) }, [1500, 100]),
      ("MaxPool1d", { MaxPool1d(3, stride: 2) }, [20, 30, 300]),
      ("AvgPool1d", { AvgPool1d(4) }, [20, 30, 300]),
      ("Dropout", { Dropout(0.3) }, [600, 500]),
    ]
    for (name, make, shape) in layers {
      compare(name) {
        let layer = make()
        let x = Tensor.uniform(shape, low: -2, high: 2, requiresGrad: true)
        return withGradients([layer(x)], [x] + layer.parameters())
      }
    }
  }

  func testLosses() {
    compare("cross entropy of many classes") {
      let scores = Tensor.randn(150, 2000, requiresGrad: true)
      let targets = Tensor.randint(2000, [150])
      return withGradients([CrossEntropyLoss()(scores, targets)], [scores])
        + withGradients([CrossEntropyLoss(labelSmoothing: 0.1)(scores, targets)], [scores])
    }
    compare("losses of pairs") {
      let x = Tensor.rand(300_000, requiresGrad: true)
      let y = Tensor.rand(300_000)
      return withGradients([MSELoss()(x, y), L1Loss()(x, y), BCELoss()(x, y)], [x])
    }
  }

  func testElements() {
    compare("elementwise") {
      let x = Tensor.uniform([400, 700], low: 0.1, high: 3, requiresGrad: true)
      let y = Tensor.uniform([400, 700], low: 0.1, high: 3, requiresGrad: true)
      let row = Tensor.uniform([700], low: 0.1, high: 3, requiresGrad: true)
      return withGradients(
        [
          x + y, x * y, x / y, x * row, x.exp(), x.log(), x.tanh(), x.sigmoid(), x.relu(),
          x.sqrt(), x.t() * 2,
        ], [x, y, row])
    }
    compare("sums, extremes and copies") {
      let x = Tensor.randn(900, 1100, requiresGrad: true)
      let square = Tensor.randn(12, 300, 130, requiresGrad: true)
      return withGradients(
        [
          x.sum(dim: 0), x.sum(dim: 1), x.mean(), x.max(dim: 1).values, x.min(dim: 0).values,
          x.softmax(dim: 1), x.logSoftmax(dim: 0), x.t().contiguous(),
          square.transpose(1, 2).contiguous(), square.permute(2, 0, 1).contiguous(),
        ], [x, square])
        + [("argmax", x.argmax(dim: 1)), ("greater", x .> 0.5), ("double", x.double())]
    }
  }

  /// Elements of a tensor that is shared among threads are not treated otherwise than those of a small
  /// one: what is too small for a normal number stays.
  func testDenormalNumbers() {
    let tiny = Double(Float(bitPattern: 71_362))
    for threads in [1, 3] {
      setThreadCount(threads)
      for count in [10, 400_000] {
        let x = Tensor.full([count], tiny)
        XCTAssertEqual(x.log().min().item(), -92.1034, accuracy: 1e-3)
        XCTAssertEqual((x * 1).min().item(), tiny)
        XCTAssertEqual((x .> 0).sum().item(), Double(count))
        XCTAssertEqual(x.view(-1, 10).max(dim: 1).values.min().item(), tiny)
        XCTAssertGreaterThan((x * 0 - 100).exp().min().item(), 0)
      }
    }
  }

  func testOptimizers() {
    let optimizers: [(String, ([Parameter]) -> Optimizer)] = [
      ("SGD", { SGD($0, lr: 0.1, momentum: 0.9) }), ("Adam", { Adam($0, lr: 0.01) }),
      ("AdamW", { AdamW($0, lr: 0.01) }), ("amsgrad", { Adam($0, lr: 0.01, amsgrad: true) }),
      ("RMSprop", { RMSprop($0) }),
    ]
    for (name, make) in optimizers {
      compare("\(name), 300,000 elements") {
        let p = Parameter(Tensor.randn(600, 500))
        let optimizer = make([p])
        for _ in 0..<4 {
          p.grad = Tensor.randn(600, 500)
          optimizer.step()
        }
        return [("parameter", p.clone())]
      }
    }
  }

  /// Rows of a table that were left behind are brought up to date in parallel.
  func testRowsOfAdam() {
    for decay in [0, 0.1] {
      compare("Adam by rows, decay \(decay)") {
        let table = Embedding(20_000, 48)
        let optimizer: Optimizer =
          decay == 0
          ? Adam(table.parameters(), lr: 0.01)
          : AdamW(table.parameters(), lr: 0.01, weightDecay: decay)
        for step in 0..<40 {
          let tokens = Tensor.randint(step % 10 == 0 ? 20_000 : 500, [700])
          optimizer.zeroGrad()
          (table(tokens) * Tensor.randn(700, 48)).sum().backward()
          optimizer.step()
        }
        return [("table", table.weight.clone())]
      }
    }
  }
}
