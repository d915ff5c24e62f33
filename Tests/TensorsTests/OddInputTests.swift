import XCTest

@testable import Tensors

/// Operations on tensors without elements, without dimensions, of every dtype, with numbers at the ends
/// of their range: each gives a result or an error, and none stops the program.
final class OddInputTests: XCTestCase {
  private static let tensors: [Tensor] = {
    let shapes = [
      [], [0], [1], [3], [0, 3], [3, 0], [2, 3], [3, 3], [1, 3, 1], [2, 2, 2],
      [1, 1, 1, 1, 1, 1, 1, 1],
    ]
    var tensors: [Tensor] = []
    for shape in shapes {
      tensors.append(.uniform(shape, low: -2, high: 2, requiresGrad: true))
      tensors.append(.full(shape, 2))
    }
    tensors += [
      .full([2, 3], true), .full([3], false), Tensor([1.0, .nan, .infinity]),
      Tensor([Int.min, Int.max, 0]), Tensor([-1, 0, 1]), Tensor(true),
      .uniform([3, 2], low: -1, high: 1, dtype: .float64, requiresGrad: true).t(),
      Tensor([1.0]).expand(2, 3), .uniform([4, 3], low: 0, high: 1, requiresGrad: true)[.every(2)],
      Tensor.zeros(2, 3).t()[1...],
    ]
    return tensors
  }()

  private static let numbers = [Int.min, Int.min + 1, -3, -1, 0, 1, 2, 7, Int.max - 1, Int.max]

  private var (results, errors) = (0, 0)

  override func tearDown() {
    XCTAssertGreaterThan(results, 4)
    XCTAssertGreaterThan(errors, 4)
  }

  /// Runs `body`, and the backward pass of its result when it has one.
  private func run(_ body: () -> Any) {
    let ending: Void? = try? attempt {
      let result = body()
      var tensors: [Tensor] = []
      if let tensor = result as? Tensor { tensors = [tensor] }
      if let list = result as? [Tensor] { tensors = list }
      if let pair = result as? (values: Tensor, indices: Tensor) { tensors = [pair.values] }
      for tensor in tensors where tensor.requiresGrad { tensor.sum().backward() }
    }
    if ending == nil { errors += 1 } else { results += 1 }
    XCTAssertEqual(Tape.pendingCount, 0, "a walk has left nodes behind")
    XCTAssertFalse(Tensor.failed.requiresGradient, "a failed tensor has got a history")
  }

