// Products, and running sums and products along a dimension.

/// Calls `body(start)` for every column of `length` elements, `inner` apart, around one dimension.
private func forEachColumn(
  _ sizes: (outer: Int, length: Int, inner: Int), _ body: (Int) -> Void
) {
  for o in 0..<sizes.outer {
    for i in 0..<sizes.inner { body(o * sizes.length * sizes.inner + i) }
  }
}

/// x (outer, length, inner) -> the running sums or products along `length`, from the end when
/// `isReversed`; not recorded.
private func running(
  _ x: Tensor, _ dim: Int, isProduct: Bool, isReversed: Bool = false
) throws(TensorError) -> Tensor {
  let x = try packedElements(x.dtype == .bool ? cast(x, .int64) : x)
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  let sizes = factors(x.layout.shape, dim)
  func run<T: Scalar>(_ type: T.Type) {
    let (source, target): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
      (x.pointer(), out.pointer())
    forEachColumn(sizes) { start in
      var sum = T(number: isProduct ? 1 : 0)
      for l in 0..<sizes.length {
        let place = start + (isReversed ? sizes.length - 1 - l : l) * sizes.inner
        sum = isProduct ? T.times(sum, source[place]) : T.plus(sum, source[place])
        target[place] = sum
      }
    }
  }
  switch x.dtype {
  case .float32: run(Float.self)
  case .float64: run(Double.self)
  case .int64, .bool: run(Int.self)
  }
  return out
}

/// For every element the product of the others in its column, without a division that a zero would
/// spoil; not recorded.
private func productsOfOthers(_ x: Tensor, _ dim: Int) throws(TensorError) -> Tensor {
  let x = try packedElements(x)
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  let sizes = factors(x.layout.shape, dim)
  func run<T: Scalar>(_ type: T.Type) {
    let (source, target): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
      (x.pointer(), out.pointer())
    forEachColumn(sizes) { start in
      var product = T(number: 1)
      for l in 0..<sizes.length {
        let place = start + l * sizes.inner
        target[place] = product
        product = T.times(product, source[place])
      }
      product = T(number: 1)
      for l in stride(from: sizes.length - 1, through: 0, by: -1) {
        let place = start + l * sizes.inner
        target[place] = T.times(target[place], product)
        product = T.times(product, source[place])
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  return out
}

/// dx_i = sum over j ≥ i of g_j · product of x_k for k ≤ j, k ≠ i. From the end, what element i owes
/// is prefix_i · s_i with s_i = g_i + x_(i+1) s_(i+1): no division, and linear.
private func cumulativeProductSlope(
  _ x: Tensor, _ g: Tensor, _ dim: Int
) throws(TensorError) -> Tensor {
  let (x, g) = (try packedElements(x), try packedElements(g))
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  let sizes = factors(x.layout.shape, dim)
  func run<T: Scalar>(_ type: T.Type) {
    let (source, slope): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
      (x.pointer(), g.pointer())
    let target: UnsafeMutablePointer<T> = out.pointer()
    forEachColumn(sizes) { start in
      var sum = T(number: 0)
      for l in stride(from: sizes.length - 1, through: 0, by: -1) {
        let place = start + l * sizes.inner
        let next = l + 1 < sizes.length ? source[place + sizes.inner] : T(number: 0)
        sum = T.plus(slope[place], T.times(next, sum))
        target[place] = sum
      }
      var prefix = T(number: 1)
      for l in 0..<sizes.length {
        let place = start + l * sizes.inner
        target[place] = T.times(target[place], prefix)
        prefix = T.times(prefix, source[place])
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  return out
}

extension Tensor {
  /// The running sums along `dim` (`torch.cumsum`); truth values are counted as integers.
  /// Throws (see `attempt`) when there is no such dimension.
  public final func cumsum(dim: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "cumsum")
      let out = try running(self, dim, isProduct: false)
      return out.made("CumsumBackward0", from: self) { g in
        try running(g, dim, isProduct: false, isReversed: true)
      }
    }
  }

  /// The running products along `dim` (`torch.cumprod`); truth values are counted as integers.
  /// Throws (see `attempt`) when there is no such dimension.
  public final func cumprod(dim: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "cumprod")
      let out = try running(self, dim, isProduct: true)
      let x = Saved(self)
      return out.made("CumprodBackward0", from: self) { g in
        try cumulativeProductSlope(x.tensor, g, dim)
      }
    }
  }

  /// The product of all elements: `[]` (`torch.prod`); truth values are counted as integers.
  public final func prod() -> Tensor {
    guarded(self) { () throws(TensorError) in
      let row = try flattened()
      let out = try lastProduct(row, 0, keepDim: false)
      let (x, shape) = (Saved(row), layout.shape)
      return out.made("ProdBackward0", from: self) { g in
        try reshaped(productsOfOthers(x.tensor, 0), shape) * g
      }
    }
  }

  /// The products along `dim` (`torch.prod`); truth values are counted as integers.
  /// Throws (see `attempt`) when there is no such dimension.
  public final func prod(dim: Int, keepDim: Bool = false) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "prod")
      let out = try lastProduct(self, dim, keepDim: keepDim)
      let (x, kept) = (Saved(self), reducedShape(layout.shape, dim, keepDim: true))
      return out.made("ProdBackward1", from: self) { g in
        try productsOfOthers(x.tensor, dim) * reshaped(g, kept)
      }
    }
  }

  /// The end of the running products; 1 where there is nothing to multiply.
  private final func lastProduct(
    _ x: Tensor, _ dim: Int, keepDim: Bool
  ) throws(TensorError) -> Tensor {
    let shape = reducedShape(x.layout.shape, dim, keepDim: keepDim)
    let products = try running(x, dim, isProduct: true)
    let length = factors(x.layout.shape, dim).length
    guard length > 0 else { return try .filled(shape, products.dtype, 1) }
    guard x.layout.shape.count > 0 else { return products }
    return try reshaped(products.view(products.layout.narrowed(dim, length - 1, 1)), shape)
  }
}
