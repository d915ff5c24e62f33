/// Steps divided by a running root mean square of the gradient (Tieleman and Hinton, 2012), with
/// momentum if wanted. Follows `torch.optim.RMSprop`.
public final class RMSprop: Optimizer {
  /// The share of the last move that is kept.
  public internal(set) var momentum: Double
  private let alpha: Double
  private let eps: Double
  private let centered: Bool
  private let maximize: Bool

  /// `alpha`: the share of the old mean square that is kept; `eps` is added to the root; `centered`
  /// divides by the standard deviation instead; `maximize` moves along the gradient.
  /// Throws (see `attempt`) when a setting is negative.
  public convenience init(
    _ parameters: [Parameter], lr: Double = 0.01, alpha: Double = 0.99, eps: Double = 1e-8,
    weightDecay: Double = 0, momentum: Double = 0, centered: Bool = false, maximize: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters)], lr: lr, alpha: alpha, eps: eps, weightDecay: weightDecay,
      momentum: momentum, centered: centered, maximize: maximize)
  }

  /// As above, for groups of parameters with rates or weight decays of their own.
  public init(
    _ groups: [ParameterGroup], lr: Double = 0.01, alpha: Double = 0.99, eps: Double = 1e-8,
    weightDecay: Double = 0, momentum: Double = 0, centered: Bool = false, maximize: Bool = false
  ) {
    self.momentum = momentum
    self.alpha = alpha
    self.eps = eps
    self.centered = centered
    self.maximize = maximize
    super.init(groups, lr: lr, weightDecay: weightDecay)
    guarded([], or: ()) { () throws(TensorError) in
      try require(alpha, "an alpha")
      try require(eps, "an eps")
      try require(momentum, "a momentum")
    }
  }

  public override func step() {
    forEachUpdate("RMSprop", maximize: maximize) { update in
      update.value.dtype == .float32 ? move(update, Float.self) : move(update, Double.self)
    }
  }

  private func move<T: Real>(_ update: OptimizerUpdate, _ type: T.Type) {
    let p = update.pointer(T.self)
    let square = update.memory(0, T.self)
    let (kept, fresh, epsilon, rate) = (T(alpha), T(1 - alpha), T(eps), T(update.group.lr))
    // The last two are used only where the memory holds them.
    let mean = centered ? update.memory(1, T.self) : p
    let hasMomentum = momentum > 0
    let v = hasMomentum ? update.memory(centered ? 2 : 1, T.self) : p
    let carried = T(momentum)

    @inline(__always)
    func run(_ root: (Int, T) -> T) {
      if hasMomentum {
        update.forEach(T.self) { i, g in
          v[i] = carried * v[i] + g / (root(i, g) + epsilon)
          p[i] -= rate * v[i]
        }
      } else {
        update.forEach(T.self) { i, g in p[i] -= rate * g / (root(i, g) + epsilon) }
      }
    }
    if centered {
      run { i, g in
        square[i] = kept * square[i] + fresh * g * g
        mean[i] += fresh * (g - mean[i])
        return (square[i] - mean[i] * mean[i]).squareRoot()
      }
    } else {
      run { i, g in
        square[i] = kept * square[i] + fresh * g * g
        return square[i].squareRoot()
      }
    }
  }

  override var memoryNames: [String]? {
    ["square_avg"] + (centered ? ["grad_avg"] : []) + (momentum > 0 ? ["momentum_buffer"] : [])
  }

  override var cycledMomentum: Double? {
    get { momentum }
    set { if let newValue { momentum = newValue } }
  }

  public override var settings: [(name: String, value: String)] { settings(of: groups[0]) }

  override func settings(of group: ParameterGroup) -> [(name: String, value: String)] {
    [
      ("alpha", "\(alpha)"), ("capturable", "False"), ("centered", centered.pythonText),
      ("differentiable", "False"), ("eps", "\(eps)"), ("foreach", "None"), ("lr", "\(group.lr)"),
      ("maximize", maximize.pythonText), ("momentum", pythonNumber(momentum)),
      ("weight_decay", pythonNumber(group.weightDecay)),
    ]
  }
}
