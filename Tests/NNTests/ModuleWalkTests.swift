import XCTest

@testable import NN
@testable import Tensors

/// The ways through a tree of modules.
final class ModuleWalkTests: XCTestCase {
  final class Net: Module {
    let body = Sequential(Linear(2, 3), Tanh())
    let head = Linear(3, 1)
  }

  func testWalks() {
    let net = Net()
    XCTAssertEqual(net.namedModules().map { $0.name }, ["", "body", "body.0", "body.1", "head"])
    XCTAssertEqual(
      net.modules().map { $0.typeName }, ["Net", "Sequential", "Linear", "Tanh", "Linear"])
    XCTAssertEqual(net.children().map { $0.typeName }, ["Sequential", "Linear"])
    var names: [String] = []
    XCTAssertTrue(net.apply { names.append($0.typeName) } === net)
    XCTAssertEqual(names, ["Linear", "Tanh", "Sequential", "Linear", "Net"])
    XCTAssertEqual(net.parameterCount, 6 + 3 + 3 + 1)
    XCTAssertEqual(net.body.modules().count, 3)
  }

  func testFreezing() {
    let net = Net()
    XCTAssertTrue(net.body.freeze() === net.body)
    XCTAssertEqual(net.parameters().map { $0.requiresGrad }, [false, false, true, true])
    let before = net.stateDict().clone()
    let optimizer = SGD(net.parameters(), lr: 0.1)
    net.head(net.body(.ones(4, 2))).sum().backward()
    XCTAssertNil(net.parameters()[0].grad)
    optimizer.step()
    for (name, tensor) in net.stateDict().entries {
      XCTAssertEqual(tensor.doubles == before[name]?.doubles, name.hasPrefix("body"), name)
    }
    net.unfreeze()
    XCTAssertTrue(net.parameters().allSatisfy { $0.requiresGrad })
  }
}

/// What is said about settings that cannot be.
final class TrainingFaultTests: XCTestCase {
  private final class Own: Optimizer {
    override var typeName: String { "Guest" }
  }

