extension Module {
  /// The tensors that make up the module's state, in PyTorch's order: of each module first its own
  /// parameters, then its own buffers, then its parts. A tensor that stands in two places is listed
  /// under both names. The one place that knows what a state consists of.
  final var stateEntries: [(name: String, tensor: Tensor)] {
    var found: [(name: String, tensor: Tensor)] = []
    func collect(_ module: Module, _ prefix: String) {
      let children = module.namedChildren
      for case (let name, .parameter(let parameter)) in children {
        found.append((prefix + name, parameter))
      }
      for (name, buffer) in module.ownBuffers { found.append((prefix + name, buffer)) }
      for case (let name, .module(let part)) in children { collect(part, prefix + name + ".") }
    }
    collect(self, "")
    return found
  }

  /// The module's own tensors that are saved but not learned, such as running means.
  private final var ownBuffers: [(name: String, tensor: Tensor)] { [] }

  /// All parameters and buffers by name, in order, such as `rnn.weight_ih_l0`.
  ///
  /// The tensors share the module's memory: `clone()` the state to keep it while training goes on.
  /// Follows `torch.nn.Module.state_dict`.
  public final func stateDict() -> StateDict {
    StateDict(stateEntries.map { ($0.name, $0.tensor.detach()) })
  }

  /// Copies the values of a state into the parameters and buffers, and returns the keys that were
  /// missing or not expected.
  ///
  /// Throws (see `attempt`) when a shape does not fit or, with `strict`, when a key is missing or
  /// unexpected; the error lists everything, and nothing has changed. Values of another dtype are
  /// converted. Follows `torch.nn.Module.load_state_dict`.
  @discardableResult
  public final func loadStateDict(
    _ state: StateDict, strict: Bool = true
  ) -> (missingKeys: [String], unexpectedKeys: [String]) {
    guarded([], or: ([], [])) { () throws(TensorError) in
      var problems = StateProblems()
      var values: [(target: Tensor, value: Tensor)] = []
      for (name, tensor) in stateEntries {
        guard !tensor.isFailed else { throw TensorError(place, "\(name) could not be made") }
        if let value = problems.take(name, tensor.shape, state) { values.append((tensor, value)) }
      }
      problems.findUnexpected(in: state)
      try problems.check(place, strict: strict)
      for (target, value) in values {
        // A part of a parameter may be loaded into another: the value is read before it is written.
        let source = value.storage === target.storage ? try copy(value) : value
        try assign(cast(source, target.dtype), into: target)
      }
      return (problems.missing, problems.unexpected)
    }
  }

  /// Writes `stateDict()` to a safetensors file, replacing it whole.
  /// Throws (see `attempt`) when the file cannot be written.
  public final func save(to path: String) { NN.save(stateDict(), to: path) }

  /// Reads a safetensors file into the module: `loadStateDict(_:strict:)` of `loadState(from:)`.
  @discardableResult
  public final func load(
    from path: String, strict: Bool = true
  ) -> (missingKeys: [String], unexpectedKeys: [String]) {
    guarded([], or: ([], [])) { () throws(TensorError) in
      loadStateDict(try readState(path), strict: strict)
    }
  }
}
