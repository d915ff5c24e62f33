extension Optimizer {
  /// The memories and rates under PyTorch's names; the memory is shared.
  final func memoryState() throws(TensorError) -> StateDict {
    guard let names = memoryNames else {
      throw TensorError(typeName, "does not define stateDict()")
    }
    var state = StateDict()
    for (i, memory) in memories.enumerated() {
      guard let memory, memory.tensors.count == names.count else { continue }
      state.append("state.\(i).step", try .from([memory.steps], Extents()))
      for (name, tensor) in zip(names, memory.tensors) {
        state.append("state.\(i).\(name)", tensor)
      }
    }
    for (i, group) in groups.enumerated() {
      for (name, value) in groupValues(group) {
        state.append("param_groups.\(i).\(name)", try .from([value], Extents()))
      }
    }
    return state
  }

  /// The numbers of a group that a resumed training needs.
  private func groupValues(_ group: ParameterGroup) -> [(name: String, value: Double)] {
    var values = [("lr", group.lr), ("weight_decay", group.weightDecay)]
    if let cycledMomentum { values.append(("momentum", cycledMomentum)) }
    return values + group.scheduled.map { ($0.name, $0.value) }
  }

  /// Copies a state of `memoryState()` into new memories; changes nothing when it does not fit.
  final func loadMemory(_ state: StateDict) throws(TensorError) {
    guard let names = memoryNames else {
      throw TensorError(typeName, "does not define loadStateDict(_:)")
    }
    var problems = StateProblems()
    var loaded = memories
    for (i, parameter) in parameters.enumerated() {
      loaded[i] = nil
      // A parameter that was never moved has no entries.
      let keys = names.map { "state.\(i).\($0)" }
      guard !keys.isEmpty, state["state.\(i).step"] != nil || keys.contains(where: state.has)
      else { continue }
      let memory = try newMemory(parameter, names.count)
      if let step = problems.take("state.\(i).step", [], state) {
        memory.steps = max(Int(number: step.item()), 0)
      }
      for (key, tensor) in zip(keys, memory.tensors) {
        if let value = problems.take(key, parameter.shape, state) {
          try assign(cast(value, tensor.dtype), into: tensor)
        }
      }
      loaded[i] = memory
    }
    var settings: [(ParameterGroup, String, Double)] = []
    for (i, group) in groups.enumerated() {
      for name in ["lr", "weight_decay"] + (cycledMomentum == nil ? [] : ["momentum"]) {
        if let value = problems.take("param_groups.\(i).\(name)", [], state) {
          settings.append((group, name, value.item()))
        }
      }
      // What a scheduler kept is there only when there was one.
      for name in scheduledNames where state.has("param_groups.\(i).\(name)") {
        if let value = problems.take("param_groups.\(i).\(name)", [], state) {
          settings.append((group, name, value.item()))
        }
      }
    }
    problems.findUnexpected(in: state)
    try problems.check(typeName, strict: true)
    memories = loaded
    for (group, name, value) in settings {
      switch name {
      case "lr": group.lr = value
      case "weight_decay": group.weightDecay = value
      case "momentum": cycledMomentum = value
      default: group.schedule(name, value)
      }
    }
  }
}

/// What the schedulers of the library keep in a group.
private let scheduledNames = [
  "initial_lr", "max_lr", "min_lr", "max_momentum", "base_momentum",
]
