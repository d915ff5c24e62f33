import XCTest

@testable import NN
@testable import Tensors

/// Layers with recorded parameters: outputs and the gradients of sum(output w).
final class LayerGoldenTests: XCTestCase {
  private let cases: [String: () -> Module] = [
    "nn.Conv1d(4, 3, 3)": { Conv1d(4, 3, 3) },
    "nn.Conv1d(4, 2, 5, stride=2, padding=2)": { Conv1d(4, 2, 5, stride: 2, padding: 2) },
    "nn.Conv1d(4, 4, 2, dilation=2, bias=False)": { Conv1d(4, 4, 2, dilation: 2, bias: false) },
    "nn.Conv1d(4, 4, 3, padding='same', groups=4)": {
      Conv1d(4, 4, 3, padding: .same, groups: 4)
    },
    "nn.Conv2d(1, 2, 3, padding=1)": { Conv2d(1, 2, 3, padding: 1) },
    "nn.MaxPool2d(2)": { MaxPool2d(2) },
    "nn.MaxPool1d(2)": { MaxPool1d(2) },
    "nn.MaxPool1d(4)": { MaxPool1d(4) },
    "nn.MaxPool1d(3, stride=2, padding=1, return_indices=True)": {
      MaxPool1d(3, stride: 2, padding: 1)
    },
    "nn.AvgPool1d(2)": { AvgPool1d(2) },
    "nn.AvgPool1d(3, stride=2, padding=1)": { AvgPool1d(3, stride: 2, padding: 1) },
    "nn.AdaptiveMaxPool1d(1)": { AdaptiveMaxPool1d(1) },
    "nn.AdaptiveAvgPool1d(3)": { AdaptiveAvgPool1d(3) },
    "nn.LayerNorm(4)": { LayerNorm(4) },
    "nn.LayerNorm([4, 10])": { LayerNorm([4, 10]) },
    "nn.LayerNorm(4, eps=1e-3, elementwise_affine=False)": {
      LayerNorm(4, eps: 1e-3, elementwiseAffine: false)
    },
    "nn.BatchNorm1d(4)": { BatchNorm1d(4) },
    "nn.BatchNorm1d(4, momentum=0.3)": { BatchNorm1d(4, momentum: 0.3) },
    "nn.EmbeddingBag(6, 3, mode='mean')": { EmbeddingBag(6, 3, mode: .mean) },
    "nn.EmbeddingBag(6, 3, mode='sum')": { EmbeddingBag(6, 3, mode: .sum) },
    "nn.Flatten()": { Flatten() },
    "nn.Softmax(dim=1)": { Softmax(dim: 1) },
    "nn.LogSoftmax(dim=-1)": { LogSoftmax(dim: -1) },
    "nn.LeakyReLU(0.1)": { LeakyReLU(0.1) },
    "nn.ELU()": { ELU() },
    "nn.GELU()": { GELU() },
    "nn.SiLU()": { SiLU() },
    "nn.Softplus()": { Softplus() },
    "nn.Linear(4, 3)": { Linear(4, 3) },
    "nn.Linear(10, 2, bias=False)": { Linear(10, 2, bias: false) },
    "nn.Embedding(6, 3)": { Embedding(6, 3) },
    "nn.Embedding(6, 3, padding_idx=2)": { Embedding(6, 3, paddingIndex: 2) },
    "nn.Embedding(6, 3, padding_idx=-6)": { Embedding(6, 3, paddingIndex: -6) },
    "nn.Sigmoid()": { Sigmoid() },
    "nn.Tanh()": { Tanh() },
    "nn.ReLU()": { ReLU() },
    "nn.Identity()": { Identity() },
    "nn.Dropout(0.0)": { Dropout(0) },
    "nn.Dropout(0.5)": { Dropout(0.5) },
    "nn.Dropout(0.1)": { Dropout(0.1) },
    "nn.Sequential(nn.Dropout(0.9), nn.Tanh())": { Sequential(Dropout(0.9), Tanh()) },
  ]

