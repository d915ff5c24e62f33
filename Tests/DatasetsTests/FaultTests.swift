import XCTest

@testable import Datasets

/// The words of the errors. None of these may stop the process.
final class FaultTests: XCTestCase {
  private func expect<R>(
    _ message: String, file: StaticString = #filePath, line: UInt = #line, _ body: () -> R
  ) {
    XCTAssertThrowsError(try attempt(body), file: file, line: line) {
      XCTAssertEqual("\($0)", message, file: file, line: line)
    }
  }

  func testLoaders() {
    let samples = [1, 2, 3]
    for size in [0, -1, Int.min] {
      expect("DataLoader: expected a batchSize above 0, got \(size)") {
        Array(DataLoader(samples, batchSize: size, shuffle: true) { $0 })
      }
    }
    expect("DataLoader: there are no samples to shuffle") {
      Array(DataLoader([Int](), shuffle: true) { $0 })
    }
    XCTAssertEqual(Array(DataLoader([Int](), batchSize: Int.max) { $0 }), [])
    XCTAssertEqual(Array(DataLoader(samples, batchSize: Int.max) { $0 }), [samples])
    expect("DataLoader: expected a sampler of 3 samples, got one of 2") {
      Array(
        DataLoader(samples, batchSampler: BucketSampler(lengths: [1, 2], batchSize: 1)) { $0 })
    }
    for (size, pool) in [(0, 1), (1, 0), (-3, 7), (Int.min, Int.max), (2, Int.min)] {
      expect("BucketSampler: expected a batchSize and a poolSize above 0, got \(size) and \(pool)")
      {
        BucketSampler(lengths: samples, batchSize: size, poolSize: pool).batches()
      }
    }
    let wide = BucketSampler(lengths: samples, batchSize: Int.max, poolSize: Int.max)
    XCTAssertEqual(wide.batches(), [[2, 1, 0]])
  }

  func testTensorDatasets() {
    let x = Tensor.zeros(3, 2)
    expect(
      "TensorDataset: expected equal first sizes: tensor 0 is [3, 2], tensor 1 is [2]"
    ) { Array(DataLoader(TensorDataset(x, Tensor.zeros(2)), batchSize: 2)) }
    expect("TensorDataset: tensor 0 has no dimensions, so it cannot hold samples") {
      TensorDataset(Tensor(1.0))
    }
    let dataset = TensorDataset(x, x)
    for index in [3, -4, Int.max, Int.min] {
      let message = "TensorDataset: index \(index) is out of bounds for 3 samples"
      expect(message) { dataset[index] }
      expect(message) { dataset.batch([0, index]) }
      expect(message) { dataset.subset([index]).count }
    }
    expect("matmul: cannot") { () -> Int in
      // An error of an earlier operation is the one that is told.
      record(TensorError("matmul", "cannot"))
      return TensorDataset(Tensor.failed, x).count
    }
    XCTAssertEqual(dataset.batch([]).0.shape, [0, 2])
    XCTAssertEqual(Array(DataLoader(TensorDataset(Tensor.zeros(0, 4)), batchSize: 2)).count, 0)
  }

  func testSplits() {
    let samples = [1, 2, 3, 4, 5]
    expect("randomSplit: sizes [2, 2] do not add up to 5 samples") { randomSplit(samples, [2, 2]) }
    expect(
      "randomSplit: sizes [9223372036854775807, 9223372036854775807] do not add up to 5 samples"
    ) { randomSplit(samples, [Int.max, Int.max]) }
    expect("randomSplit: expected sizes of 0 or more, got [-1, 6]") {
      randomSplit(samples, [-1, 6])
    }
    for shares in [[0.5, 0.4], [1.5, -0.5], [Double.nan, 1], []] {
      expect("randomSplit: expected shares from 0 to 1 that add up to 1, got \(shares)") {
        randomSplit(samples, shares)
      }
    }
  }

  func testText() {
    expect("Vocabulary: token '<pad>' is at 0 and at 1") {
      Vocabulary([["a"]], specials: ["<pad>", "<pad>"])
    }
    expect("Vocabulary: expected a maxSize of 0 or more, got -1") {
      Vocabulary([["a"]], maxSize: -1)
    }
    let vocabulary = Vocabulary(tokens: ["a", "b"])
    for index in [2, -1, Int.max, Int.min] {
      let message = "Vocabulary: index \(index) is out of bounds for 2 tokens"
      expect(message) { vocabulary.token(index) }
      expect(message) { vocabulary.decode([0, index]) }
    }
    expect("ngrams: expected a length above 0, got 0") { ngrams(["a"], upTo: 0) }
    expect("padSequences: expected sizes of 0 or more, got shape [1, -1]") {
      padSequences([[1]], maxLength: -1)
    }
    expect("padSequences: shape [1, 9223372036854775807] has too many elements") {
      padSequences([[1]], maxLength: Int.max)
    }
  }

  func testGenerators() {
    let python = PythonRandom()
    expect("randint: cannot draw from 2 to 1") { python.randint(2, 1) }
    expect("randint: cannot draw from \(Int.min) to \(Int.max)") {
      python.randint(Int.min, Int.max)
    }
    expect("randrange: the range from 0 to 0 is empty") { python.randrange(0) }
    expect("randrange: the range from \(Int.max) to \(Int.min) is empty") {
      python.randrange(Int.max, Int.min)
    }
    expect("choices: cannot draw 1 from 0 values") { python.choices([Int]()) }
    expect("sample: cannot draw 3 different ones from 2 values") { python.sample([1, 2], 3) }
    expect("sample: cannot draw -1 different ones from 2 values") { python.sample([1, 2], -1) }
    _ = python.randrange(Int.min, Int.max)
    XCTAssertNil(python.choice([Int]()))

    expect("NumPyRandom: expected a seed from 0 to 4294967295, got -1") { NumPyRandom(-1) }
    let numpy = NumPyRandom()
    expect("rand: expected sizes of 0 or more, got shape [-2]") { numpy.rand(-2) }
    expect("randint: the range from 3 to 3 is empty") { numpy.randint(3, 3, [1]) }
    expect("normal: expected a deviation of 0 or more, got -1.0") { numpy.normal(0, -1, [1]) }
    expect("permutation: expected sizes of 0 or more, got shape [-1]") { numpy.permutation(-1) }
    expect("choice: cannot draw 3 from 2") { numpy.choice(2, [3], replacing: false) }
    expect("choice: cannot draw 1 from 0") { numpy.choice(0, [1]) }
    expect("choice: expected weights of 0 or more that add up to 1, got [0.5]") {
      numpy.choice([0.5], [1])
    }
    expect(
      "binomial: expected a chance from 0 to 1 and at most 30 expected outcomes, "
        + "got 100 trials of chance 0.5"
    ) { numpy.binomial(100, 0.5, [1]) }
    XCTAssertEqual(numpy.choice(0, [0, 3]).shape, [0, 3])
    _ = numpy.randint(Int.min, Int.max, [4])
  }
}
