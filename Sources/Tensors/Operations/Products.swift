// Products of vectors and matrices under their own names, over `matmul` and `*`.

extension Tensor {
  private final func requireRank(
    _ rank: Int, _ operation: String, _ what: String
  ) throws(TensorError) {
    guard layout.shape.count == rank else {
      throw TensorError(operation, expected: what, actual: "shape \(layout.shape)")
    }
  }

  /// The sum of the products of two vectors' elements: `[]` (`torch.dot`).
  /// Throws (see `attempt`) when they are not vectors of one length and one floating-point dtype.
  public final func dot(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      try requireRank(1, "dot", "a vector")
      try other.requireRank(1, "dot", "a vector")
      guard count == other.count else {
        throw TensorError("dot", expected: "\(count) elements", actual: "\(other.count)")
      }
      guard dtype == other.dtype else {
        throw TensorError("dot", expected: "two \(dtype) vectors", actual: "\(other.dtype)")
      }
      let out = (detach() * other.detach()).sum()
      let (a, b) = (Saved(self), Saved(other))
      return out.made(
        "DotBackward0", from: self, other, { g in g * b.tensor }, { g in g * a.tensor })
    }
  }

  /// A matrix `[n, m]` times a vector `[m]`: `[n]` (`torch.mv`).
  /// Throws (see `attempt`) when the shapes do not fit.
  public final func mv(_ vector: Tensor) -> Tensor {
    guarded(self, vector) { () throws(TensorError) in
      try requireRank(2, "mv", "a matrix")
      try vector.requireRank(1, "mv", "a vector")
      return matmul(vector).titled("MvBackward0")
    }
  }

  /// A matrix `[n, k]` times a matrix `[k, m]`: `[n, m]` (`torch.mm`).
  /// Throws (see `attempt`) when they are not matrices or do not fit.
  public final func mm(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      try requireRank(2, "mm", "a matrix")
      try other.requireRank(2, "mm", "a matrix")
      return matmul(other)
    }
  }

  /// Matrices times matrices: `[batch, n, k]` and `[batch, k, m]` give `[batch, n, m]` (`torch.bmm`).
  /// Throws (see `attempt`) when the shapes do not fit.
  public final func bmm(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      try requireRank(3, "bmm", "a tensor [batch, n, k]")
      try other.requireRank(3, "bmm", "a tensor [batch, k, m]")
      guard layout.shape[0] == other.layout.shape[0] else {
        throw TensorError(
          "bmm", expected: "a batch of \(layout.shape[0])", actual: "\(other.layout.shape[0])")
      }
      return matmul(other)
    }
  }

  /// Each element of one vector times each of another: `[n, m]` (`torch.outer`).
  /// Throws (see `attempt`) when they are not vectors.
  public final func outer(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      try requireRank(1, "outer", "a vector")
      try other.requireRank(1, "outer", "a vector")
      return unsqueeze(1) * other
    }
  }

  /// beta · self + alpha · a b, self broadcast to the shape of the product of the two matrices
  /// (`torch.addmm`). Throws (see `attempt`) when the shapes do not fit.
  public final func addmm(_ a: Tensor, _ b: Tensor, beta: Double = 1, alpha: Double = 1) -> Tensor {
    guarded([self, a, b], or: .failed) { () throws(TensorError) in
      try a.requireRank(2, "addmm", "a matrix")
      try b.requireRank(2, "addmm", "a matrix")
      let product = a.detach().matmul(b.detach())
      let shape = try broadcast(layout.shape, product.layout.shape, "addmm")
      guard shape == product.layout.shape else {
        throw TensorError(
          "addmm", expected: "a tensor that broadcasts to \(product.layout.shape)",
          actual: "\(layout.shape)")
      }
      let scaled = alpha == 1 ? product : product * alpha
      let out = (beta == 1 ? detach() : detach() * beta) + scaled
      guard records([self, a, b]) else { return out }
      let (left, right) = (Saved(a), Saved(b))
      return out.made(
        by: Rule(
          "AddmmBackward0", [self, a, b],
          [
            { g in beta == 1 ? g : g * beta },
            { g in (alpha == 1 ? g : g * alpha).matmul(right.tensor.t()) },
            { g in left.tensor.t().matmul(alpha == 1 ? g : g * alpha) },
          ]))
    }
  }

  /// The cross products of vectors of 3 elements along `dim`, broadcast (`torch.linalg.cross`).
  /// Throws (see `attempt`) when that size is not 3 or the shapes do not go together.
  public final func cross(_ other: Tensor, dim: Int = -1) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let places = (
        try resolve(dim, layout.shape.count, "cross"),
        try resolve(dim, other.layout.shape.count, "cross")
      )
      let sizes = (
        factors(layout.shape, places.0).length, factors(other.layout.shape, places.1).length
      )
      guard sizes == (3, 3), layout.shape.count > 0, other.layout.shape.count > 0 else {
        throw TensorError(
          "cross", expected: "size 3 in dimension \(dim)",
          actual: "shapes \(layout.shape) and \(other.layout.shape)")
      }
      let (a, b) = (self, other)
      return
        (a.roll(-1, dim: places.0) * b.roll(-2, dim: places.1)
        - a.roll(-2, dim: places.0) * b.roll(-1, dim: places.1)).titled("LinalgCrossBackward0")
    }
  }
}
