/// Makes one dimension of those from `startDim` to `endDim`: with the defaults, everything but the
/// batch, `[batch, channels, length]` -> `[batch, channels · length]`. Follows `torch.nn.Flatten`.
public final class Flatten: Module {
  private let startDim: Int
  private let endDim: Int

  /// Negative numbers count from the last dimension.
  public init(startDim: Int = 1, endDim: Int = -1) {
    self.startDim = startDim
    self.endDim = endDim
    super.init()
  }

  /// Throws (see `attempt`) when the input has no such dimensions, or `endDim` is before `startDim`.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input) { () throws(TensorError) in
      let shape = input.layout.shape
      let start = try resolve(startDim, shape.count, place)
      let end = try resolve(endDim, shape.count, place)
      guard start <= end else {
        throw TensorError(place, "dimension \(endDim) is before dimension \(startDim)")
      }
      let parts = shape.array
      if parts.isEmpty { return input.reshape(1) }
      let merged = parts[start...end].reduce(1, *)
      return input.reshape(Array(parts[..<start]) + [merged] + Array(parts[(end + 1)...]))
    }
  }

  public override var extraRepresentation: String { "start_dim=\(startDim), end_dim=\(endDim)" }
}

/// Makes several dimensions of one: `[…, 6, …]` -> `[…, 2, 3, …]`. Follows `torch.nn.Unflatten`.
public final class Unflatten: Module {
  private let dim: Int
  private let sizes: [Int]

  /// `sizes` take the place of dimension `dim`; one of them may be -1.
  public init(_ dim: Int, _ sizes: [Int]) {
    self.dim = dim
    self.sizes = sizes
    super.init()
  }

  /// Throws (see `attempt`) when there is no such dimension, or its size is not the product of the
  /// sizes.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input) { () throws(TensorError) in
      let parts = input.layout.shape.array
      guard !parts.isEmpty else {
        throw TensorError(place, "a tensor without dimensions cannot be unflattened")
      }
      let dim = try resolve(self.dim, parts.count, place)
      var (known, open) = (1, -1)
      for (i, size) in sizes.enumerated() {
        if size == -1 && open < 0 {
          open = i
        } else {
          let (product, overflow) = known.multipliedReportingOverflow(by: size)
          known = overflow || size < 0 ? -1 : product
          if known < 0 { break }
        }
      }
      var inner = sizes
      if open >= 0 && known > 0 && parts[dim] % known == 0 { inner[open] = parts[dim] / known }
      let fits = open < 0 ? known == parts[dim] : known > 0 && parts[dim] % known == 0
      guard fits, !sizes.isEmpty else {
        throw TensorError(
          place, "sizes \(sizes) do not fit dimension \(self.dim) of shape \(input.layout.shape)")
      }
      return input.reshape(Array(parts[..<dim]) + inner + Array(parts[(dim + 1)...]))
    }
  }

  public override var extraRepresentation: String {
    "dim=\(dim), unflattened_size=\(sizes.pythonTuple)"
  }
}
