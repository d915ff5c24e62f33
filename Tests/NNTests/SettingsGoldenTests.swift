import XCTest

@testable import NN
@testable import Tensors

/// Layers and losses with other settings than the defaults: outputs, gradients of sum(output w),
/// texts, and the names of the gradients.
final class SettingsGoldenTests: XCTestCase {
  private let layers: [String: () -> Module] = [
    "nn.Conv1d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2, bias=False)": {
      Conv1d(4, 6, 3, stride: 2, padding: 1, dilation: 2, groups: 2, bias: false)
    },
    "nn.Conv1d(4, 4, 2, padding='same')": { Conv1d(4, 4, 2, padding: .same) },
    "nn.Conv1d(4, 4, 4, padding='same', dilation=3, groups=4)": {
      Conv1d(4, 4, 4, padding: .same, dilation: 3, groups: 4)
    },
    "nn.Conv1d(4, 2, 3, padding='valid')": {
      Conv1d(inChannels: 4, outChannels: 2, kernelSize: 3, padding: .valid)
    },
    "nn.MaxPool1d(3, ceil_mode=True, return_indices=True)": { MaxPool1d(3, ceilMode: true) },
    "nn.MaxPool1d(3, stride=1, dilation=2, return_indices=True)": {
      MaxPool1d(3, stride: 1, dilation: 2)
    },
    "nn.MaxPool1d(4, stride=3, padding=2, ceil_mode=True, return_indices=True)": {
      MaxPool1d(4, stride: 3, padding: 2, ceilMode: true)
    },
    "nn.MaxPool1d(2, stride=3, ceil_mode=True, return_indices=True)": {
      MaxPool1d(2, stride: 3, ceilMode: true)
    },
    "nn.MaxPool1d(3, stride=2, padding=1, dilation=3, return_indices=True)": {
      MaxPool1d(3, stride: 2, padding: 1, dilation: 3)
    },
    "nn.AvgPool1d(3, ceil_mode=True)": { AvgPool1d(3, ceilMode: true) },
    "nn.AvgPool1d(4, stride=3, padding=2, ceil_mode=True)": {
      AvgPool1d(4, stride: 3, padding: 2, ceilMode: true)
    },
    "nn.AvgPool1d(4, stride=3, padding=2, ceil_mode=True, count_include_pad=False)": {
      AvgPool1d(4, stride: 3, padding: 2, ceilMode: true, countIncludePad: false)
    },
    "nn.AvgPool1d(2, stride=3, ceil_mode=True, count_include_pad=False)": {
      AvgPool1d(2, stride: 3, ceilMode: true, countIncludePad: false)
    },
    "nn.AdaptiveMaxPool1d(3, return_indices=True)": { AdaptiveMaxPool1d(3) },
    "nn.AdaptiveMaxPool1d(12, return_indices=True)": { AdaptiveMaxPool1d(12) },
    "nn.AdaptiveAvgPool1d(4)": { AdaptiveAvgPool1d(4) },
    "nn.AdaptiveAvgPool1d(1)": { AdaptiveAvgPool1d(1) },
    "nn.MaxPool1d(2, return_indices=True)": { MaxPool1d(2) },
    "nn.AdaptiveAvgPool1d(2)": { AdaptiveAvgPool1d(2) },
    "nn.Conv2d(2, 4, 3, stride=2, padding=1, dilation=2, groups=2, bias=False)": {
      Conv2d(2, 4, 3, stride: 2, padding: 1, dilation: 2, groups: 2, bias: false)
    },
    "nn.Conv2d(2, 3, (2, 3), stride=(1, 2), padding=(1, 0), dilation=(2, 1))": {
      Conv2d(2, 3, [2, 3], stride: [1, 2], padding: [1, 0], dilation: [2, 1])
    },
    "nn.Conv2d(2, 2, 2, padding='same')": { Conv2d(2, 2, 2, padding: .same) },
    "nn.Conv2d(2, 3, 2)": { Conv2d(inChannels: 2, outChannels: 3, kernelSize: 2) },
    "nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True, return_indices=True)": {
      MaxPool2d(3, stride: 2, padding: 1, ceilMode: true)
    },
    "nn.MaxPool2d(2, stride=1, dilation=2, return_indices=True)": {
      MaxPool2d(2, stride: 1, dilation: 2)
    },
    "nn.MaxPool2d(2, return_indices=True)": { MaxPool2d(2) },
    "nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True)": {
      AvgPool2d(3, stride: 2, padding: 1, ceilMode: true)
    },
    "nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)": {
      AvgPool2d(3, stride: 2, padding: 1, countIncludePad: false)
    },
    "nn.AdaptiveAvgPool2d(3)": { AdaptiveAvgPool2d(3) },
    "nn.AdaptiveAvgPool2d(1)": { AdaptiveAvgPool2d(1) },
    "nn.BatchNorm2d(2)": { BatchNorm2d(2) },
    "nn.LayerNorm(10, bias=False)": { LayerNorm(10, bias: false) },
    "nn.LayerNorm([4, 10], elementwise_affine=False)": {
      LayerNorm([4, 10], elementwiseAffine: false)
    },
    "nn.BatchNorm1d(4, momentum=None)": { BatchNorm1d(4, momentum: nil) },
    "nn.BatchNorm1d(4, affine=False)": { BatchNorm1d(4, affine: false) },
    "nn.BatchNorm1d(4, bias=False, eps=0.1)": { BatchNorm1d(4, eps: 0.1, bias: false) },
    "nn.BatchNorm1d(4, track_running_stats=False)": { BatchNorm1d(4, trackRunningStats: false) },
    "nn.BatchNorm1d(4)": { BatchNorm1d(4) },
    "nn.EmbeddingBag(6, 3, mode='sum')": { EmbeddingBag(6, 3, mode: .sum) },
    "nn.EmbeddingBag(6, 3, mode='sum', padding_idx=2)": {
      EmbeddingBag(6, 3, mode: .sum, paddingIndex: 2)
    },
    "nn.EmbeddingBag(6, 3, mode='sum', padding_idx=-5)": {
      EmbeddingBag(6, 3, mode: .sum, paddingIndex: -5)
    },
    "nn.EmbeddingBag(6, 3, mode='mean')": { EmbeddingBag(numEmbeddings: 6, embeddingDim: 3) },
    "nn.EmbeddingBag(6, 3, mode='mean', padding_idx=2)": { EmbeddingBag(6, 3, paddingIndex: 2) },
    "nn.EmbeddingBag(6, 3, mode='mean', padding_idx=-5)": { EmbeddingBag(6, 3, paddingIndex: -5) },
    "nn.EmbeddingBag(6, 3, mode='max')": { EmbeddingBag(6, 3, mode: .max) },
    "nn.EmbeddingBag(6, 3, mode='max', padding_idx=2)": {
      EmbeddingBag(6, 3, mode: .max, paddingIndex: 2)
    },
    "nn.EmbeddingBag(6, 3, mode='max', padding_idx=-5)": {
      EmbeddingBag(6, 3, mode: .max, paddingIndex: -5)
    },
    "nn.GELU('tanh')": { GELU(approximate: .tanh) },
    "nn.LogSigmoid()": { LogSigmoid() },
    "nn.Hardtanh(-0.5, 0.75)": { Hardtanh(minValue: -0.5, maxValue: 0.75) },
    "nn.ELU(alpha=1.5)": { ELU(alpha: 1.5) },
    "nn.Softplus(beta=2.0, threshold=1.0)": { Softplus(beta: 2, threshold: 1) },
    "nn.LeakyReLU()": { LeakyReLU() },
    "nn.Flatten(0, 1)": { Flatten(startDim: 0, endDim: 1) },
    "nn.Flatten()": { Flatten() },
    "nn.Unflatten(1, (2, -1))": { Unflatten(1, [2, -1]) },
    "nn.Unflatten(-1, (5, 2))": { Unflatten(-1, [5, 2]) },
    "nn.Embedding(6, 3, max_norm=1.0)": { Embedding(6, 3, maxNorm: 1) },
  ]

