import XCTest

@testable import NN
@testable import Tensors

/// Every wrong use of a layer or a loss is an error of its own words, and none stops the program.
final class LayerFaultTests: XCTestCase {
  final class Model: Module {
    let pool = MaxPool1d(4)
    let list = ModuleList([Linear(2, 2), Sequential(["norm": BatchNorm1d(3)])])
  }

  func testWords() {
    let x = Tensor.zeros(2, 4, 10)
    let model = Model()
    let numbers = Tensor([1, 2, 5])
    let cases: [(String, () -> Any)] = [
      ("Model.pool: expected a padded length of at least 4, got 3", { model.pool(.zeros(2, 3)) }),
      (
        "Model.list.1.norm: expected 3 channels, got 4 (input shape [2, 4])",
        { model.list[1](.zeros(2, 4)) }
      ),
      ("Model.list: there is no part 2; there are 2", { model.list[2] }),
      (
        "Conv1d: expected groups that divide 4 and 6 channels, got 4",
        { Conv1d(4, 6, 3, groups: 4) }
      ),
      ("Conv1d: expected groups above 0, got 0", { Conv1d(4, 6, 3, groups: 0) }),
      ("Conv1d: expected a padding of 0 or more, got -1", { Conv1d(4, 6, 3, padding: -1) }),
      (
        "Conv1d: expected stride 1 for padding .same, got 2",
        { Conv1d(4, 6, 3, stride: 2, padding: .same) }
      ),
      (
        "Conv2d: expected sizes for height and width, got [3]",
        { Conv2d(1, 2, [3]) }
      ),
      (
        "Conv2d: expected a padded height and width of at least 3 and 3, got 2 and 10",
        { Conv2d(1, 2, 3)(.zeros(1, 2, 10)) }
      ),
      (
        "Conv2d: expected 1 input channels, got 28 (input shape [28, 28, 3], read as "
          + "[channels, height, width])",
        { Conv2d(1, 2, 3)(.zeros(28, 28, 3)) }
      ),
      (
        "MaxPool1d: expected a padding from 0 to half of kernelSize 3, got 2",
        { MaxPool1d(3, padding: 2) }
      ),
      ("MaxPool1d: expected kernelSize above 0, got 0", { MaxPool1d(0)(x) }),
      ("AvgPool1d: expected stride above 0, got -1", { AvgPool1d(2, stride: -1) }),
      (
        "MaxPool1d: expected an input of shape [batch, channels, length] or [channels, "
          + "length], got [3]",
        { MaxPool1d(2)(.zeros(3)) }
      ),
      (
        "MaxPool1d: expected a floating-point input, got int64", { MaxPool1d(2)(Tensor([[1, 2]])) }
      ),
      (
        "MaxPool1d: a window over length 2 sees only padding",
        { MaxPool1d(2, padding: 1, dilation: 3)(.zeros(1, 2)) }
      ),
      (
        "AdaptiveAvgPool1d: expected an outputSize of 0 or more, got -1",
        { AdaptiveAvgPool1d(-1) }
      ),
      (
        "MaxPool2d: expected an input of shape [batch, channels, height, width] or "
          + "[channels, height, width], got [2, 3]",
        { MaxPool2d(2)(.zeros(2, 3)) }
      ),
      ("LayerNorm: expected sizes above 0, got 0", { LayerNorm(0) }),
      ("LayerNorm: expected one size or more, got none", { LayerNorm([]) }),
      (
        "LayerNorm: expected an input whose shape ends with [4, 9], got [2, 4, 10]",
        { LayerNorm([4, 9])(x) }
      ),
      ("LayerNorm: expected float32 input, got float64", { LayerNorm(10)(x.double()) }),
      ("BatchNorm1d: expected numFeatures above 0, got 0", { BatchNorm1d(0) }),
      (
        "BatchNorm1d: expected an input of shape [batch, channels] or [batch, channels, "
          + "length], got [4]",
        { BatchNorm1d(4)(.zeros(4)) }
      ),
      (
        "BatchNorm1d: expected more than one value for each channel in training, got "
          + "input shape [1, 4]; use more samples, or eval()",
        { BatchNorm1d(4)(.zeros(1, 4)) }
      ),
      (
        "BatchNorm2d: expected an input of shape [batch, channels, height, width], got [2, 4, 10]",
        { BatchNorm2d(4)(x) }
      ),
      (
        "EmbeddingBag: expected numbers of shape [bags, bagSize], or a list and offsets, got [3]",
        { EmbeddingBag(6, 3)(numbers) }
      ),
      (
        "EmbeddingBag: expected numbers from 0 to 4, got 5",
        { EmbeddingBag(5, 3)(numbers, Tensor([0])) }
      ),
      (
        "EmbeddingBag: expected offsets that begin with 0, got 1",
        { EmbeddingBag(6, 3)(numbers, Tensor([1])) }
      ),
      (
        "EmbeddingBag: offsets must rise up to the number of elements, got 4 before 3",
        { EmbeddingBag(6, 3)(numbers, Tensor([0, 4])) }
      ),
      (
        "EmbeddingBag: perSampleWeights are for the mode sum, this one is mean",
        { EmbeddingBag(6, 3)(numbers, Tensor([0]), perSampleWeights: .ones(3)) }
      ),
      (
        "EmbeddingBag: expected perSampleWeights of shape [3] and float32, got [2] and float32",
        { EmbeddingBag(6, 3, mode: .sum)(numbers, Tensor([0]), perSampleWeights: .ones(2)) }
      ),
      (
        "EmbeddingBag: expected a paddingIndex below 6, got 6",
        { EmbeddingBag(6, 3, paddingIndex: 6) }
      ),
      (
        "Embedding.fromPretrained: expected a floating-point matrix [count, dim], got "
          + "float32 of shape [3]",
        { Embedding.fromPretrained(.ones(3)) }
      ),
      ("Embedding: expected a maxNorm above 0, got 0.0", { Embedding(3, 2, maxNorm: 0) }),
      (
        "Flatten: expected a dimension from -2 to 1, got 2",
        { Flatten(endDim: 2)(.zeros(2, 2)) }
      ),
      ("Flatten: dimension 0 is before dimension 1", { Flatten(endDim: 0)(.zeros(2, 2)) }),
      (
        "Unflatten: sizes [3, -1] do not fit dimension 1 of shape [2, 4, 10]",
        { Unflatten(1, [3, -1])(x) }
      ),
      ("GELU: expected a floating-point input, got int64", { GELU()(numbers) }),
      (
        "Hardtanh: expected minValue below maxValue -1.0, got 1.0",
        { Hardtanh(minValue: 1, maxValue: -1) }
      ),
      ("Sequential: there are two parts called a", { Sequential(["a": ReLU(), "a": Tanh()]) }),
      ("Sequential: there is no part 1; there are 1", { Sequential(ReLU())[1] }),
      ("ParameterList: there is no parameter 0; there are 0", { ParameterList()[0] }),
    ]
    for (words, body) in cases {
      XCTAssertThrowsError(try attempt(body), words) { XCTAssertEqual("\($0)", words) }
    }
  }

