#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Elementwise functions with their derivatives, computed in double precision. `Unary.swift` has the
/// ones that deserve a loop of their own.
enum ElementFunction: Equatable {
  case tan, asin, acos, atan, sinh, cosh, asinh, acosh, atanh
  case exp2, expm1, log2, log10, log1p
  case erf, erfc, rsqrt, reciprocal, trunc, frac
  case logit, sinc
  case silu, mish, gelu, tanhGelu, logSigmoid, softsign, tanhshrink, hardsigmoid, hardswish
  case leakyRelu(slope: Double)
  /// scale · (x above 0, else alpha · (exp(x · inner) - 1)): elu, selu and celu.
  case elu(alpha: Double, scale: Double, inner: Double)
  case softplus(beta: Double, threshold: Double)
  case clamp(min: Double, max: Double)
  case hardtanh(min: Double, max: Double)
  case softshrink(Double)
  case hardshrink(Double)
  case threshold(at: Double, value: Double)

  /// PyTorch's name of the gradient.
  var gradientName: String {
    switch self {
    case .log1p: "Log1PBackward0"
    case .clamp: "ClampBackward1"
    case .tanhGelu: "GeluBackward0"
    case .softsign: "DivBackward0"
    case .tanhshrink: "SubBackward0"
    case .elu(_, _, let inner): inner == 1 ? "EluBackward0" : "CeluBackward0"
    default:
      {
        let name = "\(self)".prefix { $0 != "(" }
        return name.prefix(1).uppercased() + name.dropFirst() + "Backward0"
      }()
    }
  }

  /// Whether nothing goes back where the function is flat, not even a nan.
  var isShuttable: Bool {
    switch self {
    case .clamp, .hardtanh, .softshrink, .hardshrink, .threshold, .hardsigmoid, .hardswish,
      .trunc:
      true
    default: false
    }
  }

  /// f(x).
  @inline(__always)
  func value(_ x: Double) -> Double {
    switch self {
    case .tan: libTan(x)
    case .asin: libAsin(x)
    case .acos: libAcos(x)
    case .atan: libAtan(x)
    case .sinh: libSinh(x)
    case .cosh: libCosh(x)
    case .asinh: libAsinh(x)
    case .acosh: libAcosh(x)
    case .atanh: libAtanh(x)
    case .exp2: libExp2(x)
    case .expm1: libExpm1(x)
    case .log2: libLog2(x)
    case .log10: libLog10(x)
    case .log1p: libLog1p(x)
    case .erf: libErf(x)
    case .erfc: libErfc(x)
    case .rsqrt: 1 / x.squareRoot()
    case .reciprocal: 1 / x
    case .trunc: x.rounded(.towardZero)
    case .frac: x - x.rounded(.towardZero)
    case .logit: libLog(x / (1 - x))
    case .sinc: x == 0 ? 1 : libSin(.pi * x) / (.pi * x)
    case .silu: x * sigmoid(x)
    case .mish: x * libTanh(plainSoftplus(x))
    case .gelu: 0.5 * x * (1 + libErf(x * 0.5.squareRoot()))
    case .tanhGelu: 0.5 * x * (1 + libTanh(geluSlope * (x + 0.044715 * x * x * x)))
    case .logSigmoid: (x < 0 ? x : 0) - libLog1p(libExp(-x.magnitude))
    case .softsign: x / (1 + x.magnitude)
    case .tanhshrink: x - libTanh(x)
    case .hardsigmoid: between(x / 6 + 0.5, 0, 1)
    case .hardswish: x * between(x / 6 + 0.5, 0, 1)
    case .leakyRelu(let slope): x > 0 ? x : x * slope
    case .elu(let alpha, let scale, let inner):
      x > 0 ? scale * x : scale * alpha * libExpm1(x * inner)
    case .softplus(let beta, let threshold):
      x * beta > threshold ? x : libLog1p(libExp(x * beta)) / beta
    case .clamp(let min, let max), .hardtanh(let min, let max): between(x, min, max)
    case .softshrink(let bound): x > bound ? x - bound : x < -bound ? x + bound : x * 0
    case .hardshrink(let bound): x >= -bound && x <= bound ? 0 : x
    case .threshold(let bound, let value): x <= bound ? value : x
    }
  }

