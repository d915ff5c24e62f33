import XCTest

@testable import Tensors

/// Every gradient rule against finite differences in float64: a table of operations, over a table of
/// shapes, each with its operands laid out in memory in several ways.
final class GradientTests: XCTestCase {
  /// How an operand of some shape lies in memory, as a function of a leaf of another shape.
  struct Layouts {
    let name: String
    let leafShape: ([Int]) -> [Int]
    let arrange: (Tensor) -> Tensor

    static let all = [
      Layouts(name: "packed", leafShape: { $0 }, arrange: { $0 }),
      Layouts(
        name: "transposed", leafShape: { $0.reversed() },
        arrange: { $0.permute(Array((0..<$0.dim).reversed())) }),
      Layouts(
        name: "narrowed", leafShape: { $0.dropLast() + $0.suffix(1).map { $0 + 2 } },
        arrange: { $0.dim == 0 ? $0 : $0[.ellipsis, 1..<($0.size(-1) - 1)] }),
      Layouts(
        name: "strided", leafShape: { $0.prefix(1).map { $0 * 2 } + $0.dropFirst() },
        arrange: { $0.dim == 0 ? $0 : $0[.every(2)] }),
    ]
  }

  /// Leaves of the given shapes; element values lie between `low` and `high`.
  private func leaves(_ shapes: [[Int]], _ low: Double, _ high: Double) -> [Tensor] {
    manualSeed(7)
    return shapes.map {
      Tensor.uniform($0, low: low, high: high, dtype: .float64, requiresGrad: true)
    }
  }

  /// Checks `f` on operands of `shapes` in every layout.
  private func check(
    _ what: String, _ shapes: [[Int]], low: Double = 0.2, high: Double = 1.7,
    file: StaticString = #filePath, line: UInt = #line, _ f: @escaping ([Tensor]) -> Tensor
  ) {
    for layout in Layouts.all {
      do {
        let inputs = leaves(shapes.map(layout.leafShape), low, high)
        _ = try attempt { gradCheck({ f($0.map(layout.arrange)) }, inputs, atol: 1e-6, rtol: 1e-6) }
      } catch {
        XCTFail("\(what) of \(layout.name) \(shapes): \(error)", file: file, line: line)
      }
    }
  }

  private typealias One = (String, (Tensor) -> Tensor)

  // MARK: one operand, any shape

  func testFunctions() {
    let functions: [One] = [
      ("exp", { $0.exp() }), ("log", { $0.log() }), ("tanh", { $0.tanh() }),
      ("sigmoid", { $0.sigmoid() }), ("relu", { ($0 - 0.9).relu() }), ("abs", { ($0 - 0.9).abs() }),
      ("sqrt", { $0.sqrt() }), ("square", { $0.square() }), ("sin", { $0.sin() }),
      ("cos", { $0.cos() }), ("sign", { ($0 - 0.9).sign() }), ("floor", { $0.floor() }),
      ("tan", { ($0 - 0.9).tan() }), ("asin", { ($0 - 0.95).asin() }),
      ("acos", { ($0 - 0.95).acos() }), ("atan", { $0.atan() }), ("sinh", { $0.sinh() }),
      ("cosh", { $0.cosh() }), ("asinh", { $0.asinh() }), ("acosh", { ($0 + 1).acosh() }),
      ("atanh", { ($0 - 0.95).atanh() }), ("exp2", { $0.exp2() }), ("expm1", { $0.expm1() }),
      ("log2", { $0.log2() }), ("log10", { $0.log10() }), ("log1p", { $0.log1p() }),
      ("erf", { $0.erf() }), ("erfc", { $0.erfc() }), ("rsqrt", { $0.rsqrt() }),
      ("reciprocal", { $0.reciprocal() }), ("trunc", { $0.trunc() }), ("frac", { $0.frac() }),
      ("logit", { ($0 / 2).logit() }), ("sinc", { $0.sinc() }),
      ("clamp", { $0.clamp(min: 0.5, max: 1.2) }), ("clip", { $0.clip(max: 0.9) }),
      ("clone", { $0.clone() }), ("float", { $0.double() }),
      ("numbers", { 2.5 - 3 * $0 / 1.7 + 4 / $0 }),
      ("negation", { -$0 }), ("pow", { $0.pow(2.5) + $0.pow(2) + $0.pow(-1) }),
      ("power of a number", { pow(3, $0) }), ("remainder", { $0.remainder(0.3) }),
      ("fmod", { $0.fmod(0.3) }), ("nanToNumber", { $0.nanToNumber() }),
    ]
    for (name, f) in functions {
      for shape in [[], [3], [2, 3], [2, 1, 3]] { check(name, [shape]) { f($0[0]) } }
    }
  }

