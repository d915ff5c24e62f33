// Modules with buffers, containers, states.
import NN

manualSeed(2)

/// Keeps a running mean of what it has seen.
final class Centered: Module {
    let mean: Tensor
    let scale: Parameter
    let count: Tensor

    init(_ size: Int) {
        mean = Tensor.zeros(size)
        scale = Parameter(Tensor.ones(size))
        count = Tensor(0)
        super.init()
    }

    override func forward(_ input: Tensor) -> Tensor {
        if isTraining {
            withNoGrad {
                count.add(1)
                mean.add((input.mean(dim: 0) - mean) / Double(Int(count)))
            }
        }
        return (input - mean) * scale
    }

    override var namedChildren: [(name: String, child: ModuleChild)] {
        super.namedChildren + [("running_mean", .buffer(mean)), ("count", .buffer(count))]
    }
}

final class Net: Module {
    let norm = Centered(3)
    let body: Sequential
    let heads: ModuleDict
    let blocks: ModuleList
    let scales: ParameterList

    override init() {
        body = Sequential(["fc": Linear(3, 4), "act": Tanh()])
        heads = ModuleDict(["small": Linear(4, 1), "large": Linear(4, 2)])
        blocks = ModuleList([Linear(4, 4), Linear(4, 4)])
        scales = ParameterList([Parameter(Tensor.ones(1)), Parameter(Tensor([2.0]))])
        super.init()
    }

    override func forward(_ input: Tensor) -> Tensor {
        var h = body(norm(input))
        for (i, block) in blocks.modules.enumerated() { h = h + block.forward(h) * scales[i] }
        return heads["large"]!(h)
    }
}

let net = Net()
print(net)
let x = Tensor([[1.0, 2.0, 3.0], [3.0, 4.0, 5.0]])
print(net(x).shape, net(x + 1).shape)
print(net.namedBuffers().map { "\($0.name) \($0.buffer.doubles)" })
print(net.namedParameters().map(\.name))
net.eval()
_ = net(x * 100)
print(net.norm.mean.doubles, net.norm.count.item(), net.norm.isTraining)

let state = net.stateDict()
print(state.count, state.keys.prefix(3), state.has("norm.running_mean"), state["norm.running_mean"]!.doubles)
let other = Net()
other.loadStateDict(state)
print(other.norm.mean.doubles, other.eval().forward(x).allClose(net.forward(x)))
var copy = state.clone()
copy["norm.count"] = nil
do {
    _ = try attempt { other.loadStateDict(copy) }
} catch {
    print(error)
}
print(net.heads.keys, net.heads.count, net.heads["none"] == nil, net.body["fc"]!.typeName, net.body.count)
net.heads["tiny"] = Linear(4, 1, bias: false)
net.heads["small"] = nil
net.body.append(ReLU(), name: "end").append(Identity())
print(net.heads, net.body)
let pairs: KeyValuePairs<String, Module> = ["a": Linear(1, 1), "b": Tanh(), "a": ReLU()]
print(pairs.count, pairs[1].key, pairs.map { "\($0.key): \($0.value)" })
print(ModuleDict().count, Sequential([:]).count, ModuleDict(["x": Tanh()] as KeyValuePairs<String, Module>).keys)
do {
    _ = try attempt { Sequential(["a": Tanh(), "a": ReLU()]) }
} catch {
    print(error)
}

let norm = BatchNorm1d(3)
_ = norm(x)
print(norm.runningMean!, norm.namedBuffers().map(\.name), norm.numBatchesTracked!.item())
print(summary(Sequential(Linear(3, 2), ReLU()), input: x))