  /// f'(x).
  @inline(__always)
  func slope(_ x: Double) -> Double {
    switch self {
    case .tan:
      let y = libTan(x)
      return 1 + y * y
    case .asin: return 1 / (1 - x * x).squareRoot()
    case .acos: return -1 / (1 - x * x).squareRoot()
    case .atan: return 1 / (1 + x * x)
    case .sinh: return libCosh(x)
    case .cosh: return libSinh(x)
    case .asinh: return 1 / (x * x + 1).squareRoot()
    case .acosh: return 1 / (x * x - 1).squareRoot()
    case .atanh: return 1 / (1 - x * x)
    case .exp2: return libExp2(x) * M_LN2
    case .expm1: return libExp(x)
    case .log2: return 1 / (x * M_LN2)
    case .log10: return 1 / (x * M_LN10)
    case .log1p: return 1 / (x + 1)
    case .erf: return 2 / Double.pi.squareRoot() * libExp(-x * x)
    case .erfc: return -2 / Double.pi.squareRoot() * libExp(-x * x)
    case .rsqrt: return -0.5 / (x * x.squareRoot())
    case .reciprocal: return -1 / (x * x)
    case .trunc: return 0
    case .frac: return 1
    case .logit: return x < 0 || x > 1 ? .nan : 1 / (x * (1 - x))
    case .sinc:
      let a = Double.pi * x
      return x == 0 ? 0 : (libCos(a) * a - libSin(a)) / (a * x)
    case .silu:
      let s = sigmoid(x)
      return s * (1 + x * (1 - s))
    case .mish:
      let t = libTanh(plainSoftplus(x))
      return t + x * (1 - t * t) * sigmoid(x)
    case .gelu:
      let density = libExp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
      return 0.5 * (1 + libErf(x * 0.5.squareRoot())) + x * density
    case .tanhGelu:
      let t = libTanh(geluSlope * (x + 0.044715 * x * x * x))
      let inner = geluSlope * (1 + 3 * 0.044715 * x * x)
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner
    case .logSigmoid: return sigmoid(-x)
    case .softsign:
      let d = 1 + x.magnitude
      return 1 / (d * d)
    case .tanhshrink:
      let t = libTanh(x)
      return t * t
    case .hardsigmoid: return x > -3 && x < 3 ? 1 / 6 : 0
    case .hardswish: return x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1
    case .leakyRelu(let slope): return x > 0 ? 1 : slope
    case .elu(let alpha, let scale, let inner):
      return x > 0 ? scale : scale * alpha * inner * libExp(x * inner)
    case .softplus(let beta, let threshold):
      return x * beta > threshold ? 1 : sigmoid(x * beta)
    case .clamp(let min, let max):
      return (x > min || min == -.infinity) && (x < max || max == .infinity) ? 1 : 0
    case .hardtanh(let min, let max): return x <= min || x >= max ? 0 : 1
    case .softshrink(let bound), .hardshrink(let bound): return x >= -bound && x <= bound ? 0 : 1
    case .threshold(let bound, _): return x <= bound ? 0 : 1
    }
  }
}

private let geluSlope = (2 / Double.pi).squareRoot()

@inline(__always)
private func sigmoid(_ x: Double) -> Double { 1 / (1 + libExp(-x)) }

@inline(__always)
private func plainSoftplus(_ x: Double) -> Double { x > 20 ? x : libLog1p(libExp(x)) }

/// x between two bounds; the upper one counts when they cross, and nan stays nan.
@inline(__always)
private func between(_ x: Double, _ low: Double, _ high: Double) -> Double {
  let y = x < low ? low : x
  return y > high ? high : y
}

