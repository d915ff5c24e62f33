import XCTest

@testable import NN
@testable import Tensors

/// Recurrent layers against PyTorch: outputs, states, and all gradients of
/// sum(output w_out) + sum(h_n w_h) (+ sum(c_n w_c)).
final class RecurrentGoldenTests: XCTestCase {
  func testTanh() throws { try check("rnn_tanh") }
  func testRelu() throws { try check("rnn_relu") }
  func testLSTM() throws { try check("lstm") }
  func testGRU() throws { try check("gru") }

  private func check(_ topic: String) throws {
    let cases = try Golden(topic).cases
    XCTAssertEqual(cases.count, 20)
    for record in cases { try check(record) }
  }

  private func check(_ record: [String: Any]) throws {
    let name = try XCTUnwrap(record["name"] as? String)
    let input = try recordedTensor(record["input"], requiresGrad: true)
    let batchFirst = record["batch_first"] as? Bool ?? false
    let parameters = try XCTUnwrap(record["params"] as? [String: Any])
    let h0 = try state(record["h0"])
    let c0 = try state(record["c0"])
    let lengths = record["lengths"] as? [Int]
    let module = try layer(record)
    for (name, value) in parameters {
      try assign(recordedTensor(value), into: module.parameter(name))
    }
    XCTAssertEqual(module.parameters().count, parameters.count)

    let (output, h, c): (Tensor, Tensor, Tensor?)
    if let lengths {
      let packed = packPaddedSequence(
        input, lengths: lengths, batchFirst: batchFirst, enforceSorted: false)
      let result = try module.runPacked(packed, h0, c0)
      output = padPackedSequence(packed.with(result.output), batchFirst: batchFirst).output
      (h, c) = (result.hidden, result.cell)
    } else {
      let result = try module.runTensor(input, h0, c0)
      (output, h, c) = (result.output, result.hidden, result.cell)
    }
    var loss =
      try (output * recordedTensor(record["w_out"])).sum()
      + (h * recordedTensor(record["w_h"])).sum()
    if let c { loss = try loss + (c * recordedTensor(record["w_c"])).sum() }
    loss.backward()

    func close(_ ours: Tensor?, _ recorded: Any?, _ what: String) throws {
      try assertClose(ours, recorded, atol: 2e-5, rtol: 1e-5, "\(name) \(what)")
    }
    try close(output, record["output"], "output")
    try close(h, record["h_n"], "h_n")
    if let c { try close(c, record["c_n"], "c_n") }
    try close(loss.detach(), record["loss"], "loss")
    let gradients = try XCTUnwrap(record["grads"] as? [String: Any])
    for (place, value) in gradients {
      let tensor =
        place == "input" ? input : place == "h0" ? h0 : place == "c0" ? c0 : module.parameter(place)
      try close(tensor?.grad, value, "gradient of \(place)")
    }
  }

  private func state(_ value: Any?) throws -> Tensor? {
    value is [String: Any] ? try recordedTensor(value, requiresGrad: true) : nil
  }

  private func layer(_ record: [String: Any]) throws -> RecurrentModule {
    let inputs = try XCTUnwrap(record["input_size"] as? Int)
    let hidden = try XCTUnwrap(record["hidden_size"] as? Int)
    let layers = try XCTUnwrap(record["num_layers"] as? Int)
    let bias = record["bias"] as? Bool ?? true
    let batchFirst = record["batch_first"] as? Bool ?? false
    let both = record["bidirectional"] as? Bool ?? false
    switch record["mode"] as? String {
    case "LSTM":
      return LSTM(
        inputs, hidden, numLayers: layers, bias: bias, batchFirst: batchFirst, bidirectional: both)
    case "GRU":
      return GRU(
        inputs, hidden, numLayers: layers, bias: bias, batchFirst: batchFirst, bidirectional: both)
    case "RNN_RELU":
      return RNN(
        inputs, hidden, numLayers: layers, nonlinearity: "relu", bias: bias,
        batchFirst: batchFirst, bidirectional: both)
    default:
      return RNN(
        inputs, hidden, numLayers: layers, bias: bias, batchFirst: batchFirst, bidirectional: both)
    }
  }
}
