import XCTest

@testable import Tensors

/// Operations against PyTorch: results, and the gradients of sum(first result * w).
final class OperationGoldenTests: XCTestCase {
  /// The recorded operands under their names.
  struct Inputs {
    var tensors: [String: Tensor]
    subscript(_ name: String) -> Tensor { tensors[name] ?? .zeros() }
    var a: Tensor { self["a"] }
    var b: Tensor { self["b"] }
    var b2: Tensor { self["b2"] }
    var m: Tensor { self["m"] }
    var v: Tensor { self["v"] }
    var v2: Tensor { self["v2"] }
    var x: Tensor { self["x"] }
  }

  fileprivate static func pair(_ both: (values: Tensor, indices: Tensor)) -> [Tensor] {
    [both.values, both.indices]
  }

  private static let cases: [String: (Inputs) -> [Tensor]] = [
    "a @ b": { i in [i.a.matmul(i.b)] },
    "a.mm(b)": { i in [i.a.mm(i.b)] },
    "torch.matmul(v, m.t())": { i in [i.v.matmul(i.m.t())] },
    "torch.matmul(m, v)": { i in [i.m.matmul(i.v)] },
    "torch.dot(v, v2)": { i in [i.v.dot(i.v2)] },
    "torch.bmm(x, x.transpose(1, 2))": { i in [i.x.bmm(i.x.transpose(1, 2))] },
    "x @ b2": { i in [i.x.matmul(i.b2)] },
    "m + v": { i in [i.m + i.v] },
    "m - 2.5": { i in [i.m - 2.5] },
    "3 * m / v2.exp()": { i in [3 * i.m / i.v2.exp()] },
    "m ** 2": { i in [i.m.pow(2)] },
    "m.abs() ** 0.5": { i in [i.m.abs().pow(0.5)] },
    "-m": { i in [-i.m] },
    "1 / (m + 10)": { i in [1 / (i.m + 10)] },
    "m.sum()": { i in [i.m.sum()] },
    "m.sum(0)": { i in [i.m.sum(dim: 0)] },
    "m.sum(dim=1, keepdim=True)": { i in [i.m.sum(dim: 1, keepDim: true)] },
    "m.mean()": { i in [i.m.mean()] },
    "m.mean(dim=1)": { i in [i.m.mean(dim: 1)] },
    "m.max()": { i in [i.m.max()] },
    "m.max(1)": { i in pair(i.m.max(dim: 1)) },
    "m.min(dim=0)": { i in pair(i.m.min(dim: 0)) },
    "m.max(dim=1, keepdim=True)[0]": { i in [i.m.max(dim: 1, keepDim: true).values] },
    "m.argmax()": { i in [i.m.argmax()] },
    "m.argmax(1)": { i in [i.m.argmax(dim: 1)] },
    "m.argmin(dim=0)": { i in [i.m.argmin(dim: 0)] },
    "torch.tensor([2., 5., 5., 1.]).argmax()": { _ in [Tensor([2.0, 5, 5, 1]).argmax()] },
    "torch.tensor([[1., 1.], [0., 0.]]).max(1)": { _ in
      pair(Tensor([[1.0, 1], [0, 0]]).max(dim: 1))
    },
    "torch.softmax(m, 0)": { i in [i.m.softmax(dim: 0)] },
    "torch.log_softmax(m, 1)": { i in [i.m.logSoftmax(dim: 1)] },
    "m.sigmoid()": { i in [i.m.sigmoid()] },
    "m.tanh()": { i in [i.m.tanh()] },
    "torch.relu(m)": { i in [i.m.relu()] },
    "m.exp()": { i in [i.m.exp()] },
    "(m.abs() + 1).log()": { i in [(i.m.abs() + 1).log()] },
    "m.sin()": { i in [i.m.sin()] },
    "m.cos()": { i in [i.m.cos()] },
    "m.abs()": { i in [i.m.abs()] },
    "m.sqrt()": { i in [i.m.sqrt()] },
    "m.sign()": { i in [i.m.sign()] },
    "m.floor()": { i in [i.m.floor()] },
    "m.ceil()": { i in [i.m.ceil()] },
    "m.round()": { i in [i.m.round()] },
    "torch.tensor([0.5, 1.5, 2.5, -0.5, -1.5]).round()": { _ in
      [Tensor([0.5, 1.5, 2.5, -0.5, -1.5]).round()]
    },
    "m.t()": { i in [i.m.t()] },
    "m.view(-1)": { i in [i.m.view(-1)] },
    "m.reshape(-1, 2)": { i in [i.m.reshape(-1, 2)] },
    "x.permute(2, 0, 1)": { i in [i.x.permute(2, 0, 1)] },
    "x.transpose(0, 1).reshape(-1)": { i in [i.x.transpose(0, 1).reshape(-1)] },
    "x.flatten()": { i in [i.x.flatten()] },
    "m.unsqueeze(1)": { i in [i.m.unsqueeze(1)] },
    "x[:, :1].squeeze(1)": { i in [i.x[.all, ..<1].squeeze(1)] },
    "v.expand(3, -1)": { i in [i.v.expand(3, -1)] },
    "x.view(-1, x.size(-1))": { i in [i.x.view(-1, i.x.size(-1))] },
    "m[0]": { i in [i.m[0]] },
    "m[:, 1]": { i in [i.m[.all, 1]] },
    "m[-1]": { i in [i.m[-1]] },
    "m[1:]": { i in [i.m[1...]] },
    "m[..., -1]": { i in [i.m[.ellipsis, -1]] },
    "x[0, 1:, :2]": { i in [i.x[0, 1..., ..<2]] },
    "torch.cat((m, m), 0)": { i in [cat([i.m, i.m])] },
    "torch.cat((m, m * 2), dim=1)": { i in [cat([i.m, i.m * 2], dim: 1)] },
    "torch.stack((v, v2))": { i in [stack([i.v, i.v2])] },
    "torch.stack((v, v2), dim=1)": { i in [stack([i.v, i.v2], dim: 1)] },
    "torch.stack(list(m.unbind(0)))": { i in [stack(i.m.unbind())] },
    "x.chunk(2, dim=2)": { i in i.x.chunk(2, dim: 2) },
    "x.split(1, dim=0)": { i in i.x.split(1, dim: 0) },
    "m.index_select(1, torch.tensor([1, 1, 0]))": { i in [i.m.indexSelect(1, Tensor([1, 1, 0]))] },
    "F.one_hot(torch.tensor([0, 2, 1]), 4)": { _ in [Tensor([0, 2, 1]).oneHot(classCount: 4)] },
    "torch.maximum(v, v2)": { i in [i.v.maximum(i.v2)] },
    "m > 0": { i in [i.m .> 0] },
    "m == m": { i in [i.m .== i.m] },
    "v.ge(0)": { i in [i.v .>= 0] },
    "(m > 0).sum()": { i in [(i.m .> 0).sum()] },
    "(m > 0).float().mean()": { i in [(i.m .> 0).float().mean()] },
    "torch.arange(5) / 2": { _ in [Tensor.arange(5) / 2] },
    "torch.tensor([1, 2]) * 1.5": { _ in [Tensor([1, 2]) * 1.5] },
    "torch.tensor([1, 2]) + torch.tensor(True)": { _ in [Tensor([1, 2]) + Tensor(true)] },
    "torch.tensor([1, 2]).float().mean()": { _ in [Tensor([1, 2]).float().mean()] },
    "torch.arange(0, 1, 0.3)": { _ in [Tensor.arange(0, 1, step: 0.3)] },
    "torch.zeros(2, dtype=torch.long)": { _ in [Tensor.zeros(2, dtype: .int64)] },
    "torch.tensor([1.9, -1.9]).long()": { _ in [Tensor([1.9, -1.9]).long()] },
    "torch.tensor([0.0, 2.0]).bool()": { _ in [Tensor([0.0, 2.0]).bool()] },
    "torch.tensor(3).float()": { _ in [Tensor(3).float()] },
    "x.mean(dim=(0, 2))": { i in [i.x.mean(dim: [0, 2])] },
    "m.var()": { i in [i.m.variance()] },
    "m.var(dim=0, unbiased=False)": { i in [i.m.variance(dim: 0, correction: 0)] },
    "m.std(dim=1)": { i in [i.m.std(dim: 1)] },
    "m.prod()": { i in [i.m.prod()] },
    "m.cumsum(0)": { i in [i.m.cumsum(dim: 0)] },
    "m.cumsum(1)": { i in [i.m.cumsum(dim: 1)] },
    "m.norm()": { i in [i.m.norm()] },
    "m.norm(dim=1)": { i in [i.m.norm(dim: 1)] },
    "m.logsumexp(1)": { i in [i.m.logSumExp(dim: 1)] },
    "m.clamp(-0.5, 0.5)": { i in [i.m.clamp(min: -0.5, max: 0.5)] },
    "m.clamp(min=0)": { i in [i.m.clamp(min: 0)] },
    "m.erf()": { i in [i.m.erf()] },
    "x.flatten(1)": { i in [i.x.flatten(1)] },
    "v.repeat(2, 2)": { i in [i.v.repeated(2, 2)] },
    "m[:, ::2]": { i in [i.m[.all, .every(2)]] },
    "m[[1, 0, 1]]": { i in [i.m[[1, 0, 1]]] },
    "m[m > 0]": { i in [i.m[i.m .> 0]] },
    "m[torch.tensor([0, 1]), torch.tensor([1, 0])]": { i in [i.m[Tensor([0, 1]), Tensor([1, 0])]] },
    "m.gather(1, torch.tensor([[0, 1], [1, 0]]))": { i in
      [i.m.gather(1, Tensor([[0, 1], [1, 0]]))]
    },
    "torch.where(m > 0, m, -m)": { i in [Tensor.which(i.m .> 0, i.m, -i.m)] },
    "m.masked_fill(m < 0, 7.0)": { i in [i.m.maskedFill(i.m .< 0, 7)] },
    "torch.tril(m)": { i in [i.m.tril()] },
    "torch.triu(m, 1)": { i in [i.m.triu(1)] },
    "m.topk(2)": { i in pair(i.m.topk(2)) },
    "v.sort(descending=True)": { i in pair(i.v.sort(descending: true)) },
    "v.argsort()": { i in [i.v.argsort()] },
    "m.flip(0)": { i in [i.m.flip(0)] },
    "torch.outer(v, v2)": { i in [i.v.outer(i.v2)] },
    "torch.einsum('ij,jk->ik', a, b)": { i in [einsum("ij,jk->ik", i.a, i.b)] },
    "F.pad(m, (1, 2))": { i in [i.m.pad([1, 2])] },
    "F.pad(m, (1, 0, 0, 1), value=3.0)": { i in [i.m.pad([1, 0, 0, 1], value: 3)] },
    "torch.addmm(b2[0], a, b3)": { i in [i.b2[0].addmm(i.a, i["b3"])] },
    "F.cosine_similarity(m, m.flip(1), dim=1)": { i in
      [i.m.cosineSimilarity(i.m.flip(1), dim: 1)]
    },
    "F.normalize(m, dim=1)": { i in [i.m.normalized(dim: 1)] },
    "(m > 0) & (m < 1)": { i in [(i.m .> 0) .& (i.m .< 1)] },
    "~(m > 0)": { i in [.!(i.m .> 0)] },
    "torch.arange(5) // 2": { _ in [Tensor.arange(5).floorDivide(2)] },
    "torch.arange(-5, 5) % 3": { _ in [Tensor.arange(-5, 5).remainder(3)] },
    "torch.tensor([7., -7.]) % 3": { _ in [Tensor([7.0, -7]).remainder(3)] },
    "torch.tensor(-7) // 2": { _ in [Tensor(-7).floorDivide(2)] },
    "torch.tensor([3, 1, 2]).sort()": { _ in pair(Tensor([3, 1, 2]).sort()) },
    "torch.isnan(torch.tensor([1., float('nan')]))": { _ in [Tensor([1, Double.nan]).isNaN()] },
    "torch.linspace(0, 1, 7)": { _ in [.linspace(0, 1, 7)] },
    "torch.full((2, 2), 7)": { _ in [.full([2, 2], 7)] },
    "torch.eye(3)": { _ in [.eye(3)] },
    "torch.unique(torch.tensor([3, 1, 3, 2]))": { _ in [Tensor([3, 1, 3, 2]).unique()] },
    "torch.bincount(torch.tensor([0, 1, 1, 3]))": { _ in [Tensor([0, 1, 1, 3]).bincount()] },
  ]

