import CKernels
import XCTest

@testable import NN
@testable import Tensors

/// Adam by rows against Adam on the whole table: the same bits, whatever happens in between.
final class AdamRowsTests: XCTestCase {
  /// A table and its optimizer, and their twins whose gradient is made dense before each step.
  private final class Twins {
    let lazy: Embedding
    let dense: Embedding
    var optimizers: [Optimizer]
    var random = SystemIndependentRandom(state: 11)

    init(_ count: Int, _ width: Int, _ make: ([Parameter]) -> Optimizer) {
      manualSeed(3)
      lazy = Embedding(count, width)
      manualSeed(3)
      dense = Embedding(count, width)
      optimizers = [make([lazy.weight]), make([dense.weight])]
    }

    /// Rows with small numbers are used often, those with great ones almost never.
    func tokens(_ length: Int) -> Tensor {
      let count = Double(lazy.count)
      return Tensor(
        (0..<length).map { _ in
          min(Int(count * pow(random.next(), 6)), lazy.count - 1)
        })
    }

    /// The same computation on both tables; then their optimizers take a step.
    func step(_ scale: Double = 1, _ loss: (Embedding) -> Tensor) {
      for (i, table) in [lazy, dense].enumerated() {
        optimizers[i].zeroGrad()
        (loss(table) * Tensor(Float(scale))).backward()
        if i == 0 {
          XCTAssertNotNil(table.weight.rowGradient)
        } else {
          XCTAssertNotNil(table.weight.grad)  // which makes it dense
          XCTAssertNil(table.weight.rowGradient)
        }
        optimizers[i].step()
      }
      XCTAssertNil(dense.weight.storage.deferred)
    }

    func compare(_ what: String, file: StaticString = #filePath, line: UInt = #line) {
      func states(_ optimizer: Optimizer) -> [Tensor] {
        optimizer.memories[0]?.tensors ?? []
      }
      let (a, b) = (states(optimizers[0]), states(optimizers[1]))
      let (ours, twins) = ([lazy.weight] + a, [dense.weight] + b)
      for (i, name) in ["p", "m", "v", "greatest"].enumerated() where i < ours.count {
        let (x, y) = (ours[i].floats, twins[i].floats)
        guard let i = x.indices.first(where: { x[$0].bitPattern != y[$0].bitPattern })
        else { continue }
        XCTFail(
          "\(what): \(name)[\(i)] is \(x[i]), in the dense twin \(y[i])", file: file, line: line)
        return
      }
    }
  }

  override func setUp() { AdamRule.leastDeferred = 0 }

  override func tearDown() {
    AdamRule.leastDeferred = 8192
    AdamRows.longestList = 1 << 17
    XCTAssertTrue(ck_use_isa(ck_best_isa()))
  }

  private func loss(_ tokens: Tensor, _ factors: Tensor) -> (Embedding) -> Tensor {
    { (($0(tokens) * factors).tanh() * factors).sum() }
  }

  private func train(
    _ twins: Twins, steps: Int, _ what: String, rate: (Int) -> Double = { _ in 0.01 },
    between: (Int) -> Void = { _ in }
  ) {
    let width = twins.lazy.embeddingDim
    for step in 0..<steps {
      for optimizer in twins.optimizers { optimizer.lr = rate(step) }
      let tokens = twins.tokens(6)
      // Now and then gradients so small that their squares vanish.
      let scale = step % 5 == 3 ? 1e-22 : step % 7 == 2 ? 1e-4 : 1
      twins.step(scale, loss(tokens, .randn(6, width)))
      between(step)
    }
    twins.compare(what)
  }

  func testSameBitsOverThousandsOfSteps() {
    for isa in [ck_plain, ck_avx2, ck_avx512] where ck_use_isa(isa) {
      for width in [1, 5, 16, 64, 100] {
        let twins = Twins(40, width) { Adam($0) }
        let steps = width == 5 ? 2000 : 300
        train(twins, steps: steps, "\(isa), width \(width)", rate: { 0.01 / Double(1 + $0 / 300) })
      }
    }
  }

