/// Parameters that share a learning rate and a weight decay of their own within one optimizer.
///
///     let optimizer = SGD([
///       ParameterGroup(model.body.parameters()),
///       ParameterGroup(model.head.parameters(), lr: 0.1, weightDecay: 0),
///     ], lr: 0.001, weightDecay: 0.01)
///
/// What a group does not set is the optimizer's. A group belongs to one optimizer, whose schedulers
/// change its rate. Follows the `param_groups` of `torch.optim`.
public final class ParameterGroup {
  /// What is moved.
  public let parameters: [Parameter]
  /// The learning rate of the next step; 0 until the group has an optimizer, unless it was given.
  public var lr: Double
  /// The share of a parameter that is added to its gradient, or taken from the parameter itself.
  public var weightDecay: Double
  private let hasRate: Bool
  private let hasDecay: Bool
  private var isTaken = false
  /// What schedulers keep in the group, such as `initial_lr`; printed with the settings.
  var scheduled: [(name: String, value: Double)] = []

  /// A group; nil stands for the optimizer's value.
  public init(_ parameters: [Parameter], lr: Double? = nil, weightDecay: Double? = nil) {
    self.parameters = parameters
    self.lr = lr ?? 0
    self.weightDecay = weightDecay ?? 0
    hasRate = lr != nil
    hasDecay = weightDecay != nil
  }

  /// Takes what was not given from an optimizer; false when the group has one already.
  func join(lr: Double, weightDecay: Double) -> Bool {
    if isTaken { return false }
    isTaken = true
    if !hasRate { self.lr = lr }
    if !hasDecay { self.weightDecay = weightDecay }
    return true
  }

  /// The value a scheduler keeps under `name`; nil when there is none.
  func scheduledValue(_ name: String) -> Double? { scheduled.first { $0.name == name }?.value }

  /// Keeps a scheduler's value.
  func schedule(_ name: String, _ value: Double) {
    scheduled.removeAll { $0.name == name }
    scheduled.append((name, value))
  }
}