  func testOneTensor() {
    let operations: [(Tensor) -> Any] = [
      { $0.tan() }, { $0.erf() }, { $0.trunc() }, { $0.frac() }, { $0.gelu() }, { $0.glu() },
      { $0.prelu($0) }, { $0.clamp(min: 1) }, { $0.clamp(min: .nan, max: -.infinity) },
      { $0.clamp() },
      { $0.hardtanh(min: 2, max: 1) }, { $0.softshrink(-1) }, { $0.celu(alpha: 0) },
      { $0.softplus(beta: 0) }, { $0.prod() }, { $0.variance() }, { $0.std() }, { $0.norm() },
      { $0.norm(.infinity) }, { $0.norm(-.infinity) }, { $0.norm(.nan) }, { $0.norm(0.3) },
      { $0.median() }, { $0.unique() }, { $0.uniqueWithCounts() }, { $0.bincount() },
      { $0.nonzero() },
      { $0.countNonzero() }, { $0.isNaN() }, { $0.isFinite() }, { $0.logicalNot() },
      { $0.nanToNumber() }, { $0.flip([]) }, { $0.sort() }, { $0.argsort() }, { $0.tril() },
      { $0.triu() }, { $0.diag() }, { $0.diagonal() }, { $0.diagEmbed() }, { $0.trace() },
      { $0.unbind() }, { $0.diff() }, { $0.flatten(0) }, { meshgrid([$0, $0]) },
      { vstack([$0, $0]) },
      { hstack([$0, $0]) }, { $0.repeated() }, { $0.tile() }, { $0.doubleRows }, { $0.intRows },
      { $0[.ellipsis] as Tensor }, { $0[.ellipsis, .ellipsis] as Tensor },
      { $0[.newAxis] as Tensor },
      { $0[[]] as Tensor }, { $0[[Int]()] as Tensor }, { $0[$0] as Tensor },
      { $0[$0, $0] as Tensor },
      { $0[$0 .> 0] as Tensor }, { $0[Tensor(true)] as Tensor }, { $0[Tensor(false)] as Tensor },
      { $0[.all, [0, 0]] as Tensor }, { $0[[0], .all, [0]] as Tensor },
      { $0.sum(dim: []) }, { $0.sum(dim: [0, 0]) }, { $0.mean(dim: [0, -1]) },
      { $0.variance(correction: .max) }, { $0.std(correction: .min) }, { $0.logSumExp(dim: [0]) },
      { $0.squeeze([0, 0]) }, { einsum("i...->...", $0) }, { einsum("ii", $0) }, { einsum("", $0) },
      { einsum("ij,ij", $0, $0) }, { einsum("...,...", $0, $0) }, { $0.normalized() },
      { $0.logAddExp($0) }, { $0.expand([]) }, { $0.view(as: $0) }, { $0.fullLike(.nan) },
      { $0.clone().add(1) }, { $0.clone().add($0) }, { $0.clone().multiply(by: 0.5) },
      { $0.clone().fill(.nan) }, { $0.clone().copy(from: $0) }, { $0.clone().zero() },
      { $0.clone().clampInPlace(max: 1) }, { $0.clone().fillUniform() },
      { $0.clone().fillNormal() },
      {
        let x = $0.clone(); x[0] = $0; return x
      },
      {
        let x = $0.clone(); x[x .> 0] = 1; return x
      },
      {
        let x = $0.clone(); x[[0, -1]] = $0; return x
      },
      {
        let x = $0.clone(); x[.ellipsis] = 2; return x
      },
      {
        let x = $0.clone(); x[.all, 0] = x[.all, 0] as Tensor; return x
      },
      {
        let x = $0.clone(); x[$0] = 1; return x
      }, { $0.add(1) }, { $0.description },
    ]
    for tensor in Self.tensors { for operation in operations { run { operation(tensor) } } }
  }

  func testNumbers() {
    let operations: [(Tensor, Int) -> Any] = [
      { $0[$1] as Tensor }, { $0[.all, $1] as Tensor }, { $0[.every($1)] as Tensor },
      { $0[.every(2, from: $1)] as Tensor }, { $0[.every(1, to: $1)] as Tensor },
      { $0[[$1]] as Tensor }, { $0[$1...] as Tensor }, { $0[...$1] as Tensor },
      { $0[..<$1] as Tensor },
      { $0[stride(from: 0, to: 3, by: $1 == 0 ? 1 : $1)] as Tensor },
      { $0[stride(from: $1, through: 2, by: 1)] as Tensor },
      { $0.sum(dim: [$1]) }, { $0.std(dim: $1) }, { $0.norm(dim: $1) }, { $0.prod(dim: $1) },
      { $0.cumsum(dim: $1) }, { $0.cumprod(dim: $1) }, { $0.logSumExp(dim: $1) },
      { $0.sort(dim: $1) }, { $0.topk($1) }, { $0.topk(1, dim: $1) }, { $0.kthValue($1) },
      { $0.median(dim: $1) }, { $0.flip($1) }, { $0.roll($1) }, { $0.roll($1, dim: 0) },
      { $0.roll(1, dim: $1) }, { $0.repeated($1) }, { $0.repeated($1, 2, $1) }, { $0.tile($1, 1) },
      { $0.repeatInterleave($1) }, { $0.repeatInterleave(2, dim: $1) },
      { $0.repeatInterleave([$1, $1, 1], dim: 0) }, { $0.pad([$1, 1]) },
      { $0.pad([$1, $1, $1, $1]) },
      { $0.pad([$1, 0], mode: .reflect) }, { $0.pad([1, $1], mode: .replicate) },
      { $0.pad([$1, $1], mode: .circular) }, { $0.tril($1) }, { $0.triu($1) }, { $0.diag($1) },
      { $0.diagonal($1) }, { $0.diagonal(0, dim0: $1) }, { $0.diagEmbed($1) }, { $0.select($1, 0) },
      { $0.select(0, $1) }, { $0.unbind(dim: $1) }, { $0.movedim($1, 0) }, { $0.movedim(0, $1) },
      { $0.flatten($1) }, { $0.flatten(0, $1) }, { $0.unflatten(0, [$1, -1]) },
      { $0.unflatten($1, [1]) }, { $0.squeeze([$1]) }, { $0.diff(dim: $1) }, { $0.glu(dim: $1) },
      { $0.gather($1, Tensor([0])) }, { $0.gather(0, Tensor([$1])) }, { $0.take(Tensor([$1])) },
      { $0.scatter(0, Tensor([$1]), value: 1) }, { $0.scatterAdd(0, Tensor([$1]), $0) },
      { $0.indexAdd(0, Tensor([$1]), $0) }, { $0.indexCopy($1, Tensor([0]), $0) },
      { $0.indexFill(0, Tensor([$1]), 1) }, { $0.floorDivide($1) }, { $0.remainder($1) },
      { $0.fmod($1) }, { $0.clone().add($1) }, { $0.clone().divide(by: $1) },
      { Tensor.eye($1) }, { Tensor.eye(2, $1) }, { Tensor.linspace(0, 1, $1 > 1000 ? -1 : $1) },
      { Tensor.full([$1], $1 > 1000 ? true : false) },
      { $0.bincount(minLength: $1 > 1000 ? 7 : $1) },
      { $0.cosineSimilarity($0, dim: $1) }, { $0.cross($0, dim: $1) }, { $0.expand([$1, 3]) },
      { $0.write(at: Tensor([$1]), along: 0, $0) }, { $0.normalized(dim: $1) }, { $0.pow($1) },
      {
        let x = $0.clone(); x[$1] = 1; return x
      },
      {
        let x = $0.clone(); x[[$1]] = 1; return x
      },
      {
        let x = $0.clone(); x[..<$1] = $0; return x
      },
    ]
    for tensor in Self.tensors {
      for operation in operations {
        for number in Self.numbers { run { operation(tensor, number) } }
      }
    }
  }