  func testOptionsAndRates() {
    let makers: [(String, ([Parameter]) -> Optimizer)] = [
      ("betas", { Adam($0, lr: 1, betas: (0.5, 0.6), eps: 1e-3) }),
      ("no means", { Adam($0, betas: (0, 0)) }),
      ("tiny eps", { Adam($0, eps: 1e-30) }),
      ("eps 0", { Adam($0, eps: 0) }),
      ("maximize", { Adam($0, maximize: true) }),
      ("amsgrad", { Adam($0, amsgrad: true) }),
      ("penalty", { Adam($0, weightDecay: 0.1) }),
      ("AdamW", { AdamW($0) }),
      ("AdamW, strong", { AdamW($0, weightDecay: 5, maximize: true) }),
      ("AdamW, without decay", { AdamW($0, weightDecay: 0) }),
      ("AdamW, amsgrad", { AdamW($0, amsgrad: true) }),
    ]
    for (name, make) in makers {
      let twins = Twins(30, 20, make)
      if name == "eps 0" { continue }  // compared below: nan
      train(
        twins, steps: 700, name,
        rate: { step in step % 90 == 17 ? 0 : step % 50 == 3 ? -0.5 : 0.1 / Double(1 + step % 13) })
    }
    // A rate without end gives nan everywhere, in rows that were never used as well.
    let twins = Twins(30, 20) { Adam($0) }
    train(twins, steps: 5, "before")
    for optimizer in twins.optimizers { optimizer.lr = .infinity }
    twins.step(1, loss(Tensor([1, 2]), .ones(2, 20)))
    XCTAssertEqual(twins.lazy.weight.floats.map(\.isNaN), twins.dense.weight.floats.map(\.isNaN))
    XCTAssertTrue(twins.lazy.weight[29].floats[0].isNaN)
  }

  func testEveryReadSeesAllSteps() {
    let twins = Twins(30, 8) { Adam($0) }
    let reads: [(Embedding) -> String] = [
      { $0.weight.description }, { $0.weight[3].description }, { $0.weight.t().sum().description },
      { "\($0.weight.detach().floats)" }, { "\($0.weight.clone().floats)" },
      { "\($0.weight[2][1].item())" }, { "\($0.weight[.all, 2].doubles)" },
      { e in withNoGrad { "\(e(Tensor([[0, 29], [4, 0]])).floats)" } },
      { "\($0.weight.double().doubles)" }, { "\($0.weight.view(-1)[7...].floats)" },
      { "\(Parameter($0.weight).floats)" },
    ]
    let views = (twins.lazy.weight[5], twins.dense.weight[5])
    train(
      twins, steps: 700, "reads",
      between: { step in
        if step % 3 == 0 {
          let read = reads[step / 3 % reads.count]
          XCTAssertEqual(read(twins.lazy), read(twins.dense), "step \(step), \(step / 3 % 11)")
        }
        if step % 100 == 50 { XCTAssertEqual(views.0.floats, views.1.floats) }
        if step == 20 { XCTAssertNotNil(twins.lazy.weight.storage.deferred) }
      })
  }

  func testRowsIdleUntilTheirMeansVanish() {
    for (isa, steps) in [(ck_plain, 1500), (ck_best_isa(), 2500)] {
      XCTAssertTrue(ck_use_isa(isa))
      for make in [{ Adam($0) }, { AdamW($0, lr: 0.01) }] as [([Parameter]) -> Optimizer] {
        let twins = Twins(60, 3, make)
        twins.step(1, loss(Tensor(Array(1...58)), .randn(58, 3)))
        twins.step(1e-15, loss(Tensor([5]), .randn(1, 3)))
        for _ in 0..<steps { twins.step(1, loss(Tensor([0]), .ones(1, 3))) }
        let row = (twins.lazy(Tensor([2])), twins.dense(Tensor([2])))
        XCTAssertEqual(row.0.floats, row.1.floats)
        twins.compare("idle")
      }
    }
  }

