/// Modules one after the other: each is given what the one before returned.
///
/// Follows `torch.nn.Sequential`; the parts are named `0`, `1`, ….
public final class Sequential: Module {
  /// The parts in order.
  public let modules: [Module]

  /// A chain of `modules`, which must define `forward(_:)`.
  public convenience init(_ modules: Module...) { self.init(modules) }

  /// A chain of `modules`, which must define `forward(_:)`.
  public init(_ modules: [Module]) {
    self.modules = modules
    super.init()
  }

  /// The result of the last module; the input itself when there are none.
  public override func forward(_ input: Tensor) -> Tensor {
    var value = input
    for module in modules { value = module(value) }
    return value
  }

  /// The part at `index`, from 0.
  public subscript(_ index: Int) -> Module {
    guard modules.indices.contains(index) else {
      record(TensorError(place, "there is no part \(index); there are \(modules.count)"))
      return Identity()
    }
    return modules[index]
  }

  public override var namedChildren: [(name: String, child: ModuleChild)] {
    modules.enumerated().map { ("\($0)", .module($1)) }
  }
}

/// Returns its input. Follows `torch.nn.Identity`.
public final class Identity: Module {
  public override init() { super.init() }
  public override func forward(_ input: Tensor) -> Tensor { input }
}