  func testPairs() {
    let operations: [(Tensor, Tensor) -> Any] = [
      { $0[$1] as Tensor }, { $0[.all, $1] as Tensor }, { $0[$1, .newAxis, $1] as Tensor },
      { $0.gather(0, $1) }, { $0.scatter(0, $1, $0) }, { $0.scatterAdd(-1, $1, $0) },
      { $0.take($1) },
      { $0.indexAdd(0, $1, $0) }, { $0.indexSelect(0, $1) }, { $0.maskedSelect($1) },
      { $0.maskedFill($1, 1) }, { Tensor.which($1, $0, $0) }, { Tensor.which($0 .> 0, $0, $1) },
      { $0.logicalAnd($1) }, { $0.pow($1) }, { $0.remainder($1) }, { $0.fmod($1) },
      { $0.floorDivide($1) }, { $0.atan2($1) }, { $0.lerp($1, weight: 0.2) }, { $0.dot($1) },
      { $0.mv($1) }, { $0.mm($1) }, { $0.bmm($1) }, { $0.outer($1) }, { $0.addmm($1, $1) },
      { $0.cross($1) }, { $0.cdist($1) }, { $0.cosineSimilarity($1) }, { $0.pairwiseDistance($1) },
      { $0.allClose($1) }, { $0.bincount(weights: $1) }, { $0.prelu($1) }, { $0.expand(as: $1) },
      { $0.view(as: $1) }, { einsum("ij,jk->ik", $0, $1) }, { einsum("...i,...i->...", $0, $1) },
      { einsum("i,j", $0, $1) }, { broadcastTensors([$0, $1]) }, { meshgrid([$0, $1]) },
      { $0.clone().add($1) }, { $0.clone().copy(from: $1) },
      { $0.clone().fill(where: $1, with: 2) },
      {
        let x = $0.clone(); x[0] = $1; return x
      },
      {
        let x = $0.clone(); x[$1] = $0; return x
      },
      {
        let x = $0.clone(); x[x .> 0] = $1; return x
      },
    ]
    for a in Self.tensors {
      for b in Self.tensors { for operation in operations { run { operation(a, b) } } }
    }
  }

  func testEquations() {
    for equation in [
      "", "->", ",", "i->j", "i->ii", "i,i,i", "1->1", "...->i", "i...j->", "......", "é",
      "ij->->j", " i j -> j i ",
    ] {
      for shape in [[], [2], [2, 2]] {
        run { einsum(equation, Tensor.ones(shape)) }
        run { einsum(equation, Tensor.ones(shape), Tensor.ones(shape)) }
      }
    }
    run { einsum("i") }
  }
}
