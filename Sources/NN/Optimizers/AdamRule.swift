import CKernels

/// The formula that `Adam` and `AdamW` share, and what it remembers of each parameter.
///
/// A step is p -= lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps), computed as in CKernels'
/// `Adam.h`.
final class AdamRule {
  private let name: String
  private let betas: (Double, Double)
  private let eps: Double
  private let weightDecay: Double
  private let isDecoupled: Bool
  private let amsgrad: Bool
  private let maximize: Bool
  private let rule: ck_adam_rule
  private(set) var states: [AdamState?]
  // Parameters have mostly taken the same number of steps.
  private var latest: (steps: Int, lr: Double, numbers: Numbers)?

  /// Tables with fewer elements are moved whole: it is quicker than to keep count of rows.
  nonisolated(unsafe) static var leastDeferred = 8192

  init(
    _ name: String, betas: (Double, Double), eps: Double, weightDecay: Double, isDecoupled: Bool,
    amsgrad: Bool, maximize: Bool, _ count: Int
  ) {
    self.name = name
    self.betas = betas
    self.eps = eps
    self.weightDecay = weightDecay
    self.isDecoupled = isDecoupled
    self.amsgrad = amsgrad
    self.maximize = maximize
    states = Array(repeating: nil, count: count)
    rule = ck_adam_rule(
      beta2: Float(betas.1), fresh2: Float(1 - betas.1),
      least: Float(Double.pow(betas.1, 16) * 0.99),
      penalty: isDecoupled ? 0 : Float(weightDecay), maximizes: maximize,
      decays: isDecoupled && weightDecay != 0)
  }

  /// Records what is wrong with the settings.
  func check() {
    for beta in [betas.0, betas.1] where !(beta >= 0 && beta < 1) {
      record(TensorError(name, expected: "betas from 0 to below 1", actual: "\(beta)"))
    }
    if !(eps >= 0) {
      record(TensorError(name, expected: "an eps of 0 or more", actual: "\(eps)"))
    }
    if !(weightDecay >= 0) {
      record(TensorError(name, expected: "a weight decay of 0 or more", actual: "\(weightDecay)"))
    }
  }

  // MARK: - A step

  /// What a step's number and rate make of the formula; see `ck_adam_step`.
  private struct Numbers {
    let rate: Double
    let epsilon: Double
    let fresh1: Double
    let kept: Double
    let single: ck_adam_step
  }

  private func numbers(_ steps: Int, _ lr: Double) -> Numbers {
    if let latest, latest.steps == steps, latest.lr == lr { return latest.numbers }
    let t = Double(steps)
    let fold = (1 - Double.pow(betas.1, t)).squareRoot()
    let rate = lr * fold / (1 - Double.pow(betas.0, t))
    let (epsilon, fresh1, kept) = (eps * fold, 1 - betas.0, 1 - lr * weightDecay)
    let numbers = Numbers(
      rate: rate, epsilon: epsilon, fresh1: fresh1, kept: kept,
      single: ck_adam_step(
        rate: Float(rate), epsilon: Float(epsilon), fresh1: Float(fresh1), kept: Float(kept)))
    latest = (steps, lr, numbers)
    return numbers
  }

  /// Moves every parameter that has a gradient.
  func step(_ parameters: [Parameter], _ lr: Double) {
    do throws(TensorError) {
      for i in 0..<parameters.count { try move(parameters[i], i, lr) }
    } catch { record(error) }
  }

  private func move(_ parameter: Parameter, _ index: Int, _ lr: Double) throws(TensorError) {
    if let rows = parameter.rowGradient, try move(parameter, index, rows, lr) { return }
    guard let (value, gradient) = try stepOperands(parameter, name) else { return }
    let state = try state(index, value)
    // Rows that were left behind catch up as soon as the memory is asked for.
    let steps = state.steps + 1
    let numbers = numbers(steps, lr)
    if value.dtype == .float32 {
      var rule = rule
      var single = numbers.single
      ck_adam_step_all(
        value.pointer(), gradient.pointer(), state.mean.pointer(), state.square.pointer(),
        state.greatest?.pointer(), value.layout.count, &rule, &single)
    } else {
      move(value, gradient, state, numbers)
    }
    state.steps = steps
    state.rows = nil
  }

