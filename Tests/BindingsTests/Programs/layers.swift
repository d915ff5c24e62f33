// A walk through layers, losses, optimizers and schedules.
import NN

manualSeed(6)
let image = Tensor.rand(2, 1, 8, 8)
let conv = Sequential([
    "conv": Conv2d(1, 2, 3, padding: .same), "norm": BatchNorm2d(2), "act": ReLU(),
    "pool": MaxPool2d(2), "drop": Dropout(0.2), "flat": Flatten(), "fc": Linear(32, 3),
])
print(conv(image).shape, conv["conv"]!.parameters().count, conv[-1])
print(Conv2d(1, 2, [3, 1], stride: [2, 1])(image).shape, AvgPool2d(2)(image).shape, AdaptiveAvgPool2d(1)(image).shape)
let series = Tensor.rand(2, 4, 10)
print(Conv1d(4, 6, 3, padding: .valid)(series).shape, MaxPool1d(2)(series).shape, AdaptiveMaxPool1d(3)(series).shape)
print(BatchNorm1d(4)(series).shape, LayerNorm(10)(series).shape, LayerNorm([4, 10])(series).shape)

let steps = Tensor.rand(3, 5, 4)
let gru = GRU(4, 6, numLayers: 2, bidirectional: true)
let (out, last) = gru(steps)
print(out.shape, last.shape, gru)
let lstm = LSTM(4, 6, batchFirst: true)
let (byLength, (h, c)) = lstm(steps, lengths: [5, 2, 4])
print(byLength.shape, h.shape, c.shape, byLength[1, -1].abs().sum())
let cell = GRUCell(4, 6)
var state = Tensor.zeros(5, 6)
for step in steps { state = cell(step, state) }
print(state.shape)
let packed = packSequence([Tensor.rand(3, 4), Tensor.rand(2, 4)])
let (rows, lengths) = padPackedSequence(lstm(packed).output, batchFirst: true)
print(rows.shape, lengths)
print(Embedding(5, 3, paddingIndex: 0)(Tensor([[0, 1]])).shape, EmbeddingBag(5, 3, mode: .sum)(Tensor([[0, 1], [2, 2]])).shape)

let scores = Tensor([[2.0, -1.0, 0.5], [0.1, 0.2, 0.3]])
let classes = Tensor([0, 2])
print(CrossEntropyLoss(labelSmoothing: 0.1)(scores, classes), crossEntropy(scores, classes, reduction: .sum))
print(NLLLoss()(scores.logSoftmax(dim: 1), classes), BCEWithLogitsLoss()(scores[0], Tensor([1.0, 0.0, 1.0])))
print(HuberLoss(delta: 0.5)(scores, scores + 1), SmoothL1Loss(reduction: .none)(scores, scores * 2).shape, L1Loss()(scores, scores).item())
print(mseLoss(scores, scores + 2).item(), klDiv(scores.logSoftmax(dim: 1), scores.flip(1).softmax(dim: 1), reduction: .batchMean))

let a = Linear(3, 3)
let b = Linear(3, 1)
func train(_ name: String, _ optimizer: Optimizer) {
    for _ in 0..<3 {
        optimizer.zeroGrad()
        b(a(scores)).sum().backward()
        optimizer.step()
    }
    print(name, optimizer.typeName, optimizer.groups.map(\.lr), b.bias!)
}
let all = a.parameters() + b.parameters()
train("sgd", SGD(all, lr: 0.1, momentum: 0.9, nesterov: true))
train("groups", SGD([ParameterGroup(a.parameters()), ParameterGroup(b.parameters(), lr: 0.5)], lr: 0.01))
train("adam", Adam(all, lr: 0.01, betas: (0.8, 0.99)))
train("adamw", AdamW(all, weightDecay: 0.1))
train("rms", RMSprop(all, momentum: 0.5, centered: true))
train("adagrad", Adagrad(all))
train("adadelta", Adadelta(all))
train("adamax", Adamax(all))
print(clipGradNorm(all, maxNorm: 0.1).item() > 0, all.map { $0.grad!.norm().item() < 0.2 })
clipGradValue(all, clipValue: 0.01)

let optimizer = SGD(all, lr: 1, momentum: 0.9)
func rates(_ scheduler: LRScheduler, _ count: Int = 4) {
    var list = scheduler.lastLR
    for _ in 0..<count {
        optimizer.step()
        scheduler.step()
        list += scheduler.lastLR
    }
    print(scheduler.typeName, Tensor(list))
}
rates(StepLR(optimizer, stepSize: 2))
rates(CosineAnnealingLR(optimizer, maxEpochs: 4))
rates(OneCycleLR(optimizer, maxLR: 0.5, totalSteps: 6, annealStrategy: .linear))
rates(LambdaLR(optimizer) { epoch in 0.5 + Double(epoch) })
rates(MultiplicativeLR(optimizer) { _ in 0.9 })
let plateau = ReduceLROnPlateau(optimizer, patience: 1)
for metric in [1.0, 1.0, 1.0, 1.0] { plateau.step(metric) }
print(plateau.best, Tensor(plateau.lastLR), plateau.lastEpoch)

let saved = optimizer.stateDict()
print(saved.keys.prefix(2), saved.count)
let again = SGD(all, lr: 1, momentum: 0.9)
again.loadStateDict(saved)
print(again.lr == optimizer.lr)
final class Deep: Module {
    let first = Linear(3, 4)
    let second = Linear(4, 2)
    override func forward(_ x: Tensor) -> Tensor { second(first(x).relu()) }
}
let deep = Deep()
print(summary(deep, inputSize: [2, 3]))
print(summary(deep, inputs: [Tensor.ones(1, 3)]) { deep($0[0]) }.parameterCount)
