// The batches of the workloads, made before anything is timed.

import NN

/// What a step is given: the target is classes, or 0 and 1 as numbers.
struct Batch {
  let input: Tensor
  let target: Tensor
}

/// A batch of sequences with their true lengths.
struct RaggedBatch {
  let input: Tensor
  let lengths: [Int]
  let target: Tensor
}

/// Letters as unit vectors, and the number of the letter after each.
struct LetterBatch {
  let input: Tensor
  let next: [Int]
}

/// Token numbers `[batch, longest]` with `padding` after the end of each sequence. The draw covers
/// the padded places too.
private func padded(
  _ stream: SplitMix, _ lengths: [Int], _ vocabulary: Range<Int>, padding: Int
) -> Tensor {
  let time = lengths.max() ?? 0
  return Tensor(
    lengths.enumerated().map { row, length in
      (0..<time).map { column in
        column < length ? stream.integer(row * time + column, in: vocabulary) : padding
      }
    })
}

/// News of about 43 words in 4 classes: x `[16, time]`.
func newsBatches(_ count: Int = 64) -> [RaggedBatch] {
  (0..<count).map { k in
    let lengths = SplitMix(1000 + k).lengths(16, mean: 43, deviation: 12, in: 8...200)
    return RaggedBatch(
      input: padded(SplitMix(2000 + k), lengths, 1..<95812, padding: 0), lengths: lengths,
      target: Tensor(SplitMix(3000 + k).integers(16, in: 0..<4)))
  }
}

/// Film reviews, longest first, as a bucket iterator gives them: x `[time, 64]`.
func raggedReviews(_ count: Int) -> [RaggedBatch] {
  (0..<count).map { k in
    let lengths = SplitMix(4000 + k).lengths(64, mean: 230, deviation: 120, in: 20...800)
      .sorted(by: >)
    return RaggedBatch(
      input: padded(SplitMix(5000 + k), lengths, 2..<25002, padding: 1).t().contiguous(),
      lengths: lengths, target: Tensor(SplitMix(6000 + k).integers(64, in: 0..<2)).float())
  }
}

/// Film reviews cut to 500 words: x `[batch, 500]`, target `[batch, 1]`.
func fixedReviews(_ batch: Int, asNumbers: Bool = false, count: Int = 4) -> [Batch] {
  (0..<count).map { k in
    let words = Tensor(SplitMix(7000 + k).integers(batch * 500, in: 0..<10000)).view(batch, 500)
    return Batch(
      input: asNumbers ? words.float() : words,
      target: Tensor(SplitMix(8000 + k).integers(batch, in: 0..<2)).float().view(-1, 1))
  }
}

/// Images read line by line: x `[64, 28, 28]`.
func imageBatches(_ count: Int = 8) -> [Batch] {
  (0..<count).map { k in
    let stream = SplitMix(9000 + k)
    let pixels = Tensor((0..<64 * 784).map { Float(stream.unit($0)) })
    return Batch(
      input: pixels.view(64, 28, 28), target: Tensor(SplitMix(9500 + k).integers(64, in: 0..<10)))
  }
}

/// The letters of "hihell" as unit vectors, and the next letters "ihello".
func hihellBatch() -> Batch {
  Batch(
    input: Tensor([0, 1, 0, 2, 3, 3]).oneHot(classCount: 5).float().unsqueeze(0),
    target: Tensor([1, 0, 2, 3, 3, 4]))
}

/// Two sentences and the kinds of their words.
func tagBatches() -> [Batch] {
  [
    Batch(input: Tensor([0, 1, 2, 3, 4]), target: Tensor([0, 1, 2, 0, 1])),
    Batch(input: Tensor([5, 6, 7, 8]), target: Tensor([1, 2, 0, 1])),
  ]
}

/// 25 letters as unit vectors, and the next ones.
func letterBatches(_ count: Int = 16) -> [LetterBatch] {
  (0..<count).map { k in
    let letters = SplitMix(9900 + k).integers(26, in: 0..<65)
    return LetterBatch(
      input: Tensor(Array(letters[..<25])).oneHot(classCount: 65).float(),
      next: Array(letters[1...]))
  }
}