  /// Layers whose call is not that of one tensor: the parameters go in, outputs come out.
  private let recurrent: [String: () -> LSTM] = [
    "nn.LSTM(10, 3, 2, dropout=0.5)": { LSTM(10, 3, numLayers: 2, dropout: 0.5) }
  ]

  func testLayers() throws {
    let golden = try Golden("layers")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: Array(cases.keys) + recurrent.keys,
      notYet: [:])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      let made: Module? = cases[code]?() ?? recurrent[code]?()
      let module = try XCTUnwrap(made, code).train(record["train"] as? Bool ?? true)
      let named = Dictionary(
        uniqueKeysWithValues: module.namedParameters().map { ($0.name, $0.parameter) })
      for (name, value) in record["params"] as? [String: Any] ?? [:] {
        try assign(recordedTensor(value), into: XCTUnwrap(named[name]))
      }
      var input = try recordedTensor(record["input"])
      if input.dtype.isFloatingPoint { input = try input.leaf(true) }
      let recorded = try XCTUnwrap(record["output"] as? [Any])
      let output: Tensor
      if let lstm = module as? LSTM {
        let (all, last) = lstm(input)
        let states = try XCTUnwrap(recorded[1] as? [Any])
        try assertClose(last.h, states[0], atol: 5e-6, rtol: 1e-5, "\(code) h")
        try assertClose(last.c, states[1], atol: 5e-6, rtol: 1e-5, "\(code) c")
        output = all
      } else {
        output = module.forward(input)
      }
      try assertClose(output, recorded[0], atol: 5e-6, rtol: 1e-5, code)
      if recorded.count > 1, let pool = module as? MaxPool1d {
        try assertClose(pool.withIndices(input).indices, recorded[1], atol: 0, rtol: 0, code)
      }
      for (name, value) in record["buffers_after"] as? [String: Any] ?? [:] {
        let buffer = module.namedBuffers().first { $0.name == name }?.buffer
        try assertClose(buffer, value, atol: 5e-6, rtol: 1e-5, "\(code) \(name)")
      }
      (output * (try recordedTensor(record["w"]))).sum().backward()
      for (name, value) in record["grads"] as? [String: Any] ?? [:] {
        try assertClose(named[name]?.grad, value, atol: 5e-6, rtol: 1e-5, "\(code) \(name)")
      }
      if let gradient = record["grad_input"] as? [String: Any] {
        try assertClose(input.grad, gradient, atol: 5e-6, rtol: 1e-5, "\(code) input")
      }
    }
  }

  /// The first of equal elements counts, and the last nan wins, as in PyTorch.
  func testMaximaOfTiesAndNans() {
    let nan = Double.nan
    let least = -Double.infinity
    let (output, indices) = MaxPool1d(3).withIndices(
      Tensor([[1, 2, 2, 5, nan, 7, least, -1, -2, least, least, least, nan, 2, nan]]))
    XCTAssertEqual(indices.ints, [1, 4, 7, 9, 14])
    XCTAssertEqual(output.doubles[0], 2)
    XCTAssertTrue(output.doubles[1].isNaN && output.doubles[4].isNaN)
  }

  func testDropoutMasks() throws {
    let records = try Golden("rng").cases
    let cases: [String: () -> [Tensor]] = [
      "F.dropout(torch.ones(40), 0.5)": { [Dropout(0.5)(.ones(40))] },
      "F.dropout(torch.ones(3, 4), 0.1), torch.rand(2)": { [Dropout(0.1)(.ones(3, 4)), .rand(2)] },
      "nn.Dropout(0.5)(torch.ones(3, 4)), nn.Dropout(0.5)(torch.ones(3, 4))": {
        [Dropout(0.5)(.ones(3, 4)), Dropout(0.5)(.ones(3, 4))]
      },
    ]
    for (code, run) in cases {
      let record = try XCTUnwrap(records.first { $0["code"] as? String == code })
      let recorded = try XCTUnwrap(record["results"] as? [Any])
      manualSeed(0)
      for (ours, theirs) in zip(run(), recorded) {
        try assertClose(ours, theirs, atol: 0, rtol: 1e-7, code)
      }
    }
  }
}
