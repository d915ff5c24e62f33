import XCTest

@testable import Tensors

/// The operations that `ops.json` does not have, against PyTorch: results, the gradients of
/// sum(first result * w), and the name of the node.
final class MoreOperationGoldenTests: XCTestCase {
  struct Inputs {
    var tensors: [String: Tensor]
    subscript(_ name: String) -> Tensor { tensors[name] ?? .zeros() }
    var m: Tensor { self["m"] }
    var p: Tensor { self["p"] }
    var s: Tensor { self["s"] }
    var t: Tensor { self["t"] }
    var u: Tensor { self["u"] }
    var v: Tensor { self["v"] }
    var v2: Tensor { self["v2"] }
    var x: Tensor { self["x"] }
    var z: Tensor { self["z"] }
  }

  private static func pair(_ both: (values: Tensor, indices: Tensor)) -> [Tensor] {
    [both.values, both.indices]
  }

  private static let places = Tensor([[0, 1], [1, 0], [2, 1]])
  private static let torchPlaces = "torch.tensor([[0,1],[1,0],[2,1]])"

  private static let functions: [String: (Inputs) -> [Tensor]] = [
    "m.tan()": { [$0.m.tan()] },
    "u.asin()": { [$0.u.asin()] },
    "u.acos()": { [$0.u.acos()] },
    "m.atan()": { [$0.m.atan()] },
    "m.sinh()": { [$0.m.sinh()] },
    "m.cosh()": { [$0.m.cosh()] },
    "m.asinh()": { [$0.m.asinh()] },
    "(p + 1).acosh()": { [($0.p + 1).acosh()] },
    "u.atanh()": { [$0.u.atanh()] },
    "m.erfc()": { [$0.m.erfc()] },
    "p.log2()": { [$0.p.log2()] },
    "p.log10()": { [$0.p.log10()] },
    "p.log1p()": { [$0.p.log1p()] },
    "m.expm1()": { [$0.m.expm1()] },
    "m.exp2()": { [$0.m.exp2()] },
    "p.rsqrt()": { [$0.p.rsqrt()] },
    "p.reciprocal()": { [$0.p.reciprocal()] },
    "m.trunc()": { [$0.m.trunc()] },
    "m.frac()": { [$0.m.frac()] },
    "torch.sinc(m)": { [$0.m.sinc()] },
    "((u + 1) / 2).logit()": { [(($0.u + 1) / 2).logit()] },
    "F.gelu(m)": { [$0.m.gelu()] },
    "F.gelu(m, approximate='tanh')": { [$0.m.gelu(approximate: true)] },
    "F.silu(m)": { [$0.m.silu()] },
    "F.mish(m)": { [$0.m.mish()] },
    "F.softplus(m)": { [$0.m.softplus()] },
    "F.softplus(m, beta=3, threshold=2)": { [$0.m.softplus(beta: 3, threshold: 2)] },
    "F.elu(m)": { [$0.m.elu()] },
    "F.elu(m, 0.5)": { [$0.m.elu(alpha: 0.5)] },
    "F.selu(m)": { [$0.m.selu()] },
    "F.celu(m, 2.0)": { [$0.m.celu(alpha: 2)] },
    "F.leaky_relu(m)": { [$0.m.leakyRelu()] },
    "F.leaky_relu(m, 0.2)": { [$0.m.leakyRelu(slope: 0.2)] },
    "F.logsigmoid(m)": { [$0.m.logSigmoid()] },
    "F.hardtanh(m)": { [$0.m.hardtanh()] },
    "F.relu6(m)": { [$0.m.relu6()] },
    "F.hardsigmoid(m)": { [$0.m.hardsigmoid()] },
    "F.hardswish(m)": { [$0.m.hardswish()] },
    "F.softsign(m)": { [$0.m.softsign()] },
    "F.tanhshrink(m)": { [$0.m.tanhshrink()] },
    "F.softshrink(m)": { [$0.m.softshrink()] },
    "F.hardshrink(m)": { [$0.m.hardshrink()] },
    "F.threshold(m, 0.1, 2.0)": { [$0.m.threshold(0.1, value: 2)] },
    "F.glu(m)": { [$0.m.glu()] },
    "F.prelu(m, v[:1])": { [$0.m.prelu($0.v[..<1])] },
    "m.clamp(max=0.3)": { [$0.m.clamp(max: 0.3)] },
    "torch.tensor([1, 5, -3]).clamp(0, 2)": { _ in [Tensor([1, 5, -3]).clamp(min: 0, max: 2)] },
    "torch.nan_to_num(t)": { [$0.t.nanToNumber()] },
    "torch.isinf(t / 0)": { [($0.t / 0).isInfinite()] },
    "torch.isfinite(t)": { [$0.t.isFinite()] },
  ]

