// Running the top level of a unit.

extension Machine {
  /// Runs a unit's code; its frame starts where the slot file starts, so that global variables are its
  /// registers.
  func runUnit(_ index: Int, _ function: Int, _ body: FunctionBody) throws(RuntimeFault) {
    try checkNeeds(of: function, body)
    runningUnit = (index, function)
    defer { runningUnit = nil }
    _ = takeTrace()
    thrown.release()
    thrown = 0
    pendingError = nil
    unitThrewAt = nil
    stop.pointee = 0
    top = slots
    let compiled = program.functions[function]
    do {
      try run(function, at: slots)
      if thrown != 0 {
        let error = thrown.object(as: ExistentialObject.self)
        defer {
          thrown.release()
          thrown = 0
        }
        let place = compiled.location(of: unitThrewAt ?? compiled.count - 1) ?? body.location
        note(compiled, failedAt: unitThrewAt ?? 0)
        throw RuntimeFault(
          kind: .uncaughtError, typeName: error.type.name,
          message: describe(error.type, error.slots),
          trace: [.init(function: compiled.name, location: place)])
      }
      for (variable, _) in compiled.initializations { initialized.insert(variable) }
    } catch let fault as RuntimeFault {
      throw fault
    } catch let fault as MachineFault {
      note(compiled, failedAt: unitFailedAt)
      var frames = takeTrace()
      if frames.isEmpty { frames = [.init(function: compiled.name, location: body.location)] }
      throw RuntimeFault(
        kind: fault.kind, typeName: fault.typeName, message: fault.message, trace: frames)
    } catch {
      throw RuntimeFault(
        kind: .trap, message: "\(error)",
        trace: [.init(function: compiled.name, location: body.location)])
    }
  }

  /// An error passes the code of the unit itself: where it will be said to come from.
  @inline(never)
  func noteThrow(_ pc: Code, _ fp: Registers) {
    guard fp == slots, let unit = runningUnit else { return }
    unitThrewAt = pc - UnsafePointer(program.functions[unit.function].code) - 1
  }

  /// After a failure: which variables have their values.
  private func note(_ compiled: CompiledFunction, failedAt position: Int) {
    for (variable, at) in compiled.initializations where at <= position {
      initialized.insert(variable)
    }
    for variable in initialized where isLost(variable) { initialized.remove(variable) }
  }

  /// A variable that was handed to a function to be changed when that function failed.
  private func isLost(_ variable: GlobalVariable) -> Bool {
    let layout = types.layout(variable.type)
    guard layout == .reference, variable.type.nominal?.name != "Optional" else { return false }
    return slots[variable.firstSlot] == 0
  }

  /// Refuses to run a unit that needs a variable of an earlier unit which stopped too early.
  private func checkNeeds(of function: Int, _ body: FunctionBody) throws(RuntimeFault) {
    var seen: Set<Int> = [function]
    var queue = [function]
    let own = Set(program.functions[function].initializations.map(\.variable))
    while let next = queue.popLast() {
      let compiled = program.functions[next]
      for variable in compiled.globals
      where !own.contains(variable) && !initialized.contains(variable)
        && variable.lazyInitialValue == nil && declaredAtTopLevel.contains(variable)
      {
        throw RuntimeFault(
          kind: .trap,
          message: "'\(variable.name)' has no value: the cell that declares it stopped before that",
          trace: [.init(function: program.functions[function].name, location: body.location)])
      }
      for other in compiled.references where seen.insert(other).inserted { queue.append(other) }
    }
  }
}