  /// What is remembered of a parameter, from its first step on.
  private func state(_ index: Int, _ value: Tensor) throws(TensorError) -> AdamState {
    if let state = states[index] { return state }
    let state = try AdamState(value, amsgrad: amsgrad)
    states[index] = state
    return state
  }

  /// The formula in double.
  private func move(_ value: Tensor, _ gradient: Tensor, _ state: AdamState, _ n: Numbers) {
    let (p, g) = (value.pointer(Double.self), gradient.pointer(Double.self))
    let (m, v) = (state.mean.pointer(Double.self), state.square.pointer(Double.self))
    let greatest = state.greatest?.pointer(Double.self)
    let (kept2, fresh2) = (betas.1, 1 - betas.1)
    for i in 0..<value.layout.count {
      var d = maximize ? -g[i] : g[i]
      if isDecoupled { p[i] *= n.kept } else if weightDecay != 0 { d += weightDecay * p[i] }
      m[i] += n.fresh1 * (d - m[i])
      v[i] = kept2 * v[i] + fresh2 * d * d
      var second = v[i]
      if let greatest {
        if !(second <= greatest[i]) { greatest[i] = second }
        second = greatest[i]
      }
      p[i] -= n.rate * m[i] / (second.squareRoot() + n.epsilon)
    }
  }

  // MARK: - A step of some rows

  /// Moves the rows that have a gradient and leaves the others behind; false when that would not
  /// give the same numbers, or would not pay.
  private func move(
    _ value: Parameter, _ index: Int, _ gradient: RowGradient, _ lr: Double
  ) throws(TensorError) -> Bool {
    guard value.dtype == .float32, value.layout.count >= AdamRule.leastDeferred, !amsgrad,
      rule.penalty == 0, !value.isFailed, value.isContiguous,
      gradient.shape == value.layout.shape, gradient.block.dtype == .float32
    else { return false }
    let state = try state(index, value)
    let numbers = numbers(state.steps + 1, lr)
    let step = numbers.single
    // A row with m = v = 0 must not move: 0 / 0 and 0 times infinity are not 0.
    guard step.rate.isFinite, step.epsilon >= Float.leastNormalMagnitude, step.kept.isFinite,
      state.steps < AdamRows.mostSteps
    else { return false }
    if state.rows == nil { state.rows = try AdamRows(value, state, rule) }
    state.steps += 1
    state.rows?.step(gradient, step)
    return true
  }

  // MARK: - Text

  func settings(_ lr: Double) -> [(name: String, value: String)] {
    [
      ("amsgrad", amsgrad.pythonText), ("betas", "(\(betas.0), \(betas.1))"),
      ("capturable", "False"), ("decoupled_weight_decay", isDecoupled.pythonText),
      ("differentiable", "False"), ("eps", "\(eps)"), ("foreach", "None"), ("fused", "None"),
      ("lr", pythonNumber(lr)), ("maximize", maximize.pythonText),
      ("weight_decay", pythonNumber(weightDecay)),
    ]
  }
}

/// What Adam remembers of one parameter.
final class AdamState {
  /// The steps taken.
  var steps = 0
  /// The running means of the gradient and of its square, and the greatest of the latter.
  let mean: Tensor
  let square: Tensor
  let greatest: Tensor?
  /// The count of each row's steps, while some were left behind.
  var rows: AdamRows?

  init(_ value: Tensor, amsgrad: Bool) throws(TensorError) {
    let (shape, dtype) = (value.layout.shape, value.dtype)
    mean = try .zeroed(shape, dtype)
    square = try .zeroed(shape, dtype)
    greatest = amsgrad ? try .zeroed(shape, dtype) : nil
  }

  // The parameter outlives the optimizer, and nobody else knows what it is owed.
  deinit { rows?.settle() }
}