// The C functions under names that the cases above do not hide.
private func libTan(_ x: Double) -> Double { tan(x) }
private func libAsin(_ x: Double) -> Double { asin(x) }
private func libAcos(_ x: Double) -> Double { acos(x) }
private func libAtan(_ x: Double) -> Double { atan(x) }
private func libSinh(_ x: Double) -> Double { sinh(x) }
private func libCosh(_ x: Double) -> Double { cosh(x) }
private func libTanh(_ x: Double) -> Double { tanh(x) }
private func libAsinh(_ x: Double) -> Double { asinh(x) }
private func libAcosh(_ x: Double) -> Double { acosh(x) }
private func libAtanh(_ x: Double) -> Double { atanh(x) }
private func libExp(_ x: Double) -> Double { exp(x) }
private func libExp2(_ x: Double) -> Double { exp2(x) }
private func libExpm1(_ x: Double) -> Double { expm1(x) }
private func libLog(_ x: Double) -> Double { log(x) }
private func libLog2(_ x: Double) -> Double { log2(x) }
private func libLog10(_ x: Double) -> Double { log10(x) }
private func libLog1p(_ x: Double) -> Double { log1p(x) }
private func libErf(_ x: Double) -> Double { erf(x) }
private func libErfc(_ x: Double) -> Double { erfc(x) }
private func libSin(_ x: Double) -> Double { sin(x) }
private func libCos(_ x: Double) -> Double { cos(x) }

/// f(x) element by element; not recorded. Integers become float32.
func apply(_ function: ElementFunction, _ x: Tensor) throws(TensorError) -> Tensor {
  let x = x.dtype.isFloatingPoint ? x : try cast(x, .float32)
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  if x.dtype == .float32 {
    map(x, out, Float.self, Float.self) { Float(function.value(Double($0))) }
  } else {
    map(x, out, Double.self, Double.self) { function.value($0) }
  }
  return out
}

/// dx = f'(x) g.
final class FunctionNode: Node {
  let function: ElementFunction
  let x: Saved
  override var name: String { function.gradientName }

  init(_ function: ElementFunction, _ x: Tensor) {
    self.function = function
    self.x = Saved(x)
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let out = try Tensor.empty(gradient.layout.shape, gradient.dtype)
    let function = function
    let shuts = function.isShuttable
    if gradient.dtype == .float32 {
      zip(x.tensor, gradient, out, Float.self, Float.self) { x, g in
        let slope = function.slope(Double(x))
        return shuts && slope == 0 ? 0 : Float(Double(g) * slope)
      }
    } else {
      zip(x.tensor, gradient, out, Double.self, Double.self) { x, g in
        let slope = function.slope(x)
        return shuts && slope == 0 ? 0 : g * slope
      }
    }
    try Tape.send(out, to: first)
  }
}

