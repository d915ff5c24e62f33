// A walk through the operations: overloads by label, by type and by result, variadic and not.
import NN

manualSeed(5)
let x = Tensor.arange(-3, 3).float().reshape(2, 3)
let y = Tensor([[1.0, 2.0, 4.0], [0.5, 0.25, 8.0]])
print(x.abs().sqrt(), y.log2(), (x * 0.5).round(), x.sign().ints)
print(x.clamp(min: -1), x.clamp(max: 1), x.clip(min: -2, max: 2).doubles)
print(x.floorDivide(2).doubles, x.remainder(2.5).doubles, Tensor([5, -5]).remainder(3).ints, x.fmod(y).doubles)
print(y.pow(2).doubles, y.pow(0.5)[0], y.pow(y)[1, 1].item(), pow(2, Tensor([1.0, 3.0])).doubles)
print(y.std(), y.variance(dim: 1), y.std(dim: [0, 1], correction: 0), y.mean(dim: [0, 1]))
print(y.norm(), y.norm(1, dim: 1), y.norm(dim: [0], keepDim: true).shape, y.logSumExp(dim: 0).shape)
let (sorted, order) = y.sort(descending: true)
print(sorted.doubles, order.ints, y.topk(2).indices.ints, y.kthValue(1, dim: 0).values.doubles)
let counted = Tensor([3, 1, 3, 2]).uniqueWithCounts()
print(counted.values.ints, counted.inverse.ints, counted.counts.ints, Tensor([3, 1, 3]).bincount(minLength: 5).ints)
print(y.median(dim: 1).values.doubles, y.argsort(dim: 0).ints, y.argmin().item(), y.countNonzero())
print(x.any().item(), Bool(x.all()), (x .> 0 .& (y .< 5)).ints, x.logicalNot().ints, (x .== 0).nonzero().ints)
print(y.cumsum(dim: 1).doubles, y.cumprod(dim: 0)[1].doubles, y.diff().shape, y.flip(0, 1)[0].doubles)
print(y.gather(1, Tensor([[0], [2]])).doubles, y.take(Tensor([5, 0])).doubles, y.indexSelect(1, Tensor([1])).shape)
print(Tensor.zeros(2, 3).scatter(1, Tensor([[0], [2]]), value: 7).doubles, y.scatterAdd(0, Tensor([[0, 0, 1]]), y).shape)
print(y.maskedFill(y .> 1, 0).doubles, y.maskedSelect(y .> 1).shape, Tensor.which(x .> 0, x, y)[0].doubles)
print(einsum("ij,kj->ik", x, y), einsum("ij->", [y]).item())
print(x.mm(y.t()).shape, x.matmul(y.transpose(0, 1))[0].doubles, y[0].dot(y[1]).item(), y[0].outer(y[1]).shape)
print(y.tril().doubles, Tensor.eye(2, 3).diagonal().doubles, y.diag().doubles, y[.all, 0...1].trace().item())
print(y.pad([1, 1], value: 9).shape, y.pad([1, 0], mode: .replicate)[0].doubles, y.roll(1, dim: 1)[0].doubles)
print(y.repeated(2, 1).shape, y.tile(2).shape, y.repeatInterleave(2, dim: 0).shape, y.repeatInterleave([1, 2], dim: 0).shape)
print(y.permute(1, 0).shape, y.movedim(0, 1).shape, y.unbind(dim: 1).count, y.unflatten(1, [3, 1]).shape, y.squeeze([0]).shape)
print(vstack([x, y]).shape, hstack([x, y]).shape, meshgrid([Tensor([1, 2]), Tensor([3, 4, 5])])[0].shape)
print(broadcastTensors([Tensor([1.0]), y]).map(\.shape), y.expand(2, 2, 3).shape, y.expand(as: y).shape)
print(x.gelu(), x.gelu(approximate: true)[0].doubles.count, x.silu(), x.leakyRelu(slope: 0.1), x.softplus(), x.elu())
print(x.hardtanh(), x.selu(), x.mish(), x.glu(dim: 0).shape, x.softmax(dim: 1), x.logSoftmax(dim: 0).shape)
print(Tensor.full([2], 3).dtype, Tensor.full([2], 3.0).dtype, Tensor.full([2], true).dtype, y.fullLike(2)[0].doubles)
print(Tensor.linspace(0, 1, 3).doubles, Tensor.arange(0, 1, step: 0.25).doubles, Tensor.arange(5, 1, step: -2).ints, Tensor.logspace(0, 2, 3))
print(Tensor.randint(5, [4]).ints, Tensor.randint(10, 20, [2]).ints, Tensor.randperm(4).ints, Tensor.uniform([2], low: 1, high: 2).shape)
print(Tensor([0.5, 0.5]).multinomial(sampleCount: 2, replacement: false).shape, Tensor([0.0, 1.0]).bernoulli().doubles)
print(y.isClose(y + 1e-9).ints, y.allClose(y), y.equal(x), (x / 0).isInfinite().any().item(), (x / 0).nanToNumber().isNaN().any().item())
print(y.cosineSimilarity(x).doubles.count, y.cdist(x).shape, y.pairwiseDistance(x, keepDim: true).shape, y.normalized().norm(dim: 1))
print(1 - y, 2 / y, -y, 1.5 * Tensor([1, 2]), y[0] + y[1])
print(Tensor([true, false]).dtype, Tensor([[[1, 2]]]).shape, Tensor([1.0], requiresGrad: true).requiresGrad, Tensor(3).dim)

var v = Tensor([1.0, 2.0])
v += 1
v *= 2.5
v -= Tensor([1.0, 1.0])
v /= 2
print(v.doubles, v.add(1).doubles)

// Gradients.
let w = Tensor([[0.5, -1.0, 2.0]], requiresGrad: true)
(w.exp() * y).sum().backward()
print(w.grad!)
w.grad = nil
(w.matmul(y.t() * 0.1).tanh() * 3).backward(Tensor.ones(1, 2))
print(w.grad!, w.isLeaf)
print(gradCheck({ ($0[0] * $0[1]).sigmoid() }, [Tensor.rand(2, dtype: .float64, requiresGrad: true), Tensor.rand(2, dtype: .float64, requiresGrad: true)]))
let inner: Tensor = withNoGrad { w * 2 }
print(inner.requiresGrad)
do {
    try attempt { withAnomalyDetection { (w.log() * 0).sum().backward() } }
} catch {
    print(error)
}
setPrintOptions(precision: 2)
print(y / 3)
setPrintOptions()
let threads = threadCount()
setThreadCount(1)
print(threadCount())
setThreadCount(threads)
