import Datasets
import Foundation
import NN
import XCTest

/// The rate after four steps with the scheduler that `make` makes.
private func rate(_ make: (Optimizer) -> LRScheduler) -> Double {
  let parameter = Parameter(Tensor.zeros(1))
  let optimizer = SGD([parameter], lr: 1, momentum: 0.9)
  let scheduler = make(optimizer)
  for _ in 0..<4 {
    optimizer.step()
    scheduler.step()
  }
  return (scheduler.lastLR[0] * 1e6).rounded() / 1e6
}

extension FromPyTorchTests {
  func testTraining() throws {
    try begin("Training")

    manualSeed(3)
    let net = Sequential(Linear(2, 3), Tanh(), Linear(3, 1))
    let (x, y) = (Tensor.rand(8, 2), Tensor.rand(8, 1))
    let optimizer = Adam(net.parameters(), lr: 0.01)
    let scheduler = StepLR(optimizer, stepSize: 5, gamma: 0.5)

    net.train()
    for _ in 0..<10 {
      optimizer.zeroGrad()
      let loss = mseLoss(net(x), y)
      loss.backward()
      clipGradNorm(net.parameters(), maxNorm: 1.0)
      optimizer.step()
      scheduler.step()
    }

    row(#"net(x)"#) { net(x) }
    row(#"optimizer"#) { optimizer }
    row(#"optimizer.param_groups[0]["lr"]"#) { optimizer.lr }
    row(#"optimizer.param_groups[0]["lr"] = 0.1"#) {
      optimizer.lr = 0.1
      return optimizer
    }
    row(#"scheduler.get_last_lr()"#) { scheduler.lastLR }
    row(#"optim.SGD(net.parameters(), lr=0.1, momentum=0.9)"#) {
      SGD(net.parameters(), lr: 0.1, momentum: 0.9)
    }
    row(#"optim.Adam(net.parameters(), betas=(0.8, 0.9), weight_decay=0.1)"#) {
      Adam(net.parameters(), betas: (0.8, 0.9), weightDecay: 0.1)
    }
    row(#"optim.AdamW(net.parameters(), lr=1e-3)"#) { AdamW(net.parameters(), lr: 1e-3) }
    row(#"optim.RMSprop(net.parameters(), alpha=0.9)"#) { RMSprop(net.parameters(), alpha: 0.9) }
    row(#"optim.Adagrad(net.parameters())"#) { Adagrad(net.parameters()) }
    row(#"optim.Adadelta(net.parameters())"#) { Adadelta(net.parameters()) }
    row(#"optim.Adamax(net.parameters())"#) { Adamax(net.parameters()) }
    let (body, head) = (net[0].parameters(), net[2].parameters())
    row(#"body, head = list(net[0].parameters()), list(net[2].parameters())"#) { (body, head) }
    row(#"optim.SGD([{"params": body}, {"params": head, "lr": 0.5}], lr=0.1)"#) {
      SGD([ParameterGroup(body), ParameterGroup(head, lr: 0.5)], lr: 0.1)
    }
    row(#"nn.utils.clip_grad_norm_(net.parameters(), 0.5)"#) {
      clipGradNorm(net.parameters(), maxNorm: 0.5)
    }
    row(#"nn.utils.clip_grad_value_(net.parameters(), 0.1)"#) {
      clipGradValue(net.parameters(), clipValue: 0.1)
    }
    row(#"rate(StepLR, step_size=2, gamma=0.5)"#) { rate { StepLR($0, stepSize: 2, gamma: 0.5) } }
    row(#"rate(MultiStepLR, milestones=[2, 3])"#) { rate { MultiStepLR($0, milestones: [2, 3]) } }
    row(#"rate(ExponentialLR, gamma=0.5)"#) { rate { ExponentialLR($0, gamma: 0.5) } }
    row(#"rate(CosineAnnealingLR, T_max=8, eta_min=0.1)"#) {
      rate { CosineAnnealingLR($0, maxEpochs: 8, minLR: 0.1) }
    }
    row(#"rate(CosineAnnealingWarmRestarts, T_0=3)"#) {
      rate { CosineAnnealingWarmRestarts($0, firstEpochs: 3) }
    }
    row(#"rate(LinearLR, start_factor=0.5, total_iters=8)"#) {
      rate { LinearLR($0, startFactor: 0.5, totalIterations: 8) }
    }
    row(#"rate(ConstantLR, factor=0.5)"#) { rate { ConstantLR($0, factor: 0.5) } }
    row(#"rate(PolynomialLR, total_iters=8, power=2)"#) {
      rate { PolynomialLR($0, totalIterations: 8, power: 2) }
    }
    row(#"rate(LambdaLR, lr_lambda=lambda epoch: 1 / (epoch + 1))"#) {
      rate { LambdaLR($0) { 1 / Double($0 + 1) } }
    }
    row(#"rate(MultiplicativeLR, lr_lambda=lambda epoch: 0.5)"#) {
      rate { MultiplicativeLR($0) { _ in 0.5 } }
    }
    row(#"rate(OneCycleLR, max_lr=2.0, total_steps=10)"#) {
      rate { OneCycleLR($0, maxLR: 2, totalSteps: 10) }
    }
    end()
  }

  func testSavingAndLoading() throws {
    try begin("Saving and loading")
    let path = NSTemporaryDirectory() + "from-pytorch-\(UUID()).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    row(#"torch.manual_seed(4)"#) { manualSeed(4) }
    let model = Linear(2, 1)
    row(#"model = nn.Linear(2, 1)"#) { model }
    row(#"list(model.state_dict().keys())"#) { model.stateDict().keys }
    row(#"model.state_dict()["bias"]"#) { model.stateDict()["bias"] }
    row(#"save_file(model.state_dict(), path)"#) { save(model.stateDict(), to: path) }
    row(#"list(load_file(path).keys())"#) { loadState(from: path).keys }
    row(#"model.load_state_dict(load_file(path))"#) { model.loadStateDict(loadState(from: path)) }
    row(#"model.load_state_dict({}, strict=False).missing_keys"#) {
      model.loadStateDict(StateDict(), strict: false).missingKeys
    }
    end()
  }

  func testData() throws {
    try begin("Data")
    row(#"torch.manual_seed(5)"#) { manualSeed(5) }
    let x = Tensor.arange(10.0).view(5, 2)
    row(#"x = torch.arange(10.).view(5, 2)"#) { x }
    let data = TensorDataset(x, Tensor.arange(5))
    row(#"data = TensorDataset(x, torch.arange(5))"#) { data }
    row(#"len(data)"#) { data.count }
    row(#"data[1]"#) { data[1] }
    row(#"len(DataLoader(data, batch_size=2))"#) { DataLoader(data, batchSize: 2).count }
    row(#"[y.tolist() for _, y in DataLoader(data, batch_size=2, shuffle=True)]"#) {
      DataLoader(data, batchSize: 2, shuffle: true).map { $0.1.ints }
    }
    row(#"list(DataLoader([3, 1, 2], batch_size=2, drop_last=True, collate_fn=sum))"#) {
      Array(DataLoader([3, 1, 2], batchSize: 2, dropLast: true) { $0.reduce(0, +) })
    }
    row(#"[list(part) for part in random_split([0, 1, 2, 3], [3, 1])]"#) {
      randomSplit([0, 1, 2, 3], [3, 1])
    }
    row(#"[int(y) for _, y in Subset(data, [4, 0])]"#) { data.subset([4, 0]).map { Int($0.1) } }
    end()
  }
}