extension Tensor {
  final func function(_ function: ElementFunction) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let out = try apply(function, self)
      return records(self) ? out.made(by: FunctionNode(function, self)) : out
    }
  }

  /// The tangent of each element, in radians (`torch.tan`).
  public final func tan() -> Tensor { function(.tan) }
  /// The angle whose sine each element is; nan outside -1...1 (`torch.asin`).
  public final func asin() -> Tensor { function(.asin) }
  /// The angle whose cosine each element is; nan outside -1...1 (`torch.acos`).
  public final func acos() -> Tensor { function(.acos) }
  /// The angle whose tangent each element is (`torch.atan`).
  public final func atan() -> Tensor { function(.atan) }
  /// The hyperbolic sine of each element (`torch.sinh`).
  public final func sinh() -> Tensor { function(.sinh) }
  /// The hyperbolic cosine of each element (`torch.cosh`).
  public final func cosh() -> Tensor { function(.cosh) }
  /// The inverse hyperbolic sine of each element (`torch.asinh`).
  public final func asinh() -> Tensor { function(.asinh) }
  /// The inverse hyperbolic cosine of each element; nan below 1 (`torch.acosh`).
  public final func acosh() -> Tensor { function(.acosh) }
  /// The inverse hyperbolic tangent of each element; nan outside -1...1 (`torch.atanh`).
  public final func atanh() -> Tensor { function(.atanh) }
  /// 2 to the power of each element (`torch.exp2`).
  public final func exp2() -> Tensor { function(.exp2) }
  /// exp(x) - 1 without loss of precision near 0 (`torch.expm1`).
  public final func expm1() -> Tensor { function(.expm1) }
  /// The logarithm to the base 2; nan below zero (`torch.log2`).
  public final func log2() -> Tensor { function(.log2) }
  /// The logarithm to the base 10; nan below zero (`torch.log10`).
  public final func log10() -> Tensor { function(.log10) }
  /// log(1 + x) without loss of precision near 0 (`torch.log1p`).
  public final func log1p() -> Tensor { function(.log1p) }
  /// The error function of each element (`torch.erf`).
  public final func erf() -> Tensor { function(.erf) }
  /// 1 - erf(x) without loss of precision for large elements (`torch.erfc`).
  public final func erfc() -> Tensor { function(.erfc) }
  /// 1 / sqrt(x) of each element (`torch.rsqrt`).
  public final func rsqrt() -> Tensor { function(.rsqrt) }
  /// 1 / x of each element (`torch.reciprocal`).
  public final func reciprocal() -> Tensor { function(.reciprocal) }
  /// Each element without its fraction, towards zero; integers stay as they are (`torch.trunc`).
  public final func trunc() -> Tensor {
    dtype == .int64 ? clone() : function(.trunc)
  }
  /// The fraction of each element, with its sign (`torch.frac`).
  public final func frac() -> Tensor { function(.frac) }
  /// log(x / (1 - x)), the inverse of the sigmoid; nan outside 0...1 (`torch.logit`).
  public final func logit() -> Tensor { function(.logit) }
  /// sin(πx) / (πx), and 1 at 0 (`torch.sinc`).
  public final func sinc() -> Tensor { function(.sinc) }

  /// Each element, but not below `min` and not above `max`, of which one may be left out
  /// (`torch.clamp`). An integer tensor stays one when the bounds are whole numbers. nan stays nan;
  /// when the bounds cross, `max` counts. Throws (see `attempt`) when both are left out.
  public final func clamp(min: Double? = nil, max: Double? = nil) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard min != nil || max != nil else {
        throw TensorError("clamp", "expected a lower or an upper bound, got none")
      }
      let bounds = [min, max].compactMap { $0 }
      if !dtype.isFloatingPoint && bounds.allSatisfy({ $0 == $0.rounded() }) {
        let (low, high) = (
          min.map { Int(clamping: $0) } ?? .min, max.map { Int(clamping: $0) } ?? .max
        )
        let out = try Tensor.empty(layout.shape, .int64)
        Tensors.map(try cast(self, .int64), out, Int.self, Int.self) {
          Swift.min(Swift.max($0, low), high)
        }
        return out
      }
      // A float32 bound, so that an element equal to it is seen to be.
      func rounded(_ x: Double) -> Double { dtype == .float64 ? x : Double(Float(x)) }
      return function(
        .clamp(min: rounded(min ?? -.infinity), max: rounded(max ?? .infinity)))
    }
  }

  /// Each element between two bounds: `clamp(min:max:)` under its other name (`torch.clip`).
  public final func clip(min: Double? = nil, max: Double? = nil) -> Tensor {
    clamp(min: min, max: max)
  }
}

extension Int {
  /// The nearest integer there is.
  fileprivate init(clamping x: Double) {
    self = Int(exactly: x.rounded()) ?? (x < 0 ? .min : .max)
  }
}