  func testLayers() throws {
    let golden = try Golden("settings")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: layers.keys, notYet: [:])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let make = layers[code] else { continue }
      func close(_ ours: Tensor?, _ recorded: Any?, _ what: String) throws {
        try assertClose(ours, recorded, atol: 5e-6, rtol: 1e-5, "\(code) \(what)")
      }
      let module = make().train(record["train"] as? Bool ?? true)
      XCTAssertEqual(module.description, record["text"] as? String)
      let named = Dictionary(
        uniqueKeysWithValues: module.namedParameters().map { ($0.name, $0.parameter) })
      let parameters = try XCTUnwrap(record["params"] as? [String: Any])
      XCTAssertEqual(Set(named.keys), Set(parameters.keys), code)
      for (name, value) in parameters {
        try assign(recordedTensor(value), into: XCTUnwrap(named[name]))
      }
      let input = try recordedTensor(record["input"])
      input.requiresGrad = input.dtype.isFloatingPoint
      let factors = try record["factors"].map { try recordedTensor($0, requiresGrad: true) }
      let recorded = try XCTUnwrap(record["output"] as? [Any])
      let output = try run(module, input, record["offsets"].map { try recordedTensor($0) }, factors)
      try close(output.values, recorded[0], "output")
      if recorded.count > 1 { try close(output.indices, recorded[1], "indices") }
      XCTAssertEqual(output.values.node?.name, record["grad_fn"] as? String, code)
      (output.values * (try recordedTensor(record["w"]))).sum().backward()
      for (name, value) in record["grads"] as? [String: Any] ?? [:] {
        try close(named[name]?.grad, value, "gradient of \(name)")
      }
      if let gradient = record["grad_input"] as? [String: Any] {
        try close(input.grad, gradient, "gradient of the input")
      }
      if let factors { try close(factors.grad, record["grad_factors"], "gradient of factors") }
      let buffers = record["buffers_after"] as? [String: Any] ?? [:]
      XCTAssertEqual(Set(module.namedBuffers().map { $0.name }), Set(buffers.keys), code)
      for (name, buffer) in module.namedBuffers() { try close(buffer, buffers[name], name) }
    }
  }

  private func run(
    _ module: Module, _ input: Tensor, _ offsets: Tensor?, _ factors: Tensor?
  ) throws -> (values: Tensor, indices: Tensor?) {
    switch module {
    case let pool as MaxPool1d:
      let (output, indices) = pool.withIndices(input)
      return (output, indices)
    case let pool as MaxPool2d:
      let (output, indices) = pool.withIndices(input)
      return (output, indices)
    case let pool as AdaptiveMaxPool1d:
      let (output, indices) = pool.withIndices(input)
      return (output, indices)
    case let bag as EmbeddingBag:
      if let offsets { return (bag(input, offsets, perSampleWeights: factors), nil) }
      return (bag(input), nil)
    default: return (module(input), nil)
    }
  }

  /// The losses of one reduction, as they are recorded.
  private func losses(
    _ reduction: LossReduction, _ w: Tensor, _ p: Tensor
  ) -> [String: (Tensor, Tensor) -> Tensor] {
    let divergence: DivergenceReduction =
      switch reduction {
      case .mean: .mean
      case .sum: .sum
      case .none: .none
      }
    let r = "reduction='\(reduction)'"
    return [
      "nn.CrossEntropyLoss(weight=W, ignore_index=1, label_smoothing=0.2, \(r))": {
        CrossEntropyLoss(weight: w, ignoreIndex: 1, reduction: reduction, labelSmoothing: 0.2)(
          $0, $1)
      },
      "nn.CrossEntropyLoss(label_smoothing=0.2, \(r))": {
        crossEntropy($0, $1, reduction: reduction, labelSmoothing: 0.2)
      },
      "nn.CrossEntropyLoss(weight=W, label_smoothing=0.1, \(r))": {
        CrossEntropyLoss(weight: w, reduction: reduction, labelSmoothing: 0.1)($0, $1)
      },
      "nn.CrossEntropyLoss(weight=W.double(), \(r))": {
        CrossEntropyLoss(weight: w.double(), reduction: reduction)($0, $1)
      },
      "nn.CrossEntropyLoss(weight=W[:4], \(r))": {
        CrossEntropyLoss(weight: w[..<4], reduction: reduction)($0, $1)
      },
      "nn.NLLLoss(weight=W, ignore_index=0, \(r))": {
        NLLLoss(weight: w, ignoreIndex: 0, reduction: reduction)($0, $1)
      },
      "nn.NLLLoss(ignore_index=2, \(r))": {
        nllLoss($0, $1, ignoreIndex: 2, reduction: reduction)
      },
      "nn.CrossEntropyLoss(ignore_index=2, \(r))": {
        CrossEntropyLoss(ignoreIndex: 2, reduction: reduction)($0, $1)
      },
      "nn.CrossEntropyLoss(ignore_index=3, \(r))": {
        CrossEntropyLoss(ignoreIndex: 3, reduction: reduction)($0, $1)
      },
      "nn.CrossEntropyLoss(ignore_index=-1, \(r))": {
        CrossEntropyLoss(ignoreIndex: -1, reduction: reduction)($0, $1)
      },
      "nn.BCELoss(weight=W, \(r))": { BCELoss(weight: w, reduction: reduction)($0, $1) },
      "nn.BCEWithLogitsLoss(weight=W, pos_weight=P, \(r))": {
        BCEWithLogitsLoss(weight: w, posWeight: p, reduction: reduction)($0, $1)
      },
      "nn.L1Loss(\(r))": { L1Loss(reduction: reduction)($0, $1) },
      "nn.SmoothL1Loss(beta=0.5, \(r))": { SmoothL1Loss(reduction: reduction, beta: 0.5)($0, $1) },
      "nn.HuberLoss(delta=0.5, \(r))": { HuberLoss(reduction: reduction, delta: 0.5)($0, $1) },
      "nn.KLDivLoss(\(r))": { KLDivLoss(reduction: divergence)($0, $1) },
      "nn.KLDivLoss(log_target=True, \(r))": {
        KLDivLoss(reduction: divergence, logTarget: true)($0, $1)
      },
      "nn.MSELoss(\(r))": { MSELoss(reduction: reduction)($0, $1) },
    ]
  }

  func testLosses() throws {
    let golden = try Golden("settings")
    let w = Tensor(try XCTUnwrap(golden.root["W"] as? [Double]))
    let p = Tensor(try XCTUnwrap(golden.root["P"] as? [Double]))
    var cases: [String: (Tensor, Tensor) -> Tensor] = [
      "nn.KLDivLoss(reduction='batchmean', log_target=True)": {
        KLDivLoss(reduction: .batchMean, logTarget: true)($0, $1)
      },
      "nn.SmoothL1Loss(beta=0)": { SmoothL1Loss(beta: 0)($0, $1) },
    ]
    for reduction in [LossReduction.mean, .sum, .none] {
      cases.merge(losses(reduction, w, p)) { a, _ in a }
    }
    let records = try XCTUnwrap(golden.root["losses"] as? [[String: Any]])
    assertCovered(records.compactMap { $0["code"] as? String }, run: cases.keys, notYet: [:])
    for record in records {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let run = cases[code] else { continue }
      let input = try recordedTensor(record["input"], requiresGrad: true)
      let target = try recordedTensor(record["target"])
      target.requiresGrad = target.dtype.isFloatingPoint
      let loss = run(input, target)
      XCTAssertEqual(loss.node?.name, record["grad_fn"] as? String, code)
      try assertClose(loss, record["loss"], atol: 2e-6, rtol: 1e-5, code)
      loss.sum().backward()
      try assertClose(
        input.grad, record["grad_input"], atol: 2e-6, rtol: 1e-5, "gradient of \(code)")
      if let gradient = record["grad_target"] as? [String: Any] {
        try assertClose(
          target.grad, gradient, atol: 2e-6, rtol: 1e-5, "gradient for the target of \(code)")
      }
    }
  }
}
