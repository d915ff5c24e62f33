/// Modules one after the other: each is given what the one before returned.
///
/// Follows `torch.nn.Sequential`; the parts are named `0`, `1`, …, unless they are given names.
public final class Sequential: Module {
  private var parts: [(name: String, module: Module)]

  /// A chain of `modules`, which must define `forward(_:)`.
  public convenience init(_ modules: Module...) { self.init(modules) }

  /// A chain of `modules`, which must define `forward(_:)`.
  public init(_ modules: [Module]) {
    parts = modules.enumerated().map { ("\($0)", $1) }
    super.init()
  }

  /// A chain of named modules: `Sequential(["fc": Linear(2, 7), "act": Tanh()])`.
  /// Throws (see `attempt`) when a name stands twice.
  public init(_ modules: KeyValuePairs<String, Module>) {
    parts = []
    super.init()
    for (name, module) in modules { append(module, name: name) }
  }

  /// The same for code that puts the pairs together at run time.
  @_disfavoredOverload
  package convenience init(_ modules: [(String, Module)]) {
    self.init([Module]())
    for (name, module) in modules { append(module, name: name) }
  }

  /// The parts in order.
  public var modules: [Module] { parts.map { $0.module } }

  /// The number of parts.
  public var count: Int { parts.count }

  /// Adds a part at the end, named by its number. Returns the chain.
  @discardableResult
  public func append(_ module: Module) -> Sequential { append(module, name: "\(count)") }

  /// Adds a part with a name at the end. Returns the chain.
  /// Throws (see `attempt`) when there is a part of that name.
  @discardableResult
  public func append(_ module: Module, name: String) -> Sequential {
    if parts.contains(where: { $0.name == name }) {
      record(TensorError(place, "there are two parts called \(name)"))
    } else {
      parts.append((name, module))
      nameChildren()
    }
    return self
  }

  /// The result of the last module; the input itself when there are none.
  public override func forward(_ input: Tensor) -> Tensor {
    var value = input
    for part in parts { value = part.module(value) }
    return value
  }

  /// The part at `index`, from 0; a negative `index` counts from the end.
  /// Throws (see `attempt`) when there is no such part.
  public subscript(_ index: Int) -> Module { part(index, of: modules) }

  /// The part called `name`, nil when there is none.
  public subscript(_ name: String) -> Module? { parts.first { $0.name == name }?.module }

  public override var namedChildren: [(name: String, child: ModuleChild)] {
    parts.map { ($0.name, .module($0.module)) }
  }
}

/// Returns its input. Follows `torch.nn.Identity`.
public final class Identity: Module {
  /// Makes the function, which has no settings.
  public override init() { super.init() }
  /// The input itself.
  public override func forward(_ input: Tensor) -> Tensor { input }
}
