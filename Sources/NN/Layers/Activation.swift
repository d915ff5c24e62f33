#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An elementwise function of a layer, with its numbers. `value` and `slope` stand side by side.
enum Activation {
  case leakyReLU(negativeSlope: Double)
  case elu(alpha: Double)
  case gelu(isTanh: Bool)
  case silu
  case softplus(beta: Double, threshold: Double)
  case logSigmoid
  case hardtanh(low: Double, high: Double)

  /// The name of the gradient.
  var gradientName: String {
    switch self {
    case .leakyReLU: "LeakyReluBackward0"
    case .elu: "EluBackward0"
    case .gelu: "GeluBackward0"
    case .silu: "SiluBackward0"
    case .softplus: "SoftplusBackward0"
    case .logSigmoid: "LogSigmoidBackward0"
    case .hardtanh: "HardtanhBackward0"
    }
  }

  /// f(x), computed in float64: the differences of nearly equal numbers below need its digits.
  @inline(__always)
  func value(_ x: Double) -> Double {
    switch self {
    case .leakyReLU(let slope): x > 0 ? x : x * slope
    case .elu(let alpha): x > 0 ? x : alpha * expm1(x)
    case .gelu(false): x * normalShare(x)
    case .gelu(true): 0.5 * x * (1 + tanh(cubic(x)))
    case .silu: x * logistic(x)
    case .softplus(let beta, let threshold):
      x * beta > threshold ? x : log1p(exp(x * beta)) / beta
    case .logSigmoid: min(x, 0) - log1p(exp(-abs(x)))
    case .hardtanh(let low, let high): x < low ? low : x > high ? high : x
    }
  }

  /// f'(x).
  @inline(__always)
  func slope(_ x: Double) -> Double {
    switch self {
    case .leakyReLU(let slope): return x > 0 ? 1 : slope
    case .elu(let alpha): return x > 0 ? 1 : alpha * exp(x)
    case .gelu(false):
      return normalShare(x) + x * exp(-0.5 * x * x) * 0.5 * M_2_SQRTPI * 0.5.squareRoot()
    case .gelu(true):
      let t = tanh(cubic(x))
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * cubicSlope(x)
    case .silu: return logistic(x) * (1 + x * (1 - logistic(x)))
    case .softplus(let beta, let threshold): return x * beta > threshold ? 1 : logistic(x * beta)
    case .logSigmoid: return logistic(-x)
    case .hardtanh(let low, let high): return x > low && x < high ? 1 : 0
    }
  }
}

/// The probability that a normal number is below x.
private func normalShare(_ x: Double) -> Double { 0.5 * (1 + erf(x * 0.5.squareRoot())) }

private func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// √(2/π) (x + 0.044715 x³), under the approximated GELU (Hendrycks and Gimpel, 2016).
private func cubic(_ x: Double) -> Double {
  0.5.squareRoot() * M_2_SQRTPI * (x + 0.044715 * x * x * x)
}

private func cubicSlope(_ x: Double) -> Double {
  0.5.squareRoot() * M_2_SQRTPI * (1 + 3 * 0.044715 * x * x)
}

/// f of each element of `x`, with its gradient.
func activation(
  _ function: Activation, _ x: Tensor, _ place: String
) throws(TensorError) -> Tensor {
  try requireFloat(x, place)
  let input = try packedElements(x)
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  func run<T: Real>(_ type: T.Type) {
    let (source, target) = (input.pointer(T.self), out.pointer(T.self))
    for i in 0..<out.layout.count { target[i] = T(number: function.value(source[i].number)) }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  return records(x) ? out.made(by: ActivationNode(function, x, input)) : out
}

/// dx = g f'(x).
final class ActivationNode: Node {
  let function: Activation
  let input: Saved
  override var name: String { function.gradientName }

  init(_ function: Activation, _ x: Tensor, _ input: Tensor) {
    self.function = function
    self.input = Saved(input)
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let out = try Tensor.empty(g.layout.shape, g.dtype)
    func run<T: Real>(_ type: T.Type) {
      let (x, seed, target) = (
        input.tensor.pointer(T.self), g.pointer(T.self), out.pointer(T.self)
      )
      for i in 0..<out.layout.count {
        target[i] = seed[i] * T(number: function.slope(x[i].number))
      }
    }
    if g.dtype == .float32 { run(Float.self) } else { run(Double.self) }
    try Tape.send(out, to: first)
  }
}
