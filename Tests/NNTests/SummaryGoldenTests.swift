import XCTest

@testable import NN
@testable import Tensors

/// Summaries as torchinfo prints them.
final class SummaryGoldenTests: XCTestCase {
  final class Net: Module {
    let embedding = Embedding(10, 3)
    let rnn = LSTM(3, 20, numLayers: 2, batchFirst: true, bidirectional: true)
    let drop = Dropout(0.5)
    let fc = Linear(40, 4)
    override func forward(_ x: Tensor) -> Tensor { fc(drop(rnn(embedding(x)).output)) }
  }

  /// Modules in a list, which itself is never called.
  final class ModuleList: Module {
    let parts: [Module]
    init(_ parts: [Module]) {
      self.parts = parts
      super.init()
    }
    override var namedChildren: [(name: String, child: ModuleChild)] {
      parts.enumerated().map { ("\($0)", .module($1)) }
    }
  }

  /// Layers that are used more than once, from several places.
  final class Shared: Module {
    let scale = Parameter(.ones(7))
    let a: Linear
    let b = Sequential(Linear(4, 4), Tanh())
    let parts: ModuleList
    override init() {
      a = Linear(4, 4)
      parts = ModuleList([Linear(4, 4), a])
      super.init()
    }
    override func forward(_ x: Tensor) -> Tensor {
      var x = b(a(x))
      for part in parts.parts { x = part(x) }
      return b(x)
    }
  }

  final class Deep: Module {
    let body = Sequential(
      Sequential(
        Sequential(Sequential(Linear(3, 5), ReLU()), Linear(5, 5)), Tanh()),
      Linear(5, 2))
    override init() {
      super.init()
      body[0].freeze()
    }
    override func forward(_ x: Tensor) -> Tensor { body(x) }
  }

  final class VeryLongNameOfAModelForTheWidthOfTheColumn: Module {
    let inner = Deep()
    override func forward(_ x: Tensor) -> Tensor { inner(x) }
  }

  /// A call of its own, and a cell that runs three times.
  final class Two: Module {
    let rnn = RNNCell(3, 4)
    let out = Linear(4, 2)
    let unused = Linear(2, 2)
    func callAsFunction(_ x: Tensor, _ h: Tensor) -> Tensor {
      var h = h
      for _ in 0..<3 { h = rnn(x, h) }
      return out(h)
    }
  }

  final class Conv: Module {
    let conv = Conv1d(200, 250, 3)
    let fc = Linear(250, 1000, bias: false)
    override func forward(_ x: Tensor) -> Tensor { fc(conv(x).transpose(1, 2)) }
  }

  private let cases: [String: () -> ModelSummary] = [
    "summary(Net(), input_size=(2, 6), dtypes=[torch.long])": {
      summary(Net(), inputSize: [2, 6], dtype: .int64)
    },
    "summary(Net())": { summary(Net()) },
    "summary(Shared(), input_size=(2, 4))": { summary(Shared(), inputSize: [2, 4]) },
    "summary(Shared())": { summary(Shared()) },
    "summary(Deep(), input_size=(8, 3))": { summary(Deep(), input: .ones(8, 3)) },
    "summary(Deep(), input_size=(8, 3), depth=1)": {
      summary(Deep(), inputSize: [8, 3], depth: 1)
    },
    "summary(Deep(), input_size=(8, 3), depth=9)": {
      summary(Deep(), inputSize: [8, 3], depth: 9)
    },
    "summary(VeryLongNameOfAModelForTheWidthOfTheColumn(), input_size=(8, 3), depth=9)": {
      summary(VeryLongNameOfAModelForTheWidthOfTheColumn(), inputSize: [8, 3], depth: 9)
    },
    "summary(Two(), input_size=[(5, 3), (5, 4)])": {
      let model = Two()
      return summary(model, inputs: [.zeros(5, 3), .zeros(5, 4)]) { model($0[0], $0[1]) }
    },
    "summary(Conv(), input_size=(4, 200, 12))": {
      summary(Conv(), inputSize: [4, 200, 12])
    },
    "summary(nn.Linear(3, 2), input_size=(7, 3))": { summary(Linear(3, 2), inputSize: [7, 3]) },
    "summary(nn.LSTM(100, 20), input_size=(10, 3, 100))": {
      let model = LSTM(100, 20)
      return summary(model, inputSize: [10, 3, 100]) { model($0).output }
    },
    "summary(nn.Sequential(nn.Embedding(100000, 100)), input_size=(100, 1), dtypes=[torch.long])": {
      summary(Sequential(Embedding(100_000, 100)), inputSize: [100, 1], dtype: .int64)
    },
    "summary(nn.Sequential(nn.Embedding(100000, 100)), input_size=(123, 1), dtypes=[torch.long])": {
      summary(Sequential(Embedding(100_000, 100)), inputSize: [123, 1], dtype: .int64)
    },
  ]

  func testTexts() throws {
    let golden = try Golden("summary")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: cases.keys, notYet: [:])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      let text = cases[code]?().description
      XCTAssertEqual(text, record["text"] as? String, "\(code)\n\(text ?? "")")
    }
  }

  func testTheModelIsLeftAlone() {
    let model = Net()
    model.rnn.eval()
    manualSeed(0)
    let first = summary(model, inputSize: [2, 6], dtype: .int64)
    XCTAssertEqual(first.parameterCount, model.parameterCount)
    XCTAssertEqual(first.trainableCount, model.parameterCount)
    XCTAssertEqual(first.multAddCount, 2 * 30 + 2 * 6 * 13920 + 2 * 164)
    XCTAssertEqual(
      model.modules().map { $0.isTraining }, [true, true, false, true, true])
    let next = Tensor.rand(1).item()
    manualSeed(0)
    XCTAssertEqual(Tensor.rand(1).item(), next)
    XCTAssertNil(runObserver)
  }

  func testProblems() {
    let cases: [(String, () -> Any)] = [
      ("summary: expected sizes above 0, got [2, 0]", { summary(Net(), inputSize: [2, 0]) }),
      ("Two: Two does not define forward(_:)", { summary(Two(), inputSize: [2, 3]) }),
      (
        "Deep.body.0.0.0.0: expected input size 3, got 4 (input shape [8, 4])",
        { summary(Deep(), inputSize: [8, 4]) }
      ),
    ]
    for (words, body) in cases {
      XCTAssertThrowsError(try attempt(body), words) { XCTAssertEqual("\($0)", words) }
    }
    XCTAssertNil(runObserver)
  }
}
