import CKernels

/// The formula that `Adam` and `AdamW` share.
///
/// A step is p -= lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps), computed as in CKernels'
/// `Adam.h`.
final class AdamRule {
  /// The shares of the old means that are kept; schedulers cycle the first.
  var betas: (Double, Double)
  private let name: String
  private let eps: Double
  private let isDecoupled: Bool
  private let amsgrad: Bool
  private let maximize: Bool
  // Parameters have mostly taken the same number of steps.
  private var latest = Numbers()

  /// Tables with fewer elements are moved whole: it is quicker than to keep count of rows.
  nonisolated(unsafe) static var leastDeferred = 8192

  init(
    _ name: String, betas: (Double, Double), eps: Double, isDecoupled: Bool, amsgrad: Bool,
    maximize: Bool
  ) {
    self.name = name
    self.betas = betas
    self.eps = eps
    self.isDecoupled = isDecoupled
    self.amsgrad = amsgrad
    self.maximize = maximize
  }

  /// PyTorch's names of what is kept for each parameter.
  var memoryNames: [String] {
    ["exp_avg", "exp_avg_sq"] + (amsgrad ? ["max_exp_avg_sq"] : [])
  }

  // MARK: - A step

  /// What a step's number and the settings make of the formula; see `ck_adam_step`.
  private struct Numbers {
    var steps = 0
    var lr = 0.0
    var decay = 0.0
    var beta1 = 0.0
    var rate = 0.0
    var epsilon = 0.0
    var kept = 0.0
    var single = ck_adam_step()
  }

  private func numbers(_ steps: Int, _ group: ParameterGroup) -> Numbers {
    let (lr, decay) = (group.lr, group.weightDecay)
    if latest.steps == steps, latest.lr == lr, latest.decay == decay, latest.beta1 == betas.0 {
      return latest
    }
    let t = Double(steps)
    let fold = (1 - Double.pow(betas.1, t)).squareRoot()
    let rate = lr * fold / (1 - Double.pow(betas.0, t))
    let (epsilon, kept) = (eps * fold, 1 - lr * decay)
    latest = Numbers(
      steps: steps, lr: lr, decay: decay, beta1: betas.0, rate: rate, epsilon: epsilon, kept: kept,
      single: ck_adam_step(
        rate: Float(rate), epsilon: Float(epsilon), fresh1: Float(1 - betas.0), kept: Float(kept)))
    return latest
  }

  /// What is the same in all steps of a group.
  private func rule(_ group: ParameterGroup) -> ck_adam_rule {
    ck_adam_rule(
      beta2: Float(betas.1), fresh2: Float(1 - betas.1),
      least: Float(Double.pow(betas.1, 16) * 0.99),
      penalty: isDecoupled ? 0 : Float(group.weightDecay), maximizes: maximize,
      decays: isDecoupled && group.weightDecay != 0)
  }

  /// Moves every parameter of `optimizer` that has a gradient.
  func step(_ optimizer: Optimizer) {
    do throws(TensorError) {
      var i = 0
      for group in optimizer.groups {
        var rule = rule(group)
        for parameter in group.parameters {
          try move(parameter, i, group, &rule, optimizer)
          i += 1
        }
      }
    } catch { record(error) }
  }

  private func move(
    _ parameter: Parameter, _ index: Int, _ group: ParameterGroup, _ rule: inout ck_adam_rule,
    _ optimizer: Optimizer
  ) throws(TensorError) {
    if let rows = parameter.rowGradient,
      try move(parameter, index, rows, group, rule, optimizer)
    {
      return
    }
    guard let (value, gradient) = try stepOperands(parameter, name) else { return }
    let memory = try optimizer.remember(index, value, amsgrad ? 3 : 2)
    let steps = memory.steps &+ 1
    let numbers = numbers(steps, group)
    // Rows that were left behind catch up as soon as the memory is asked for.
    if value.dtype == .float32 {
      var single = numbers.single
      ck_adam_step_all(
        value.pointer(), gradient.pointer(), memory.tensors[0].pointer(),
        memory.tensors[1].pointer(), amsgrad ? memory.tensors[2].pointer() : nil,
        value.layout.count, &rule, &single)
    } else {
      move(value, gradient, memory, group.weightDecay, numbers)
    }
    memory.steps = steps
    memory.rows = nil
  }

  /// The formula in double.
  private func move(
    _ value: Tensor, _ gradient: Tensor, _ memory: OptimizerMemory, _ decay: Double, _ n: Numbers
  ) {
    let (p, g) = (value.pointer(Double.self), gradient.pointer(Double.self))
    let m = memory.tensors[0].pointer(Double.self)
    let v = memory.tensors[1].pointer(Double.self)
    let greatest = amsgrad ? memory.tensors[2].pointer(Double.self) : nil
    let (fresh1, kept2, fresh2) = (1 - betas.0, betas.1, 1 - betas.1)
    for i in 0..<value.layout.count {
      var d = maximize ? -g[i] : g[i]
      if decay != 0 {
        if isDecoupled { p[i] *= n.kept } else { d += decay * p[i] }
      }
      m[i] += fresh1 * (d - m[i])
      v[i] = kept2 * v[i] + fresh2 * d * d
      var second = v[i]
      if let greatest {
        // A nan stays, as in torch.maximum.
        if second > greatest[i] || second.isNaN { greatest[i] = second }
        second = greatest[i]
      }
      p[i] -= n.rate * m[i] / (second.squareRoot() + n.epsilon)
    }
  }

  // MARK: - A step of some rows

  /// Moves the rows that have a gradient and leaves the others behind; false when that would not
  /// give the same numbers, or would not pay.
  private func move(
    _ value: Parameter, _ index: Int, _ gradient: RowGradient, _ group: ParameterGroup,
    _ rule: ck_adam_rule, _ optimizer: Optimizer
  ) throws(TensorError) -> Bool {
    guard value.dtype == .float32, value.layout.count >= AdamRule.leastDeferred, !amsgrad,
      rule.penalty == 0, !value.isFailed, value.isContiguous,
      gradient.shape == value.layout.shape, gradient.block.dtype == .float32
    else { return false }
    let memory = try optimizer.remember(index, value, 2)
    let step = numbers(memory.steps &+ 1, group).single
    // A row with m = v = 0 must not move: 0 / 0 and 0 times infinity are not 0.
    // What is known of missed steps holds for means that shrink.
    guard step.rate.isFinite, step.epsilon >= Float.leastNormalMagnitude, step.kept.isFinite,
      step.fresh1 >= 0, step.fresh1 <= 1,
      memory.steps < AdamRows.mostSteps
    else { return false }
    if let rows = memory.rows, !rows.follows(rule) {
      rows.settle()
      memory.rows = nil
    }
    if memory.rows == nil { memory.rows = try AdamRows(value, memory, rule) }
    memory.steps += 1
    memory.rows?.step(gradient, step)
    return true
  }

  // MARK: - Text

  func settings(of group: ParameterGroup) -> [(name: String, value: String)] {
    [
      ("amsgrad", amsgrad.pythonText), ("betas", "(\(betas.0), \(betas.1))"),
      ("capturable", "False"), ("decoupled_weight_decay", isDecoupled.pythonText),
      ("differentiable", "False"), ("eps", "\(eps)"), ("foreach", "None"), ("fused", "None"),
      ("lr", "\(group.lr)"), ("maximize", maximize.pythonText),
      ("weight_decay", pythonNumber(group.weightDecay)),
    ]
  }
}
