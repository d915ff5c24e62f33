import XCTest

@testable import NN
@testable import Tensors

/// The state of a module: its keys, what it shares, and what is said when another does not fit.
final class StateDictTests: XCTestCase {
  final class Net: Module {
    let fc = Linear(3, 2)
    let rnn = RNN(2, 1)
    let scale = Parameter(.ones(2))
  }

  func testKeysInOrder() {
    let state = Net().stateDict()
    XCTAssertEqual(
      state.keys,
      [
        "scale", "fc.weight", "fc.bias", "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0",
        "rnn.bias_hh_l0",
      ])
    XCTAssertEqual(state.count, 7)
    XCTAssertTrue(state.has("scale"))
    XCTAssertEqual(state["fc.weight"]?.shape, [2, 3])
    XCTAssertEqual(state["fc.weight"]?.requiresGrad, false)
    XCTAssertNil(state["fc"])
  }

  func testEditing() {
    var state = StateDict([("a", .ones(1)), ("b", .ones(2)), ("a", .ones(3)), ("c", .ones(4))])
    XCTAssertEqual(state.keys, ["a", "b", "c"])
    XCTAssertEqual(state["a"]?.shape, [3])
    state["a"] = nil
    state["d"] = Tensor([1])
    XCTAssertEqual(state.keys, ["b", "c", "d"])
    XCTAssertEqual(state["c"]?.shape, [4])
    XCTAssertEqual(
      state.description,
      "StateDict(\n  b: float32 [2]\n  c: float32 [4]\n  d: int64 [1]\n)")
    XCTAssertEqual(StateDict().description, "StateDict()")
  }

  func testSharingAndCloning() {
    let net = Linear(2, 1)
    let (shared, kept) = (net.stateDict(), net.stateDict().clone())
    net.weight.grad = .ones(1, 2)
    SGD(net.parameters(), lr: 1).step()
    XCTAssertEqual(shared["weight"]?.doubles, net.weight.doubles)
    XCTAssertNotEqual(kept["weight"]?.doubles, net.weight.doubles)
    net.loadStateDict(kept)
    XCTAssertEqual(kept["weight"]?.doubles, net.weight.doubles)
    XCTAssertNotNil(net.weight.grad)
    XCTAssertTrue(net.weight.requiresGrad)
  }

  func testValuesAreConverted() {
    let net = Linear(2, 2, bias: false)
    net.loadStateDict(StateDict([("weight", Tensor([[1, 2], [3, 4]]).t())]))
    XCTAssertEqual(net.weight.dtype, .float32)
    XCTAssertEqual(net.weight.doubles, [1, 3, 2, 4])
    // The parameter itself, turned.
    net.loadStateDict(StateDict([("weight", net.weight.detach().t())]))
    XCTAssertEqual(net.weight.doubles, [1, 2, 3, 4])
  }

  func testEverythingWrongIsTold() {
    let net = Net()
    let before = net.stateDict().clone()
    var state = net.stateDict().clone()
    state["scale"] = .zeros(2)
    state["fc.weight"] = .zeros(3, 2)
    state["rnn.bias_ih_l0"] = nil
    state["rnn.bias_hh_l0"] = .zeros(1, 1)
    state["head.weight"] = .zeros(1)
    let words =
      "Net: the state does not fit: missing rnn.bias_ih_l0; unexpected head.weight; "
      + "fc.weight has shape [3, 2] instead of [2, 3]; "
      + "rnn.bias_hh_l0 has shape [1, 1] instead of [1]"
    XCTAssertThrowsError(try attempt { net.loadStateDict(state) }) {
      XCTAssertEqual("\($0)", words)
    }
    XCTAssertThrowsError(try attempt { net.loadStateDict(state, strict: false) }) {
      XCTAssertEqual(
        "\($0)",
        "Net: the state does not fit: fc.weight has shape [3, 2] instead of [2, 3]; "
          + "rnn.bias_hh_l0 has shape [1, 1] instead of [1]")
    }
    for (name, tensor) in net.stateDict().entries {
      XCTAssertEqual(tensor.doubles, before[name]?.doubles)
    }
    state["fc.weight"] = nil
    state["rnn.bias_hh_l0"] = nil
    let result = net.loadStateDict(state, strict: false)
    XCTAssertEqual(result.missingKeys, ["fc.weight", "rnn.bias_ih_l0", "rnn.bias_hh_l0"])
    XCTAssertEqual(result.unexpectedKeys, ["head.weight"])
    XCTAssertEqual(net.scale.doubles, [0, 0])
  }