  private static let reductions: [String: (Inputs) -> [Tensor]] = [
    "m.prod(1)": { [$0.m.prod(dim: 1)] },
    "z.prod()": { [$0.z.prod()] },
    "z.prod(1)": { [$0.z.prod(dim: 1)] },
    "m.var(dim=(0, 1))": { [$0.m.variance(dim: [0, 1])] },
    "x.var(dim=(0, 2), keepdim=True)": { [$0.x.variance(dim: [0, 2], keepDim: true)] },
    "x.std(dim=1, correction=0)": { [$0.x.std(dim: 1, correction: 0)] },
    "m.norm(1)": { [$0.m.norm(1)] },
    "m.norm(3)": { [$0.m.norm(3)] },
    "m.norm(float('inf'))": { [$0.m.norm(.infinity)] },
    "m.norm(0)": { [$0.m.norm(0)] },
    "x.norm(dim=(0, 2))": { [$0.x.norm(dim: [0, 2])] },
    "m.cumprod(1)": { [$0.m.cumprod(dim: 1)] },
    "z.cumprod(1)": { [$0.z.cumprod(dim: 1)] },
    "x.logsumexp((0, 2))": { [$0.x.logSumExp(dim: [0, 2])] },
    "x.sum((0, 2))": { [$0.x.sum(dim: [0, 2])] },
    "x.sum((0, 1), keepdim=True)": { [$0.x.sum(dim: [0, 1], keepDim: true)] },
    "torch.tensor([True, False]).cumsum(0)": { _ in [Tensor([true, false]).cumsum(dim: 0)] },
    "torch.tensor([[1, 2], [3, 4]]).prod(0)": { _ in [Tensor([[1, 2], [3, 4]]).prod(dim: 0)] },
    "m.median()": { [$0.m.median()] },
    "m.median(1)": { pair($0.m.median(dim: 1)) },
    "t.median()": { [$0.t.median()] },
    "m.kthvalue(2, 0)": { pair($0.m.kthValue(2, dim: 0)) },
    "m.topk(3, largest=False)": { pair($0.m.topk(3, largest: false)) },
    "torch.tensor([3, 1, 3, 2]).topk(2)": { _ in pair(Tensor([3, 1, 3, 2]).topk(2)) },
    "(torch.arange(100) * 37 % 11).topk(12)": { _ in
      pair((Tensor.arange(100) * 37).remainder(11).topk(12))
    },
    "(torch.arange(300) * 7 % 13).topk(3)": { _ in
      pair((Tensor.arange(300) * 7).remainder(13).topk(3))
    },
    "(torch.arange(60) * 7 % 5).topk(40, largest=False)": { _ in
      pair((Tensor.arange(60) * 7).remainder(5).topk(40, largest: false))
    },
    "(torch.arange(60.) * 7 % 5).view(3, 20).topk(18, dim=1)": { _ in
      pair((Tensor.arange(60.0) * 7).remainder(5).view(3, 20).topk(18, dim: 1))
    },
    "(torch.arange(60.) * 7 % 5).view(20, 3).topk(5, dim=0)": { _ in
      pair((Tensor.arange(60.0) * 7).remainder(5).view(20, 3).topk(5, dim: 0))
    },
    "torch.zeros(50).topk(49)": { _ in pair(Tensor.zeros(50).topk(49)) },
    "(torch.arange(20) * 3 % 22).view(2, 10).median(1)": { _ in
      pair((Tensor.arange(20) * 3).remainder(22).view(2, 10).median(dim: 1))
    },
    "torch.tensor([3., float(\"nan\"), 1., 3., float(\"nan\"), 3.]).topk(4)": { _ in
      pair(Tensor([3.0, Double.nan, 1, 3, .nan, 3]).topk(4))
    },
    "torch.tensor([3., float(\"nan\"), 1., 3., float(\"nan\"), 3.]).topk(5, largest=False)": { _ in
      pair(Tensor([3.0, Double.nan, 1, 3, .nan, 3]).topk(5, largest: false))
    },
    "s.sort()": { pair($0.s.sort()) },
    "s.sort(dim=0, descending=True)": { pair($0.s.sort(dim: 0, descending: true)) },
    "t.sort()": { pair($0.t.sort()) },
    "t.argsort(descending=True)": { [$0.t.argsort(descending: true)] },
    "s.argsort()": { [$0.s.argsort()] },
    "s.max(1)": { pair($0.s.max(dim: 1)) },
    "t.max()": { [$0.t.max()] },
    "t.argmax()": { [$0.t.argmax()] },
    "t.argmin()": { [$0.t.argmin()] },
    "t.min(0)": { pair($0.t.min(dim: 0)) },
    "m.argmin(1)": { [$0.m.argmin(dim: 1)] },
    "torch.unique(torch.tensor([[3, 1], [3, 2]]), return_inverse=True, return_counts=True)": { _ in
      let (values, inverse, counts) = Tensor([[3, 1], [3, 2]]).uniqueWithCounts()
      return [values, inverse, counts]
    },
    "torch.bincount(torch.tensor([0, 1, 1]), weights=torch.tensor([0.5, 1, 2]), minlength=4)": {
      _ in
      [Tensor([0, 1, 1]).bincount(weights: Tensor([0.5, 1, 2]), minLength: 4)]
    },
  ]

