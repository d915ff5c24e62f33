import XCTest

@testable import NN
@testable import Tensors

/// Ten steps with recorded gradients on two parameters.
final class OptimizerGoldenTests: XCTestCase {
  private let cases: [String: ([Parameter]) -> Optimizer] = [
    "SGD(p, lr=0.1)": { SGD($0, lr: 0.1) },
    "SGD(p, lr=0.1, momentum=0.9)": { SGD($0, lr: 0.1, momentum: 0.9) },
    "SGD(p, lr=0.1, momentum=0.9, nesterov=True)": {
      SGD($0, lr: 0.1, momentum: 0.9, nesterov: true)
    },
    "SGD(p, lr=0.1, weight_decay=0.01)": { SGD($0, lr: 0.1, weightDecay: 0.01) },
    "SGD(p, lr=0.05, momentum=0.8, dampening=0.3, weight_decay=0.1)": {
      SGD($0, lr: 0.05, momentum: 0.8, dampening: 0.3, weightDecay: 0.1)
    },
    "Adam(p, lr=0.001)": { Adam($0) },
    "Adam(p, lr=0.1)": { Adam($0, lr: 0.1) },
    "Adam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1)": {
      Adam($0, lr: 0.01, betas: (0.8, 0.99), eps: 1e-6, weightDecay: 0.1)
    },
    "Adam(p, lr=0.01, amsgrad=True)": { Adam($0, lr: 0.01, amsgrad: true) },
    "AdamW(p, lr=0.01)": { AdamW($0, lr: 0.01) },
    "AdamW(p, lr=0.01, weight_decay=0.3)": { AdamW($0, lr: 0.01, weightDecay: 0.3) },
  ]

  private let notYet = [
    "RMSprop(p, lr=0.01)": "RMSprop: not built yet",
    "RMSprop(p, lr=0.01, alpha=0.9, momentum=0.5, centered=True, weight_decay=0.01)":
      "RMSprop: not built yet",
    "Adagrad(p, lr=0.1)": "Adagrad: not built yet",
    "Adagrad(p, lr=0.1, lr_decay=0.05, weight_decay=0.02, initial_accumulator_value=0.1)":
      "Adagrad: not built yet",
    "Adadelta(p, lr=1.0)": "Adadelta: not built yet",
    "Adamax(p, lr=0.01)": "Adamax: not built yet",
  ]

  func testSteps() throws {
    let golden = try Golden("optim")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: cases.keys, notYet: notYet)
    let start = try XCTUnwrap(golden.root["start"] as? [Any])
    let gradients = try XCTUnwrap(golden.root["grads"] as? [[Any]])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let make = cases[code] else { continue }
      let parameters = try start.map { Parameter(try recordedTensor($0)) }
      let optimizer = make(parameters)
      let recorded = try XCTUnwrap(record["after_step"] as? [[Any]])
      for (step, values) in recorded.enumerated() {
        for (parameter, gradient) in zip(parameters, gradients[step]) {
          parameter.grad = gradient is [String: Any] ? try recordedTensor(gradient) : nil
        }
        optimizer.step()
        for (parameter, value) in zip(parameters, values) {
          try assertClose(parameter, value, atol: 1e-6, rtol: 1e-5, "\(code), step \(step)")
        }
      }
      optimizer.zeroGrad()
      XCTAssertNil(parameters[0].grad)
    }
  }
}
