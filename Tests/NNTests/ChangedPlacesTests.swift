import XCTest

@testable import NN

/// Class numbers, rows of a table and places of a pooling that were changed after the forward pass:
/// the backward pass stops instead of writing where they lead now.
final class ChangedPlacesTests: XCTestCase {
  private func check(_ places: Tensor, _ name: String, _ loss: Tensor) {
    places.fill(1e12)
    XCTAssertThrowsError(try attempt { loss.backward() }) { error in
      let parts = ["backward: \(name)", " needs a tensor of shape "]
      XCTAssertTrue(parts.allSatisfy { "\(error)".contains($0) }, "\(error)")
    }
  }

  func testChangedPlaces() {
    let scores = Tensor.zeros(2, 3, requiresGrad: true)
    let targets = Tensor([0, 2])
    check(targets, "NllLossBackward0", crossEntropy(scores, targets))
    let others = Tensor([0, 2])
    check(others, "NllLossBackward0", nllLoss(scores.logSoftmax(dim: 1), others))
    let rows = Tensor([[0, 1], [2, 2]])
    check(rows, "EmbeddingBagBackward0", EmbeddingBag(3, 2)(rows).sum())
    let pooled = MaxPool1d(2).withIndices(scores.unsqueeze(0))
    check(pooled.indices, "SqueezeBackward1", pooled.output.sum())
    let tokens = Tensor([0, 1])
    let table = Embedding(3, 2)
    let sum = table(tokens).sum()
    tokens.fill(1e12)
    sum.backward()  // the rows were noted
    XCTAssertEqual(table.weight.grad?.doubles, [1, 1, 1, 1, 0, 0])
    XCTAssertNil(scores.grad)
  }
}
