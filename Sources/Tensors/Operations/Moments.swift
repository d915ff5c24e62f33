// Reductions over several dimensions at once: sum, mean, variance, std, norm, logSumExp. All but the
// sums are computed in double precision.

extension Tensor {
  private final func requireReal(_ operation: String) throws(TensorError) {
    guard dtype.isFloatingPoint else {
      throw TensorError(operation, "expected a floating-point tensor, got \(dtype); use .float()")
    }
  }

  /// The sums over several dimensions, which are dropped or kept with size 1 (`torch.sum`).
  /// Throws (see `attempt`) when there is no such dimension or one appears twice.
  public final func sum(dim: [Int], keepDim: Bool = false) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let fold = try Fold(layout.shape, dim, keepDim: keepDim, "sum")
      let shape = layout.shape
      let rows = try packedElements(permutedView(fold.order))
      let flat = rows.view(
        Layout(
          shape: Extents(fold.rows, fold.length), strides: Extents(fold.length, 1),
          offset: rows.layout.offset))
      let sums = try reduction(.sum, flat, 1, keepDim: false)
      return try reshaped(sums, fold.out).made("SumBackward1", from: self) { g in
        widened(try fold.broad(g), shape)
      }
    }
  }

  /// The means over several dimensions, which are dropped or kept with size 1 (`torch.mean`).
  /// Throws (see `attempt`) when there is no such dimension, one appears twice, or the elements are
  /// not floating-point.
  public final func mean(dim: [Int], keepDim: Bool = false) -> Tensor {
    guarded(self) { () throws(TensorError) in
      try requireReal("mean")
      let fold = try Fold(layout.shape, dim, keepDim: keepDim, "mean")
      let (shape, length) = (layout.shape, Double(fold.length))
      let out = detach().sum(dim: dim, keepDim: keepDim) / length
      return out.made("MeanBackward1", from: self) { g in
        widened(try fold.broad(g / length), shape)
      }
    }
  }

  private final func spreadOfValues(
    _ dim: [Int]?, _ correction: Int, _ keepDim: Bool, isRoot: Bool
  ) -> Tensor {
    let operation = isRoot ? "std" : "variance"
    return guarded(self) { () throws(TensorError) in
      try requireReal(operation)
      let fold = try Fold(layout.shape, dim, keepDim: keepDim, operation)
      let freedom = Swift.max(Double(fold.length) - Double(correction), 0)
      let out = try fold.reduce(self) { row, length in
        var (mean, sum) = (0.0, 0.0)
        for i in 0..<length { mean += row[i] }
        mean /= Double(length)
        for i in 0..<length { sum += (row[i] - mean) * (row[i] - mean) }
        return isRoot ? (sum / freedom).squareRoot() : sum / freedom
      }
      let (x, y) = (Saved(self), Saved(out))
      return out.made(isRoot ? "StdBackward0" : "VarBackward0", from: self) { g in
        let x = x.tensor
        let centred = x - (try fold.broad(x.mean(dim: dim ?? [], keepDim: true)))
        var slope = try fold.broad(g)
        if isRoot {
          let root = try fold.broad(y.tensor)
          slope = (slope / (root * 2)).maskedFill(root .== 0, 0)
        }
        return slope * centred * (2 / freedom)
      }
    }
  }

  /// The variance of all elements: `[]` (`torch.var`). `correction` is taken off the count: 1 is the
  /// estimate from a sample, 0 the variance of the elements themselves.
  /// Throws (see `attempt`) when they are not floating-point.
  public final func variance(correction: Int = 1) -> Tensor {
    spreadOfValues(nil, correction, false, isRoot: false)
  }

  /// The variances along `dim` (`torch.var`). Throws (see `attempt`) when there is no such dimension
  /// or the elements are not floating-point.
  public final func variance(dim: Int, correction: Int = 1, keepDim: Bool = false) -> Tensor {
    spreadOfValues([dim], correction, keepDim, isRoot: false)
  }

  /// The variances over several dimensions (`torch.var`). Throws (see `attempt`) when there is no
  /// such dimension, one appears twice, or the elements are not floating-point.
  public final func variance(dim: [Int], correction: Int = 1, keepDim: Bool = false) -> Tensor {
    spreadOfValues(dim, correction, keepDim, isRoot: false)
  }

  /// The standard deviation of all elements: `[]` (`torch.std`), the root of `variance`.
  /// Throws (see `attempt`) when they are not floating-point.
  public final func std(correction: Int = 1) -> Tensor {
    spreadOfValues(nil, correction, false, isRoot: true)
  }

  /// The standard deviations along `dim` (`torch.std`). Throws (see `attempt`) when there is no such
  /// dimension or the elements are not floating-point.
  public final func std(dim: Int, correction: Int = 1, keepDim: Bool = false) -> Tensor {
    spreadOfValues([dim], correction, keepDim, isRoot: true)
  }

  /// The standard deviations over several dimensions (`torch.std`). Throws (see `attempt`) when there
  /// is no such dimension, one appears twice, or the elements are not floating-point.
  public final func std(dim: [Int], correction: Int = 1, keepDim: Bool = false) -> Tensor {
    spreadOfValues(dim, correction, keepDim, isRoot: true)
  }

  private final func normed(_ p: Double, _ dim: [Int]?, _ keepDim: Bool) -> Tensor {
    guarded(self) { () throws(TensorError) in
      try requireReal("norm")
      let fold = try Fold(layout.shape, dim, keepDim: keepDim, "norm")
      guard fold.length > 0 || p >= 0 && p.isFinite else {
        throw TensorError("norm", "no norm of order \(p) of rows without elements")
      }
      let out = try fold.reduce(self) { row, length in
        var sum = p == -.infinity ? Double.infinity : 0
        for i in 0..<length {
          let size = row[i].magnitude
          switch p {
          case 2: sum += size * size
          case 1: sum += size
          case 0: sum += size != 0 ? 1 : 0
          case .infinity: sum = sum.isNaN || size < sum ? sum : size
          case -.infinity: sum = sum.isNaN || size > sum ? sum : size
          default: sum += Double.pow(size, p)
          }
        }
        if p == 2 { return sum.squareRoot() }
        return p == 1 || p == 0 || p.isInfinite ? sum : Double.pow(sum, 1 / p)
      }
      let (x, y) = (Saved(self), Saved(out))
      return out.made("LinalgVectorNormBackward0", from: self) { g in
        let (x, norm, g) = (x.tensor, try fold.broad(y.tensor), try fold.broad(g))
        if p == 0 { return x.zerosLike() }
        if p == 1 { return x.sign() * g }
        if p == 2 { return x * (g / norm).maskedFill(norm .== 0, 0) }
        if p.isInfinite {
          let reached = (x.abs() .== norm).to(x.dtype)
          let count = try fold.broad(reached.sum(dim: dim ?? [], keepDim: true))
          return x.sign() * reached * (g / count)
        }
        let powers = x.sign() * x.abs().pow(p - 1)
        let slope = p < 1 ? powers.maskedFill(x .== 0, 0) : powers
        return slope * (g / norm.pow(p - 1)).maskedFill(norm .== 0, 0)
      }
    }
  }

  /// The p-norm of all elements, by default their length: `[]` (`torch.linalg.vector_norm`). `p` may
  /// be 0 (how many are not 0) and infinite (the greatest size, or the least).
  /// Throws (see `attempt`) when they are not floating-point.
  public final func norm(_ p: Double = 2) -> Tensor { normed(p, nil, false) }

  /// The p-norms along `dim`, by default lengths (`torch.linalg.vector_norm`). Throws (see
  /// `attempt`) when there is no such dimension or the elements are not floating-point.
  public final func norm(_ p: Double = 2, dim: Int, keepDim: Bool = false) -> Tensor {
    normed(p, [dim], keepDim)
  }

  /// The p-norms over several dimensions, by default lengths (`torch.linalg.vector_norm`). Throws
  /// (see `attempt`) when there is no such dimension, one appears twice, or the elements are not
  /// floating-point.
  public final func norm(_ p: Double = 2, dim: [Int], keepDim: Bool = false) -> Tensor {
    normed(p, dim, keepDim)
  }

  private final func logSum(_ dim: [Int], _ keepDim: Bool) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let fold = try Fold(layout.shape, dim, keepDim: keepDim, "logSumExp")
      let source = dtype.isFloatingPoint ? self : try cast(self, .float32)
      let out = try fold.reduce(source) { row, length in
        var peak = -Double.infinity
        for i in 0..<length { peak = greater(peak, row[i]) }
        // Infinities are what they are; nothing is to be gained by taking them off.
        let shift = peak.isFinite ? peak : 0
        var sum = 0.0
        for i in 0..<length { sum += Double.exp(row[i] - shift) }
        return Double.log(sum) + shift
      }
      let (x, y) = (Saved(self), Saved(out))
      return out.made("LogsumexpBackward0", from: self) { g in
        try fold.broad(g) * (x.tensor - (try fold.broad(y.tensor))).exp()
      }
    }
  }

  /// log(sum(exp(x))) along `dim`, without overflow (`torch.logsumexp`).
  /// Throws (see `attempt`) when there is no such dimension.
  public final func logSumExp(dim: Int, keepDim: Bool = false) -> Tensor { logSum([dim], keepDim) }

  /// log(sum(exp(x))) over several dimensions, without overflow (`torch.logsumexp`).
  /// Throws (see `attempt`) when there is no such dimension or one appears twice.
  public final func logSumExp(dim: [Int], keepDim: Bool = false) -> Tensor { logSum(dim, keepDim) }
}
