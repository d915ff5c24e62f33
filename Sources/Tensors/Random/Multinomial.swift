extension Tensor {
  /// Draws category numbers with the given weights, which need not add up to 1 (`torch.multinomial`):
  /// weights `[categories]` -> int64 `[sampleCount]`, or `[rows, categories]` ->
  /// `[rows, sampleCount]`.
  ///
  /// Throws (see `attempt`) when weights are negative, not finite or all zero, or when more samples
  /// than categories with a positive weight are asked for without replacement.
  public final func multinomial(sampleCount: Int, replacement: Bool = false) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let rank = layout.shape.count
      guard rank == 1 || rank == 2, dtype.isFloatingPoint else {
        throw TensorError(
          "multinomial", expected: "floating-point weights with 1 or 2 dimensions",
          actual: "\(dtype) of shape \(layout.shape)")
      }
      let width = layout.shape.last
      guard sampleCount > 0, replacement || sampleCount <= width else {
        throw TensorError(
          "multinomial", "cannot draw \(sampleCount) samples from \(width) categories"
            + (replacement ? "" : " without replacement"))
      }
      let weights = try cast(packedElements(self), .float32)
      let rows = rank == 1 ? 1 : layout.shape[0]
      let out = try Tensor.empty(
        rank == 1 ? Extents(sampleCount) : Extents(rows, sampleCount), .int64)
      try checkWeights(weights.pointer(), rows, width)
      // With one sample the order of draws is the same either way: an exponential per category.
      if !replacement || sampleCount == 1 {
        race(weights.pointer(), out.pointer(), rows, width, sampleCount)
      } else {
        throwDarts(weights.pointer(), out.pointer(), rows, width, sampleCount)
      }
      return out
    }
  }

  private final func checkWeights(
    _ weights: UnsafePointer<Float>, _ rows: Int, _ width: Int
  ) throws(TensorError) {
    for row in 0..<rows {
      var sum: Float = 0
      for i in 0..<width {
        let weight = weights[row * width + i]
        guard weight >= 0, weight.isFinite else {
          throw TensorError("multinomial", expected: "weights of 0 or more", actual: "\(weight)")
        }
        sum += weight
      }
      guard sum > 0 else { throw TensorError("multinomial", "all weights are 0") }
    }
  }

  /// Every category runs a race with time ~ exponential / weight; the fastest ones are the sample.
  private final func race(
    _ weights: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Int>, _ rows: Int, _ width: Int,
    _ sampleCount: Int
  ) {
    var scores = (0..<rows * width).map { weights[$0] / Float(RandomStream.shared.exponential()) }
    for row in 0..<rows {
      for sample in 0..<sampleCount {
        var best = row * width
        for i in row * width..<(row + 1) * width where scores[i] > scores[best] { best = i }
        out[row * sampleCount + sample] = best - row * width
        scores[best] = -1
      }
    }
  }

  /// A uniform number for each sample, looked up in the running sum of the weights.
  private final func throwDarts(
    _ weights: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Int>, _ rows: Int, _ width: Int,
    _ sampleCount: Int
  ) {
    var cumulative = [Float](repeating: 0, count: width)
    for row in 0..<rows {
      var sum: Float = 0
      for i in 0..<width {
        sum += weights[row * width + i]
        cumulative[i] = sum
      }
      for i in 0..<width { cumulative[i] /= sum }
      cumulative[width - 1] = 1
      for sample in 0..<sampleCount {
        let dart = RandomStream.shared.uniform53()
        var (low, high) = (0, width)
        while low < high {
          let middle = (low + high) / 2
          if Double(cumulative[middle]) < dart { low = middle + 1 } else { high = middle }
        }
        out[row * sampleCount + sample] = Swift.min(low, width - 1)
      }
    }
  }
}
