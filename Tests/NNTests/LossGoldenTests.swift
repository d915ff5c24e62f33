import XCTest

@testable import NN
@testable import Tensors

/// Losses and the gradient of the summed loss with respect to the input.
final class LossGoldenTests: XCTestCase {
  private func cases(_ weight: Tensor) -> [String: (Tensor, Tensor) -> Tensor] {
    [
      "cross_entropy": { CrossEntropyLoss()($0, $1) },
      "cross_entropy_sum": { CrossEntropyLoss(reduction: .sum)($0, $1) },
      "cross_entropy_none": { CrossEntropyLoss(reduction: .none)($0, $1) },
      "cross_entropy_weight": { CrossEntropyLoss(weight: weight)($0, $1) },
      "cross_entropy_ignore": { CrossEntropyLoss()($0, $1) },
      "cross_entropy_ignore_1": { CrossEntropyLoss(ignoreIndex: 1)($0, $1) },
      "cross_entropy_weight_ignore": { CrossEntropyLoss(weight: weight, ignoreIndex: 1)($0, $1) },
      "cross_entropy_large": { CrossEntropyLoss()($0, $1) },
      "cross_entropy_unbatched": { CrossEntropyLoss()($0, $1) },
      "mse": { MSELoss()($0, $1) },
      "mse_sum": { MSELoss(reduction: .sum)($0, $1) },
      "mse_none": { MSELoss(reduction: .none)($0, $1) },
    ]
  }

  private let notYet = [
    "cross_entropy_smoothing": "label smoothing: not built yet",
    "cross_entropy_soft": "class probabilities as targets: not built yet",
    "cross_entropy_3d": "scores with more than 2 dimensions: not built yet",
    "nll": "NLLLoss: not built yet", "nll_weight": "NLLLoss: not built yet",
    "bce": "BCELoss: not built yet", "bce_sum": "BCELoss: not built yet",
    "bce_logits": "BCEWithLogitsLoss: not built yet",
    "bce_logits_pos_weight": "BCEWithLogitsLoss: not built yet",
    "l1": "L1Loss: not built yet", "smooth_l1": "SmoothL1Loss: not built yet",
    "kl_div": "KLDivLoss: not built yet",
  ]

  func testLosses() throws {
    let golden = try Golden("losses")
    let cases = cases(Tensor(try XCTUnwrap(golden.root["W"] as? [Double])))
    assertCovered(
      golden.cases.compactMap { $0["name"] as? String }, run: cases.keys, notYet: notYet)
    for record in golden.cases {
      let name = try XCTUnwrap(record["name"] as? String)
      guard let run = cases[name] else { continue }
      let input = try recordedTensor(record["input"], requiresGrad: true)
      let loss = run(input, try recordedTensor(record["target"]))
      try assertClose(loss, record["loss"], atol: 2e-6, rtol: 1e-5, "\(name) \(record["code"] ?? "")")
      loss.sum().backward()
      try assertClose(
        input.grad, record["grad_input"], atol: 2e-6, rtol: 1e-5, "gradient of \(name)")
    }
  }
}
