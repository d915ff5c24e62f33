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
    "RMSprop(p, lr=0.01)": { RMSprop($0) },
    "RMSprop(p, lr=0.01, alpha=0.9, momentum=0.5, centered=True, weight_decay=0.01)": {
      RMSprop($0, alpha: 0.9, weightDecay: 0.01, momentum: 0.5, centered: true)
    },
    "Adagrad(p, lr=0.1)": { Adagrad($0, lr: 0.1) },
    "Adagrad(p, lr=0.1, lr_decay=0.05, weight_decay=0.02, initial_accumulator_value=0.1)": {
      Adagrad($0, lr: 0.1, lrDecay: 0.05, weightDecay: 0.02, initialAccumulatorValue: 0.1)
    },
    "Adadelta(p, lr=1.0)": { Adadelta($0) },
    "Adamax(p, lr=0.01)": { Adamax($0, lr: 0.01) },
    "Adam(p, lr=0.001)": { Adam($0) },
    "Adam(p, lr=0.1)": { Adam($0, lr: 0.1) },
    "Adam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1)": {
      Adam($0, lr: 0.01, betas: (0.8, 0.99), eps: 1e-6, weightDecay: 0.1)
    },
    "Adam(p, lr=0.01, amsgrad=True)": { Adam($0, lr: 0.01, amsgrad: true) },
  ]

  private let notYet = [
    "AdamW(p, lr=0.01)": "AdamW: not built yet",
    "AdamW(p, lr=0.01, weight_decay=0.3)": "AdamW: not built yet",
  ]

  /// More settings, and groups with rates and decays of their own.
  private let more: [String: ([Parameter]) -> Optimizer] = [
    "SGD(p, lr=0.1, maximize=True)": { SGD($0, lr: 0.1, maximize: true) },
    "SGD(p, lr=0.1, momentum=0.9, weight_decay=0.05, nesterov=True)": {
      SGD($0, lr: 0.1, momentum: 0.9, weightDecay: 0.05, nesterov: true)
    },
    "RMSprop(p, lr=0.01, centered=True)": { RMSprop($0, centered: true) },
    "RMSprop(p, lr=0.01, momentum=0.9, maximize=True)": {
      RMSprop($0, momentum: 0.9, maximize: true)
    },
    "Adagrad(p, lr=0.1, eps=1e-3, maximize=True)": {
      Adagrad($0, lr: 0.1, eps: 1e-3, maximize: true)
    },
    "Adadelta(p, lr=0.5, rho=0.8, eps=1e-5, weight_decay=0.1)": {
      Adadelta($0, lr: 0.5, rho: 0.8, eps: 1e-5, weightDecay: 0.1)
    },
    "Adamax(p, lr=0.05, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1)": {
      Adamax($0, lr: 0.05, betas: (0.8, 0.99), eps: 1e-6, weightDecay: 0.1)
    },
    "SGD([{'params': [p[0]], 'lr': 0.2}, {'params': [p[1]], 'weight_decay': 0.3}], lr=0.05, "
      + "momentum=0.5, weight_decay=0.01)": {
        SGD(
          [ParameterGroup([$0[0]], lr: 0.2), ParameterGroup([$0[1]], weightDecay: 0.3)],
          lr: 0.05, momentum: 0.5, weightDecay: 0.01)
      },
    "Adamax([{'params': [p[0]]}, {'params': [p[1]], 'lr': 0.1, 'weight_decay': 0.02}])": {
      Adamax([ParameterGroup([$0[0]]), ParameterGroup([$0[1]], lr: 0.1, weightDecay: 0.02)])
    },
  ]

  func testSteps() throws {
    let golden = try Golden("optim")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: cases.keys, notYet: notYet)
    try run(golden, cases)
  }

  func testMoreSteps() throws {
    let golden = try Golden("optim_more")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: more.keys, notYet: [:])
    try run(golden, more)
  }

  /// Saved after each step and loaded into a new optimizer, the run goes on as if nothing happened.
  func testResumedSteps() throws {
    let all = cases.merging(more) { a, _ in a }.filter { !$0.key.hasPrefix("Adam(") }
    for golden in [try Golden("optim"), try Golden("optim_more")] {
      try run(golden, all) { optimizer, make in
        let next = make()
        next.loadStateDict(optimizer.stateDict())
        return next
      }
    }
  }

  private func run(
    _ golden: Golden, _ cases: [String: ([Parameter]) -> Optimizer],
    between: (Optimizer, () -> Optimizer) -> Optimizer = { optimizer, _ in optimizer }
  ) throws {
    let recorded = try Golden("optim").root
    let start = try XCTUnwrap(recorded["start"] as? [Any])
    let gradients = try XCTUnwrap(recorded["grads"] as? [[Any]])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let make = cases[code] else { continue }
      for dtype in [DType.float32, .float64] {
        let parameters = try start.map { Parameter(try recordedTensor($0).to(dtype)) }
        var optimizer = make(parameters)
        if let text = record["text"] as? String { XCTAssertEqual("\(optimizer)", text) }
        let recorded = try XCTUnwrap(record["after_step"] as? [[Any]])
        for (step, values) in recorded.enumerated() {
          for (parameter, gradient) in zip(parameters, gradients[step]) {
            parameter.grad =
              gradient is [String: Any] ? try recordedTensor(gradient).to(dtype) : nil
          }
          optimizer.step()
          optimizer = between(optimizer) { make(parameters) }
          for (parameter, value) in zip(parameters, values) {
            try assertClose(
              parameter.float(), value, atol: 1e-6, rtol: 1e-5, "\(code), step \(step)")
          }
        }
        optimizer.zeroGrad()
        XCTAssertNil(parameters[0].grad)
      }
    }
  }

  func testTexts() throws {
    let texts = try XCTUnwrap(try Golden("optim_more").root["texts"] as? [[String: String]])
    func p() -> Parameter { Parameter(.ones(2)) }
    func grouped(_ schedule: (Optimizer) -> LRScheduler) -> Optimizer {
      let optimizer = SGD(
        [ParameterGroup([p()], lr: 0.2), ParameterGroup([p()])], lr: 0.05, momentum: 0.5)
      _ = schedule(optimizer)
      return optimizer
    }
    let made: [String: Optimizer] = [
      "SGD(p)": SGD([p()]), "RMSprop(p)": RMSprop([p()]), "Adagrad(p)": Adagrad([p()]),
      "Adadelta(p)": Adadelta([p()]), "Adamax(p)": Adamax([p()]),
      "StepLR(o, 3)": grouped { StepLR($0, stepSize: 3) },
      "OneCycleLR(o, 0.5, total_steps=10)": grouped {
        OneCycleLR($0, maxLR: 0.5, totalSteps: 10)
      },
    ]
    XCTAssertEqual(Set(texts.compactMap { $0["code"] }), Set(made.keys))
    for text in texts {
      XCTAssertEqual(made[text["code"] ?? ""]?.description, text["text"])
    }
  }
}