  func testActivations() {
    let functions: [One] = [
      ("leakyRelu", { $0.leakyRelu(slope: 0.2) }), ("elu", { $0.elu(alpha: 0.7) }),
      ("selu", { $0.selu() }), ("celu", { $0.celu(alpha: 0.7) }), ("silu", { $0.silu() }),
      ("mish", { $0.mish() }), ("gelu", { $0.gelu() }), ("gelu", { $0.gelu(approximate: true) }),
      ("softplus", { $0.softplus() }), ("softplus", { $0.softplus(beta: 3, threshold: 1) }),
      ("logSigmoid", { $0.logSigmoid() }), ("softsign", { $0.softsign() }),
      ("tanhshrink", { $0.tanhshrink() }), ("hardsigmoid", { ($0 * 3).hardsigmoid() }),
      ("hardswish", { ($0 * 3).hardswish() }), ("hardtanh", { $0.hardtanh() }),
      ("relu6", { ($0 * 5).relu6() }), ("softshrink", { $0.softshrink() }),
      ("hardshrink", { $0.hardshrink() }), ("threshold", { $0.threshold(0.1, value: 2) }),
    ]
    for (name, f) in functions {
      for shape in [[], [2, 3], [2, 2, 2]] { check(name, [shape], low: -2, high: 2) { f($0[0]) } }
    }
    check("glu", [[2, 4]], low: -2, high: 2) { $0[0].glu() }
    check("prelu", [[2, 3], [3]], low: -2, high: 2) { $0[0].prelu($0[1]) }
    check("prelu", [[2, 3], [1]], low: -2, high: 2) { $0[0].prelu($0[1]) }
  }

  // MARK: two operands that broadcast

