import XCTest

@testable import NN
@testable import Tensors

/// The first weights of layers after `manualSeed(0)`, and the number drawn next.
final class InitialWeightsGoldenTests: XCTestCase {
  final class Hihell: Module {
    let rnn: RNN
    let fc1: Linear
    init(_ inputs: Int, _ hidden: Int, _ classes: Int) {
      rnn = RNN(inputs, hidden, batchFirst: true)
      fc1 = Linear(hidden, classes)
      super.init()
    }
  }

  private let cases: [String: () -> Module] = [
    "nn.Linear(4, 3)": { Linear(4, 3) },
    "nn.Linear(4, 3, bias=False)": { Linear(4, 3, bias: false) },
    "nn.Linear(5, 3)": { Linear(5, 3) },
    "nn.Embedding(5, 3)": { Embedding(5, 3) },
    "nn.Embedding(8, 4, padding_idx=1)": { Embedding(8, 4, paddingIndex: 1) },
    "nn.RNN(5, 3)": { RNN(5, 3) },
    "nn.RNN(5, 3, num_layers=2, bidirectional=True, nonlinearity='relu')": {
      RNN(5, 3, numLayers: 2, nonlinearity: "relu", bidirectional: true)
    },
    "nn.LSTM(5, 3, num_layers=2, bidirectional=True)": {
      LSTM(5, 3, numLayers: 2, bidirectional: true)
    },
    "nn.LSTM(5, 3, bias=False)": { LSTM(5, 3, bias: false) },
    "nn.RNNCell(5, 3)": { RNNCell(5, 3) },
    "nn.LSTMCell(5, 3)": { LSTMCell(5, 3) },
    "nn.Conv2d(1, 2, 3)": { Conv2d(1, 2, 3) },
    "nn.LayerNorm(3)": { LayerNorm(3) },
    "nn.BatchNorm1d(3)": { BatchNorm1d(3) },
    "nn.GRU(5, 3)": { GRU(5, 3) },
    "nn.GRU(5, 3, num_layers=2)": { GRU(5, 3, numLayers: 2) },
    "nn.GRUCell(5, 3)": { GRUCell(5, 3) },
    "nn.Conv1d(2, 3, 3)": { Conv1d(2, 3, 3) },
    "nn.Conv1d(4, 3, 5, bias=False)": { Conv1d(4, 3, 5, bias: false) },
    "nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1))": {
      Sequential(Linear(4, 3), ReLU(), Linear(3, 1))
    },
    "Hihell(5, 3, 5)": { Hihell(5, 3, 5) },
    "Tagger(6, 9, 3, 3)": { TaggerGoldenTests.Model(9, 3, embeddingSize: 6, hiddenSize: 3) },
  ]

  func testFirstWeights() throws {
    let golden = try Golden("init")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: cases.keys, notYet: [:])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let make = cases[code] else { continue }
      manualSeed(0)
      let module = make()
      let recorded = try XCTUnwrap(record["params"] as? [String: Any])
      let named = module.namedParameters()
      XCTAssertEqual(Set(named.map { $0.name }), Set(recorded.keys), code)
      for (name, parameter) in named {
        try assertClose(parameter, recorded[name], atol: 3e-6, rtol: 1e-6, "\(code) \(name)")
      }
      try assertClose(.rand(1), record["next_rand"], atol: 0, rtol: 1e-7, "\(code) next")
    }
  }

  private let large: [String: () -> Module] = [
    "nn.Linear(500, 250)": { Linear(500, 250) },
    "nn.Embedding(1000, 64)": { Embedding(1000, 64) },
    "nn.LSTM(100, 256, num_layers=2, bidirectional=True)": {
      LSTM(100, 256, numLayers: 2, bidirectional: true)
    },
    "nn.RNN(64, 32)": {
      RNN(64, 32)
    },
    "nn.Conv1d(100, 200, 3)": { Conv1d(100, 200, 3) },
  ]

  func testLargeLayers() throws {
    let records = try XCTUnwrap(try Golden("init").root["large"] as? [[String: Any]])
    let codes = records.compactMap { $0["code"] as? String }
    assertCovered(codes, run: large.keys, notYet: [:])
    for record in records {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let make = large[code] else { continue }
      manualSeed(0)
      let recorded = try XCTUnwrap(record["params"] as? [String: [String: Any]])
      for (name, parameter) in make().namedParameters() {
        let flat = parameter.detach().view(-1)
        let values = try XCTUnwrap(recorded[name])
        XCTAssertEqual(parameter.shape, values["shape"] as? [Int])
        try assertClose(flat[..<6], values["first6"], atol: 3e-6, rtol: 1e-6, "\(code) \(name)")
        try assertClose(flat[(-6)...], values["last6"], atol: 3e-6, rtol: 1e-6, "\(code) \(name)")
        let sum = try XCTUnwrap(values["sum_float64"] as? Double)
        XCTAssertEqual(flat.double().sum().item(), sum, accuracy: 1e-4 * max(1, abs(sum)))
      }
    }
  }

  private let fillings: [String: () -> Tensor] = [
    "nn.init.uniform_(torch.empty(3, 5), -0.1, 0.1)": { .uniform([3, 5], low: -0.1, high: 0.1) },
    "nn.init.normal_(torch.empty(3, 5), 0.0, 0.02)": { .normal([3, 5], deviation: 0.02) },
    "nn.init.normal_(torch.empty(3, 3))": { .normal([3, 3]) },
    "nn.init.constant_(torch.empty(2, 2), 0.5)": { .full([2, 2], 0.5) },
    // The default weights of a layer with five inputs.
    "nn.init.kaiming_uniform_(torch.empty(3, 5), a=5**0.5)": { Linear(5, 3).weight },
  ]

  private let notYet = [
    "nn.init.xavier_uniform_(torch.empty(3, 5))": notOffered,
    "nn.init.xavier_normal_(torch.empty(3, 5))": notOffered,
    "nn.init.kaiming_normal_(torch.empty(3, 5), nonlinearity='relu')": notOffered,
    "nn.init.orthogonal_(torch.empty(3, 3))": notOffered,
    "nn.init.eye_(torch.empty(2, 3))": notOffered,
  ]

  func testFillings() throws {
    let records = try XCTUnwrap(try Golden("init").root["init_functions"] as? [[String: Any]])
    assertCovered(
      records.compactMap { $0["code"] as? String }, run: fillings.keys, notYet: notYet)
    for record in records {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let fill = fillings[code] else { continue }
      manualSeed(0)
      let recorded = try XCTUnwrap(record["results"] as? [Any])
      try assertClose(fill().detach(), recorded.first, atol: 3e-6, rtol: 1e-6, code)
    }
  }
}

private let notOffered = "nn.init is not offered: a layer draws its own first weights"
