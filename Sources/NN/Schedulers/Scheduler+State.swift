// A training that goes on another day needs the epoch of its schedulers. The rates themselves are in
// the state of the optimizer, which is loaded as well.

extension LRScheduler {
  /// The number of the epoch and the rates: `last_epoch`, `base_lrs`, `last_lr`.
  /// Follows `LRScheduler.state_dict`.
  public final func stateDict() -> StateDict {
    guarded([], or: StateDict()) { () throws(TensorError) in
      StateDict([
        ("last_epoch", try .from([lastEpoch], Extents())),
        ("base_lrs", try .from(baseLRs, Extents(baseLRs.count))),
        ("last_lr", try .from(lastLR, Extents(lastLR.count))),
      ])
    }
  }

  /// Takes over what `stateDict()` gave. Throws (see `attempt`) when a key is missing or unexpected or
  /// the number of groups is another; then nothing has changed.
  public final func loadStateDict(_ state: StateDict) {
    guarded([], or: ()) { () throws(TensorError) in
      let groups = [optimizer.groups.count]
      try load(
        state, typeName, [("last_epoch", []), ("base_lrs", groups), ("last_lr", groups)])
      lastEpoch = int(state, "last_epoch")
      baseLRs = state["base_lrs"]?.doubles ?? baseLRs
      lastLR = state["last_lr"]?.doubles ?? lastLR
    }
  }
}

extension ReduceLROnPlateau {
  /// The best metric and what has been counted. Follows `ReduceLROnPlateau.state_dict`.
  public func stateDict() -> StateDict {
    guarded([], or: StateDict()) { () throws(TensorError) in
      StateDict([
        ("best", try .from([best], Extents())),
        ("num_bad_epochs", try .from([badEpochCount], Extents())),
        ("cooldown_counter", try .from([cooldownCount], Extents())),
        ("last_epoch", try .from([lastEpoch], Extents())),
      ])
    }
  }

  /// Takes over what `stateDict()` gave. Throws (see `attempt`) when a key is missing or unexpected;
  /// then nothing has changed.
  public func loadStateDict(_ state: StateDict) {
    guarded([], or: ()) { () throws(TensorError) in
      let names = ["best", "num_bad_epochs", "cooldown_counter", "last_epoch"]
      try load(state, "ReduceLROnPlateau", names.map { ($0, []) })
      best = state["best"]?.item() ?? best
      badEpochCount = int(state, "num_bad_epochs")
      cooldownCount = int(state, "cooldown_counter")
      lastEpoch = int(state, "last_epoch")
      lastLR = optimizer.groups.map { $0.lr }
    }
  }
}

extension SequentialLR {
  /// The number of the epoch and the states of the schedulers, such as `schedulers.0.last_epoch`.
  public func stateDict() -> StateDict {
    guarded([], or: StateDict()) { () throws(TensorError) in
      var state = StateDict([("last_epoch", try .from([lastEpoch], Extents()))])
      for (i, scheduler) in schedulers.enumerated() {
        for (name, tensor) in scheduler.stateDict().entries {
          state.append("schedulers.\(i).\(name)", tensor)
        }
      }
      return state
    }
  }

  /// Takes over what `stateDict()` gave. Throws (see `attempt`) when a key is missing or unexpected or
  /// the number of groups is another; then nothing has changed.
  public func loadStateDict(_ state: StateDict) {
    guarded([], or: ()) { () throws(TensorError) in
      try load(state, "SequentialLR", stateDict().entries.map { ($0.name, $0.tensor.shape) })
      lastEpoch = int(state, "last_epoch")
      for (i, scheduler) in schedulers.enumerated() {
        let names = scheduler.stateDict().keys
        scheduler.loadStateDict(
          StateDict(
            names.compactMap { name in
              state["schedulers.\(i).\(name)"].map { (name, $0) }
            }))
      }
    }
  }
}

/// Throws unless a state has the given tensors and no others.
private func load(
  _ state: StateDict, _ name: String, _ expected: [(name: String, shape: [Int])]
) throws(TensorError) {
  var problems = StateProblems()
  for (key, shape) in expected { _ = problems.take(key, shape, state) }
  problems.findUnexpected(in: state)
  try problems.check(name, strict: true)
}

private func int(_ state: StateDict, _ name: String) -> Int { state[name].map(loadedCount) ?? 0 }
