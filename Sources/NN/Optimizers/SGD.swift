/// Gradient descent: p -= lr g, with momentum and weight decay if wanted.
/// Follows `torch.optim.SGD`.
public final class SGD: Optimizer {
  private let momentum: Double
  private let dampening: Double
  private let weightDecay: Double
  private let nesterov: Bool
  private var velocities: [Tensor?]

  /// `momentum`: the share of the last move that is kept; `dampening` weakens the new gradient in
  /// it. Throws (see `attempt`) when `nesterov` comes without momentum or with dampening.
  public init(
    _ parameters: [Parameter], lr: Double = 0.001, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false
  ) {
    self.momentum = momentum
    self.dampening = dampening
    self.weightDecay = weightDecay
    self.nesterov = nesterov
    velocities = Array(repeating: nil, count: parameters.count)
    super.init(parameters, lr: lr)
    if nesterov && (momentum <= 0 || dampening != 0) {
      record(TensorError("SGD", "nesterov needs a momentum above 0 and no dampening"))
    }
  }

  public override func step() {
    guarded([], or: ()) { () throws(TensorError) in
      for (i, parameter) in parameters.enumerated() {
        guard let (value, gradient) = try stepOperands(parameter, "SGD") else { continue }
        let isFirst = velocities[i] == nil
        if momentum != 0 && isFirst { velocities[i] = try copy(gradient) }
        if value.dtype == .float32 {
          move(value, gradient, velocities[i], isFirst, Float.self)
        } else {
          move(value, gradient, velocities[i], isFirst, Double.self)
        }
      }
    }
  }

  private func move<T: Real>(
    _ value: Tensor, _ gradient: Tensor, _ velocity: Tensor?, _ isFirst: Bool, _ type: T.Type
  ) {
    let (p, g) = (value.pointer(T.self), gradient.pointer(T.self))
    let v = velocity?.pointer(T.self)
    let (rate, decay, kept, fresh) = (
      T(lr), T(weightDecay), T(momentum), T(1 - dampening)
    )
    for i in 0..<value.count {
      var d = g[i]
      if decay != 0 { d += decay * p[i] }
      if let v {
        v[i] = isFirst ? d : kept * v[i] + fresh * d
        d = nesterov ? d + kept * v[i] : v[i]
      }
      p[i] -= rate * d
    }
  }

  public override var settings: [(name: String, value: String)] {
    [
      ("dampening", pythonNumber(dampening)), ("differentiable", "False"), ("foreach", "None"),
      ("fused", "None"), ("lr", pythonNumber(lr)), ("maximize", "False"),
      ("momentum", pythonNumber(momentum)), ("nesterov", nesterov.pythonText),
      ("weight_decay", pythonNumber(weightDecay)),
    ]
  }
}

/// A setting as Python prints the default: whole numbers without a point.
func pythonNumber(_ value: Double) -> String { value == 0 ? "0" : "\(value)" }
