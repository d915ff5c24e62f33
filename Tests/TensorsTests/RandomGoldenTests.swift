import XCTest

@testable import Tensors

/// The random streams, draw by draw. Integers and uniforms are exact, normals within 3e-6.
final class RandomGoldenTests: XCTestCase {
  private let cases: [String: () -> [Tensor]] = [
    "torch.rand(40)": { [.rand(40)] },
    "torch.randn(10)": { [.randn(10)] },
    "torch.randn(40)": { [.randn(40)] },
    "torch.randn(15)": { [.randn(15)] },
    "torch.randn(16)": { [.randn(16)] },
    "torch.randn(17)": { [.randn(17)] },
    "torch.randn(24)": { [.randn(24)] },
    "torch.randn(32)": { [.randn(32)] },
    "torch.rand(3, 4)": { [.rand(3, 4)] },
    "torch.randn(3, 4)": { [.randn(3, 4)] },
    "torch.rand(2000)[-6:]": { [Tensor.rand(2000)[(-6)...]] },
    "torch.randn(2000)[-6:]": { [Tensor.randn(2000)[(-6)...]] },
    "torch.rand(6, dtype=torch.float64)": { [.rand(6, dtype: .float64)] },
    "torch.randn(7, dtype=torch.float64)": { [.randn(7, dtype: .float64)] },
    "torch.randn(19, dtype=torch.float64)": { [.randn(19, dtype: .float64)] },
    "torch.rand(3), torch.randn(3), torch.rand(2), torch.randn(2)": {
      [.rand(3), .randn(3), .rand(2), .randn(2)]
    },
    "torch.randn(5), torch.randn(5), torch.randn(20), torch.randn(3)": {
      [.randn(5), .randn(5), .randn(20), .randn(3)]
    },
    "torch.randn(1), torch.rand(1), torch.randn(1)": { [.randn(1), .rand(1), .randn(1)] },
    "torch.rand(()), torch.randn(())": { [.rand(), .randn()] },
    "torch.randperm(20)": { [.randperm(20)] },
    "torch.randperm(1), torch.randperm(2), torch.rand(1)": {
      [.randperm(1), .randperm(2), .rand(1)]
    },
    "torch.randperm(100)": { [.randperm(100)] },
    "torch.randint(0, 10, (20,))": { [.randint(0, 10, [20])] },
    "torch.randint(5, (3, 4))": { [.randint(5, [3, 4])] },
    "torch.randint(-3, 1000000, (8,))": { [.randint(-3, 1_000_000, [8])] },
    "torch.randint(0, 2**40, (5,))": { [.randint(0, 1 << 40, [5])] },
    "torch.empty((), dtype=torch.int64).random_(), torch.rand(1)": {
      [Tensor(RandomStream.shared.seed63()), .rand(1)]
    },
    "torch.empty(10).uniform_(-0.5, 0.5)": { [.uniform([10], low: -0.5, high: 0.5)] },
    "torch.empty(10).normal_(2, 3)": { [.normal([10], mean: 2, deviation: 3)] },
    "torch.empty(40).normal_(2, 3)": { [.normal([40], mean: 2, deviation: 3)] },
    "torch.normal(1.0, 0.5, (3,))": { [.normal([3], mean: 1, deviation: 0.5)] },
    "torch.rand_like(torch.ones(2, 3))": { [Tensor.ones(2, 3).randLike()] },
    "torch.randn_like(torch.ones(4, 5)) - 0.5": { [Tensor.ones(4, 5).randnLike() - 0.5] },
    "torch.bernoulli(torch.full((20,), 0.3))": { [Tensor.full([20], 0.3).bernoulli()] },
    "torch.multinomial(torch.tensor([0.1, 0.2, 0.3, 0.4]), 1), torch.rand(1)": {
      [Tensor([0.1, 0.2, 0.3, 0.4]).multinomial(sampleCount: 1), .rand(1)]
    },
    "torch.multinomial(torch.arange(1.0, 9.0), 4)": {
      [Tensor.arange(1.0, 9.0).multinomial(sampleCount: 4)]
    },
    "torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 12, replacement=True)": {
      [Tensor([0.1, 0.2, 0.7]).multinomial(sampleCount: 12, replacement: true)]
    },
    "torch.randint(0, 2, (9,), dtype=torch.int32), torch.rand(1)": {
      [Tensor.randint(0, 2, [9]), .rand(1)]
    },
    "torch.normal(torch.arange(4.0), torch.ones(4))": { [Tensor.randn(4) + Tensor.arange(4.0)] },
    // What PyTorch draws into a tensor that is there is drawn into a new one here.
    "torch.empty(4).random_(10)": { [Tensor.randint(10, [4]).float()] },
    "torch.empty(20).bernoulli_(0.3)": { [draws(20, 0.3)] },
    "torch.empty(40).bernoulli_(0.5), torch.rand(1)": { [draws(40, 0.5), .rand(1)] },
    "torch.empty(12).exponential_()": {
      [Tensor((0..<12).map { _ in RandomStream.shared.exponential() })]
    },
    "torch.multinomial(torch.rand(3, 5), 2)": { [Tensor.rand(3, 5).multinomial(sampleCount: 2)] },
  ]

