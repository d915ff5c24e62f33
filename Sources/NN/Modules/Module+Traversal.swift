extension Module {
  /// The modules directly inside this one, in the order of declaration (`torch.nn.Module.children`).
  public final func children() -> [Module] {
    var seen: Set<ObjectIdentifier> = []
    return namedChildren.compactMap { _, child in
      guard case .module(let module) = child,
        seen.insert(ObjectIdentifier(module)).inserted
      else { return nil }
      return module
    }
  }

  /// This module and all inside it, each once, with their dotted names; its own name is empty.
  /// A module comes before its parts (`torch.nn.Module.named_modules`).
  public final func namedModules() -> [(name: String, module: Module)] {
    var seen: Set<ObjectIdentifier> = []
    var found: [(name: String, module: Module)] = []
    func collect(_ module: Module, _ name: String) {
      guard seen.insert(ObjectIdentifier(module)).inserted else { return }
      found.append((name, module))
      for case (let part, .module(let inner)) in module.namedChildren {
        collect(inner, name.isEmpty ? part : "\(name).\(part)")
      }
    }
    collect(self, "")
    return found
  }

  /// This module and all inside it, each once (`torch.nn.Module.modules`).
  public final func modules() -> [Module] { namedModules().map { $0.module } }

  /// Calls `body` with every module inside this one, parts before their whole, and at last with this
  /// one: for setting weights in a way of one's own. Returns the module (`torch.nn.Module.apply`).
  @discardableResult
  public final func apply(_ body: (Module) throws -> Void) rethrows -> Module {
    for module in children() { try module.apply(body) }
    try body(self)
    return self
  }

  /// The number of elements of all parameters, each parameter counted once.
  public final var parameterCount: Int { parameters().reduce(0) { $0 + $1.count } }

  /// Sets whether the parameters collect gradients, here and in all parts. Without one a parameter
  /// is left alone by optimizers. Returns the module (`torch.nn.Module.requires_grad_`).
  @discardableResult
  public final func requiresGrad(_ mode: Bool = true) -> Module {
    for parameter in parameters() { parameter.requiresGrad = mode }
    return self
  }

  /// Keeps the parameters as they are: `requiresGrad(false)`. Returns the module.
  @discardableResult
  public final func freeze() -> Module { requiresGrad(false) }

  /// Lets the parameters learn again: `requiresGrad(true)`. Returns the module.
  @discardableResult
  public final func unfreeze() -> Module { requiresGrad(true) }
}
