import NN
import XCTest

@testable import Datasets

/// The contract's classifier, compiled: vocabulary, loader, packed LSTM, training, evaluation.
final class ClassifierTests: XCTestCase {
  final class LSTMPackClassifier: Module {
    let embedding: Embedding
    let rnn: LSTM
    let fc: Linear

    init(vocabularySize: Int, embedSize: Int, hiddenSize: Int, classCount: Int) {
      embedding = Embedding(vocabularySize, embedSize)
      rnn = LSTM(embedSize, hiddenSize, batchFirst: true)
      fc = Linear(hiddenSize, classCount)
      super.init()
    }

    func callAsFunction(_ x: Tensor, lengths: [Int]) -> Tensor {
      let packed = packPaddedSequence(
        embedding(x), lengths: lengths, batchFirst: true, enforceSorted: false)
      let (_, (h, _)) = rnn(packed)
      return fc(h[-1])
    }
  }

  func testClassifierLearns() {
    manualSeed(0)
    let sentences: [(label: Int, text: String)] = [
      (0, "The minister met the president."), (1, "The team won the final match!"),
      (0, "Talks on the treaty failed."), (1, "Striker scores twice in the cup"),
      (0, "Parliament votes on the new law"), (1, "Coach praises the young keeper"),
    ]
    let tokenize = basicEnglishTokenizer()
    let vocabulary = Vocabulary(
      sentences.map { tokenize($0.text) }, specials: ["<unk>", "<pad>"])
    XCTAssertEqual(vocabulary.count, 29)
    XCTAssertEqual(vocabulary["the"], 2)
    XCTAssertEqual(vocabulary["never-seen"], 0)

    func padLength(
      _ batch: [(label: Int, text: String)]
    ) -> (labels: Tensor, text: Tensor, lengths: [Int]) {
      let rows = batch.map { tokenize($0.text).map { vocabulary[$0] } }
      return (
        Tensor(batch.map(\.label)), padSequence(rows, batchFirst: true, paddingValue: 0),
        rows.map(\.count)
      )
    }

    let loader = DataLoader(sentences, batchSize: 4, shuffle: true, collate: padLength)
    XCTAssertEqual(loader.count, 2)
    let net = LSTMPackClassifier(
      vocabularySize: vocabulary.count, embedSize: 8, hiddenSize: 6, classCount: 2)
    let optimizer = Adam(net.parameters(), lr: 0.05)
    let lossFunction = CrossEntropyLoss()

    net.train()
    var losses: [Double] = []
    for _ in 1...15 {
      losses.append(0)
      for (labels, text, lengths) in loader {
        optimizer.zeroGrad()
        let loss = lossFunction(net(text, lengths: lengths), labels)
        loss.backward()
        optimizer.step()
        losses[losses.count - 1] += loss.item()
      }
    }
    // The same program in PyTorch (torch 2.15), sums of batch losses.
    for (epoch, loss) in recordedLosses {
      XCTAssertEqual(losses[epoch - 1], loss, accuracy: 1e-4, "epoch \(epoch)")
    }

    net.eval()
    withNoGrad {
      let (labels, text, lengths) = padLength(sentences)
      let logits = net(text, lengths: lengths)
      XCTAssertEqual((logits.argmax(dim: 1) .== labels).float().mean().item(), 1)
      let (_, (direct, _)) = net.rnn(net.embedding(text), lengths: lengths)
      XCTAssertEqual(direct.shape, [1, 6, 6])
      XCTAssertTrue(
        zip(net.fc(direct[-1]).doubles, logits.doubles).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  private let recordedLosses = [
    1: 1.326054, 2: 1.006601, 3: 0.677839, 4: 0.377973, 5: 0.190751, 6: 0.077044, 10: 0.005787,
    15: 0.002191,
  ]
}