  func testWordsOfLosses() {
    let (a, b) = (Tensor.ones(2, 3), Tensor.ones(2, 4))
    let cases: [(String, () -> Any)] = [
      (
        "CrossEntropyLoss: expected labelSmoothing from 0 to 1, got 2.0",
        { CrossEntropyLoss(labelSmoothing: 2) }
      ),
      (
        "CrossEntropyLoss: expected class numbers, or probabilities of shape [2, 3], got "
          + "float32 of shape [2, 4]",
        { CrossEntropyLoss()(a, b) }
      ),
      (
        "CrossEntropyLoss: ignoreIndex is for class numbers, the target is probabilities",
        { CrossEntropyLoss(ignoreIndex: 1)(a, a) }
      ),
      (
        "CrossEntropyLoss: expected 3 class weights, got shape [2]",
        { CrossEntropyLoss(weight: .ones(2))(a, Tensor([0, 1])) }
      ),
      (
        "CrossEntropyLoss: expected a target of shape [2, 5] for scores of shape [2, 3, "
          + "5], got [2]",
        { CrossEntropyLoss()(.ones(2, 3, 5), Tensor([0, 1])) }
      ),
      (
        "CrossEntropyLoss: expected int64 class numbers, got bool; use long()",
        { CrossEntropyLoss()(a, Tensor([true, false])) }
      ),
      (
        "CrossEntropyLoss: expected floating-point scores of shape [batch, classes], got "
          + "float32 of shape []",
        { CrossEntropyLoss()(Tensor(1.0), Tensor(0)) }
      ),
      (
        "crossEntropy: expected class numbers from 0 to 2, got -1",
        { crossEntropy(a, Tensor([0, -1])) }
      ),
      ("NLLLoss: expected class numbers from 0 to 2, got 3", { NLLLoss()(a, Tensor([0, 3])) }),
      ("nllLoss: expected int64 class numbers, got float32; use long()", { nllLoss(a, a) }),
      ("BCELoss: expected a target of shape [2, 3], got [2, 4]", { BCELoss()(a, b) }),
      ("BCELoss: expected probabilities from 0 to 1, got 1.5", { BCELoss()(a * 1.5, a) }),
      ("BCELoss: expected probabilities from 0 to 1, got nan", { BCELoss()(a * .nan, a) }),
      (
        "BCEWithLogitsLoss: expected floating-point tensors, got float32 and int64",
        { BCEWithLogitsLoss()(Tensor([1.0]), Tensor([1])) }
      ),
      (
        "BCEWithLogitsLoss: shapes [2] and [2, 3] do not go together: 2 against 3 in dimension -1",
        { BCEWithLogitsLoss(posWeight: .ones(2))(a, a) }
      ),
      (
        "BCELoss: expected a weight that fits shape [2, 3], got [4, 2, 3]",
        { BCELoss(weight: .ones(4, 2, 3))(a, a) }
      ),
      ("L1Loss: expected a target of shape [2, 3], got [2, 4]", { L1Loss()(a, b) }),
      ("HuberLoss: expected delta above 0, got 0.0", { HuberLoss(delta: 0)(a, a) }),
      ("smoothL1Loss: expected beta of 0 or more, got -1.0", { smoothL1Loss(a, a, beta: -1) }),
      (
        "KLDivLoss: a tensor without dimensions has no batch size",
        { KLDivLoss(reduction: .batchMean)(Tensor(1.0), Tensor(1.0)) }
      ),
    ]
    for (words, body) in cases {
      XCTAssertThrowsError(try attempt(body), words) { XCTAssertEqual("\($0)", words) }
    }
  }

