// Traps, their traces, and what is left in order afterwards.

extension Machine {
  // MARK: Traps of the instructions, in the words of compiled Swift

  @inline(never) func overflowTrap(_ operation: String) -> Trap {
    Trap("arithmetic overflow in \(operation): the result does not fit in 'Int'")
  }

  @inline(never) func outOfRange() -> Trap { Trap("Index out of range") }

  @inline(never) func stackOverflow() -> Trap {
    Trap("stack overflow: the calls are nested too deeply (endless recursion?)")
  }

  @inline(never) func noValue(global slot: Int) -> Trap {
    Trap(
      "'\(name(ofGlobal: slot))' is used before it has a value, or while a function is changing it")
  }

  @inline(never) func noValue() -> Trap {
    Trap("a value is used while it is being changed, or before it is set")
  }

  func name(ofGlobal slot: Int) -> String {
    var candidate = slot
    while candidate >= 0 {
      if let variable = program.globalNames[candidate] { return variable.name }
      candidate -= 1
    }
    return "a variable"
  }

  @inline(never) func divide(_ a: Int, _ b: Int) throws -> Slot {
    if b == 0 { throw Trap("Division by zero") }
    let (value, overflow) = a.dividedReportingOverflow(by: b)
    if overflow { throw Trap("Division results in overflow") }
    return .int(value)
  }

  @inline(never) func remainder(_ a: Int, _ b: Int) throws -> Slot {
    if b == 0 { throw Trap("Division by zero in remainder operation") }
    let (value, overflow) = a.remainderReportingOverflow(dividingBy: b)
    if overflow { throw Trap("Division results in overflow in remainder operation") }
    return .int(value)
  }

  @inline(never) func toInt(_ value: Double, _ type: String) throws -> Slot {
    if value.isNaN || value.isInfinite {
      throw Trap("\(type) value cannot be converted to Int because it is either infinite or NaN")
    }
    if value <= -9_223_372_036_854_777_856 {
      throw Trap(
        "\(type) value cannot be converted to Int because the result would be less than Int.min")
    }
    if value >= 9_223_372_036_854_775_808 {
      throw Trap(
        "\(type) value cannot be converted to Int because the result would be greater than Int.max")
    }
    return .int(Int(value))
  }

  @inline(never) func guestTrap(_ message: Int, _ text: Slot?) -> Trap {
    let detail = text.map { $0.object(as: StringObject.self).value } ?? ""
    return Trap(program.messages[message] + detail)
  }

  @inline(never) func stopped() -> any Error {
    if stop.pointee == StopReason.failedDeinitializer.rawValue, pendingError != nil {
      stop.pointee = 0
      return takePendingError()
    }
    return switch StopReason(rawValue: stop.pointee) {
    case .timeout: MachineFault(kind: .timeout, message: "the time limit has passed")
    default: MachineFault(kind: .interrupted, message: "interrupted")
    }
  }

  // MARK: Unwinding

  /// Of a deep recursion the trace shows the innermost and the outermost calls.
  private static let longestTrace = 20

  /// The trace as it is shown, with a line for the calls that were left out.
  func takeTrace() -> [RuntimeFault.Frame] {
    defer {
      trace = []
      omittedFrames = 0
    }
    guard omittedFrames > 0 else { return trace }
    let middle = Self.longestTrace / 2
    var shown = trace
    shown.insert(
      .init(function: "… \(omittedFrames) more calls", location: trace[middle].location), at: middle
    )
    return shown
  }

  /// Releases what the frames of this run own, and adds them to the trace.
  @inline(never)
  func unwind(_ error: any Error, _ pc: Code, _ fp: Registers) -> MachineFault {
    let fault: MachineFault
    switch error {
    case let known as MachineFault: fault = known
    case let trap as Trap:
      fault = MachineFault(kind: .trap, typeName: trap.typeName, message: trap.message)
    case let error as GuestError:
      fault = MachineFault(
        kind: .uncaughtError, typeName: error.value.type.name,
        message: describe(error.value.type, error.value.slots))
    default:
      fault = MachineFault(
        kind: .trap, typeName: "\(Swift.type(of: error))", message: "\(error)")
    }
    var pc = pc
    var fp = fp
    while true {
      if let index = functionIndex(at: pc) {
        let function = program.functions[index]
        let position = pc - UnsafePointer(function.code) - 1
        if let location = function.location(of: position) {
          trace.append(.init(function: function.name, location: location))
          if trace.count > Self.longestTrace {
            trace.remove(at: Self.longestTrace / 2)
            omittedFrames += 1
          }
        }
        if case .some(let unit) = runningUnit, unit.function == index {
          unitFailedAt = position
        }
        for register in function.owned + function.ownedByCaller {
          let value = fp[Int(register)]
          fp[Int(register)] = 0
          value.release()
        }
      }
      let back = fp[-2]
      if back == 0 { break }
      let caller = memory(fp[-1])
      pc = code(back)
      fp = caller
    }
    return fault
  }

  /// The function whose code contains an instruction.
  func functionIndex(at pc: Code) -> Int? {
    // `pc` points behind the instruction that runs.
    if let last = lastFunction, contains(last, pc) { return last }
    for index in program.functions.indices where contains(index, pc) {
      lastFunction = index
      return index
    }
    return nil
  }

  private func contains(_ index: Int, _ pc: Code) -> Bool {
    let function = program.functions[index]
    let start = UnsafePointer(function.code)
    return pc > start && pc <= start + function.count
  }

  /// The first slot that the running function does not use.
  func windowOf(_ pc: Code, _ fp: Registers) -> Registers {
    guard let index = functionIndex(at: pc) else { return fp + 1024 }
    let function = program.functions[index]
    return fp + function.frameSize + Frame.headerSlots
  }

  func releaseOwned(_ pc: Code, _ fp: Registers) {
    guard let index = functionIndex(at: pc) else { return }
    for register in program.functions[index].owned {
      let value = fp[Int(register)]
      fp[Int(register)] = 0
      value.release()
    }
  }
}