  /// A tensor in two places has two names in the state, and one among the parameters.
  func testTiedParameters() {
    final class Tied: Module {
      let first: Linear
      let second: Linear
      override init() {
        first = Linear(2, 2, bias: false)
        second = first
        super.init()
      }
    }
    let tied = Tied()
    XCTAssertEqual(tied.stateDict().keys, ["first.weight", "second.weight"])
    XCTAssertEqual(tied.parameters().count, 1)
    tied.loadStateDict(tied.stateDict())
  }

  /// What is saved but not learned stands behind the module's own parameters.
  func testBuffers() {
    final class Counter: Module {
      let scale = Parameter(.ones(2))
      let seen = Tensor([0])
      let inner = Linear(1, 1, bias: false)
      override var namedChildren: [(name: String, child: ModuleChild)] {
        [("seen", .buffer(seen)), ("inner", .module(inner)), ("scale", .parameter(scale))]
      }
    }
    let counter = Counter()
    var state = counter.stateDict().clone()
    XCTAssertEqual(state.keys, ["scale", "seen", "inner.weight"])
    state["seen"] = Tensor([7])
    counter.loadStateDict(state)
    XCTAssertEqual(counter.seen.ints, [7])
    XCTAssertEqual(counter.parameterCount, 3)
  }

  /// Counts that no training has made.
  func testCountsThatCannotBe() {
    let p = Parameter(.ones(2))
    p.grad = .ones(2)
    let optimizer = Adagrad([p], lrDecay: 0.1)
    optimizer.step()
    let scheduler = StepLR(optimizer, stepSize: 3)
    for count in [Int.max, Int.min, -1] {
      var state = optimizer.stateDict()
      state["state.0.step"] = Tensor(count)
      optimizer.loadStateDict(state)
      optimizer.step()
      state = scheduler.stateDict()
      state["last_epoch"] = Tensor(count)
      scheduler.loadStateDict(state)
      scheduler.step()
      XCTAssertGreaterThan(scheduler.lastEpoch, 0)
    }
  }

  func testOptimizerStateThatDoesNotFit() {
    let p = [Parameter(.ones(2)), Parameter(.ones(3))]
    let optimizer = Adamax(p)
    p[1].grad = .ones(3)
    optimizer.step()
    var state = optimizer.stateDict()
    XCTAssertEqual(
      state.keys,
      [
        "state.1.step", "state.1.exp_avg", "state.1.exp_inf", "param_groups.0.lr",
        "param_groups.0.weight_decay", "param_groups.0.momentum",
      ])
    state["state.1.exp_avg"] = .ones(4)
    state["state.2.exp_avg"] = .ones(4)
    state["param_groups.0.lr"] = nil
    XCTAssertThrowsError(try attempt { optimizer.loadStateDict(state) }) {
      XCTAssertEqual(
        "\($0)",
        "Adamax: the state does not fit: missing param_groups.0.lr; unexpected state.2.exp_avg; "
          + "state.1.exp_avg has shape [4] instead of [3]")
    }
    final class Own: Optimizer {}
    XCTAssertThrowsError(try attempt { Own(p, lr: 1).stateDict() }) {
      XCTAssertEqual("\($0)", "Own: does not define stateDict()")
    }
  }
}
