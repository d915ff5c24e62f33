/// Modules by name, in the order in which they were added. It has no computation of its own.
///
/// Follows `torch.nn.ModuleDict`.
///
///     let heads = ModuleDict(["small": Linear(4, 2), "large": Linear(4, 20)])
///     heads["small"]?.forward(x)
public final class ModuleDict: Module {
  private var parts: [(name: String, module: Module)] = []

  /// Modules by name, none at first unless some are given.
  public init(_ modules: KeyValuePairs<String, Module> = [:]) {
    super.init()
    for (name, module) in modules { self[name] = module }
  }

  /// The same for code that puts the pairs together at run time.
  @_disfavoredOverload
  package convenience init(_ modules: [(String, Module)]) {
    self.init()
    for (name, module) in modules { self[name] = module }
  }

  /// The module called `name`, nil when there is none; setting nil removes it.
  public subscript(_ name: String) -> Module? {
    get { parts.first { $0.name == name }?.module }
    set {
      let place = parts.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let module?): parts[place].module = module
      case (nil, let module?): parts.append((name, module))
      case (let place?, nil): parts.remove(at: place)
      case (nil, nil): break
      }
      nameChildren()
    }
  }

  /// The names in the order in which they were added.
  public var keys: [String] { parts.map { $0.name } }

  /// The modules in the order of their names.
  public var values: [Module] { parts.map { $0.module } }

  /// The number of parts.
  public var count: Int { parts.count }

  public override var namedChildren: [(name: String, child: ModuleChild)] {
    parts.map { ($0.name, .module($0.module)) }
  }
}
