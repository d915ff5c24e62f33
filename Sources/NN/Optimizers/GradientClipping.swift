/// Scales all gradients down so that their norm, taken as one vector, is at most `maxNorm`, and
/// returns the norm they had: `[]`. Parameters without a gradient do not count.
///
/// `normType` is the p of the norm: 2, 1, or `.infinity` for the greatest size. The factor is
/// maxNorm / (norm + 1e-6), as in PyTorch. With `errorIfNonfinite` a norm that is infinite or nan
/// throws (see `attempt`) and changes nothing.
/// Follows `torch.nn.utils.clip_grad_norm_`.
@discardableResult
public func clipGradNorm(
  _ parameters: [Parameter], maxNorm: Double, normType: Double = 2, errorIfNonfinite: Bool = false
) -> Tensor {
  guarded { () throws(TensorError) in
    guard !normType.isNaN else {
      throw TensorError("clipGradNorm", expected: "a normType that is a number", actual: "nan")
    }
    // To an order below 0 the zeros count that a gradient of some rows does not hold.
    let gradients = try clippedGradients(parameters, "clipGradNorm", rows: normType >= 0)
    var sum = NormSum(normType)
    for gradient in gradients {
      if gradient.dtype == .float32 {
        sum.add(gradient, Float.self)
      } else {
        sum.add(gradient, Double.self)
      }
    }
    let norm = gradients.isEmpty ? 0 : sum.norm
    guard !errorIfNonfinite || norm.isFinite else {
      throw TensorError(
        "clipGradNorm", "the norm of order \(normType) of the gradients is \(norm)")
    }
    let factor = maxNorm / (norm + 1e-6)
    if !(factor >= 1) {
      // A factor of nan makes nan of zeros as well.
      let whole = factor.isNaN
      for gradient in whole ? try clippedGradients(parameters, "clipGradNorm") : gradients {
        if gradient.dtype == .float32 {
          scale(gradient, Float(factor))
        } else {
          scale(gradient, factor)
        }
      }
    }
    return try .filled(Extents(), gradients.first?.dtype ?? .float32, norm)
  }
}

/// Limits every element of the gradients to -clipValue … clipValue; parameters without a gradient
/// are left alone. Follows `torch.nn.utils.clip_grad_value_`.
public func clipGradValue(_ parameters: [Parameter], clipValue: Double) {
  guarded([], or: ()) { () throws(TensorError) in
    let gradients = try clippedGradients(parameters, "clipGradValue", rows: clipValue >= 0)
    for gradient in gradients {
      if gradient.dtype == .float32 {
        limit(gradient, Float(clipValue))
      } else {
        limit(gradient, clipValue)
      }
    }
  }
}

/// The gradients, contiguous so that they can be changed in place. With `rows`, of a gradient that
/// came as rows only these; the other elements are zero.
private func clippedGradients(
  _ parameters: [Parameter], _ name: String, rows: Bool = false
) throws(TensorError) -> [Tensor] {
  var gradients: [Tensor] = []
  for parameter in parameters {
    if rows, let gradient = parameter.rowGradient {
      gradients.append(gradient.block)
      continue
    }
    guard let (_, gradient) = try stepOperands(parameter, name) else { continue }
    // A gradient set by hand may be a view; its packed copy takes its place.
    if parameter.grad !== gradient { parameter.grad = gradient }
    gradients.append(gradient)
  }
  return gradients
}

/// The running sum of |x|^p, or the greatest |x|.
private struct NormSum {
  let order: Double
  private var total = 0.0

  init(_ order: Double) {
    self.order = order
    if order == -.infinity { total = .infinity }
  }

  var norm: Double {
    order == 2
      ? total.squareRoot()
      : order == 1 || order == 0 || order.isInfinite
        ? total : Double.pow(total, 1 / order)
  }

  mutating func add<T: Real>(_ x: Tensor, _ type: T.Type) {
    let (values, count) = (x.pointer(T.self), x.layout.count)
    if order == 2 {
      total += sum(values, count) { $0 * $0 }
    } else if order == 1 {
      total += sum(values, count) { abs($0) }
    } else if order == 0 {
      total += sum(values, count) { $0 == 0 ? 0 : 1 }
    } else if order.isInfinite {
      for i in 0..<count {
        let size = abs(Double(values[i]))
        if size.isNaN || (order > 0 ? size > total : size < total) { total = size }
        if size.isNaN { return }
      }
    } else {
      for i in 0..<count { total += Double.pow(abs(Double(values[i])), order) }
    }
  }

  /// Eight sums side by side, in double so that the order does not matter.
  @inline(__always)
  private func sum<T: Real>(
    _ values: UnsafeMutablePointer<T>, _ count: Int, _ term: (Double) -> Double
  ) -> Double {
    var lanes = SIMD8<Double>(repeating: 0)
    let whole = count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      for lane in 0..<8 { lanes[lane] += term(Double(values[start + lane])) }
    }
    var rest = 0.0
    for i in whole..<count { rest += term(Double(values[i])) }
    return lanes.sum() + rest
  }
}

private func scale<T: Real>(_ x: Tensor, _ factor: T) {
  let values = x.pointer(T.self)
  for i in 0..<x.layout.count { values[i] *= factor }
}

private func limit<T: Real>(_ x: Tensor, _ limit: T) {
  let values = x.pointer(T.self)
  for i in 0..<x.layout.count {
    // A nan stays, as in torch.clamp.
    let raised = values[i] < -limit ? -limit : values[i]
    values[i] = raised > limit ? limit : raised
  }
}
