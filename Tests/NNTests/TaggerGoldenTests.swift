import XCTest

@testable import NN
@testable import Tensors

/// The tagger of the lesson: initial weights, first gradients, 200 losses and taggings, and a run
/// that is saved in the middle.
final class TaggerGoldenTests: XCTestCase {
  final class Model: Module {
    let embedding: Embedding
    let lstm: LSTM
    let linear: Linear
    var state: (Tensor, Tensor)?

    init(_ words: Int, _ tags: Int, embeddingSize: Int, hiddenSize: Int) {
      embedding = Embedding(words, embeddingSize)
      lstm = LSTM(embeddingSize, hiddenSize)
      linear = Linear(hiddenSize, tags)
      super.init()
    }

    /// The recorded names.
    override var namedChildren: [(name: String, child: ModuleChild)] {
      [
        ("embedding_layer", .module(embedding)), ("lstm", .module(lstm)),
        ("linear", .module(linear)),
      ]
    }

    func callAsFunction(_ words: Tensor) -> Tensor {
      let (output, next) = lstm(embedding(words), state)
      state = (next.h.detach(), next.c.detach())
      return linear(output)
    }
  }

  func testTraining() throws {
    let golden = try Golden("tagger").root
    let words = try XCTUnwrap(golden["word_to_idx"] as? [String: Int])
    let tags = try XCTUnwrap(golden["tag_to_idx"] as? [String: Int])
    let names = tags.sorted { $0.value < $1.value }.map { $0.key }
    let sentences = try XCTUnwrap(golden["sentences"] as? [[String]]).map { pair in
      (
        Tensor(pair[0].split(separator: " ").compactMap { words[String($0)] }),
        Tensor(pair[1].split(separator: " ").compactMap { tags[String($0)] })
      )
    }
    manualSeed(0)
    let model = Model(9, 3, embeddingSize: 6, hiddenSize: 3)
    try compare(model, golden["initial_params"], atol: 3e-6) { $0 }
    let optimizer = Adam(model.parameters(), lr: 0.1)
    let criterion = CrossEntropyLoss()
    let losses = try XCTUnwrap(golden["losses"] as? [Double])
    let exactLosses = try XCTUnwrap(golden["losses_float64"] as? [Double])
    let taggings = try XCTUnwrap(golden["predictions"] as? [String])
    XCTAssertEqual(losses.count, 200)
    for step in losses.indices {
      let (x, y) = sentences[step % sentences.count]
      optimizer.zeroGrad()
      let scores = model(x)
      let loss = criterion(scores, y)
      XCTAssertEqual(loss.item(), losses[step], accuracy: 1e-4, "loss of step \(step)")
      XCTAssertEqual(loss.item(), exactLosses[step], accuracy: 1e-4, "loss of step \(step)")
      let tagging = scores.argmax(dim: 1).ints.map { names[$0] }.joined(separator: " ")
      XCTAssertEqual(tagging, taggings[step], "tags of step \(step)")
      loss.backward()
      if step == 0 { try compare(model, golden["grads_step_1"], atol: 2e-6) { $0.grad } }
      optimizer.step()
    }
    try compare(model, golden["final_params"], atol: 2e-3) { $0 }
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
