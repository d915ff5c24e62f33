/// A list of modules that a model finds: its parts are named `0`, `1`, …. It has no computation of
/// its own; a model goes through `modules` as it wants. Follows `torch.nn.ModuleList`.
public final class ModuleList: Module {
  /// The parts in order.
  public private(set) var modules: [Module]

  /// A list of `modules`, empty at first unless some are given.
  public init(_ modules: [Module] = []) {
    self.modules = modules
    super.init()
  }

  /// The number of parts.
  public var count: Int { modules.count }

  /// Adds a part at the end.
  public func append(_ module: Module) {
    modules.append(module)
    nameChildren()
  }

  /// The part at `index`, from 0; a negative `index` counts from the end.
  /// Throws (see `attempt`) when there is no such part.
  public subscript(_ index: Int) -> Module { part(index, of: modules) }

  public override var namedChildren: [(name: String, child: ModuleChild)] {
    modules.enumerated().map { ("\($0)", .module($1)) }
  }

  /// The tree as PyTorch prints it: equal neighbours are one line, `(0-2): 3 x …`.
  public override var description: String {
    var lines: [String] = []
    var (start, texts) = (0, modules.map { $0.description })
    texts.append("")
    for i in modules.indices where texts[i] != texts[i + 1] || i + 1 == modules.count {
      let text = texts[i].split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\n  ")
      lines.append(start == i ? "(\(i)): \(text)" : "(\(start)-\(i)): \(i - start + 1) x \(text)")
      start = i + 1
    }
    return lines.isEmpty
      ? "\(typeName)()" : "\(typeName)(\n  " + lines.joined(separator: "\n  ") + "\n)"
  }
}

extension Module {
  /// One of the numbered parts of a container; a negative index counts from the end.
  final func part(_ index: Int, of modules: [Module]) -> Module {
    let place = index < 0 ? index &+ modules.count : index
    guard modules.indices.contains(place) else {
      record(
        TensorError(self.place, "there is no part \(index); there are \(modules.count)"))
      return Identity()
    }
    return modules[place]
  }
}