  private static let indexing: [String: (Inputs) -> [Tensor]] = [
    "m.gather(1, \(torchPlaces))": { [$0.m.gather(1, places)] },
    "m.scatter(1, \(torchPlaces), m[:, 2:] * 2)": {
      [$0.m.scatter(1, places, $0.m[.all, 2...] * 2)]
    },
    "m.scatter(1, \(torchPlaces), 5.0)": { [$0.m.scatter(1, places, value: 5)] },
    "m.scatter_add(1, \(torchPlaces), m[:, :2])": {
      [$0.m.scatterAdd(1, places, $0.m[.all, ..<2])]
    },
    "m.index_add(0, torch.tensor([1, 1]), m[:2], alpha=2.0)": {
      [$0.m.indexAdd(0, Tensor([1, 1]), $0.m[..<2], scale: 2)]
    },
    "m.index_copy(0, torch.tensor([1, 0]), m[1:])": {
      [$0.m.indexCopy(0, Tensor([1, 0]), $0.m[1...])]
    },
    "m.index_fill(1, torch.tensor([1, -1]), 2.0)": { [$0.m.indexFill(1, Tensor([1, -1]), 2)] },
    "m.masked_select(m > 0)": { [$0.m.maskedSelect($0.m .> 0)] },
    "m.masked_select(v > 0)": { [$0.m.maskedSelect($0.v .> 0)] },
    "m.take(torch.tensor([[0, 5], [-1, 5]]))": { [$0.m.take(Tensor([[0, 5], [-1, 5]]))] },
    "torch.where(v > 0, m, x)": { [Tensor.which($0.v .> 0, $0.m, $0.x)] },
    "m[..., None]": { [$0.m[.ellipsis, .newAxis]] },
    "x[..., ::2]": { [$0.x[.ellipsis, .every(2)]] },
    "x[:, torch.tensor([0, 2])]": { [$0.x[.all, Tensor([0, 2])]] },
    "x[torch.tensor([0, 1]), :, torch.tensor([1, 0])]": {
      [$0.x[Tensor([0, 1]), .all, Tensor([1, 0])]]
    },
    "x[:, torch.tensor([[0], [2]]), torch.tensor([1, 3])]": {
      [$0.x[.all, Tensor([[0], [2]]), Tensor([1, 3])]]
    },
    "x[0, :, torch.tensor([1, 0])]": { [$0.x[0, .all, Tensor([1, 0])]] },
    "x[x[..., 0] > 0]": { [$0.x[$0.x[.ellipsis, 0] .> 0]] },
    "x[:, v[:3] > 0]": { [$0.x[.all, $0.v[..<3] .> 0]] },
    "x[1, m > 0]": { [$0.x[1, $0.m .> 0]] },
    "x[..., torch.tensor(2)]": { [$0.x[.ellipsis, Tensor(2)]] },
    "x[None, 1, ..., 0]": { [$0.x[.newAxis, 1, .ellipsis, 0]] },
    "m[[0, 2, -1]]": { [$0.m[[0, 2, -1]]] },
    "m[:, [3, 0]]": { [$0.m[.all, [3, 0]]] },
    "(m > 0).nonzero()": { [($0.m .> 0).nonzero()] },
  ]

