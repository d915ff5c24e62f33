import XCTest

@testable import Datasets

/// numpy's and Python's streams. Integers are exact.
final class OtherRandomGoldenTests: XCTestCase {
  private let cases: [String: (NumPyRandom, PythonRandom) -> [Any]] = [
    "np.random.rand(6)": { np, _ in [np.rand(6)] },
    "np.random.randn(7)": { np, _ in [np.randn(7)] },
    "np.random.randint(0, 10, 10)": { np, _ in [np.randint(0, 10, [10])] },
    "np.random.permutation(20)": { np, _ in [np.permutation(20)] },
    "np.random.uniform(-1, 1, 4)": { np, _ in [np.uniform(-1, 1, [4])] },
    "np.random.normal(2, 3, 4)": { np, _ in [np.normal(2, 3, [4])] },
    "np.random.choice(10, 4, replace=False)": { np, _ in [np.choice(10, [4], replacing: false)] },
    "np.random.choice(5, 6)": { np, _ in [np.choice(5, [6])] },
    "np.random.randn(3), np.random.rand(2), np.random.randn(2)": { np, _ in
      [np.randn(3), np.rand(2), np.randn(2)]
    },
    "np.random.choice(4, 5, p=[0.1, 0.2, 0.3, 0.4])": { np, _ in
      [np.choice([0.1, 0.2, 0.3, 0.4], [5])]
    },
    "np.random.random_sample(3)": { np, _ in [np.rand(3)] },
    "np.random.binomial(1, 0.3, 10)": { np, _ in [np.binomial(1, 0.3, [10])] },
    "shuffled(np.random.RandomState(113), 20)": { _, _ in
      [NumPyRandom(113).shuffled(Array(0..<20))]
    },
    "random.random(), random.random()": { _, py in [py.random(), py.random()] },
    "random.randint(1, 100), random.randrange(7), random.randrange(10**12)": { _, py in
      [py.randint(1, 100), py.randrange(7), py.randrange(1_000_000_000_000)]
    },
    "random.uniform(2, 5)": { _, py in [py.uniform(2, 5)] },
    "random.choice('abcdef')": { _, py in [py.choice(Array("abcdef")) as Any] },
    "random.sample(range(50), 6)": { _, py in [py.sample(Array(0..<50), 6)] },
    "shuffled(random, 20)": { _, py in [py.shuffled(Array(0..<20))] },
    "random.gauss(0, 1), random.gauss(0, 1)": { _, py in [py.gauss(0, 1), py.gauss(0, 1)] },
    "random.choices([1, 2, 3], k=5)": { _, py in [py.choices([1, 2, 3], count: 5)] },
  ]

  func testRecordedDraws() throws {
    let golden = try Golden("other_rng")
    assertCovered(golden.cases.compactMap { $0["code"] as? String }, run: cases.keys, notYet: [:])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let run = cases[code] else { continue }
      let results = run(NumPyRandom(0), PythonRandom(0)).map(flat)
      // One array, one value, or one of them for each draw of several.
      let recorded =
        results.count > 1 ? record["result"] as? [Any] ?? [] : [record["result"] as Any]
      XCTAssertEqual(results.count, recorded.count, code)
      for (ours, theirs) in zip(results, recorded) {
        let theirs = flat(theirs)
        XCTAssertEqual(ours.count, theirs.count, code)
        for (a, b) in zip(ours, theirs) {
          if let a = a as? Double {
            XCTAssertEqual(a, recordedNumber(b), accuracy: 1e-8 + 1e-8 * abs(a), code)
          } else {
            XCTAssertEqual("\(a)", "\(b)", code)
          }
        }
      }
    }
  }

  private func flat(_ value: Any) -> [Any] {
    switch value {
    case let tensor as Tensor: tensor.dtype == .int64 ? tensor.ints : tensor.doubles
    case let list as [Any]: list
    default: [value]
    }
  }
}