  func testPairs() {
    let pairs: [(String, (Tensor, Tensor) -> Tensor)] = [
      ("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 }), ("/", { $0 / $1 }),
      ("maximum", { $0.maximum($1) }), ("minimum", { $0.minimum($1) }), ("pow", { $0.pow($1) }),
      ("atan2", { $0.atan2($1) }), ("hypot", { $0.hypot($1) }), ("logAddExp", { $0.logAddExp($1) }),
      ("lerp", { $0.lerp($1, weight: 0.3) }), ("copySign", { $0.copySign($1) }),
      ("fmod", { $0.fmod($1) }), ("remainder", { $0.remainder($1) }),
      ("where", { Tensor.which($0.detach() .> 0.9, $0, $1) }),
      ("cosineSimilarity", { $0.cosineSimilarity($1, dim: -1) }),
    ]
    for (a, b) in [
      ([2, 3], [2, 3]), ([2, 3], [3]), ([2, 1], [1, 3]), ([1], [2, 2]), ([2, 2, 3], [2, 1, 1]),
    ] {
      for (name, f) in pairs { check(name, [a, b]) { f($0[0], $0[1]) } }
    }
  }

  // MARK: reductions

  func testReductionsOfAll() {
    let functions: [One] = [
      ("sum", { $0.sum() }), ("mean", { $0.mean() }), ("max", { $0.max() }), ("min", { $0.min() }),
      ("prod", { $0.prod() }), ("variance", { $0.variance() }), ("std", { $0.std() }),
      ("norm", { $0.norm() }), ("norm 1", { ($0 - 0.9).norm(1) }),
      ("norm 3", { ($0 - 0.9).norm(3) }),
      ("norm 0.5", { $0.norm(0.5) }), ("norm ∞", { ($0 - 0.9).norm(.infinity) }),
      ("norm -∞", { ($0 - 0.9).norm(-.infinity) }), ("median", { $0.median() }),
    ]
    for (name, f) in functions {
      for shape in [[3], [2, 3], [2, 2, 2]] { check(name, [shape]) { f($0[0]) } }
    }
  }

  func testReductionsAlong() {
    let functions: [(String, (Tensor, Int, Bool) -> Tensor)] = [
      ("sum", { $0.sum(dim: $1, keepDim: $2) }), ("mean", { $0.mean(dim: $1, keepDim: $2) }),
      ("max", { $0.max(dim: $1, keepDim: $2).values }),
      ("min", { $0.min(dim: $1, keepDim: $2).values }),
      ("prod", { $0.prod(dim: $1, keepDim: $2) }),
      ("variance", { $0.variance(dim: $1, keepDim: $2) }),
      ("std", { $0.std(dim: $1, correction: 0, keepDim: $2) }),
      ("norm", { $0.norm(dim: $1, keepDim: $2) }), ("norm 3", { $0.norm(3, dim: $1, keepDim: $2) }),
      ("logSumExp", { $0.logSumExp(dim: $1, keepDim: $2) }),
      ("median", { $0.median(dim: $1, keepDim: $2).values }),
      ("kthValue", { $0.kthValue(2, dim: $1, keepDim: $2).values }),
    ]
    for (name, f) in functions {
      for dim in 0..<3 {
        for keep in [false, true] {
          check("\(name) \(dim) \(keep)", [[2, 3, 2]]) { f($0[0], dim, keep) }
        }
      }
    }
    let several: [(String, (Tensor, [Int], Bool) -> Tensor)] = [
      ("sum", { $0.sum(dim: $1, keepDim: $2) }), ("mean", { $0.mean(dim: $1, keepDim: $2) }),
      ("variance", { $0.variance(dim: $1, keepDim: $2) }),
      ("std", { $0.std(dim: $1, keepDim: $2) }),
      ("norm", { $0.norm(1.5, dim: $1, keepDim: $2) }),
      ("logSumExp", { $0.logSumExp(dim: $1, keepDim: $2) }),
    ]
    for (name, f) in several {
      for dims in [[0, 2], [1, 0], [-1], [0, 1, 2]] {
        check("\(name) \(dims)", [[2, 3, 2]]) { f($0[0], dims, false) + f($0[0], dims, true).sum() }
      }
    }
  }

  /// Products where elements are zero: no rule may divide by them.
  func testProductsWithZeros() throws {
    for zeros in [[0], [0, 2], [0, 1, 2]] {
      let x = Tensor([1.5, 0.7, -1.2]).double()
      for place in zeros { x[place] = 0 }
      x.requiresGrad = true
      _ = try attempt { gradCheck({ $0[0].prod() }, [x]) }
      _ = try attempt { gradCheck({ $0[0].cumprod(dim: 0) }, [x]) }
    }
  }

  // MARK: along a dimension, of the same shape

  func testAlong() {
    let functions: [(String, (Tensor, Int) -> Tensor)] = [
      ("softmax", { $0.softmax(dim: $1) }), ("logSoftmax", { $0.logSoftmax(dim: $1) }),
      ("cumsum", { $0.cumsum(dim: $1) }), ("cumprod", { $0.cumprod(dim: $1) }),
      ("sort", { $0.sort(dim: $1).values }),
      ("sort down", { $0.sort(dim: $1, descending: true).values }),
      ("topk", { $0.topk(2, dim: $1).values }), ("flip", { $0.flip($1) }),
      ("roll", { $0.roll(1, dim: $1) }), ("diff", { $0.diff(dim: $1) }),
      ("repeatInterleave", { $0.repeatInterleave(2, dim: $1) }),
      ("normalized", { $0.normalized(dim: $1) }),
      ("indexSelect", { $0.indexSelect($1, Tensor([1, 0, 1])) }),
      ("indexFill", { $0.indexFill($1, Tensor([1]), 3) }),
      ("indexAdd", { $0.indexAdd($1, Tensor([1, 0]), $0.narrow($1, 0, 2), scale: 2) }),
      ("indexCopy", { $0.indexCopy($1, Tensor([1, 0]), $0.narrow($1, 0, 2) * 2) }),
      ("unbind", { $0.unbind(dim: $1)[1] * 2 }), ("select", { $0.select($1, -1) }),
      ("chunk", { $0.chunk(2, dim: $1)[1] * 2 }),
      ("split", { $0.split([1, 1], dim: $1 == 1 ? 0 : $1)[1] }),
    ]
    for (name, f) in functions {
      for dim in 0..<3 { check("\(name) \(dim)", [[2, 3, 2]]) { f($0[0], dim) } }
    }
  }

  // MARK: parts and places

  func testIndexing() {
    let mask = Tensor([[true, false], [true, true], [false, true]])
    let places = Tensor([[0, 1], [1, 1]])
    let parts: [One] = [
      ("select", { $0[1] }), ("last", { $0[.all, -1] }), ("part", { $0[0, 1..<3, .all] }),
      ("part of a view", { $0.transpose(0, 1)[1..., 0] }), ("narrow", { $0.narrow(1, 1, 2) }),
      ("every", { $0[.all, .every(2)] }), ("every from", { $0[.all, .every(2, from: 1), 0] }),
      ("stride", { $0[.all, stride(from: 0, to: 3, by: 2)] }),
      ("ellipsis", { $0[.ellipsis, 1] }), ("newAxis", { $0[.newAxis, 0, .ellipsis, .newAxis] }),
      ("array", { $0[[1, 0, 1]] }), ("array in the middle", { $0[.all, [2, 0, 2]] }),
      ("two arrays", { $0[[0, 1, 1], [2, 0, 0]] }), ("apart", { $0[[0, 1, 1], .all, [1, 0, 1]] }),
      ("matrix of places", { $0[.all, places] }), ("broadcast", { $0[places, Tensor([2, 0])] }),
      ("mask", { $0[.all, mask] }), ("mask of one", { $0[Tensor([false, true])] }),
      ("whole mask", { $0[$0.detach() .> 0.9] }),
      ("integer and array", { $0[1, .all, [0, 0, 1]] }),
      ("0-d place", { $0[.all, Tensor(1)] }), ("0-d mask", { $0[Tensor(true)] }),
      ("gather", { $0.gather(1, Tensor([[[2, 0]], [[1, 1]]])) }),
      ("take", { $0.take(Tensor([[0, 11], [5, 5]])) }),
      ("scatter", { $0.scatter(1, Tensor([[[2, 0]], [[1, 1]]]), $0[.all, ..<1] * 2) }),
      ("scatterAdd", { $0.scatterAdd(1, Tensor([[[2, 0], [2, 0]]]), $0) }),
      ("maskedSelect", { $0.maskedSelect(mask) }), ("maskedFill", { $0.maskedFill(mask, 2) }),
      ("rows", { $0.reduce(Tensor.zeros(3, 2, dtype: .float64)) { $0 + $1 * $1 } }),
    ]
    for (name, f) in parts { check(name, [[2, 3, 2]]) { f($0[0]) } }
  }

  func testShapes() {
    let views: [One] = [
      ("view", { $0.contiguous().view(3, -1) }), ("reshape", { $0.transpose(0, 2).reshape(6, 2) }),
      ("squeeze", { $0.unsqueeze(1).squeeze() }),
      ("squeeze dims", { $0.unsqueeze(1).squeeze([1, 2]) }),
      ("permute", { $0.permute(2, 0, 1) }), ("movedim", { $0.movedim(0, -1) }),
      ("flatten", { $0.flatten(1) }), ("flatten", { $0.flatten(0, 1) }),
      ("unflatten", { $0.unflatten(1, [3, -1]) }),
      ("expand", { $0.unsqueeze(0).expand(2, -1, -1, 2) }),
      ("repeated", { $0.repeated(2, 1, 2, 1) }),
      ("tile", { $0.tile(2, 2) }), ("repeatInterleave", { $0.repeatInterleave(2) }),
      ("repeatInterleave", { $0.repeatInterleave([2, 0, 1], dim: 1) }),
      ("flip", { $0.flip(0, 2) }), ("roll", { $0.roll(5) }), ("tril", { $0.tril() }),
      ("triu", { $0.triu(1) }), ("diagonal", { $0.diagonal(1, dim0: 0, dim1: 1) }),
      ("diagEmbed", { $0.diagEmbed(-1) }), ("diag", { $0[0].diag(-1) }),
      ("diag", { $0[0, 0].diag(1) }),
      ("trace", { $0[0].trace() }), ("pad", { $0.pad([1, 2, 0, 1], value: 3) }),
      ("pad", { $0.pad([-1, 2, 1, -1]) }), ("pad", { $0.pad([1, 1, 2, 1], mode: .reflect) }),
      ("pad", { $0.pad([1, 3, 2, 1], mode: .replicate) }),
      ("pad", { $0.pad([1, 1, 2, 1], mode: .circular) }),
    ]
    for (name, f) in views { check(name, [[2, 3, 2]]) { f($0[0]) } }
    check("cat", [[2, 3], [1, 3]]) { cat([$0[0], $0[1], $0[0]]) }
    check("cat columns", [[2, 3], [2, 1]]) { cat([$0[0], $0[1]], dim: 1) }
    check("stack", [[2, 3], [2, 3]]) { stack([$0[0], $0[1]], dim: 1) }
    check("vstack", [[2, 3], [3]]) { vstack([$0[0], $0[1]]) }
    check("hstack", [[2, 3], [2, 1]]) { hstack([$0[0], $0[1]]) }
    check("meshgrid", [[2], [3]]) {
      let g = meshgrid($0); return g[0] * g[1]
    }
    check("broadcastTensors", [[2, 1], [3]]) {
      let b = broadcastTensors($0); return b[0] * b[1]
    }
  }

  // MARK: products

  func testProducts() {
    for (a, b) in [
      ([2, 3], [3, 4]), ([3], [3]), ([3], [3, 2]), ([2, 3], [3]), ([2, 2, 3], [3, 2]),
      ([2, 2, 3], [2, 3, 2]), ([2, 3], [2, 3, 2]), ([2, 1, 2, 3], [3, 3, 1]),
    ] {
      check("matmul", [a, b]) { $0[0].matmul($0[1]) }
    }
    check("itself", [[2, 3]]) { $0[0].matmul($0[0].t()) }
    check("dot", [[3], [3]]) { $0[0].dot($0[1]) }
    check("mv", [[2, 3], [3]]) { $0[0].mv($0[1]) }
    check("mm", [[2, 3], [3, 2]]) { $0[0].mm($0[1]) }
    check("bmm", [[2, 2, 3], [2, 3, 1]]) { $0[0].bmm($0[1]) }
    check("outer", [[2], [3]]) { $0[0].outer($0[1]) }
    check("addmm", [[3], [2, 2], [2, 3]]) { $0[0].addmm($0[1], $0[2], beta: 2, alpha: 0.5) }
    check("cross", [[2, 3], [3]]) { $0[0].cross($0[1]) }
    check("cdist", [[2, 3], [4, 3]]) { $0[0].cdist($0[1]) }
    check("pairwiseDistance", [[2, 3], [2, 3]]) { $0[0].pairwiseDistance($0[1], p: 3) }
    for (equation, shapes) in [
      ("ij,jk->ik", [[2, 3], [3, 2]]), ("ij,jk", [[2, 3], [3, 2]]),
      ("bij,bjk->bik", [[2, 2, 3], [2, 3, 1]]),
      ("ii->i", [[3, 3]]), ("ii", [[3, 3]]), ("ij->j", [[2, 3]]), ("ij,ij->", [[2, 3], [2, 3]]),
      ("i,j,k->kji", [[2], [3], [2]]), ("...i,ij->...j", [[2, 2, 3], [3, 2]]),
      ("bhqd,bhkd->bhqk", [[1, 2, 2, 3], [1, 2, 2, 3]]), ("ij,j->ij", [[2, 3], [1]]),
      ("ij,kj->ik", [[2, 3], [2, 1]]), ("a,ab,b", [[2], [2, 3], [3]]),
    ] {
      check("einsum \(equation)", shapes) { einsum(equation, $0) }
    }
  }

  /// A value used several times, by operations of different ages, gets all its gradients.
  func testSharedValues() {
    check("diamond", [[2, 2]]) { inputs in
      let a = inputs[0].tanh()
      let b = a * inputs[0]
      return a.matmul(b) + b * a - a
    }
  }

  // MARK: the check itself

  func testGradCheckFindsAWrongRule() {
    let x = Tensor([1.0, 2.0]).double()
    x.requiresGrad = true
    XCTAssertThrowsError(
      _ = try attempt { gradCheck({ $0[0] * $0[0].detach() }, [x]) }
    ) {
      XCTAssertTrue(
        "\($0)".hasPrefix(
          "gradCheck: element [0] of the result by element [0] of input 0: backward"),
        "\($0)")
    }
    XCTAssertThrowsError(try attempt { gradCheck({ $0[0] }, [Tensor([1.0], requiresGrad: true)]) })
    XCTAssertThrowsError(try attempt { gradCheck({ $0[0] }, [Tensor([1.0])]) })
    XCTAssertThrowsError(try attempt { gradCheck({ $0[0].matmul($0[0].t().view(7)) }, [x]) })
  }
}