  func testWords() {
    let p = Parameter(.ones(2))
    func sgd() -> SGD { SGD([p], lr: 0.1) }
    let group = ParameterGroup([p])
    let cases: [(String, () -> Any)] = [
      ("SGD: there are no parameters to optimize", { SGD([ParameterGroup]()) }),
      ("SGD: parameter 1 is listed twice", { SGD([p, p]) }),
      (
        "SGD: parameter 1 is listed twice", { SGD([ParameterGroup([p]), ParameterGroup([p])]) }
      ),
      ("SGD: expected a learning rate of 0 or more, got -0.1", { SGD([p], lr: -0.1) }),
      ("SGD: expected a learning rate of 0 or more, got nan", { SGD([p], lr: .nan) }),
      (
        "SGD: expected a weight decay of 0 or more, got -1.0",
        { SGD([ParameterGroup([p], weightDecay: -1)]) }
      ),
      ("SGD: expected a momentum of 0 or more, got -1.0", { SGD([p], momentum: -1) }),
      (
        "SGD: nesterov needs a momentum above 0 and no dampening", { SGD([p], nesterov: true) }
      ),
      (
        "RMSprop: parameter group 0 belongs to an optimizer already",
        { (SGD([group]), RMSprop([group])) }
      ),
      ("RMSprop: expected an alpha of 0 or more, got -1.0", { RMSprop([p], alpha: -1) }),
      ("Adagrad: expected an lrDecay of 0 or more, got -1.0", { Adagrad([p], lrDecay: -1) }),
      ("Adadelta: expected a rho from 0 to 1, got 2.0", { Adadelta([p], rho: 2) }),
      (
        "Adamax: expected betas from 0 to below 1.0, got 1.0",
        { Adamax([p], betas: (0.9, 1)) }
      ),
      (
        "StepLR: the state does not fit: missing base_lrs, last_lr; unexpected lr; last_epoch has "
          + "shape [1] instead of []",
        {
          StepLR(sgd(), stepSize: 2).loadStateDict(
            StateDict([("last_epoch", Tensor([1])), ("lr", Tensor(1))]))
        }
      ),
      (
        "Linear: the state does not fit: weight has shape [1, 3] instead of [1, 2]",
        { Linear(2, 1).loadStateDict(Linear(3, 1).stateDict()) }
      ),
      (
        "Linear: the state does not fit: missing weight, bias",
        { Linear(2, 1).loadStateDict(StateDict()) }
      ),
      (
        "Linear: the state does not fit: missing weight, bias; unexpected w",
        { Linear(2, 1).loadStateDict(StateDict([("w", .ones(1))])) }
      ),
      ("Guest: does not define step()", { Own([p], lr: 1).step() }),
      (
        "SGD: expected a gradient of shape [2], float32, got [3], float32",
        {
          let optimizer = sgd()
          p.grad = .ones(3)
          defer { p.grad = nil }
          optimizer.step()
          return 0
        }
      ),
      ("StepLR: expected a stepSize above 0, got 0", { StepLR(sgd(), stepSize: 0) }),
      (
        "LambdaLR: expected 1 rates, one for each group, got 0",
        { LambdaLR(sgd(), factors: []) }
      ),
      (
        "LinearLR: expected a startFactor above 0 and at most 1, got 0.0",
        { LinearLR(sgd(), startFactor: 0) }
      ),
      (
        "CosineAnnealingLR: expected maxEpochs from 1 to 1099511627776, got 0",
        { CosineAnnealingLR(sgd(), maxEpochs: 0) }
      ),
      (
        "OneCycleLR: expected totalSteps above 0, got 0",
        { OneCycleLR(sgd(), maxLR: 1, totalSteps: 0) }
      ),
      (
        "OneCycleLR: expected a pctStart from 0 to 1, got 2.0",
        { OneCycleLR(sgd(), maxLR: 1, totalSteps: 9, pctStart: 2) }
      ),
      (
        "OneCycleLR: Adagrad has no momentum to cycle; pass cycleMomentum: false",
        { OneCycleLR(Adagrad([p]), maxLR: 1, totalSteps: 9) }
      ),
      (
        "OneCycleLR: step 3, but totalSteps is 2",
        {
          let scheduler = OneCycleLR(sgd(), maxLR: 1, totalSteps: 2)
          for _ in 0..<3 { scheduler.step() }
          return 0
        }
      ),
      (
        "ReduceLROnPlateau: expected a factor below 1, got 1.0",
        { ReduceLROnPlateau(sgd(), factor: 1) }
      ),
      ("SequentialLR: there are no schedulers", { SequentialLR([], milestones: []) }),
      (
        "SequentialLR: the schedulers have different optimizers",
        {
          SequentialLR(
            [StepLR(sgd(), stepSize: 1), StepLR(sgd(), stepSize: 1)], milestones: [1])
        }
      ),
      (
        "SequentialLR: expected 0 milestones, got 1",
        { SequentialLR([StepLR(sgd(), stepSize: 1)], milestones: [3]) }
      ),
    ]
    for (words, body) in cases {
      XCTAssertThrowsError(try attempt(body), words) { XCTAssertEqual("\($0)", words) }
    }
  }

  /// A class of the user's own: any memory, any rule, and schedulers that know it.
  func testOwnClasses() throws {
    final class Signs: Optimizer {
      override func step() {
        for parameter in parameters {
          guard let gradient = parameter.grad else { continue }
          let moved = withNoGrad { parameter - gradient / gradient.abs() * lr }
          do { try assign(moved, into: parameter) } catch { XCTFail("\(error)") }
        }
      }
    }
    final class Halves: LRScheduler {
      override func rates() -> [Double] {
        lastEpoch == 0 ? baseLRs : optimizer.groups.map { $0.lr / 2 }
      }
    }
    let p = Parameter(Tensor([1.0, -1.0]))
    let optimizer = Signs([p], lr: 0.5)
    let scheduler = Halves(optimizer)
    for _ in 0..<2 {
      p.grad = Tensor([3.0, -2.0])
      optimizer.step()
      scheduler.step()
    }
    XCTAssertEqual(p.doubles, [0.25, -0.25])
    XCTAssertEqual(scheduler.lastLR, [0.125])
    optimizer.lr = 1
    XCTAssertEqual(optimizer.groups[0].lr, 1)
  }
}
