/// The hyperbolic tangent of each element. Follows `torch.nn.Tanh`.
public final class Tanh: Module {
  /// Makes the function, which has no settings.
  public override init() { super.init() }
  /// The same shape as `input`.
  public override func forward(_ input: Tensor) -> Tensor { input.tanh() }
}

/// 1 / (1 + exp(-x)) of each element. Follows `torch.nn.Sigmoid`.
public final class Sigmoid: Module {
  /// Makes the function, which has no settings.
  public override init() { super.init() }
  /// The same shape as `input`.
  public override func forward(_ input: Tensor) -> Tensor { input.sigmoid() }
}

/// Each element, or 0 where it is negative. Follows `torch.nn.ReLU`.
public final class ReLU: Module {
  /// Makes the function, which has no settings.
  public override init() { super.init() }
  /// The same shape as `input`.
  public override func forward(_ input: Tensor) -> Tensor { input.relu() }
}

/// Each element, or where it is negative, `negativeSlope` times it. Follows `torch.nn.LeakyReLU`.
public final class LeakyReLU: Module {
  private let negativeSlope: Double

  /// The slope below zero is 0.01 unless told otherwise.
  public init(_ negativeSlope: Double = 0.01) {
    self.negativeSlope = negativeSlope
    super.init()
  }

  /// The same shape as `input`. Throws (see `attempt`) for integers.
  public override func forward(_ input: Tensor) -> Tensor {
    activated(input, .leakyReLU(negativeSlope: negativeSlope))
  }

  public override var extraRepresentation: String { "negative_slope=\(negativeSlope)" }
}

/// Each element, or where it is negative, alpha (eˣ - 1). Follows `torch.nn.ELU`.
public final class ELU: Module {
  private let alpha: Double

  /// The values go down to `-alpha`.
  public init(alpha: Double = 1) {
    self.alpha = alpha
    super.init()
  }

  /// The same shape as `input`. Throws (see `attempt`) for integers.
  public override func forward(_ input: Tensor) -> Tensor { activated(input, .elu(alpha: alpha)) }

  public override var extraRepresentation: String { "alpha=\(alpha)" }
}

/// How exactly GELU is computed.
public enum GELUApproximation {
  /// With the error function.
  case none
  /// With a hyperbolic tangent that comes close to it.
  case tanh
}

/// Each element times the probability that a normal number is below it. Follows `torch.nn.GELU`.
public final class GELU: Module {
  private let approximate: GELUApproximation

  /// Exact unless told otherwise.
  public init(approximate: GELUApproximation = .none) {
    self.approximate = approximate
    super.init()
  }

  /// The same shape as `input`. Throws (see `attempt`) for integers.
  public override func forward(_ input: Tensor) -> Tensor {
    activated(input, .gelu(isTanh: approximate == .tanh))
  }

  public override var extraRepresentation: String { "approximate='\(approximate)'" }
}

/// Each element times its sigmoid. Follows `torch.nn.SiLU`.
public final class SiLU: Module {
  /// Makes the function, which has no settings.
  public override init() { super.init() }

  /// The same shape as `input`. Throws (see `attempt`) for integers.
  public override func forward(_ input: Tensor) -> Tensor { activated(input, .silu) }
}

/// log(1 + exp(beta x)) / beta of each element: ReLU without its corner.
/// Follows `torch.nn.Softplus`.
public final class Softplus: Module {
  private let beta: Double
  private let threshold: Double

  /// Above `beta x = threshold` the result is x itself.
  public init(beta: Double = 1, threshold: Double = 20) {
    self.beta = beta
    self.threshold = threshold
    super.init()
  }

  /// The same shape as `input`. Throws (see `attempt`) for integers.
  public override func forward(_ input: Tensor) -> Tensor {
    activated(input, .softplus(beta: beta, threshold: threshold))
  }

  public override var extraRepresentation: String { "beta=\(beta), threshold=\(threshold)" }
}

/// log(sigmoid(x)) of each element. Follows `torch.nn.LogSigmoid`.
public final class LogSigmoid: Module {
  /// Makes the function, which has no settings.
  public override init() { super.init() }

  /// The same shape as `input`. Throws (see `attempt`) for integers.
  public override func forward(_ input: Tensor) -> Tensor { activated(input, .logSigmoid) }
}

/// Each element, held between two bounds. Follows `torch.nn.Hardtanh`.
public final class Hardtanh: Module {
  private let minValue: Double
  private let maxValue: Double

  /// Throws (see `attempt`) unless `minValue` is below `maxValue`.
  public init(minValue: Double = -1, maxValue: Double = 1) {
    self.minValue = minValue
    self.maxValue = maxValue
    super.init()
    if !(minValue < maxValue) {
      record(
        TensorError(
          "Hardtanh", expected: "minValue below maxValue \(maxValue)", actual: "\(minValue)"))
    }
  }

  /// The same shape as `input`. Throws (see `attempt`) for integers.
  public override func forward(_ input: Tensor) -> Tensor {
    activated(input, .hardtanh(low: minValue, high: maxValue))
  }

  public override var extraRepresentation: String { "min_val=\(minValue), max_val=\(maxValue)" }
}

extension Module {
  /// The public face of an activation.
  fileprivate final func activated(_ input: Tensor, _ function: Activation) -> Tensor {
    guarded(input) { () throws(TensorError) in try activation(function, input, place) }
  }
}
