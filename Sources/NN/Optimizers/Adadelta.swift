/// Steps scaled by the ratio of two running root mean squares, of the moves and of the gradients
/// (Zeiler, 2012). Follows `torch.optim.Adadelta`.
public final class Adadelta: Optimizer {
  private let rho: Double
  private let eps: Double
  private let maximize: Bool

  /// `rho`: the share of the old means that is kept; `eps` is added to both before the root;
  /// `maximize` moves along the gradient. Throws (see `attempt`) when a setting is negative or `rho`
  /// is above 1.
  public convenience init(
    _ parameters: [Parameter], lr: Double = 1, rho: Double = 0.9, eps: Double = 1e-6,
    weightDecay: Double = 0, maximize: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters)], lr: lr, rho: rho, eps: eps, weightDecay: weightDecay,
      maximize: maximize)
  }

  /// As above, for groups of parameters with rates or weight decays of their own.
  public init(
    _ groups: [ParameterGroup], lr: Double = 1, rho: Double = 0.9, eps: Double = 1e-6,
    weightDecay: Double = 0, maximize: Bool = false
  ) {
    self.rho = rho
    self.eps = eps
    self.maximize = maximize
    super.init(groups, lr: lr, weightDecay: weightDecay)
    guarded([], or: ()) { () throws(TensorError) in
      guard rho >= 0 && rho <= 1 else {
        throw TensorError("Adadelta", expected: "a rho from 0 to 1", actual: "\(rho)")
      }
      try require(eps, "an eps")
    }
  }

  public override func step() {
    forEachUpdate("Adadelta", maximize: maximize) { update in
      update.value.dtype == .float32 ? move(update, Float.self) : move(update, Double.self)
    }
  }

  private func move<T: Real>(_ update: OptimizerUpdate, _ type: T.Type) {
    let p = update.pointer(T.self)
    let (square, moves) = (update.memory(0, T.self), update.memory(1, T.self))
    let (kept, fresh, epsilon, rate) = (T(rho), T(1 - rho), T(eps), T(update.group.lr))
    update.forEach(T.self) { i, g in
      square[i] = kept * square[i] + fresh * g * g
      let move =
        (moves[i] + epsilon).squareRoot() / (square[i] + epsilon).squareRoot() * g
      moves[i] = kept * moves[i] + fresh * move * move
      p[i] -= rate * move
    }
  }

  override var memoryNames: [String]? { ["square_avg", "acc_delta"] }

  public override var settings: [(name: String, value: String)] { settings(of: groups[0]) }

  override func settings(of group: ParameterGroup) -> [(name: String, value: String)] {
    [
      ("capturable", "False"), ("differentiable", "False"), ("eps", "\(eps)"),
      ("foreach", "None"), ("lr", "\(group.lr)"), ("maximize", maximize.pythonText),
      ("rho", "\(rho)"), ("weight_decay", pythonNumber(group.weightDecay)),
    ]
  }
}
