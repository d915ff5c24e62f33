import XCTest

@testable import Tensors

final class FaultTests: XCTestCase {
  private let a = Tensor.zeros(2, 3)

  /// Every wrong use is an error of its own words, and none stops the program.
  func testWords() {
    let x = Tensor.zeros(2, 3)
    let cases: [(String, () -> Any)] = [
      (
        "+: shapes [2, 3] and [4, 5] do not go together: 2 against 4 in dimension -2",
        { x + .zeros(4, 5) }
      ),
      (
        "matmul: expected equal inner sizes, got [2, 3] times [4, 5]: 3 against 4",
        { x.matmul(.zeros(4, 5)) }
      ),
      (
        "matmul: expected two tensors of numbers of one dtype, got float32 and int64; use float() on one",
        { x.matmul(Tensor([[1]])) }
      ),
      ("view: shape [5] does not fit the 6 elements of shape [2, 3]", { x.view(5) }),
      ("view: only one size can be -1, got [-1, -1]", { x.view(-1, -1) }),
      (
        "view: shape [6] is not possible without a copy, because the tensor is not contiguous; use reshape",
        { x.t().view(6) }
      ),
      ("reshape: shape [4, 2] does not fit the 6 elements of shape [2, 3]", { x.reshape(4, 2) }),
      ("cat: expected one tensor or more, got none", { cat([]) }),
      (
        "cat: expected equal sizes except in dimension 0: tensor 0 is [2, 3], tensor 1 is [2, 4]",
        { cat([x, .zeros(2, 4)]) }
      ),
      (
        "stack: expected equal shapes: tensor 0 is [2, 3], tensor 1 is [3]",
        { stack([x, .zeros(3)]) }
      ),
      ("sum: expected a dimension from -2 to 1, got 2", { x.sum(dim: 2) }),
      ("max: expected a dimension from -2 to 1, got 5", { x.max(dim: 5) }),
      ("max: the tensor has no elements", { Tensor.zeros(0).max() }),
      ("argmax: dimension 0 of shape [0] has no elements", { Tensor.zeros(0).argmax() }),
      ("transpose: expected a dimension from -2 to 1, got 2", { x.transpose(0, 2) }),
      ("permute: expected 2 dimensions, got [0, 1, 2]", { x.permute(0, 1, 2) }),
      ("permute: dimension 0 appears twice in [0, 0]", { x.permute(0, 0) }),
      ("unsqueeze: expected a dimension from -3 to 2, got 5", { x.unsqueeze(5) }),
      (
        "t: expected at most 2 dimensions, got shape [1, 2, 3]; use transpose",
        { x.unsqueeze(0).t() }
      ),
      ("subscript: index 2 is out of bounds for dimension 0 of size 2", { x[2] }),
      ("subscript: index 3 is out of bounds for dimension 0 of size 3", { x[0, 3] }),
      ("subscript: 3 indices for a tensor of shape [2, 3]", { x[0, 0, 0] }),
      ("subscript: range 1..<4 is out of bounds for dimension 1 of size 3", { x[.all, 1..<4] }),
      ("narrow: 9 elements from 0 are not inside dimension 1 of size 3", { x.narrow(1, 0, 9) }),
      ("expand: shape [2, 3] cannot be expanded to [4, 3]", { x.expand(4, 3) }),
      ("item: expected a tensor with one element, got shape [2, 3]", { x.item() }),
      ("size: expected a dimension from -2 to 1, got 2", { x.size(2) }),
      (
        "Tensor: expected rows of equal length: row 0 has 2, row 1 has 1",
        { Tensor([[1, 2], [3]]) }
      ),
      (
        "Tensor: only floating-point tensors can require a gradient, this one is int64",
        { Tensor([1], requiresGrad: true) }
      ),
      ("zeros: expected sizes of 0 or more, got shape [2, -1]", { Tensor.zeros(2, -1) }),
      ("zeros: shape [4611686018427387904, 4] has too many elements", { Tensor.zeros(1 << 62, 4) }),
      ("zeros: expected at most 8 dimensions, got 9", { Tensor.zeros(1, 1, 1, 1, 1, 1, 1, 1, 1) }),
      ("arange: cannot go from 5 to 0 in steps of 1", { Tensor.arange(5, 0) }),
      ("randint: the range from 5 to 5 is empty", { Tensor.randint(5, 5, [2]) }),
      (
        "mean: expected a floating-point tensor, got int64; use .float()",
        { Tensor([1, 2]).mean() }
      ),
      (
        "softmax: expected a floating-point tensor, got int64; use .float()",
        { Tensor([1]).softmax(dim: 0) }
      ),
      ("multinomial: all weights are 0", { Tensor.zeros(3).multinomial(sampleCount: 1) }),
      (
        "multinomial: expected weights of 0 or more, got -1.0",
        { Tensor([-1.0, 2]).multinomial(sampleCount: 1) }
      ),
      (
        "multinomial: cannot draw 3 samples from 2 categories without replacement",
        { Tensor.ones(2).multinomial(sampleCount: 3) }
      ),
      (
        "oneHot: expected class numbers from 0 to 2, got 12",
        { Tensor([0, 12]).oneHot(classCount: 3) }
      ),
      (
        "indexSelect: index 12 is out of bounds for dimension 1 of size 3",
        { x.indexSelect(1, Tensor([12])) }
      ),
      ("chunk: expected 1 part or more, got 0", { x.chunk(0) }),
      ("split: expected a size above 0, got 0", { x.split(0) }),
      ("split: sizes [1, 2] do not add up to 2", { x.split([1, 2]) }),
      ("subscript: only one .ellipsis has a meaning", { x[.ellipsis, .ellipsis] as Tensor }),
      (
        "subscript: expected a step above 0, got 0; flip(1) reverses",
        { x[.all, .every(0)] as Tensor }
      ),
      (
        "subscript: index 7 is out of bounds for dimension 1 of size 3",
        { x[.all, [0, 7]] as Tensor }
      ),
      (
        "subscript: a mask of shape [3] does not fit dimension 0 of size 2",
        { x[Tensor([true, false, true])] as Tensor }
      ),
      (
        "subscript: expected an int64 or bool tensor as an index, got float32",
        { x[Tensor([1.0])] as Tensor }
      ),
      (
        "subscript: shapes [2] and [3] do not go together: 2 against 3 in dimension -1",
        { x[[0, 1], [0, 1, 2]] as Tensor }
      ),
      (
        "gather: index 5 is out of bounds for dimension 1 of size 3", { x.gather(1, Tensor([[5]])) }
      ),
      (
        "gather: places of shape [3] do not fit a tensor of shape [2, 3] along dimension 0",
        { x.gather(0, Tensor([0, 0, 0])) }
      ),
      ("take: index 6 is out of bounds for 6 elements", { x.take(Tensor([6])) }),
      ("topk: cannot choose 4 of 3 elements in dimension 1", { x.topk(4) }),
      ("kthValue: there is no element number 0 of 3", { x.kthValue(0) }),
      ("bincount: expected numbers of 0 or more, got -1", { Tensor([1, -1]).bincount() }),
      (
        "which: expected a bool tensor as the mask, got float32; use bool()",
        { Tensor.which(x, x, x) }
      ),
      ("clamp: expected a lower or an upper bound, got none", { x.clamp() }),
      ("floorDivide: division of an integer by 0", { Tensor([1]).floorDivide(0) }),
      ("tril: expected two dimensions or more, got shape [3]", { Tensor.zeros(3).tril() }),
      (
        "diag: expected a vector or a matrix, got shape [1, 1, 1]", { Tensor.zeros(1, 1, 1).diag() }
      ),
      ("flip: dimension -1 appears twice in [1, -1]", { x.flip(1, -1) }),
      ("pad: expected pairs for at most 2 dimensions, got [1]", { x.pad([1]) }),
      ("pad: -4 and 0 do not fit dimension 1 of size 3", { x.pad([-4, 0]) }),
      ("repeated: expected 2 counts or more, got [2]", { x.repeated(2) }),
      ("unflatten: sizes [2, 2] do not fit dimension 1 of size 3", { x.unflatten(1, [2, 2]) }),
      ("sum: dimension 0 appears twice in [0, 0]", { x.sum(dim: [0, 0]) }),
      ("std: expected a floating-point tensor, got int64; use .float()", { Tensor([1]).std() }),
      ("dot: expected 3 elements, got 4", { Tensor.zeros(3).dot(.zeros(4)) }),
      ("mm: expected a matrix, got shape [3]", { x.mm(.zeros(3)) }),
      ("bmm: expected a tensor [batch, n, k], got shape [2, 3]", { x.bmm(x) }),
      (
        "einsum: j has size 3 before operand 1, and size 4 there",
        { einsum("ij,jk->ik", x, .zeros(4, 5)) }
      ),
      ("einsum: \"i\" does not fit an operand of 2 dimensions", { einsum("i", x) }),
      ("einsum: k of the result is in no operand of \"ij->k\"", { einsum("ij->k", x) }),
      ("rows: expected a matrix, got shape [3]", { Tensor.zeros(3).intRows }),
      (
        "gradCheck: expected a float64 leaf as input 0, got float32",
        { gradCheck({ $0[0] }, [Tensor.zeros(1, requiresGrad: true)]) }
      ),
    ]
    for (words, body) in cases {
      XCTAssertThrowsError(try attempt(body), words) { XCTAssertEqual("\($0)", words) }
    }
  }