  private static let arrangements: [String: (Inputs) -> [Tensor]] = [
    "x.flip(0, 2)": { [$0.x.flip(0, 2)] },
    "m.roll(1, 0)": { [$0.m.roll(1, dim: 0)] },
    "m.roll(-5)": { [$0.m.roll(-5)] },
    "x.tril()": { [$0.x.tril()] },
    "x.triu(-1)": { [$0.x.triu(-1)] },
    "m.tril(-1)": { [$0.m.tril(-1)] },
    "m.diag()": { [$0.m.diag()] },
    "m.diag(1)": { [$0.m.diag(1)] },
    "m.diag(-2)": { [$0.m.diag(-2)] },
    "v.diag()": { [$0.v.diag()] },
    "v.diag(-1)": { [$0.v.diag(-1)] },
    "x.diagonal(0, 1, 2)": { [$0.x.diagonal(0, dim0: 1, dim1: 2)] },
    "x.diag_embed()": { [$0.x.diagEmbed()] },
    "m.trace()": { [$0.m.trace()] },
    "F.pad(x, (1, 1, 0, 2))": { [$0.x.pad([1, 1, 0, 2])] },
    "F.pad(m, (-1, 2))": { [$0.m.pad([-1, 2])] },
    "F.pad(x, (2, 1), mode='reflect')": { [$0.x.pad([2, 1], mode: .reflect)] },
    "F.pad(x, (2, 1), mode='replicate')": { [$0.x.pad([2, 1], mode: .replicate)] },
    "F.pad(x, (2, 1), mode='circular')": { [$0.x.pad([2, 1], mode: .circular)] },
    "v.repeat(3)": { [$0.v.repeated(3)] },
    "m.repeat(2, 1, 2)": { [$0.m.repeated(2, 1, 2)] },
    "m.repeat_interleave(2, 0)": { [$0.m.repeatInterleave(2, dim: 0)] },
    "m.repeat_interleave(2)": { [$0.m.repeatInterleave(2)] },
    "m.repeat_interleave(torch.tensor([2, 0, 1]), 0)": {
      [$0.m.repeatInterleave([2, 0, 1], dim: 0)]
    },
    "torch.tile(m, (2,))": { [$0.m.tile(2)] },
    "torch.tile(v, (2, 2))": { [$0.v.tile(2, 2)] },
    "x.movedim(0, 2)": { [$0.x.movedim(0, 2)] },
    "x.unflatten(2, (2, -1))": { [$0.x.unflatten(2, [2, -1])] },
    "x[:, :1].squeeze((1, 2))": { [$0.x[.all, ..<1].squeeze([1, 2])] },
    "x.unbind(1)": { $0.x.unbind(dim: 1) },
    "torch.meshgrid(v, v2, indexing='ij')": { meshgrid([$0.v, $0.v2]) },
    "torch.vstack((m, v))": { [vstack([$0.m, $0.v])] },
    "torch.hstack((m, u))": { [hstack([$0.m, $0.u])] },
    "torch.hstack((v, v2))": { [hstack([$0.v, $0.v2])] },
    "m.expand_as(x)": { [$0.m.expand(as: $0.x)] },
    "m.t().flatten()": { [$0.m.t().flatten()] },
    "m.unsqueeze(0).squeeze(0)": { [$0.m.unsqueeze(0).squeeze(0)] },
    "m.diff()": { [$0.m.diff()] },
    "torch.linspace(-1, 1, 5)": { _ in [.linspace(-1, 1, 5)] },
    "torch.logspace(0, 2, 3)": { _ in [.logspace(0, 2, 3)] },
    "torch.eye(2, 3)": { _ in [.eye(2, 3)] },
    "torch.full((2,), True)": { _ in [.full([2], true)] },
  ]