  private let notYet = [
    "F.dropout(torch.ones(40), 0.5)": "in NNTests",
    "F.dropout(torch.ones(3, 4), 0.1), torch.rand(2)": "in NNTests",
    "nn.Dropout(0.5)(torch.ones(3, 4)), nn.Dropout(0.5)(torch.ones(3, 4))": "in NNTests",
    "loader(10, 4), loader(10, 4)": "in DatasetsTests",
    "loader(20, 1)": "in DatasetsTests",
    "split(10, 7, 3), torch.rand(1)": "in DatasetsTests",
  ]

  func testStreams() throws {
    let golden = try Golden("rng")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: cases.keys, notYet: notYet)
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let run = cases[code] else { continue }
      manualSeed(0)
      let results = run()
      let recorded = try XCTUnwrap(record["results"] as? [Any])
      XCTAssertEqual(results.count, recorded.count, code)
      let isNormal = ["normal", "randn", "exponential"].contains { code.contains($0) }
      for (ours, theirs) in zip(results, recorded) {
        try assertClose(
          ours, theirs, atol: isNormal ? 3e-6 : 0, rtol: isNormal ? 1e-6 : 1e-7, code)
      }
    }
  }

  func testOtherSeeds() throws {
    for record in try XCTUnwrap(try Golden("rng").root["other_seeds"] as? [[String: Any]]) {
      let seed = try XCTUnwrap(record["seed"] as? Int)
      manualSeed(seed)
      try assertClose(.rand(5), record["rand5"], atol: 0, rtol: 1e-7, "rand, seed \(seed)")
      try assertClose(.randn(5), record["randn5"], atol: 3e-6, rtol: 1e-6, "5, seed \(seed)")
      try assertClose(.randn(16), record["randn16"], atol: 3e-6, rtol: 1e-6, "16, seed \(seed)")
    }
  }

  /// A generator of one's own draws the stream of its seed.
  func testGenerator() throws {
    let record = try XCTUnwrap(try Golden("rng").root["generator"] as? [String: Any])
    manualSeed(try XCTUnwrap(record["seed"] as? Int))
    try assertClose(.rand(4), record["rand4_generator"], atol: 0, rtol: 1e-7, "rand")
    try assertClose(.randperm(8), record["randperm8_generator"], atol: 0, rtol: 0, "randperm")
  }
}

/// The probability in double precision, as when a number stands for all elements.
private func draws(_ count: Int, _ chance: Double) -> Tensor {
  Tensor.full([count], chance, dtype: .float64).bernoulli().float()
}
