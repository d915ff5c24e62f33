import Datasets
import Foundation
import NN
import XCTest

extension FromPyTorchTests {
  func testCreation() throws {
    try begin("Creation")
    row(#"torch.tensor(3.5)"#) { Tensor(3.5) }
    row(#"torch.tensor([1, 2, 3])"#) { Tensor([1, 2, 3]) }
    row(#"torch.tensor([True, False])"#) { Tensor([true, false]) }
    let x = Tensor([[1.0, 2], [3, 4]])
    row(#"x = torch.tensor([[1., 2.], [3., 4.]])"#) { x }
    row(#"torch.tensor([1., 2.], requires_grad=True)"#) { Tensor([1.0, 2], requiresGrad: true) }
    row(#"torch.tensor([0.5, 2.], dtype=torch.float64)"#) { Tensor([0.5, 2]).double() }
    row(#"torch.zeros(2, 3)"#) { Tensor.zeros(2, 3) }
    row(#"torch.zeros(x.shape)"#) { Tensor.zeros(x.shape) }
    row(#"torch.ones(2, dtype=torch.int64)"#) { Tensor.ones(2, dtype: .int64) }
    row(#"torch.full((2, 2), 7.5)"#) { Tensor.full([2, 2], 7.5) }
    row(#"torch.full((2,), 7)"#) { Tensor.full([2], 7) }
    row(#"torch.zeros_like(x)"#) { x.zerosLike() }
    row(#"torch.ones_like(x)"#) { x.onesLike() }
    row(#"torch.full_like(x, 0.5)"#) { x.fullLike(0.5) }
    row(#"torch.arange(5)"#) { Tensor.arange(5) }
    row(#"torch.arange(1, 10, 3)"#) { Tensor.arange(1, 10, step: 3) }
    row(#"torch.arange(0., 1., 0.25)"#) { Tensor.arange(0.0, 1.0, step: 0.25) }
    row(#"torch.linspace(0, 1, 5)"#) { Tensor.linspace(0, 1, 5) }
    row(#"torch.logspace(0, 2, 3)"#) { Tensor.logspace(0, 2, 3) }
    row(#"torch.eye(3)"#) { Tensor.eye(3) }
    row(#"torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")"#) {
      meshgrid([Tensor.arange(2), Tensor.arange(3)])
    }
    row(#"F.one_hot(torch.tensor([0, 2]), 3)"#) { Tensor([0, 2]).oneHot(classCount: 3) }
    row(#"x.clone()"#) { x.clone() }
    row(#"x.double()"#) { x.double() }
    row(#"x.to(torch.int64)"#) { x.to(.int64) }
    row(#"x.long().float()"#) { x.long().float() }
    row(#"x.bool()"#) { x.bool() }
    end()
  }

  func testReading() throws {
    try begin("Reading")
    let x = Tensor.arange(6.0).view(2, 3)
    row(#"x = torch.arange(6.).view(2, 3)"#) { x }
    row(#"x.shape"#) { x.shape }
    row(#"x.size(-1)"#) { x.size(-1) }
    row(#"x.dim()"#) { x.dim }
    row(#"x.numel()"#) { x.count }
    row(#"len(x)"#) { x.size(0) }
    row(#"x.dtype"#) { x.dtype }
    row(#"x.is_contiguous()"#) { x.isContiguous }
    row(#"x.sum().item()"#) { x.sum().item() }
    row(#"float(x[0, 1])"#) { Double(x[0, 1]) }
    row(#"int(x.argmax())"#) { Int(x.argmax()) }
    row(#"bool((x > 4).any())"#) { Bool((x .> 4).any()) }
    row(#"x.tolist()"#) { x.doubleRows }
    row(#"x.flatten().tolist()"#) { x.doubles }
    row(#"x.long().flatten().tolist()"#) { x.ints }
    row(#"[float(row.sum()) for row in x]"#) { x.map { Double($0.sum()) } }
    end()
  }

  func testShape() throws {
    try begin("Shape")
    let x = Tensor.arange(6.0).view(2, 3)
    row(#"x = torch.arange(6.).view(2, 3)"#) { x }
    row(#"x.view(3, -1)"#) { x.view(3, -1) }
    row(#"x.reshape(-1)"#) { x.reshape(-1) }
    row(#"x.view_as(torch.zeros(3, 2))"#) { x.view(as: Tensor.zeros(3, 2)) }
    row(#"x.flatten()"#) { x.flatten() }
    row(#"torch.zeros(2, 3, 4).flatten(1)"#) { Tensor.zeros(2, 3, 4).flatten(1) }
    row(#"torch.zeros(6, 2).unflatten(0, (2, 3))"#) { Tensor.zeros(6, 2).unflatten(0, [2, 3]) }
    row(#"x.unsqueeze(0)"#) { x.unsqueeze(0) }
    row(#"torch.zeros(1, 3, 1).squeeze()"#) { Tensor.zeros(1, 3, 1).squeeze() }
    row(#"torch.zeros(1, 3, 1).squeeze(0)"#) { Tensor.zeros(1, 3, 1).squeeze(0) }
    row(#"x.t()"#) { x.t() }
    row(#"x.transpose(0, 1)"#) { x.transpose(0, 1) }
    row(#"x.view(1, 2, 3).permute(2, 0, 1)"#) { x.view(1, 2, 3).permute(2, 0, 1) }
    row(#"x.view(1, 2, 3).movedim(0, 2)"#) { x.view(1, 2, 3).movedim(0, 2) }
    row(#"x[:, :1].expand(-1, 4)"#) { x[.all, ..<1].expand(-1, 4) }
    row(#"x.repeat(1, 2)"#) { x.repeated(1, 2) }
    row(#"x.tile(2)"#) { x.tile(2) }
    row(#"x.repeat_interleave(2, dim=0)"#) { x.repeatInterleave(2, dim: 0) }
    row(#"x.flip(1)"#) { x.flip(1) }
    row(#"x.roll(1, 1)"#) { x.roll(1, dim: 1) }
    row(#"x.t().contiguous()"#) { x.t().contiguous() }
    row(#"torch.cat([x, x], dim=1)"#) { cat([x, x], dim: 1) }
    row(#"torch.stack([x, x])"#) { stack([x, x]) }
    row(#"torch.vstack([x, x])"#) { vstack([x, x]) }
    row(#"torch.hstack([x, x])"#) { hstack([x, x]) }
    row(#"x.chunk(2, dim=1)"#) { x.chunk(2, dim: 1) }
    row(#"x.split(2, dim=1)"#) { x.split(2, dim: 1) }
    row(#"x.split([1, 2], dim=1)"#) { x.split([1, 2], dim: 1) }
    row(#"x.unbind(0)"#) { x.unbind(dim: 0) }
    row(#"torch.broadcast_tensors(x, x[0])"#) { broadcastTensors([x, x[0]]) }
    row(#"x.tril()"#) { x.tril() }
    row(#"x.triu(1)"#) { x.triu(1) }
    row(#"x.diagonal()"#) { x.diagonal() }
    row(#"torch.diag(x[0])"#) { x[0].diag() }
    row(#"torch.diag_embed(x)"#) { x.diagEmbed() }
    row(#"F.pad(x, (1, 0), value=9.)"#) { x.pad([1, 0], value: 9) }
    row(#"F.pad(x, (1, 1), mode="reflect")"#) { x.pad([1, 1], mode: .reflect) }
    end()
  }

  func testIndexing() throws {
    try begin("Indexing")
    let x = Tensor.arange(12.0).view(3, 4)
    row(#"x = torch.arange(12.).view(3, 4)"#) { x }
    row(#"x[0]"#) { x[0] }
    row(#"x[-1]"#) { x[-1] }
    row(#"x[1, 2]"#) { x[1, 2] }
    row(#"x[:, 1]"#) { x[.all, 1] }
    row(#"x[1:3]"#) { x[1..<3] }
    row(#"x[:2, 1:]"#) { x[..<2, 1...] }
    row(#"x[-2:]"#) { x[(-2)...] }
    row(#"x[:, :-1]"#) { x[.all, ..<(-1)] }
    row(#"x[:, ::2]"#) { x[.all, .every(2)] }
    row(#"x[:, 1:4:2]"#) { x[.all, .every(2, from: 1, to: 4)] }
    row(#"x[..., 0]"#) { x[.ellipsis, 0] }
    row(#"x[:, None]"#) { x[.all, .newAxis] }
    row(#"x[[2, 0]]"#) { x[[2, 0]] }
    row(#"x[torch.tensor([0, 1]), torch.tensor([1, 3])]"#) { x[Tensor([0, 1]), Tensor([1, 3])] }
    row(#"x[x > 6]"#) { x[x .> 6] }
    row(#"x[:, x[0] > 1]"#) { x[.all, x[0] .> 1] }
    row(#"x[1:-1]"#) { x[.every(1, from: 1, to: -1)] }
    row(#"x.narrow(1, 1, 2)"#) { x.narrow(1, 1, 2) }
    row(#"x.select(1, 0)"#) { x.select(1, 0) }
    row(#"x.index_select(1, torch.tensor([0, 3]))"#) { x.indexSelect(1, Tensor([0, 3])) }
    row(#"x.gather(1, torch.tensor([[0], [1], [2]]))"#) { x.gather(1, Tensor([[0], [1], [2]])) }
    row(#"x.take(torch.tensor([0, 11]))"#) { x.take(Tensor([0, 11])) }
    row(#"x.masked_select(x < 3)"#) { x.maskedSelect(x .< 3) }
    row(#"(x > 9).nonzero()"#) { (x .> 9).nonzero() }
    row(#"torch.where(x > 5, x, torch.tensor(0.))"#) { Tensor.which(x .> 5, x, Tensor(0.0)) }
    row(#"x.masked_fill(x > 5, -1)"#) { x.maskedFill(x .> 5, -1) }
    end()
  }

  func testAssignment() throws {
    try begin("Assignment")
    let x = Tensor.zeros(3, 4)
    row(#"x = torch.zeros(3, 4)"#) { x }
    row(#"x[0] = 1"#) {
      x[0] = 1
      return x
    }
    row(#"x[1] = torch.arange(4.)"#) {
      x[1] = Tensor.arange(4.0)
      return x
    }
    row(#"x[:, 1:3] = torch.tensor([5., 6.])"#) {
      x[.all, 1..<3] = Tensor([5.0, 6])
      return x
    }
    row(#"x[x == 0] = 0.5"#) {
      x[x .== 0] = 0.5
      return x
    }
    row(#"x[[0, 2], 3] = 9"#) {
      x[[0, 2], 3] = 9
      return x
    }
    row(#"x[2] *= 2"#) {
      x[2] *= 2
      return x
    }
    row(#"x[0, 1] += 1"#) {
      x[0, 1] += 1
      return x
    }
    row(#"x.add_(1)"#) { x.add(1) }
    row(#"x.add_(torch.ones(4), alpha=2)"#) { x.add(Tensor.ones(4), scale: 2) }
    row(#"x.sub_(0.5)"#) { x.subtract(0.5) }
    row(#"x.mul_(2)"#) { x.multiply(by: 2) }
    row(#"x.div_(4)"#) { x.divide(by: 4) }
    row(#"x.clamp_(min=1, max=3)"#) { x.clampInPlace(min: 1, max: 3) }
    row(#"x.masked_fill_(x > 2, 0)"#) { x.fill(where: x .> 2, with: 0) }
    row(#"x.scatter_(1, torch.tensor([[0], [1], [2]]), torch.ones(3, 1))"#) {
      x.write(at: Tensor([[0], [1], [2]]), along: 1, Tensor.ones(3, 1))
    }
    row(#"x.copy_(torch.arange(4.))"#) { x.copy(from: Tensor.arange(4.0)) }
    row(#"x.fill_(7)"#) { x.fill(7) }
    row(#"x.zero_()"#) { x.zero() }
    end()
  }

  func testChangedCopies() throws {
    try begin("Changed copies")
    let x = Tensor.zeros(2, 3)
    row(#"x = torch.zeros(2, 3)"#) { x }
    row(#"x.scatter(1, torch.tensor([[0], [2]]), 1.)"#) {
      x.scatter(1, Tensor([[0], [2]]), value: 1)
    }
    row(#"x.scatter_add(1, torch.tensor([[0, 0], [2, 2]]), torch.ones(2, 2))"#) {
      x.scatterAdd(1, Tensor([[0, 0], [2, 2]]), Tensor.ones(2, 2))
    }
    row(#"x.index_add(0, torch.tensor([1, 1]), torch.ones(2, 3))"#) {
      x.indexAdd(0, Tensor([1, 1]), Tensor.ones(2, 3))
    }
    row(#"x.index_copy(0, torch.tensor([1]), torch.ones(1, 3))"#) {
      x.indexCopy(0, Tensor([1]), Tensor.ones(1, 3))
    }
    row(#"x.index_fill(1, torch.tensor([0]), 4.)"#) { x.indexFill(1, Tensor([0]), 4) }
    end()
  }

  func testRandomNumbers() throws {
    try begin("Random numbers")
    row(#"torch.manual_seed(6)"#) { manualSeed(6) }
    row(#"torch.rand(2, 3)"#) { Tensor.rand(2, 3) }
    row(#"torch.randn(3, dtype=torch.float64)"#) { Tensor.randn(3, dtype: .float64) }
    row(#"torch.randint(10, (4,))"#) { Tensor.randint(10, [4]) }
    row(#"torch.randint(5, 10, (4,))"#) { Tensor.randint(5, 10, [4]) }
    row(#"torch.randperm(5)"#) { Tensor.randperm(5) }
    row(#"torch.empty(3).uniform_(-1, 1)"#) { Tensor.uniform([3], low: -1, high: 1) }
    row(#"torch.empty(3).normal_(1, 2)"#) { Tensor.normal([3], mean: 1, deviation: 2) }
    row(#"torch.rand_like(torch.zeros(2))"#) { Tensor.zeros(2).randLike() }
    row(#"torch.randn_like(torch.zeros(2))"#) { Tensor.zeros(2).randnLike() }
    row(#"torch.zeros(2).uniform_()"#) { Tensor.zeros(2).fillUniform() }
    row(#"torch.zeros(2).normal_(0, 0.1)"#) { Tensor.zeros(2).fillNormal(mean: 0, deviation: 0.1) }
    row(#"torch.bernoulli(torch.full((4,), 0.5))"#) { Tensor.full([4], 0.5).bernoulli() }
    row(#"torch.multinomial(torch.tensor([1., 2., 3.]), 2)"#) {
      Tensor([1.0, 2, 3]).multinomial(sampleCount: 2)
    }
    end()
  }

  func testPrintingAndThreads() throws {
    try begin("Printing and threads")
    let threads = threadCount()
    defer {
      setPrintOptions()
      setThreadCount(threads)
    }
    let x = Tensor([[0.5, -1.25], [1000, 3]])
    row(#"x = torch.tensor([[0.5, -1.25], [1000., 3.]])"#) { x }
    row(#"x"#) { x }
    row(#"str(x.shape[0])"#) { "\(x.shape[0])" }
    row(#"torch.set_printoptions(precision=2)"#) { setPrintOptions(precision: 2) }
    row(#"x / 3"#) { x / 3 }
    row(#"torch.set_printoptions(profile="default")"#) { setPrintOptions() }
    row(#"torch.set_num_threads(2)"#) { setThreadCount(2) }
    row(#"torch.get_num_threads()"#) { threadCount() }
    end()
  }

  func testErrors() throws {
    try begin("Errors")

    var message = "no error"
    do {
      _ = try attempt { Tensor.zeros(2, 3).matmul(Tensor.zeros(4, 5)) }
    } catch {
      message = "caught"
    }

    row(#"message"#) { message }
    end()
  }
}