  private static let products: [String: (Inputs) -> [Tensor]] = [
    "m.mv(v)": { [$0.m.mv($0.v)] },
    "torch.addmm(v, m, x[0].t() @ m, beta=0.5, alpha=2.0)": {
      [$0.v.addmm($0.m, $0.x[0].t().matmul($0.m), beta: 0.5, alpha: 2)]
    },
    "torch.einsum('ij,j->i', m, v)": { [einsum("ij,j->i", $0.m, $0.v)] },
    "torch.einsum('ij->ji', m)": { [einsum("ij->ji", $0.m)] },
    "torch.einsum('ij->', m)": { [einsum("ij->", $0.m)] },
    "torch.einsum('ii->i', m[:, :3])": { [einsum("ii->i", $0.m[.all, ..<3])] },
    "torch.einsum('ii', m[:, :3])": { [einsum("ii", $0.m[.all, ..<3])] },
    "torch.einsum('bij,bkj->bik', x, x)": { [einsum("bij,bkj->bik", $0.x, $0.x)] },
    "torch.einsum('...j,j', x, v)": { [einsum("...j,j", $0.x, $0.v)] },
    "torch.einsum('i,j->ij', v, v2)": { [einsum("i,j->ij", $0.v, $0.v2)] },
    "torch.einsum('bij,kj,j->bk', x, m, v)": { [einsum("bij,kj,j->bk", $0.x, $0.m, $0.v)] },
    "torch.einsum('ij,ij->ij', m, m)": { [einsum("ij,ij->ij", $0.m, $0.m)] },
    "torch.einsum('ba', m)": { [einsum("ba", $0.m)] },
    "torch.einsum('b...->...b', x)": { [einsum("b...->...b", $0.x)] },
    "m.fmod(0.3)": { [$0.m.fmod(0.3)] },
    "m.remainder(0.3)": { [$0.m.remainder(0.3)] },
    "m.remainder(v)": { [$0.m.remainder($0.v)] },
    "m.fmod(v)": { [$0.m.fmod($0.v)] },
    "p ** v": { [$0.p.pow($0.v)] },
    "2.0 ** m": { [pow(2, $0.m)] },
    "torch.atan2(m, u)": { [$0.m.atan2($0.u)] },
    "torch.hypot(m, u)": { [$0.m.hypot($0.u)] },
    "torch.logaddexp(m, u)": { [$0.m.logAddExp($0.u)] },
    "torch.lerp(m, u, 0.3)": { [$0.m.lerp($0.u, weight: 0.3)] },
    "torch.copysign(m, v)": { [$0.m.copySign($0.v)] },
    "torch.minimum(m, v)": { [$0.m.minimum($0.v)] },
    "torch.cdist(m, x[0])": { [$0.m.cdist($0.x[0])] },
    "F.pairwise_distance(m, u)": { [$0.m.pairwiseDistance($0.u)] },
    "torch.linalg.cross(m[:, :3], u[:, 1:])": { [$0.m[.all, ..<3].cross($0.u[.all, 1...])] },
    "torch.logical_xor(m > 0, u > 0)": { [($0.m .> 0) .^ ($0.u .> 0)] },
    "torch.arange(-7, 8) // 3": { _ in [Tensor.arange(-7, 8).floorDivide(3)] },
    "torch.arange(-7, 8) % -3": { _ in [Tensor.arange(-7, 8).remainder(-3)] },
    "torch.fmod(torch.arange(-7, 8), 3)": { _ in [Tensor.arange(-7, 8).fmod(3)] },
    "torch.tensor([7., -7., 0.5]) // -2": { _ in [Tensor([7.0, -7, 0.5]).floorDivide(-2)] },
    "torch.isclose(m, m + 1e-6)": { [$0.m.isClose($0.m + 1e-6)] },
  ]

  /// A node whose recorded name is not the printed one, and a permutation that changes nothing.
  private static let otherNames = [
    "F.pad(x, (2, 1), mode='circular')": "CopySlices",
    "torch.einsum('ii->i', m[:, :3])": "DiagonalBackward0",
  ]

  func testOperations() throws {
    let golden = try Golden("more_ops")
    var cases = Self.functions
    for table in [Self.reductions, Self.indexing, Self.arrangements, Self.products] {
      cases.merge(table) { first, _ in first }
    }
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: cases.keys, notYet: [:])
    let recordedInputs = try XCTUnwrap(golden.root["inputs"] as? [String: Any])
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let run = cases[code] else { continue }
      var inputs = Inputs(tensors: [:])
      for name in record["inputs"] as? [String] ?? [] {
        inputs.tensors[name] = try recordedTensor(recordedInputs[name], requiresGrad: true)
      }
      let results = run(inputs)
      let recorded = try XCTUnwrap(record["results"] as? [Any])
      XCTAssertEqual(results.count, recorded.count, code)
      for (ours, theirs) in zip(results, recorded) {
        try assertClose(ours, theirs, atol: 5e-6, rtol: 1e-5, code)
      }
      guard let gradients = record["grads"] as? [String: Any], let first = results.first else {
        continue
      }
      let name = Self.otherNames[code] ?? (record["grad_fn"] as? String)
      XCTAssertEqual(first.node?.name, name, code)
      (first * (try recordedTensor(record["w"]))).sum().backward()
      for (name, value) in gradients {
        try assertClose(
          inputs[name].grad ?? inputs[name].zerosLike(), value, atol: 5e-6, rtol: 1e-5,
          "gradient of \(name) in \(code)")
      }
    }
  }
}
