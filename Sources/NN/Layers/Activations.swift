/// The hyperbolic tangent of each element. Follows `torch.nn.Tanh`.
public final class Tanh: Module {
  public override init() { super.init() }
  public override func forward(_ input: Tensor) -> Tensor { input.tanh() }
}

/// 1 / (1 + exp(-x)) of each element. Follows `torch.nn.Sigmoid`.
public final class Sigmoid: Module {
  public override init() { super.init() }
  public override func forward(_ input: Tensor) -> Tensor { input.sigmoid() }
}

/// Each element, or 0 where it is negative. Follows `torch.nn.ReLU`.
public final class ReLU: Module {
  public override init() { super.init() }
  public override func forward(_ input: Tensor) -> Tensor { input.relu() }
}
