import XCTest

@testable import NN
@testable import Tensors

/// The lesson's model: initial weights, first gradients, 100 losses and texts, final weights.
final class HihellGoldenTests: XCTestCase {
  final class Model: Module {
    let rnn = RNN(inputSize: 5, hiddenSize: 3, batchFirst: true)
    let fc1 = Linear(3, 5)  // the name in the recording
    var hidden = Tensor.zeros(1, 1, 3)

    func callAsFunction(_ x: Tensor) -> Tensor {
      let (output, last) = rnn(x, hidden)
      hidden = last.detach()
      return fc1(output.view(-1, output.size(-1)))
    }
  }

  func testTraining() throws {
    let golden = try Golden("hihell").root
    let alphabet = ["h", "i", "e", "l", "o"]
    let x = Tensor([0, 1, 0, 2, 3, 3]).oneHot(classCount: 5).float().unsqueeze(0)
    let target = Tensor([1, 0, 2, 3, 3, 4])
    manualSeed(0)
    let model = Model()
    try compare(model, golden["initial_params"], atol: 3e-6) { $0 }
    let optimizer = Adam(model.parameters(), lr: 0.1)
    let criterion = CrossEntropyLoss()
    let losses = try XCTUnwrap(golden["losses"] as? [Double])
    let exactLosses = try XCTUnwrap(golden["losses_float64"] as? [Double])
    let texts = try XCTUnwrap(golden["predictions"] as? [String])
    XCTAssertEqual(losses.count, 100)
    for step in losses.indices {
      optimizer.zeroGrad()
      let outputs = model(x)
      let loss = criterion(outputs, target)
      XCTAssertEqual(loss.item(), losses[step], accuracy: 1e-4, "loss of step \(step)")
      XCTAssertEqual(loss.item(), exactLosses[step], accuracy: 1e-4, "loss of step \(step)")
      let text = outputs.argmax(dim: 1).ints.map { alphabet[$0] }.joined()
      XCTAssertEqual(text, texts[step], "text of step \(step)")
      loss.backward()
      if step == 0 { try compare(model, golden["grads_step_1"], atol: 2e-6) { $0.grad } }
      optimizer.step()
    }
    try compare(model, golden["final_params"], atol: 1e-3) { $0 }
  }

  private func compare(
    _ model: Model, _ recorded: Any?, atol: Double, _ read: (Parameter) -> Tensor?
  ) throws {
    let values = try XCTUnwrap(recorded as? [String: Any])
    XCTAssertEqual(Set(values.keys), Set(model.namedParameters().map { $0.name }))
    for (name, parameter) in model.namedParameters() {
      try assertClose(read(parameter), values[name], atol: atol, rtol: 1e-5, name)
    }
  }
}
