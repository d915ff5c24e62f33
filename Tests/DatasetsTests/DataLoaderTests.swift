import XCTest

@testable import Datasets

/// Orders, sizes and draws of loaders and splits.
final class DataLoaderTests: XCTestCase {
  private func passes(_ loader: DataLoader<[Int]>, _ count: Int = 1) -> [[[Int]]] {
    (0..<count).map { _ in Array(loader) }
  }

  private func loader(
    _ count: Int, _ batchSize: Int, shuffle: Bool = true, dropLast: Bool = false
  ) -> DataLoader<[Int]> {
    DataLoader(
      Array(0..<count), batchSize: batchSize, shuffle: shuffle, dropLast: dropLast
    ) { $0 }
  }

  /// The cases of rng.json that `RandomGoldenTests` leaves to this target.
  func testRecordedOrders() throws {
    let cases: [String: () -> [Any]] = [
      "loader(10, 4), loader(10, 4)": {
        [Array(self.loader(10, 4)), Array(self.loader(10, 4))]
      },
      "loader(20, 1)": { [Array(self.loader(20, 1))] },
      "split(10, 7, 3), torch.rand(1)": {
        [randomSplit(Array(0..<10), [7, 3]), Tensor.rand(1)]
      },
    ]
    for record in try Golden("rng").cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let run = cases[code] else {
        XCTAssertFalse(code.contains("loader") || code.contains("split"), code)
        continue
      }
      let recorded = try XCTUnwrap(record["results"] as? [Any])
      manualSeed(0)
      let results = run()
      XCTAssertEqual(results.count, recorded.count, code)
      for (ours, theirs) in zip(results, recorded) {
        if let tensor = ours as? Tensor {
          try assertClose(tensor, theirs, atol: 0, rtol: 1e-7, code)
        } else {
          XCTAssertEqual(ours as? [[Int]], theirs as? [[Int]], code)
        }
      }
    }
  }

  /// Recorded with torch 2.15: one loader, several passes, and the stream behind them.
  func testStreamBehindLoaders() {
    manualSeed(3)
    let dropping = loader(7, 3, dropLast: true)
    XCTAssertEqual(dropping.count, 2)
    XCTAssertEqual(
      passes(dropping, 2), [[[3, 2, 5], [4, 1, 0]], [[3, 1, 6], [0, 2, 4]]])
    XCTAssertEqual(Tensor.rand(1).item(), 0.5944, accuracy: 1e-4)
    // A pass in order draws its seed, too.
    manualSeed(0)
    XCTAssertEqual(Array(loader(4, 3, shuffle: false)), [[0, 1, 2], [3]])
    XCTAssertEqual(Tensor.rand(1).item(), 0.0885, accuracy: 1e-4)
    // The second draw of a shuffled pass comes with its first batch.
    manualSeed(0)
    let iterator = loader(6, 4).makeIterator()
    XCTAssertEqual(Tensor.rand(1).item(), 0.0885, accuracy: 1e-4)
    XCTAssertNotNil(iterator.next())
    XCTAssertEqual(Tensor.rand(1).item(), 0.6341, accuracy: 1e-4)
    manualSeed(123)
    XCTAssertEqual(Array(loader(5, 1)), [[3], [1], [0], [2], [4]])
  }

  func testCounts() {
    for count in 0...7 {
      for batchSize in 1...8 {
        for dropLast in [false, true] {
          let loader = loader(count, batchSize, shuffle: false, dropLast: dropLast)
          let batches = Array(loader)
          XCTAssertEqual(batches.count, loader.count)
          XCTAssertEqual(loader.sampleCount, count)
          let expected = dropLast ? count / batchSize * batchSize : count
          XCTAssertEqual(batches.flatMap { $0 }, Array(0..<expected))
          XCTAssertTrue(batches.dropLast().allSatisfy { $0.count == batchSize })
        }
      }
    }
  }

  func testTensorDataset() {
    let x = Tensor.arange(12).view(6, 2)
    let y = Tensor.arange(6) * 10
    let dataset = TensorDataset(x, y)
    XCTAssertEqual(dataset.count, 6)
    XCTAssertEqual(dataset[-1].0.ints, [10, 11])
    XCTAssertEqual(dataset[-1].1.shape, [])
    XCTAssertEqual(dataset.map { $0.1.item() }, [0, 10, 20, 30, 40, 50])
    manualSeed(0)
    let loader = DataLoader(dataset, batchSize: 4, shuffle: true)
    var places: [Int] = []
    for (inputs, targets) in loader {
      XCTAssertEqual(inputs.shape, [targets.count, 2])
      XCTAssertEqual(targets.ints, inputs[.all, 0].ints.map { $0 * 5 })
      places += targets.ints.map { $0 / 10 }
    }
    manualSeed(0)
    XCTAssertEqual(places, Array(self.loader(6, 4)).flatMap { $0 })
    XCTAssertEqual(Array(DataLoader(TensorDataset(y), batchSize: 5)).map(\.shape), [[5], [1]])
    let three = DataLoader(TensorDataset(x, y, x.float()), batchSize: 6)
    for (a, b, c) in three { XCTAssertEqual([a.dim, b.dim, c.dim], [2, 1, 2]) }
    let named = DataLoader(TensorDataset(x, y) { (image: $0, label: $1) }, batchSize: 2)
    XCTAssertEqual(named.map { $0.label.ints }, [[0, 10], [20, 30], [40, 50]])
  }

  func testSubsets() {
    let dataset = TensorDataset(Tensor.arange(5))
    let subset = dataset.subset([4, -4, 2])
    XCTAssertEqual(subset.map { $0.item() }, [4, 1, 2])
    XCTAssertEqual(subset.tensors[0].ints, [4, 1, 2])
    XCTAssertEqual(dataset.tensors[0].ints, [0, 1, 2, 3, 4])
    XCTAssertEqual(subset.subset([2, 0]).batch([1, 0, -2]).ints, [4, 2, 2])
    XCTAssertEqual(Array(DataLoader(subset, batchSize: 2)).map(\.ints), [[4, 1], [2]])
  }

  func testGradientReachesTheTensors() {
    let x = Tensor.ones(3, 2, requiresGrad: true)
    for batch in DataLoader(TensorDataset(x), batchSize: 2) { (batch * 2).sum().backward() }
    XCTAssertEqual(x.grad?.doubles, [2, 2, 2, 2, 2, 2])
  }

  /// Recorded with torch 2.15, seed 0.
  func testSplits() {
    manualSeed(0)
    XCTAssertEqual(
      randomSplit(Array(0..<11), [0.7, 0.3]), [[10, 0, 4, 3, 5, 8, 2, 1], [9, 7, 6]])
    manualSeed(0)
    XCTAssertEqual(
      randomSplit(Array(0..<11), [0.33, 0.33, 0.34]), [[10, 0, 4, 3], [5, 8, 2, 1], [9, 7, 6]])
    manualSeed(0)
    let parts = randomSplit(TensorDataset(Tensor.arange(11)), [0.5, 0.25, 0.25])
    XCTAssertEqual(
      parts.map { $0.tensors[0].ints }, [[10, 0, 4, 3, 5, 8], [2, 1, 9], [7, 6]])
    XCTAssertEqual(randomSplit([1, 2], [0, 2]).map(\.count), [0, 2])
    XCTAssertEqual(randomSplit([Int](), [Int]()), [])
  }

  func testBuckets() {
    let lengths = (0..<103).map { $0 * 37 % 50 }
    for dropLast in [false, true] {
      manualSeed(1)
      let sampler = BucketSampler(lengths: lengths, batchSize: 5, poolSize: 4, dropLast: dropLast)
      let batches = sampler.batches()
      XCTAssertEqual(batches.count, sampler.count)
      XCTAssertEqual(sampler.count, dropLast ? 20 : 21)
      let places = batches.flatMap { $0 }
      XCTAssertEqual(Set(places).count, dropLast ? 100 : 103)
      XCTAssertEqual(places.count, dropLast ? 100 : 103)
      for batch in batches {
        let own = batch.map { lengths[$0] }
        XCTAssertEqual(own, own.sorted(by: >))
      }
      XCTAssertNotEqual(sampler.batches(), batches)
      manualSeed(1)
      XCTAssertEqual(sampler.batches(), batches)
    }
    let plain = BucketSampler(lengths: [1, 3, 2, 5, 4], batchSize: 2, poolSize: 2, shuffle: false)
    XCTAssertEqual(plain.batches(), [[3, 1], [2, 0], [4]])
    let words = ["a", "bbb", "cc", "ddddd", "eeee"]
    let loader = DataLoader(words, batchSampler: plain) { $0.joined() }
    XCTAssertEqual(loader.count, 3)
    XCTAssertEqual(Array(loader), ["dddddbbb", "cca", "eeee"])
  }
}
