import XCTest

@testable import NN

/// The printed text of modules and the number of their parameters.
final class ModuleTextGoldenTests: XCTestCase {
  final class RNNClassifier: Module {
    let embedding: Embedding
    let rnn: RNN
    let fc: Linear
    init(_ vocabulary: Int, _ embed: Int, _ hidden: Int, _ classes: Int) {
      embedding = Embedding(vocabulary, embed)
      rnn = RNN(embed, hidden, batchFirst: true)
      fc = Linear(hidden, classes)
      super.init()
    }
  }

  /// A model that names its parts itself, as an interpreted class does.
  final class Net: Module {
    let parts: [(String, Module)]
    let extra: String
    init(extra: String = "", _ parts: [(String, Module)] = []) {
      self.parts = parts
      self.extra = extra
      super.init()
    }
    override var namedChildren: [(name: String, child: ModuleChild)] {
      parts.map { ($0, .module($1)) }
    }
    override var extraRepresentation: String { extra }
  }

  private let cases: [String: () -> Module] = [
    "nn.Linear(200, 250)": { Linear(200, 250) },
    "nn.Linear(3, 1, bias=False)": { Linear(3, 1, bias: false) },
    "nn.Embedding(10, 3)": { Embedding(10, 3) },
    "nn.Embedding(10, 3, padding_idx=1)": { Embedding(10, 3, paddingIndex: 1) },
    "nn.RNN(5, 3)": { RNN(5, 3) },
    "nn.RNN(input_size=5, hidden_size=3, num_layers=2, batch_first=True, nonlinearity='relu')": {
      RNN(inputSize: 5, hiddenSize: 3, numLayers: 2, nonlinearity: "relu", batchFirst: true)
    },
    "nn.LSTM(100, 20, num_layers=4)": { LSTM(100, 20, numLayers: 4) },
    "nn.LSTM(64, 32, batch_first=True)": { LSTM(64, 32, batchFirst: true) },
    "nn.LSTM(100, 256, num_layers=2, bidirectional=True, dropout=0.5)": {
      LSTM(100, 256, numLayers: 2, dropout: 0.5, bidirectional: true)
    },
    "nn.RNNCell(5, 3)": { RNNCell(5, 3) },
    "nn.RNNCell(5, 3, bias=False, nonlinearity='relu')": {
      RNNCell(5, 3, bias: false, nonlinearity: "relu")
    },
    "nn.LSTMCell(100, 20)": { LSTMCell(100, 20) },
    "nn.Conv1d(200, 250, 3)": { Conv1d(200, 250, 3) },
    "nn.Conv1d(4, 4, 3, stride=2, padding=1, dilation=2, groups=2, bias=False)": {
      Conv1d(4, 4, 3, stride: 2, padding: 1, dilation: 2, groups: 2, bias: false)
    },
    "nn.Conv1d(4, 4, 3, padding='same')": { Conv1d(4, 4, 3, padding: .same) },
    "nn.EmbeddingBag(10, 3)": { EmbeddingBag(10, 3) },
    "nn.Embedding(10, 3, max_norm=1.0)": { Embedding(10, 3, maxNorm: 1) },
    "nn.Conv2d(1, 20, 3)": { Conv2d(1, 20, 3) },
    "nn.Conv2d(1, 2, (3, 5), stride=2, padding=1)": {
      Conv2d(1, 2, [3, 5], stride: [2, 2], padding: [1, 1])
    },
    "nn.MaxPool2d(2)": { MaxPool2d(2) },
    "nn.AvgPool2d(2)": { AvgPool2d(2) },
    "nn.MaxPool1d(4)": { MaxPool1d(4) },
    "nn.MaxPool1d(3, stride=2, padding=1)": { MaxPool1d(3, stride: 2, padding: 1) },
    "nn.AvgPool1d(2)": { AvgPool1d(2) },
    "nn.AdaptiveMaxPool1d(1)": { AdaptiveMaxPool1d(1) },
    "nn.AdaptiveAvgPool1d(3)": { AdaptiveAvgPool1d(3) },
    "nn.BatchNorm1d(20)": { BatchNorm1d(20) },
    "nn.BatchNorm2d(3)": { BatchNorm2d(3) },
    "nn.LayerNorm(20)": { LayerNorm(20) },
    "nn.LayerNorm((2, 3), eps=1e-3)": { LayerNorm([2, 3], eps: 1e-3) },
    "nn.Softmax(dim=1)": { Softmax(dim: 1) },
    "nn.LogSoftmax(dim=-1)": { LogSoftmax(dim: -1) },
    "nn.LeakyReLU(0.2)": { LeakyReLU(0.2) },
    "nn.ELU()": { ELU() },
    "nn.GELU()": { GELU() },
    "nn.SiLU()": { SiLU() },
    "nn.Softplus()": { Softplus() },
    "nn.Hardtanh()": { Hardtanh() },
    "nn.Flatten()": { Flatten() },
    "nn.Unflatten(1, (2, 3))": { Unflatten(1, [2, 3]) },
    "nn.BCELoss()": { BCELoss() },
    "nn.BCEWithLogitsLoss()": { BCEWithLogitsLoss() },
    "nn.NLLLoss()": { NLLLoss() },
    "nn.L1Loss()": { L1Loss() },
    "nn.Sequential(OrderedDict([('fc', nn.Linear(2, 7)), ('act', nn.Tanh())]))": {
      Sequential(["fc": Linear(2, 7), "act": Tanh()])
    },
    "nn.ModuleList([nn.Linear(1, 2), nn.Linear(1, 2), nn.ReLU()])": {
      ModuleList([Linear(1, 2), Linear(1, 2), ReLU()])
    },
    "nn.ModuleList([nn.Linear(1, 2) for _ in range(3)])": {
      ModuleList((0..<3).map { _ in Linear(1, 2) })
    },
    "nn.ModuleDict({'a': nn.Linear(1, 2), 'b': nn.Dropout(0.1)})": {
      ModuleDict(["a": Linear(1, 2), "b": Dropout(0.1)])
    },
    "nn.ModuleList()": { ModuleList() },
    "nn.ParameterList([nn.Parameter(torch.zeros(2, 3))])": {
      ParameterList([Parameter(.zeros(2, 3))])
    },
    "nn.Dropout(0.5)": { Dropout(0.5) },
    "nn.Dropout()": { Dropout() },
    "nn.ReLU()": { ReLU() },
    "nn.Sigmoid()": { Sigmoid() },
    "nn.Tanh()": { Tanh() },
    "nn.Identity()": { Identity() },
    "nn.CrossEntropyLoss()": { CrossEntropyLoss() },
    "nn.MSELoss()": { MSELoss() },
    "nn.Sequential(nn.Linear(200, 250), nn.Linear(250, 1), nn.Sigmoid())": {
      Sequential(Linear(200, 250), Linear(250, 1), Sigmoid())
    },
    "nn.Sequential(nn.Conv1d(200, 250, 3))": { Sequential(Conv1d(200, 250, 3)) },
    "nn.Sequential()": { Sequential() },
    "nn.Sequential(nn.Sequential(nn.Linear(1, 2), nn.ReLU()), nn.Linear(2, 7))": {
      Sequential(Sequential(Linear(1, 2), ReLU()), Linear(2, 7))
    },
    "RNNClassifier(95812, 64, 32, 4)": { RNNClassifier(95812, 64, 32, 4) },
    "Net(embedding=nn.Embedding(10, 3), rnn=nn.LSTM(3, 20, batch_first=True), fc=nn.Linear(20, 4))":
      {
        Net([
          ("embedding", Embedding(10, 3)), ("rnn", LSTM(3, 20, batchFirst: true)),
          ("fc", Linear(20, 4)),
        ])
      },
    "Net(embedding=nn.Embedding(25002, 100, padding_idx=1), LSTM=nn.LSTM(100, 256, num_layers=2, "
      + "dropout=0.5, bidirectional=True), fc=nn.Linear(512, 1), dropout=nn.Dropout(0.5))": {
        Net([
          ("embedding", Embedding(25002, 100, paddingIndex: 1)),
          ("LSTM", LSTM(100, 256, numLayers: 2, dropout: 0.5, bidirectional: true)),
          ("fc", Linear(512, 1)), ("dropout", Dropout(0.5)),
        ])
      },
    "Net(net=nn.Sequential(nn.Linear(2, 7), nn.ReLU()), head=Net(fc=nn.Linear(7, 1)))": {
      Net([("net", Sequential(Linear(2, 7), ReLU())), ("head", Net([("fc", Linear(7, 1))]))])
    },
    "nn.GRU(100, 20, bias=False)": { GRU(100, 20, bias: false) },
    "nn.GRUCell(5, 3)": { GRUCell(5, 3) },
    "Net()": { Net() },
    "Net(extra='k=3', fc=nn.Linear(1, 3))": { Net(extra: "k=3", [("fc", Linear(1, 3))]) },
    "Net(extra='k=3')": { Net(extra: "k=3") },
  ]

  private let notYet: [String: String] = [
    "nn.Dropout(p=0.1, inplace=True)": "an inplace variant is not offered: it saves memory only",
    "nn.ReLU(inplace=True)": "an inplace variant is not offered: it saves memory only",
  ]

  func testTexts() throws {
    let golden = try Golden("modules")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: cases.keys, notYet: notYet)
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let make = cases[code] else { continue }
      let module = make()
      XCTAssertEqual(module.description, record["text"] as? String)
      XCTAssertEqual(module.parameterCount, record["parameters"] as? Int, code)
      let shapes = try XCTUnwrap(record["state_dict"] as? [String: [Int]])
      XCTAssertEqual(
        Dictionary(
          uniqueKeysWithValues: module.stateDict().entries.map { ($0.name, $0.tensor.shape) }),
        shapes, code)
    }
  }
}
