/// p -= rate g in the rows of a gradient that came as rows; false when it did not, or when rows
/// without a gradient would move as well.
func descendRows(_ parameter: Parameter, rate: Double) -> Bool {
  guard let gradient = parameter.rowGradient, rate.isFinite, !parameter.isFailed,
    parameter.isContiguous, gradient.shape == parameter.layout.shape,
    gradient.block.dtype == parameter.dtype
  else { return false }
  func run<T: Real>(_ type: T.Type) {
    let (p, g) = (parameter.pointer(T.self), gradient.block.pointer(T.self))
    let width = gradient.block.layout.count / max(gradient.rows.count, 1)
    let rate = T(rate)
    for (i, row) in gradient.rows.enumerated() {
      for j in 0..<width { p[row * width + j] -= rate * g[i * width + j] }
    }
  }
  if parameter.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  return true
}