  func testWritesAndDenseGradientsBetween() throws {
    let twins = Twins(30, 8) { Adam($0, lr: 0.05) }
    let target = Tensor.randn(30, 8)
    for step in 0..<400 {
      let tokens = twins.tokens(5)
      let factors = Tensor.randn(5, 8)
      switch step % 40 {
      case 13:  // the table as an output layer as well
        for (i, table) in [twins.lazy, twins.dense].enumerated() {
          twins.optimizers[i].zeroGrad()
          let h = table(tokens)
          (h.matmul(table.weight.t()).tanh().sum() + (h * factors).sum()).backward()
          XCTAssertNil(table.weight.rowGradient)
          twins.optimizers[i].step()
        }
      case 23:  // no rows at all
        for (i, table) in [twins.lazy, twins.dense].enumerated() {
          twins.optimizers[i].zeroGrad()
          ((table.weight - target) * (table.weight - target)).sum().backward()
          twins.optimizers[i].step()
        }
      case 31:  // weights written from outside
        for table in [twins.lazy, twins.dense] {
          try assign(target, into: table.weight)
          table.weight.pointer(Float.self)[9] = -0.0
        }
      default: twins.step(1, loss(tokens, factors))
      }
    }
    twins.compare("dense between")
  }

  func testAccumulationRepeatedUseAndClipping() throws {
    let twins = Twins(30, 8) { Adam($0, lr: 0.05) }
    for step in 0..<300 {
      let (a, b) = (twins.tokens(7), twins.tokens(4))
      let factors = Tensor.randn(7, 8)
      for (i, table) in [twins.lazy, twins.dense].enumerated() {
        twins.optimizers[i].zeroGrad()
        // Twice in one forward pass, and a second backward pass.
        ((table(a) * factors).sum() + (table(b) * table(b)).sum()).backward()
        if i == 1 { XCTAssertNotNil(table.weight.grad) }
        (table(b).tanh().sum() * Tensor(Float(0.3))).backward()
        XCTAssertEqual(table.weight.rowGradient == nil, i == 1)
        if step % 10 == 4 {
          let gradient = try XCTUnwrap(table.weight.grad)
          let norm = (gradient * gradient).sum().sqrt()
          table.weight.grad = gradient / norm
        }
        twins.optimizers[i].step()
      }
    }
    twins.compare("accumulated")
  }

  func testClipping() {
    let twins = Twins(30, 8) { Adam($0, lr: 0.05) }
    let clips: [(Parameter) -> Void] = [
      { clipGradValue([$0], clipValue: 0.3) }, { clipGradValue([$0], clipValue: 0) },
      { clipGradNorm([$0], maxNorm: 0.5, normType: .infinity) },
      { clipGradNorm([$0], maxNorm: 1, normType: 0) }, { clipGradNorm([$0], maxNorm: 1e9) },
    ]
    for step in 0..<200 {
      let tokens = twins.tokens(5)
      for (i, table) in [twins.lazy, twins.dense].enumerated() {
        twins.optimizers[i].zeroGrad()
        (table(tokens) * table(tokens)).sum().backward()
        if i == 1 { XCTAssertNotNil(table.weight.grad) }
        clips[step % clips.count](table.weight)
        XCTAssertEqual(table.weight.rowGradient == nil, i == 1)
        twins.optimizers[i].step()
      }
    }
    twins.compare("clipped")
    // What touches the zeros as well needs all of them.
    let weight = twins.lazy.weight
    func gradient(_ clip: () -> Tensor) -> [Float]? {
      weight.grad = nil
      twins.lazy(Tensor([3])).sum().backward()
      _ = clip()
      return weight.grad?.floats
    }
    XCTAssertEqual(
      gradient { clipGradNorm([weight], maxNorm: .nan) }?.filter(\.isNaN).count, 240)
    XCTAssertEqual(
      gradient { clipGradNorm([weight], maxNorm: 1, normType: -.infinity) }?.reduce(0, +), 8)
    _ = gradient {
      clipGradValue([weight], clipValue: -1)
      return weight
    }
    XCTAssertFalse(weight.grad?.floats.contains(0) ?? true)
  }

  func testSchedulersAndDecaysThatChange() {
    let makers: [([Parameter]) -> Optimizer] = [
      { Adam($0) }, { AdamW($0, lr: 0.01) },
      { AdamW([ParameterGroup($0, weightDecay: 0)], lr: 0.01, betas: (0.9, 0.99)) },
    ]
    for (i, make) in makers.enumerated() {
      let twins = Twins(30, 8, make)
      let schedulers = twins.optimizers.map { OneCycleLR($0, maxLR: 0.1, totalSteps: 601) }
      for step in 0..<600 {
        twins.step(1, loss(twins.tokens(4), .randn(4, 8)))
        for scheduler in schedulers { scheduler.step() }
        if i == 2 && step % 100 == 50 {
          for optimizer in twins.optimizers {
            optimizer.groups[0].weightDecay = step % 200 == 50 ? 0.1 : 0
          }
        }
      }
      twins.compare("scheduled, \(i)")
    }
  }

