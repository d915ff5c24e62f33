// Activation functions (`torch.nn.functional`); `relu`, `sigmoid`, `tanh` are in `Unary.swift`.

extension Tensor {
  /// x where it is above 0, else x · `slope` (`F.leaky_relu`).
  public final func leakyRelu(slope: Double = 0.01) -> Tensor { function(.leakyRelu(slope: slope)) }

  /// x where it is above 0, else alpha (exp(x) - 1) (`F.elu`).
  public final func elu(alpha: Double = 1) -> Tensor {
    function(.elu(alpha: alpha, scale: 1, inner: 1))
  }

  /// The self-normalising elu with its two fixed constants (`F.selu`).
  public final func selu() -> Tensor {
    function(.elu(alpha: 1.6732632423543772, scale: 1.0507009873554805, inner: 1))
  }

  /// x where it is above 0, else alpha (exp(x / alpha) - 1) (`F.celu`).
  /// Throws (see `attempt`) when `alpha` is 0.
  public final func celu(alpha: Double = 1) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard alpha != 0 else { throw TensorError("celu", "alpha must not be 0") }
      return function(.elu(alpha: alpha, scale: 1, inner: 1 / alpha))
    }
  }

  /// x · sigmoid(x), also called swish (`F.silu`).
  public final func silu() -> Tensor { function(.silu) }

  /// x · tanh(softplus(x)) (`F.mish`).
  public final func mish() -> Tensor { function(.mish) }

  /// x times the normal distribution's share below x (`F.gelu`); `approximate` takes the formula
  /// with tanh.
  public final func gelu(approximate: Bool = false) -> Tensor {
    function(approximate ? .tanhGelu : .gelu)
  }

  /// log(1 + exp(beta x)) / beta, and x itself where beta x is above `threshold` (`F.softplus`).
  /// Throws (see `attempt`) when `beta` is 0.
  public final func softplus(beta: Double = 1, threshold: Double = 20) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard beta != 0 else { throw TensorError("softplus", "beta must not be 0") }
      return function(.softplus(beta: beta, threshold: threshold))
    }
  }

  /// log(sigmoid(x)) without overflow (`F.logsigmoid`).
  public final func logSigmoid() -> Tensor { function(.logSigmoid) }

  /// x / (1 + |x|) (`F.softsign`).
  public final func softsign() -> Tensor { function(.softsign) }

  /// x - tanh(x) (`F.tanhshrink`).
  public final func tanhshrink() -> Tensor { function(.tanhshrink) }

  /// x / 6 + 1/2 between 0 and 1 (`F.hardsigmoid`).
  public final func hardsigmoid() -> Tensor { function(.hardsigmoid) }

  /// x · hardsigmoid(x) (`F.hardswish`).
  public final func hardswish() -> Tensor { function(.hardswish) }

  /// x between `min` and `max`, with no gradient at the bounds (`F.hardtanh`).
  /// Throws (see `attempt`) when `min` is above `max`.
  public final func hardtanh(min: Double = -1, max: Double = 1) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard min <= max else {
        throw TensorError(
          "hardtanh", expected: "min to be at most max", actual: "\(min) and \(max)")
      }
      func rounded(_ x: Double) -> Double { dtype == .float64 ? x : Double(Float(x)) }
      return function(.hardtanh(min: rounded(min), max: rounded(max)))
    }
  }

  /// x between 0 and 6 (`F.relu6`).
  public final func relu6() -> Tensor { function(.hardtanh(min: 0, max: 6)) }

  /// x moved towards 0 by `bound`, and 0 within it (`F.softshrink`).
  /// Throws (see `attempt`) when `bound` is negative.
  public final func softshrink(_ bound: Double = 0.5) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard bound >= 0 else {
        throw TensorError("softshrink", expected: "a bound of 0 or more", actual: "\(bound)")
      }
      return function(.softshrink(dtype == .float64 ? bound : Double(Float(bound))))
    }
  }

  /// x, or 0 where it is within `bound` of 0 (`F.hardshrink`).
  public final func hardshrink(_ bound: Double = 0.5) -> Tensor {
    function(.hardshrink(dtype == .float64 ? bound : Double(Float(bound))))
  }

  /// x where it is above `bound`, else `value` (`F.threshold`).
  public final func threshold(_ bound: Double, value: Double) -> Tensor {
    function(.threshold(at: dtype == .float64 ? bound : Double(Float(bound)), value: value))
  }

  /// x where it is above 0, else x · `weight`, which is `[1]`, or one number for each channel, the
  /// dimension 1: `[channels]` (`F.prelu`). Throws (see `attempt`) when the number of weights does
  /// not fit.
  public final func prelu(_ weight: Tensor) -> Tensor {
    guarded(self, weight) { () throws(TensorError) in
      let channels = layout.shape.count > 1 ? layout.shape[1] : 1
      guard weight.layout.shape.count <= 1, weight.count == 1 || weight.count == channels else {
        throw TensorError(
          "prelu", expected: "one weight or one for each of \(channels) channels",
          actual: "shape \(weight.layout.shape)")
      }
      var shape = [Int](repeating: 1, count: Swift.max(layout.shape.count, 1))
      if layout.shape.count > 1 { shape[1] = weight.count }
      let factors = weight.count == 1 ? weight.view([]) : weight.view(shape)
      let out = Tensor.which(self .> 0, detach(), detach() * factors.detach())
      let (x, w) = (Saved(self), Saved(factors))
      return out.made(
        "PreluKernelBackward0", from: self, factors,
        { g in Tensor.which(x.tensor .> 0, g, g * w.tensor) },
        { g in Tensor.which(x.tensor .> 0, g.zerosLike(), g * x.tensor) })
    }
  }

  /// The first half along `dim` times the sigmoid of the second: `[…, 2 n]` -> `[…, n]` (`F.glu`).
  /// Throws (see `attempt`) when the size of `dim` is odd.
  public final func glu(dim: Int = -1) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let place = try resolve(dim, layout.shape.count, "glu")
      guard layout.shape.count > 0, layout.shape[place] % 2 == 0 else {
        throw TensorError(
          "glu", expected: "an even size in dimension \(dim)", actual: "shape \(layout.shape)")
      }
      let half = layout.shape[place] / 2
      return (narrow(place, 0, half) * narrow(place, half, half).sigmoid()).titled("GluBackward0")
    }
  }
}
