import XCTest

@testable import NN
@testable import Tensors

/// RNNCell and LSTMCell against PyTorch, with gradients.
final class CellGoldenTests: XCTestCase {
  func testCells() throws {
    let cases = try Golden("cells").cases
    assertCovered(
      cases.compactMap { $0["cell"] as? String }, run: ["RNNCell", "LSTMCell", "GRUCell"],
      notYet: [:])
    for record in cases { try check(record) }
  }

  private func check(_ record: [String: Any]) throws {
    let kind = try XCTUnwrap(record["cell"] as? String)
    let parameters = try XCTUnwrap(record["params"] as? [String: Any])
    let bias = record["bias"] as? Bool ?? true
    let input = try recordedTensor(record["input"], requiresGrad: true)
    let h = try recordedTensor(record["h"], requiresGrad: true)
    let c = kind == "LSTMCell" ? try recordedTensor(record["c"], requiresGrad: true) : nil
    let (inputs, hidden) = (input.size(1), h.size(1))
    let cell: RecurrentCell =
      switch kind {
      case "LSTMCell": LSTMCell(inputs, hidden, bias: bias)
      case "GRUCell": GRUCell(inputs, hidden, bias: bias)
      default: RNNCell(inputs, hidden, bias: bias)
      }
    let named = Dictionary(
      uniqueKeysWithValues: cell.namedParameters().map { ($0.name, $0.parameter) })
    XCTAssertEqual(Set(named.keys), Set(parameters.keys))
    for (name, value) in parameters {
      try assign(recordedTensor(value), into: XCTUnwrap(named[name]))
    }
    let next = try cell.step(input, h, c)
    var loss = try (next.h * recordedTensor(record["w_h"])).sum()
    if let c = next.c { loss = try loss + (c * recordedTensor(record["w_c"])).sum() }
    loss.backward()
    func close(_ ours: Tensor?, _ recorded: Any?, _ what: String) throws {
      try assertClose(ours, recorded, atol: 2e-6, rtol: 1e-5, "\(kind) bias \(bias) \(what)")
    }
    try close(next.h, record["h_next"], "h")
    if let c = next.c { try close(c, record["c_next"], "c") }
    for (place, value) in try XCTUnwrap(record["grads"] as? [String: Any]) {
      let tensor = place == "input" ? input : place == "h" ? h : place == "c" ? c : named[place]
      try close(tensor?.grad, value, "gradient of \(place)")
    }
  }
}