  func testSavedAndLoadedInBetween() {
    for make in [{ Adam($0) }, { AdamW($0, lr: 0.01) }] as [([Parameter]) -> Optimizer] {
      let twins = Twins(30, 8, make)
      for step in 0..<400 {
        twins.step(1, loss(twins.tokens(4), .randn(4, 8)))
        guard step % 50 == 30 else { continue }
        XCTAssertNotNil(twins.lazy.weight.storage.deferred)
        // The means are read with their rows behind.
        let states = twins.optimizers.map { $0.stateDict() }
        XCTAssertEqual(states[0]["state.0.exp_avg"]?.floats, states[1]["state.0.exp_avg"]?.floats)
        if step % 100 == 80 {
          for (i, table) in [twins.lazy, twins.dense].enumerated() {
            let weights = table.stateDict().clone()
            let copy = Embedding(30, 8)
            copy.loadStateDict(weights)
            XCTAssertEqual(copy.weight.floats, table.weight.floats)
            let next = make([table.weight])
            next.loadStateDict(states[i])
            twins.optimizers[i] = next
          }
        } else {
          // Back to what it was some steps ago, with the optimizer as it is now.
          let weights = [twins.lazy, twins.dense].map { $0.stateDict().clone() }
          for _ in 0..<3 { twins.step(1, loss(twins.tokens(4), .randn(4, 8))) }
          for (table, state) in [(twins.lazy, weights[0]), (twins.dense, weights[1])] {
            table.loadStateDict(state)
          }
          for i in 0...1 { twins.optimizers[i].loadStateDict(states[i]) }
        }
      }
      twins.compare("saved")
    }
  }

  func testSeveralOptimizersAndTheirEnd() {
    let twins = Twins(30, 8) { Adam($0, lr: 0.02) }
    let others: [[Optimizer]] = [twins.lazy, twins.dense].map {
      [
        Adam([$0.weight], lr: 0.3, betas: (0.7, 0.8)), AdamW([$0.weight]),
        SGD([$0.weight], lr: 0.1),
      ]
    }
    for step in 0..<300 {
      twins.step(1, loss(twins.tokens(5), .randn(5, 8)))
      if step % 4 == 1 {
        for i in 0...1 { others[i][step / 4 % 3].step() }
      }
    }
    twins.compare("several")
    // What an optimizer owes is paid when it goes.
    for _ in 0..<20 { twins.step(1, loss(twins.tokens(5), .randn(5, 8))) }
    XCTAssertNotNil(twins.lazy.weight.storage.deferred)
    twins.optimizers = []
    XCTAssertNil(twins.lazy.weight.storage.deferred)
    XCTAssertEqual(twins.lazy.weight.floats, twins.dense.weight.floats)
  }

  func testListOfStepsStaysShort() {
    AdamRows.longestList = 37
    train(Twins(40, 6) { Adam($0) }, steps: 500, "short list")
    train(Twins(40, 6) { AdamW($0, lr: 0.1) }, steps: 500, "short list, decay")
  }

  func testManyRowsOnSeveralThreads() {
    ck_set_thread_count(4)
    defer { ck_set_thread_count(2) }
    let twins = Twins(3000, 32) { Adam($0) }
    for step in 0..<16 {
      let tokens = twins.tokens(900)
      twins.step(1, { ($0(tokens).tanh() * $0(tokens)).sum() })
      if step == 9 { twins.compare("step \(step)") }
    }
    twins.compare("many rows")
  }

  func testTheTableAndItsDebtAreFreed() {
    weak var storage: Storage?
    do {
      let twins = Twins(30, 8) { Adam($0) }
      train(twins, steps: 30, "freed")
      twins.step(1, loss(twins.tokens(3), .ones(3, 8)))
      storage = twins.lazy.weight.storage
      XCTAssertNotNil(storage?.deferred)
    }
    XCTAssertNil(storage)
  }
}

/// A small generator whose numbers do not depend on the library's random stream.
struct SystemIndependentRandom {
  var state: UInt64

  /// Uniform in 0 ..< 1.
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
}
