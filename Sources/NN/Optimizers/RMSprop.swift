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
    let square = update.memory(0, T.self)
    let (kept, fresh) = (T(alpha), T(1 - alpha))
    guard centered else {
      return move(update, T.self, momentumPlace: 1) { i, g in
        let average = kept * square[i] + fresh * g * g
        square[i] = average
        return root(average)
      }
    }
    let mean = update.memory(1, T.self)
    move(update, T.self, momentumPlace: 2) { i, g in
      let average = kept * square[i] + fresh * g * g
      let middle = mean[i] + fresh * (g - mean[i])
      square[i] = average
      mean[i] = middle
      return root(average - middle * middle)
    }
  }

  /// The move, given the root of the mean square of each element.
  @inline(__always)
  private func move<T: Real>(
    _ update: OptimizerUpdate, _ type: T.Type, momentumPlace: Int, _ size: (Int, T) -> T
  ) {
    let (epsilon, rate, carried) = (T(eps), T(update.group.lr), T(momentum))
    guard momentum > 0 else {
      return update.forEach(T.self) { i, p, g in p - rate * g / (size(i, g) + epsilon) }
    }
    let v = update.memory(momentumPlace, T.self)
    update.forEach(T.self) { i, p, g in
      let move = carried * v[i] + g / (size(i, g) + epsilon)
      v[i] = move
      return p - rate * move
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