  private static let notYet: [String: String] = [
    "m[None].shape": "not a tensor; see testPlainResults",
    "torch.eq(torch.tensor([1, 2]), torch.tensor([1, 3])).sum().item()":
      "not a tensor; see testPlainResults",
    "torch.allclose(m, m + 1e-9)": "not a tensor; see testPlainResults",
    "m.numel()": "not a tensor; see testPlainResults",
    "x.shape": "not a tensor; see testPlainResults",
    "x.size(1)": "not a tensor; see testPlainResults",
    "x.dim()": "not a tensor; see testPlainResults",
    "torch.equal(v, v)": "not a tensor; see testPlainResults",
    "m.dtype == torch.float32": "not a tensor; see testPlainResults",
  ]

  func testOperations() throws {
    let golden = try Golden("ops")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: Self.cases.keys,
      notYet: Self.notYet)
    let recordedInputs = try XCTUnwrap(golden.root["inputs"] as? [String: Any])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let run = Self.cases[code] else { continue }
      let names = record["inputs"] as? [String] ?? []
      let gradients = record["grads"] as? [String: Any]
      var inputs = Inputs(tensors: [:])
      for name in names {
        inputs.tensors[name] = try recordedTensor(
          recordedInputs[name], requiresGrad: gradients != nil)
      }
      let results = run(inputs)
      let recorded = try XCTUnwrap(record["results"] as? [Any])
      XCTAssertEqual(results.count, recorded.count, code)
      for (ours, theirs) in zip(results, recorded) {
        try assertClose(ours, theirs, atol: 5e-6, rtol: 1e-5, code)
      }
      guard let gradients, let first = results.first else { continue }
      (first * (try recordedTensor(record["w"]))).sum().backward()
      for (name, value) in gradients {
        try assertClose(
          inputs[name].grad, value, atol: 5e-6, rtol: 1e-5, "gradient of \(name) in \(code)")
      }
    }
  }

  func testPlainResults() {
    let x = Tensor.zeros(2, 3, 4)
    XCTAssertEqual(x.shape, [2, 3, 4])
    XCTAssertEqual(x.size(1), 3)
    XCTAssertEqual(x.dim, 3)
    XCTAssertEqual(x.count, 24)
    XCTAssertEqual(x.dtype, .float32)
    XCTAssertTrue(x.equal(x))
    XCTAssertEqual(Tensor.zeros(2, 4)[.newAxis].shape, [1, 2, 4])
    XCTAssertTrue(x.allClose(x + 1e-9))
    XCTAssertEqual((Tensor([1, 2]) .== Tensor([1, 3])).sum().item(), 1)
  }
}
