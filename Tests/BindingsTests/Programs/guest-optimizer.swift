// Optimizers and schedules of one's own.
import NN

manualSeed(0)

/// Follows the sign of the gradient (Lion without momentum).
final class SignDescent: Optimizer {
    let decay: Double
    private(set) var steps = 0

    init(_ parameters: [Parameter], lr: Double = 0.1, decay: Double = 0) {
        self.decay = decay
        super.init(parameters, lr: lr)
    }

    override func step() {
        steps += 1
        withNoGrad {
            for parameter in parameters {
                guard let gradient = parameter.grad else { continue }
                if decay > 0 { parameter.multiply(by: 1 - lr * decay) }
                parameter.subtract(gradient.sign(), scale: lr)
            }
        }
    }

    override var settings: [(name: String, value: String)] { [("lr", "\(lr)"), ("decay", "\(decay)")] }

    override func stateDict() -> StateDict { StateDict([("steps", Tensor(steps))]) }
    override func loadStateDict(_ state: StateDict) { steps = Int(state["steps"]!) }
}

/// Warms up for `warmup` epochs, then goes down with the root of the epoch.
final class Warmup: LRScheduler {
    let warmup: Int
    var asked = 0

    init(_ optimizer: Optimizer, warmup: Int) {
        self.warmup = warmup
        super.init(optimizer)
    }

    override func rates() -> [Double] {
        asked += 1
        let epoch = Double(lastEpoch + 1)
        let factor = min(epoch / Double(warmup), (Double(warmup) / epoch).squareRoot())
        return baseLRs.map { $0 * factor }
    }
}

let net = Linear(2, 1)
let optimizer = SignDescent(net.parameters(), lr: 0.5, decay: 0.1)
let schedule = Warmup(optimizer, warmup: 3)
let x = Tensor([[1.0, 2.0], [3.0, -1.0]])
let y = Tensor([[1.0], [0.0]])
let criterion = MSELoss()
for _ in 0..<6 {
    optimizer.zeroGrad()
    let loss = criterion(net(x), y)
    loss.backward()
    optimizer.step()
    print(optimizer.lr, schedule.lastEpoch, schedule.lastLR)
    schedule.step()
}
print(net.weight, net.bias!)
print(optimizer, optimizer.steps, schedule.asked)
print(optimizer.parameters.count, optimizer.groups[0].lr == optimizer.lr, schedule.optimizer === optimizer)

let general: Optimizer = optimizer
let state = general.stateDict()
print(state["steps"]!.item(), state.keys)
general.loadStateDict(StateDict([("steps", Tensor(40))]))
general.step()
print(optimizer.steps, general is SignDescent, general.typeName)

// The library's schedules over the guest's optimizer, and the guest's over the library's.
let half = StepLR(optimizer, stepSize: 1, gamma: 0.5)
half.step()
print(optimizer.lr, half.lastLR, half.baseLRs)
let adam = Adam(net.parameters(), lr: 0.2)
let chain = SequentialLR([Warmup(adam, warmup: 2), ExponentialLR(adam, gamma: 0.5)], milestones: [2])
for _ in 0..<4 {
    print(adam.lr)
    chain.step()
}
let lambda = LambdaLR(SGD(net.parameters(), lr: 1)) { 1 / Double($0 + 1) }
for _ in 0..<3 { lambda.step() }
print(lambda.lastLR)

// What is missing or wrong says so.
final class Lazy: Optimizer {}
do {
    try attempt { Lazy(net.parameters(), lr: 0.1).step() }
} catch {
    print(error)
}
final class Short: LRScheduler {
    override func rates() -> [Double] { [] }
}
do {
    _ = try attempt { Short(adam) }
} catch {
    print(error)
}
