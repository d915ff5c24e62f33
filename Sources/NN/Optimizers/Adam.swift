/// Adam (Kingma and Ba, 2015): steps of about `lr`, scaled by running means of the gradient and of
/// its square, with bias correction. Follows `torch.optim.Adam`.
public final class Adam: Optimizer {
  private let betas: (Double, Double)
  private let eps: Double
  private let weightDecay: Double
  private let amsgrad: Bool
  private var states: [State?]

  /// The running means of one parameter and how many steps they have seen.
  private struct State {
    var steps = 0
    let mean: Tensor
    let square: Tensor
    let greatest: Tensor?
  }

  /// `betas`: the shares of the old means that are kept at each step.
  /// Throws (see `attempt`) when a beta is not in 0 ..< 1.
  public init(
    _ parameters: [Parameter], lr: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false
  ) {
    self.betas = betas
    self.eps = eps
    self.weightDecay = weightDecay
    self.amsgrad = amsgrad
    states = Array(repeating: nil, count: parameters.count)
    super.init(parameters, lr: lr)
    for beta in [betas.0, betas.1] where !(beta >= 0 && beta < 1) {
      record(TensorError("Adam", expected: "betas from 0 to below 1", actual: "\(beta)"))
    }
  }

  public override func step() {
    guarded([], or: ()) { () throws(TensorError) in
      for (i, parameter) in parameters.enumerated() {
        guard let (value, gradient) = try stepOperands(parameter, "Adam") else { continue }
        if states[i] == nil { states[i] = try fresh(value) }
        guard var state = states[i] else { continue }
        state.steps += 1
        states[i] = state
        if value.dtype == .float32 {
          move(value, gradient, state, Float.self)
        } else {
          move(value, gradient, state, Double.self)
        }
      }
    }
  }

  private func fresh(_ value: Tensor) throws(TensorError) -> State {
    let shape = value.layout.shape
    return State(
      mean: try .filled(shape, value.dtype, 0), square: try .filled(shape, value.dtype, 0),
      greatest: amsgrad ? try .filled(shape, value.dtype, 0) : nil)
  }

  private func move<T: Real>(
    _ value: Tensor, _ gradient: Tensor, _ state: State, _ type: T.Type
  ) {
    let (p, g) = (value.pointer(T.self), gradient.pointer(T.self))
    let (m, v) = (state.mean.pointer(T.self), state.square.pointer(T.self))
    let greatest = state.greatest?.pointer(T.self)
    let steps = Double(state.steps)
    let correction1 = 1 - Double.pow(betas.0, steps)
    let correction2 = 1 - Double.pow(betas.1, steps)
    let (rate, root) = (T(lr / correction1), T(correction2.squareRoot()))
    let (fresh1, kept2, fresh2) = (T(1 - betas.0), T(betas.1), T(1 - betas.1))
    let (epsilon, decay) = (T(eps), T(weightDecay))
    for i in 0..<value.count {
      var d = g[i]
      if decay != 0 { d += decay * p[i] }
      m[i] += fresh1 * (d - m[i])
      v[i] = kept2 * v[i] + fresh2 * d * d
      var second = v[i]
      if let greatest {
        greatest[i] = max(greatest[i], second)
        second = greatest[i]
      }
      p[i] -= rate * m[i] / (second.squareRoot() / root + epsilon)
    }
  }

  public override var settings: [(name: String, value: String)] {
    [
      ("amsgrad", amsgrad.pythonText), ("betas", "(\(betas.0), \(betas.1))"),
      ("capturable", "False"), ("decoupled_weight_decay", "False"), ("differentiable", "False"),
      ("eps", "\(eps)"), ("foreach", "None"), ("fused", "None"), ("lr", pythonNumber(lr)),
      ("maximize", "False"), ("weight_decay", pythonNumber(weightDecay)),
    ]
  }
}
