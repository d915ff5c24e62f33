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
      "cross_entropy_smoothing": { CrossEntropyLoss(labelSmoothing: 0.1)($0, $1) },
      "cross_entropy_soft": { CrossEntropyLoss()($0, $1) },
      "cross_entropy_3d": { CrossEntropyLoss()($0, $1) },
      "nll": { NLLLoss()($0, $1) },
      "nll_weight": { NLLLoss(weight: weight)($0, $1) },
      "bce": { BCELoss()($0, $1) },
      "bce_sum": { BCELoss(reduction: .sum)($0, $1) },
      "bce_logits": { BCEWithLogitsLoss()($0, $1) },
      "bce_logits_pos_weight": { BCEWithLogitsLoss(posWeight: Tensor([2.5]))($0, $1) },
      "l1": { L1Loss()($0, $1) },
      "smooth_l1": { SmoothL1Loss()($0, $1) },
      "kl_div": { KLDivLoss(reduction: .batchMean)($0, $1) },
      "mse": { MSELoss()($0, $1) },
      "mse_sum": { MSELoss(reduction: .sum)($0, $1) },
      "mse_none": { MSELoss(reduction: .none)($0, $1) },
    ]
  }

  private let notYet: [String: String] = [:]

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
      try assertClose(
        loss, record["loss"], atol: 2e-6, rtol: 1e-5, "\(name) \(record["code"] ?? "")")
      loss.sum().backward()
      try assertClose(
        input.grad, record["grad_input"], atol: 2e-6, rtol: 1e-5, "gradient of \(name)")
    }
  }
}
