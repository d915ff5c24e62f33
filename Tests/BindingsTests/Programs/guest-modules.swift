// Interpreted modules inside native ones, and the other way round.
import NN

manualSeed(1)

final class Block: Module {
    let fc: Linear
    let name: String

    init(_ name: String, _ size: Int) {
        fc = Linear(size, size, bias: false)
        self.name = name
        super.init()
    }

    override func forward(_ input: Tensor) -> Tensor {
        print("block \(name) \(input.shape)")
        return input + fc(input)
    }

    override var extraRepresentation: String { "name=\(name)" }
}

final class Model: Module {
    let blocks: Sequential
    let head: Linear?
    var rest: [Module]
    var calls = 0

    override init() {
        blocks = Sequential(Block("a", 3), Tanh(), Block("b", 3))
        head = Linear(3, 1)
        rest = [Block("c", 2), Dropout(0.1)]
        super.init()
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
        calls += 1
        return head!(blocks(x))
    }
}

let model = Model()
print(model)
print(model(Tensor.ones(2, 3)).shape, model.calls)
print(model.namedParameters().map { $0.name })
print(model.parameters().count, model.isTraining)
model.eval()
print(model.isTraining, model.blocks.isTraining, model.rest[1].isTraining)

// Called natively, through the protocol, and through super.
class Plain: Module {
    override func forward(_ input: Tensor) -> Tensor { input * 2 }
}
class Shifted: Plain {
    override func forward(_ input: Tensor) -> Tensor { super.forward(input) + 1 }
}
let shifted: Module = Shifted()
print(shifted.forward(Tensor([1.0, 2.0])).doubles, shifted(Tensor([3.0])).doubles)
print(Sequential(Shifted(), Shifted())(Tensor([1.0])).item())

class Forgetful: Module {
    override func forward(_ input: Tensor) -> Tensor { super.forward(input) }
}
do {
    _ = try attempt { Sequential(Forgetful())(Tensor([1.0])) }
} catch {
    print(error)
}

for (name, child) in model.namedChildren {
    switch child {
    case .parameter(let parameter): print(name, parameter.shape)
    case .module(let module): print(name, module is Block, module.typeName)
    case .buffer(let buffer): print(name, buffer.shape)
    }
}
