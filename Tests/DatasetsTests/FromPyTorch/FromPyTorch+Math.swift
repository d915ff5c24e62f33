import Datasets
import Foundation
import NN
import XCTest

extension FromPyTorchTests {
  func testElementwiseMath() throws {
    try begin("Elementwise math")
    let x = Tensor([-1.5, 0, 2])
    row(#"x = torch.tensor([-1.5, 0., 2.])"#) { x }
    let y = Tensor([1.0, 2, 4])
    row(#"y = torch.tensor([1., 2., 4.])"#) { y }
    let n = Tensor([7, -7, 2])
    row(#"n = torch.tensor([7, -7, 2])"#) { n }
    row(#"x + y"#) { x + y }
    row(#"1 - x / y"#) { 1 - x / y }
    row(#"x ** 2"#) { x.pow(2) }
    row(#"2 ** x"#) { pow(2, x) }
    row(#"n / 2"#) { n / 2 }
    row(#"n // 2"#) { n.floorDivide(2) }
    row(#"n % 4"#) { n.remainder(4) }
    row(#"torch.fmod(n, 4)"#) { n.fmod(4) }
    row(#"x.abs()"#) { x.abs() }
    row(#"-x.sign()"#) { -x.sign() }
    row(#"x.exp()"#) { x.exp() }
    row(#"y.log()"#) { y.log() }
    row(#"y.log1p()"#) { y.log1p() }
    row(#"y.sqrt()"#) { y.sqrt() }
    row(#"y.rsqrt()"#) { y.rsqrt() }
    row(#"x.square()"#) { x.square() }
    row(#"x.sin() + x.cos()"#) { x.sin() + x.cos() }
    row(#"x.tanh()"#) { x.tanh() }
    row(#"x.sigmoid()"#) { x.sigmoid() }
    row(#"x.relu()"#) { x.relu() }
    row(#"F.leaky_relu(x, 0.1)"#) { x.leakyRelu(slope: 0.1) }
    row(#"F.gelu(x)"#) { x.gelu() }
    row(#"F.silu(x)"#) { x.silu() }
    row(#"F.softplus(x)"#) { x.softplus() }
    row(#"F.logsigmoid(x)"#) { x.logSigmoid() }
    row(#"x.softmax(dim=0)"#) { x.softmax(dim: 0) }
    row(#"F.log_softmax(x, dim=0)"#) { x.logSoftmax(dim: 0) }
    row(#"x.floor()"#) { x.floor() }
    row(#"x.round()"#) { x.round() }
    row(#"x.clamp(-1, 1)"#) { x.clamp(min: -1, max: 1) }
    row(#"torch.maximum(x, y)"#) { x.maximum(y) }
    row(#"torch.lerp(x, y, 0.5)"#) { x.lerp(y, weight: 0.5) }
    row(#"torch.atan2(x, y)"#) { x.atan2(y) }
    row(#"x == y"#) { x .== y }
    row(#"x < 1"#) { x .< 1 }
    row(#"(x > 0) & (y < 3)"#) { (x .> 0) .& (y .< 3) }
    row(#"(x > 0) | ~(y < 3)"#) { (x .> 0) .| .!(y .< 3) }
    row(#"torch.equal(x, x.clone())"#) { x.equal(x.clone()) }
    row(#"torch.allclose(x, x + 1e-7)"#) { x.allClose(x + 1e-7) }
    row(#"x.isnan()"#) { x.isNaN() }
    end()
  }

  func testReductions() throws {
    try begin("Reductions, order, products")
    let x = Tensor([[3.0, 1, 2], [4, 6, 5]])
    row(#"x = torch.tensor([[3., 1., 2.], [4., 6., 5.]])"#) { x }
    row(#"x.sum()"#) { x.sum() }
    row(#"x.sum(dim=1)"#) { x.sum(dim: 1) }
    row(#"x.sum(dim=(0, 1))"#) { x.sum(dim: [0, 1]) }
    row(#"x.mean(dim=0, keepdim=True)"#) { x.mean(dim: 0, keepDim: true) }
    row(#"x.var(dim=1, correction=0)"#) { x.variance(dim: 1, correction: 0) }
    row(#"x.std()"#) { x.std() }
    row(#"x.norm()"#) { x.norm() }
    row(#"x.norm(1, dim=1)"#) { x.norm(1, dim: 1) }
    row(#"x.max()"#) { x.max() }
    row(#"x.max(dim=1)"#) { x.max(dim: 1) }
    row(#"x.max(dim=1).values"#) { x.max(dim: 1).values }
    row(#"x.argmin(dim=0)"#) { x.argmin(dim: 0) }
    row(#"x.prod(dim=1)"#) { x.prod(dim: 1) }
    row(#"x.cumsum(dim=1)"#) { x.cumsum(dim: 1) }
    row(#"x.cumprod(dim=1)"#) { x.cumprod(dim: 1) }
    row(#"x.diff(dim=1)"#) { x.diff(dim: 1) }
    row(#"x.logsumexp(dim=1)"#) { x.logSumExp(dim: 1) }
    row(#"(x > 0).all()"#) { (x .> 0).all() }
    row(#"(x > 5).any()"#) { (x .> 5).any() }
    row(#"torch.count_nonzero(x > 2)"#) { Tensor((x .> 2).countNonzero()) }
    row(#"x.sort(dim=1, descending=True)"#) { x.sort(dim: 1, descending: true) }
    row(#"x.argsort(dim=1)"#) { x.argsort(dim: 1) }
    row(#"x.topk(2, dim=1)"#) { x.topk(2, dim: 1) }
    row(#"x.median()"#) { x.median() }
    row(#"x.kthvalue(2, dim=1)"#) { x.kthValue(2, dim: 1) }
    row(#"torch.tensor([2, 0, 2]).unique()"#) { Tensor([2, 0, 2]).unique() }
    row(#"torch.tensor([2, 0, 2]).bincount()"#) { Tensor([2, 0, 2]).bincount() }
    row(#"x @ x.t()"#) { x.matmul(x.t()) }
    row(#"x.mm(x.t())"#) { x.mm(x.t()) }
    row(#"torch.bmm(x[None], x.t()[None])"#) { x[.newAxis].bmm(x.t()[.newAxis]) }
    row(#"x.mv(x[0])"#) { x.mv(x[0]) }
    row(#"torch.dot(x[0], x[1])"#) { x[0].dot(x[1]) }
    row(#"torch.outer(x[0], x[1])"#) { x[0].outer(x[1]) }
    row(#"torch.addmm(torch.ones(2), x, x.t())"#) { Tensor.ones(2).addmm(x, x.t()) }
    row(#"torch.einsum("ij,kj->ik", x, x)"#) { einsum("ij,kj->ik", x, x) }
    row(#"torch.cdist(x, x)"#) { x.cdist(x) }
    row(#"F.cosine_similarity(x[:1], x[1:])"#) { x[..<1].cosineSimilarity(x[1...]) }
    row(#"F.normalize(x)"#) { x.normalized() }
    row(#"torch.trace(x[:, :2])"#) { x[.all, ..<2].trace() }
    end()
  }

  func testGradients() throws {
    try begin("Gradients")
    let w = Tensor([1.0, 2, 3], requiresGrad: true)
    row(#"w = torch.tensor([1., 2., 3.], requires_grad=True)"#) { w }
    let y = w * w
    row(#"y = w * w"#) { y }
    row(#"y.sum().backward()"#) { y.sum().backward() }
    row(#"w.grad"#) { w.grad }
    row(#"w.grad = None"#) {
      w.grad = nil
      return w.grad
    }
    row(#"(w * 3).backward(torch.tensor([1., 0., 2.]))"#) { (w * 3).backward(Tensor([1.0, 0, 2])) }
    row(#"w.grad.tolist()"#) { w.grad?.doubles }
    row(#"w.requires_grad"#) { w.requiresGrad }
    row(#"w.is_leaf, y.is_leaf"#) { (w.isLeaf, y.isLeaf) }
    row(#"y.detach()"#) { y.detach() }

    withNoGrad {
      if let gradient = w.grad { w.subtract(0.1 * gradient) }
    }

    row(#"w.tolist()"#) { w.doubles }
    row(#"nn.Parameter(torch.zeros(2))"#) { Parameter(Tensor.zeros(2)) }
    let d = Tensor.zeros(2, dtype: .float64, requiresGrad: true)
    row(#"d = torch.zeros(2, dtype=torch.float64, requires_grad=True)"#) { d }
    row(#"torch.autograd.gradcheck(torch.exp, [d])"#) { gradCheck({ $0[0].exp() }, [d]) }
    end()
  }
}