  func testSizesThatWouldOverflow() {
    let bodies: [() -> Any] = [
      { Tensor.zeros(0, 1 << 40, 1 << 40) }, { Tensor.zeros(0).view(1 << 40, 1 << 40) },
      { Tensor.zeros(1).expand(1 << 40, 1 << 40) }, { Tensor([0]).oneHot(classCount: 1 << 60) },
    ]
    for body in bodies { XCTAssertThrowsError(try attempt(body)) }
  }

  func testFirstErrorIsKeptAndTheBodyRunsOn() {
    var reached = false
    XCTAssertThrowsError(
      try attempt {
        let bad = a.matmul(a)
        let worse = bad.view(7) + bad.sum(dim: 9)
        XCTAssertTrue(worse.isFailed)
        XCTAssertTrue(worse.item().isNaN)
        XCTAssertEqual(Array(worse).count, 0)
        XCTAssertEqual(worse.chunk(4).count, 4)
        XCTAssertEqual(worse.ints, [])
        XCTAssertEqual((a + 1).sum().item(), 6)  // what does not depend on it still works
        reached = true
      }
    ) { XCTAssertEqual(($0 as? TensorError)?.operation, "matmul") }
    XCTAssertTrue(reached)
  }

  func testScopesNest() throws {
    try attempt {
      XCTAssertThrowsError(try attempt { a[9] })
      XCTAssertFalse(FaultScope.hasFault)
      XCTAssertEqual(a.sum().item(), 0)
    }
  }

  func testAFailedTensorOutsideItsScope() {
    var kept = a
    XCTAssertThrowsError(try attempt { kept = a[9] })
    XCTAssertThrowsError(try attempt { kept + 1 }) {
      XCTAssertEqual("\($0)", "tensor: this value is the result of an operation that failed")
    }
  }

  func testInterpreterScopes() {
    XCTAssertTrue(FaultScope.begin())
    _ = a[9]
    XCTAssertTrue(FaultScope.hasFault)
    XCTAssertEqual(FaultScope.end()?.operation, "subscript")
    XCTAssertFalse(FaultScope.hasFault)
    XCTAssertTrue(FaultScope.begin())
    XCTAssertNil(FaultScope.end())
    // Inside a user's attempt the errors belong to the attempt.
    XCTAssertTrue(FaultScope.begin())
    XCTAssertThrowsError(
      try attempt {
        XCTAssertFalse(FaultScope.begin())
        _ = a[9]
      })
    XCTAssertNil(FaultScope.end())
  }
}
