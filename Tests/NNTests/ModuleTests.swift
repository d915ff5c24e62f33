import XCTest

@testable import NN
@testable import Tensors

final class ModuleTests: XCTestCase {
  class Encoder: Module {
    let rnn = LSTM(4, 3)
    let extra: [Linear] = [Linear(3, 3), Linear(3, 2)]
    let scale = Parameter(.ones(2))
    var kept = Tensor.zeros(3)
  }

  final class Model: Encoder {
    let fc: Linear? = Linear(3, 1)
    let none: Linear? = nil
    let inner = Encoder()
    let dropout = Dropout(0.5)
  }

  func testNamesInOrder() {
    XCTAssertEqual(
      Encoder().namedParameters().map { $0.name },
      [
        "scale", "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0",
        "extra.0.weight", "extra.0.bias", "extra.1.weight", "extra.1.bias",
      ])
    XCTAssertEqual(Model().parameters().count, 9 + 2 + 9)
  }

  func testErrorsTellThePath() {
    let model = Model()
    let cases: [(String, () -> Any)] = [
      (
        "Model.rnn: expected input size 4, got 5 (input shape [2, 1, 5])",
        { model.rnn(.zeros(2, 1, 5)) }
      ),
      (
        "Model.inner.rnn: expected h0 of shape [1, 1, 3], got [1, 2, 3]",
        { model.inner.rnn(.zeros(2, 1, 4), (.zeros(1, 2, 3), .zeros(1, 1, 3))) }
      ),
      (
        "Model.inner.extra.1: expected input size 3, got 7 (input shape [7])",
        { model.inner.extra[1](.zeros(7)) }
      ),
      ("Model: Model does not define forward(_:)", { model(.zeros(1)) }),
      ("Linear: expected inputSize above 0, got 0", { Linear(0, 2) }),
      ("LSTM: expected a dropout probability from 0 to 1, got 1.5", { LSTM(2, 2, dropout: 1.5) }),
      ("RNN: expected nonlinearity tanh or relu, got selu", { RNN(2, 2, nonlinearity: "selu") }),
      ("LSTM: expected float32 input, got int64", { LSTM(2, 2)(Tensor([[[1, 2]]])) }),
      (
        "LSTMCell: expected input size 100, got 90 (input shape [3, 90])",
        { LSTMCell(100, 20)(.zeros(3, 90)) }
      ),
      (
        "Conv1d: expected 200 input channels, got 250 (input shape [250, 500], read as [channels, length])",
        { Conv1d(200, 250, 3)(.zeros(250, 500)) }
      ),
      (
        "Conv1d: expected a padded length of at least 5, got 4",
        { Conv1d(2, 3, 5)(.zeros(1, 2, 4)) }
      ),
      ("Embedding: expected numbers from 0 to 9, got 12", { Embedding(10, 3)(Tensor([0, 12])) }),
      (
        "CrossEntropyLoss: expected class numbers from 0 to 4, got 7",
        { CrossEntropyLoss()(.ones(2, 5), Tensor([0, 7])) }
      ),
      (
        "CrossEntropyLoss: expected a target of shape [2] for scores of shape [2, 5], got [3]",
        { CrossEntropyLoss()(.ones(2, 5), Tensor([0, 1, 2])) }
      ),
      ("MSELoss: expected a target of shape [3], got [4]", { MSELoss()(.ones(3), .ones(4)) }),
      ("Adam: there are no parameters to optimize", { Adam([Parameter]()) }),
      (
        "packPaddedSequence: lengths [2, 5, 3] are not sorted; sort the batch, or pass enforceSorted: false",
        { packPaddedSequence(.ones(3, 5, 2), lengths: [2, 5, 3], batchFirst: true) }
      ),
      (
        "packPaddedSequence: expected lengths above 0, got [5, 3, 0]",
        { packPaddedSequence(.ones(3, 5, 2), lengths: [5, 3, 0], batchFirst: true) }
      ),
      (
        "packPaddedSequence: expected 3 lengths, one for each sequence, got 2",
        { packPaddedSequence(.ones(3, 5, 2), lengths: [5, 3], batchFirst: true) }
      ),
      (
        "packPaddedSequence: expected lengths of at most 5, the padded length, got 9",
        { packPaddedSequence(.ones(3, 5, 2), lengths: [9, 3, 1], batchFirst: true) }
      ),
      (
        "LSTM: expected input size 100, got 90 (input shape [8, 90])",
        { LSTM(100, 20)(packPaddedSequence(.ones(5, 2, 90), lengths: [5, 3])) }
      ),
    ]
    for (words, body) in cases {
      XCTAssertThrowsError(try attempt(body), words) { XCTAssertEqual("\($0)", words) }
    }
  }

  func testTrainAndEval() {
    let model = Model()
    XCTAssertTrue(model.dropout.isTraining)
    XCTAssertTrue(model.eval() === model)
    XCTAssertFalse(model.dropout.isTraining)
    XCTAssertTrue(model.dropout(.ones(4)).equal(.ones(4)))
    model.train()
    XCTAssertTrue(model.inner.rnn.isTraining)
  }

  /// A failed layer inside a model leaves the optimizer and the other values alone.
  func testAFailedStepChangesNothing() throws {
    let layer = Linear(2, 1)
    let before = layer.weight.doubles
    let optimizer = Adam(layer.parameters(), lr: 0.1)
    XCTAssertThrowsError(
      try attempt {
        optimizer.zeroGrad()
        layer(.ones(1, 3)).sum().backward()
        optimizer.step()
      })
    XCTAssertEqual(layer.weight.doubles, before)
  }

  func testDropoutBetweenLayers() {
    manualSeed(0)
    let lstm = LSTM(2, 3, numLayers: 2, dropout: 0.5)
    let x = Tensor.ones(4, 1, 2)
    XCTAssertFalse(lstm(x).output.equal(lstm(x).output))
    lstm.eval()
    XCTAssertTrue(lstm(x).output.equal(lstm(x).output))
  }
}

/// The calls a reader would try, with the types Swift infers without help.
final class CallTests: XCTestCase {
  func testInferredCalls() {
    let x = Tensor.zeros(5, 2, 4)
    let lstm = LSTM(4, 3)
    let result = lstm(x)
    XCTAssertEqual(result.output.shape, [5, 2, 3])
    XCTAssertEqual(result.state.c.shape, [1, 2, 3])
    let again = lstm(x, result.state)
    XCTAssertEqual(again.state.h.shape, [1, 2, 3])
    let rnn = RNN(4, 3)(x)
    XCTAssertEqual(rnn.hidden.shape, [1, 2, 3])
    let packed = packPaddedSequence(x, lengths: [5, 1])
    XCTAssertEqual(lstm(packed).output.data.shape, [6, 3])
    XCTAssertEqual(RNN(4, 3)(packed, rnn.hidden).output.batchSizes, [2, 1, 1, 1, 1])
    let cell = LSTMCell(4, 3)
    let next = cell(x[0])
    XCTAssertEqual(cell(x[1], next).h.shape, [2, 3])
    XCTAssertEqual(RNNCell(4, 3)(x[0]).shape, [2, 3])
    let linear = Linear(4, 2)(x)
    XCTAssertEqual(linear.shape, [5, 2, 2])
    XCTAssertEqual(lstm(x[.all, 0]).output.shape, [5, 3])
  }
}