  /// Layers of extreme sizes meet inputs of every rank and dtype: an error or a result, no trap.
  func testExtremeSizes() {
    let sizes = [0, -1, 1, 2, 3, 1 << 31, 1 << 62, Int.max, Int.min]
    var makers: [() -> Module] = []
    for n in sizes {
      for m in [1, 2, 1 << 31, Int.max, Int.min] {
        makers += [
          { Conv1d(2, 2, min(n, 3), stride: m, padding: min(n, 5), dilation: m) },
          { Conv1d(n, m, 2, groups: m) }, { Conv1d(2, 2, min(n, 3), padding: .same, dilation: m) },
          { Conv1d(n, m, n) },
          { Conv2d(2, m, [2, min(n, 3)], stride: [m, n], dilation: [n, m]) },
          { Conv2d(2, 2, 2, padding: .same, dilation: m) }, { Conv2d(n, n, n, groups: m) },
          { MaxPool1d(n, stride: m) }, { MaxPool1d(3, stride: n, padding: 1, dilation: m) },
          { MaxPool2d(n, stride: m, ceilMode: true) }, { AvgPool1d(n, padding: m) },
          { AvgPool1d(n, stride: m, padding: 1, ceilMode: true) }, { AvgPool2d(2, stride: n) },
          { Unflatten(m, [n, m, -1]) }, { Flatten(startDim: n, endDim: m) }, { LayerNorm([n, m]) },
          { EmbeddingBag(min(n, 9), min(m, 9), paddingIndex: n) },
          { Embedding(min(n, 9), min(m, 9), paddingIndex: m) }, { Softmax(dim: n) },
        ]
      }
      makers += [
        { AdaptiveAvgPool1d(min(n, 1 << 10)) }, { AdaptiveMaxPool1d(min(n, 1 << 10)) },
        { AdaptiveAvgPool2d(min(n, 50)) }, { BatchNorm1d(min(n, 1 << 10)) },
        { LayerNorm(min(n, 1 << 10)) },
      ]
    }
    let large = 1 << 29
    makers += [
      { Conv1d(2, 2, 3, stride: large, padding: large, dilation: large) },
      { Conv1d(2, 2, 3, padding: .same, dilation: large) },
      { Conv2d(2, 2, 3, stride: large, padding: large, dilation: large) },
      { MaxPool1d(3, stride: large, padding: 1, dilation: large, ceilMode: true) },
      { AvgPool1d(large, stride: large, padding: large / 2, ceilMode: true) },
      { AvgPool2d(large, stride: large, padding: large / 2) },
    ]
    let inputs: [Tensor] = [
      Tensor(1.0), .ones(3), .ones(2, 3), .ones(2, 2, 5), .ones(2, 2, 4, 3), .ones(1, 1, 1, 1, 1),
      .zeros(0, 2, 5), .zeros(2, 2, 0), .zeros(2, 0, 3), .ones(2, 2, 5).double(), Tensor([[1, 0]]),
      Tensor([true]), Tensor.ones(1, 1, 1).expand(2, 2, 1 << 50),
      Tensor.ones(2, 2, 5, requiresGrad: true).transpose(0, 1),
    ]
    for make in makers {
      var module: Module?
      _ = try? attempt { module = make() }
      for input in inputs { _ = try? attempt { module?.forward(input) } }
    }
  }

  /// A failed layer inside an `attempt` gives a failed tensor, and the first error is told.
  func testAFailedLayerIsCalled() {
    XCTAssertThrowsError(
      try attempt { Sequential(Conv2d(0, 1, 1), MaxPool2d(0), BatchNorm2d(-1))(.ones(1, 1, 1, 1)) }
    ) {
      XCTAssertEqual("\($0)", "Conv2d: expected inChannels above 0, got 0")
    }
  }
}
