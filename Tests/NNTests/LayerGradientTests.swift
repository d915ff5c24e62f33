import XCTest

@testable import NN
@testable import Tensors

/// The gradient rules of layers against finite differences, over shapes, settings and strides.
final class LayerGradientTests: XCTestCase {
  override func setUp() { manualSeed(3) }

  func testConvolutions() throws {
    for (stride, left, right, dilation, groups) in [
      (1, 0, 0, 1, 1), (2, 1, 1, 1, 2), (1, 0, 1, 1, 1), (1, 1, 1, 2, 2), (3, 2, 2, 2, 1),
    ] {
      let geometry = ConvolutionGeometry(
        inChannels: 4, outChannels: 2, kernel: 2, stride: stride, left: left, right: right,
        dilation: dilation, groups: groups)
      let parts = [uniform([2, 4 / groups, 2]), uniform([2])]
      try checkGradients("conv \(geometry)", [uniform([2, 4, 5])] + parts) {
        try convolution($0[0], $0[1], $0[2], geometry)
      }
      try checkGradients("conv of a transpose", [uniform([5, 4])] + parts) {
        try convolution($0[0].t(), $0[1], $0[2], geometry)
      }
      try checkGradients("conv without bias", [uniform([4, 5]), parts[0]]) {
        try convolution($0[0], $0[1], nil, geometry)
      }
    }
  }

  func testPooling() throws {
    let layers: [Module] = [
      MaxPool1d(2), MaxPool1d(3, stride: 1, padding: 1), MaxPool1d(2, stride: 1, dilation: 2),
      MaxPool1d(2, stride: 3, ceilMode: true), MaxPool1d(3, stride: 2, padding: 1, dilation: 2),
      AvgPool1d(2), AvgPool1d(3, stride: 1, padding: 1),
      AvgPool1d(3, stride: 2, padding: 1, ceilMode: true),
      AvgPool1d(3, stride: 2, padding: 1, ceilMode: true, countIncludePad: false),
      AdaptiveMaxPool1d(2), AdaptiveMaxPool1d(9), AdaptiveAvgPool1d(3), AdaptiveAvgPool1d(8),
    ]
    for layer in layers {
      try checkGradients("\(layer)", [uniform([2, 2, 7])]) { layer($0[0]) }
      try checkGradients("\(layer) of a view", [uniform([8, 3])]) { layer($0[0].t()[1..., 1...]) }
    }
  }

  func testNormalization() throws {
    let parts = [uniform([3]), uniform([3])]
    try checkGradients("layer norm", [uniform([2, 3])] + parts) {
      try layerNorm($0[0], 3, $0[1], $0[2], 1e-3)
    }
    try checkGradients("layer norm of a transpose", [uniform([3, 2]), parts[0]]) {
      try layerNorm($0[0].t(), 3, $0[1], nil, 1e-3)
    }
    try checkGradients("layer norm alone", [uniform([2, 2, 3])]) {
      try layerNorm($0[0], 6, nil, nil, 1e-3)
    }
    let (mean, variance) = (uniform([3]), uniform([3]))
    for shape in [[4, 3], [2, 3, 4], [2, 3, 2, 2]] {
      try checkGradients("batch norm \(shape)", [uniform(shape)] + parts) {
        let (mean, variance) = try channelMoments($0[0])
        return try batchNorm($0[0], $0[1], $0[2], mean, variance, 1e-3, isOfBatch: true)
      }
      try checkGradients("batch norm, running \(shape)", [uniform(shape)] + parts) {
        try batchNorm($0[0], $0[1], $0[2], mean, variance, 1e-3)
      }
    }
    try checkGradients("batch norm of a transpose", [uniform([3, 4])]) {
      let (mean, variance) = try channelMoments($0[0].t())
      return try batchNorm($0[0].t(), nil, nil, mean, variance, 1e-3, isOfBatch: true)
    }
  }

  func testActivations() throws {
    let layers: [Module] = [
      LeakyReLU(0.2), ELU(alpha: 1.5), GELU(), GELU(approximate: .tanh), SiLU(), Softplus(),
      Softplus(beta: 2, threshold: 1), LogSigmoid(), Hardtanh(minValue: -0.5, maxValue: 0.7),
      Softmax(dim: 0), LogSoftmax(dim: -1), Flatten(), Flatten(startDim: 0), Unflatten(1, [2, -1]),
    ]
    for layer in layers {
      try checkGradients("\(layer)", [uniform([3, 4], -2, 2)]) { layer($0[0]) }
      try checkGradients("\(layer) of a transpose", [uniform([4, 3], -2, 2)]) { layer($0[0].t()) }
    }
  }

  func testEmbeddingBags() throws {
    let numbers = Tensor([0, 2, 2, 4, 1, 3, 2])
    for mode in [EmbeddingBagMode.sum, .mean, .max] {
      for ends in [[3, 3, 7], [1, 7], [7]] {
        for padding in [nil, 2, 0] {
          let bags = Bags(numbers: Saved(numbers), ends: ends, paddingIndex: padding)
          try checkGradients("\(mode) \(ends) \(padding ?? -1)", [uniform([5, 3])]) {
            try embeddingBag($0[0], bags, mode, nil)
          }
        }
      }
    }
    let bags = Bags(numbers: Saved(numbers), ends: [2, 2, 7], paddingIndex: 1)
    try checkGradients("weighted bags", [uniform([5, 3]), uniform([7])]) {
      try embeddingBag($0[0], bags, .sum, $0[1])
    }
    try checkGradients("weights of a view", [uniform([5, 3]), uniform([7, 2])]) {
      try embeddingBag($0[0], bags, .sum, $0[1][.all, 1])
    }
  }
}
