// The doors between guest code and native code.

extension Machine {
  // MARK: From guest code to native code

  @inline(never)
  func callNative(_ index: Int, _ window: Registers) throws {
    let site = program.sites + index
    var call = NativeCall(
      slots: window, resultBase: site.pointee.resultBase, types: site.pointee.types, machine: self,
      isSuper: site.pointee.isSuper)
    top = window + site.pointee.argumentSlots + site.pointee.resultSlots
    do {
      try site.pointee.function(&call)
    } catch let error as GuestError {
      thrown = .owned(error.value)
    }
    if pendingError != nil { try passPendingError() }
  }

  /// A native function that changes its first argument, which stays in its place: its slots are moved
  /// to the window for the call, and back even when it fails.
  @inline(never)
  func callNativeInPlace(_ index: Int, _ window: Registers, _ place: Registers) throws {
    let site = program.sites + index
    let count = site.pointee.receiverSlots
    for i in 0..<count {
      window[i] = place[i]
      // Guest code that the function calls back must not see the value twice.
      place[i] = 0
    }
    defer { for i in 0..<count { place[i] = window[i] } }
    try callNative(index, window)
  }

  /// What guest code called by native code left behind.
  private func passPendingError() throws {
    let error = takePendingError()
    if let error = error as? GuestError {
      thrown = .owned(error.value)
    } else {
      throw error
    }
  }

  func takePendingError() -> any Error {
    defer { pendingError = nil }
    return pendingError ?? Trap("")
  }

  /// Prepares the frame of a closure: what it captured follows its parameters. Returns its function,
  /// or -1 when it was native and has been called.
  @inline(never)
  func enterClosure(
    _ closure: ClosureObject, _ frame: Registers, _ argumentSlots: Int, _ extra: Instruction
  ) throws -> Int {
    if let native = closure.native {
      var call = NativeCall(slots: frame, resultBase: Int(extra.a), types: [], machine: self)
      top = frame + argumentSlots + Int(extra.b)
      do {
        try native(&call)
      } catch let error as GuestError {
        thrown = .owned(error.value)
      }
      if pendingError != nil { try passPendingError() }
      return -1
    }
    let captures = frame + argumentSlots
    for i in 0..<closure.captureLayout.count { captures[i] = closure.captures[i] }
    return closure.function
  }

  func method(_ number: Int, of object: Slot) throws -> Int {
    let type = object.object(as: GuestObject.self).type
    guard number < type.methods.count, type.methods[number] >= 0 else {
      throw Trap("the method is not there")
    }
    return type.methods[number]
  }

  func peer(of object: Slot, _ number: Int) throws -> Slot {
    if object == 0 { throw noValue() }
    guard let peer = types.peers[number](object.object(as: AnyObject.self)) else {
      throw Trap("the object was not made by the notebook")
    }
    return .borrowed(peer)
  }

  func makeSubclassInstance(_ peer: Slot, _ index: Int, _ window: Registers) throws -> Slot {
    let site = program.sites + index
    guard let make = site.pointee.makeInstance else {
      throw Trap("'\(site.pointee.name)' cannot be inherited from")
    }
    var call = NativeCall(slots: window, resultBase: 0, types: [], machine: self)
    top = window + site.pointee.argumentSlots + 1
    let guest = peer.object(as: GuestObject.self)
    let object = try make(guest, &call)
    guest.native = object
    return .owned(object)
  }

  func makeIterator(
    _ sequence: Registers, _ type: RuntimeType, _ pc: Code, _ fp: Registers
  ) throws -> GuestIterator {
    let window = windowOf(pc, fp)
    for i in 0..<type.layout.count { window[i] = sequence[i] }
    top = window + type.layout.count + 1
    return try makeIterator(type, window)
  }

  // MARK: From native code to guest code

  /// Calls a function value from native code.
  ///
  /// Arguments are borrowed, in the slots of their layouts; the result (+1) is written to `result`.
  /// Throws `GuestError` when the guest code threw and `MachineFault` when it trapped: let both pass
  /// through.
  public func call(
    _ closure: ClosureObject, _ arguments: [Slot], result: UnsafeMutablePointer<Slot>
  ) throws {
    var arguments = arguments
    try arguments.withUnsafeMutableBufferPointer { buffer in
      try call(
        closure, UnsafeMutablePointer(buffer.baseAddress ?? result), count: buffer.count,
        result: result)
    }
  }

  /// The same for arguments of which some are inout: their values move in and out, so that their slots
  /// hold the new values afterwards, however the call ends.
  public func call(
    _ closure: ClosureObject, updating arguments: inout [Slot],
    result: UnsafeMutablePointer<Slot>
  ) throws {
    try arguments.withUnsafeMutableBufferPointer { buffer in
      try call(
        closure, UnsafeMutablePointer(buffer.baseAddress ?? result), count: buffer.count,
        result: result, hasInout: true)
    }
  }

  private func call(
    _ closure: ClosureObject, _ arguments: UnsafeMutablePointer<Slot>, count: Int,
    result: UnsafeMutablePointer<Slot>, hasInout: Bool = false
  ) throws {
    let savedTop = top
    let frame = top + Frame.headerSlots
    guard frame + count + 64 < limit else { throw stackOverflow() }
    for i in 0..<count { frame[i] = arguments[i] }
    defer { top = savedTop }
    if let native = closure.native {
      var call = NativeCall(
        slots: frame, resultBase: hasInout ? count : 0, types: [], machine: self)
      top = frame + count + 16
      defer { if hasInout { for i in 0..<count { arguments[i] = frame[i] } } }
      try native(&call)
      for i in 0..<closure.nativeResultSlots { result[i] = frame[call.resultBase + i] }
      return
    }
    let function = closure.function
    for i in 0..<closure.captureLayout.count { frame[count + i] = closure.captures[i] }
    defer { if hasInout { for i in 0..<count { arguments[i] = frame[i] } } }
    try enter(function, frame)
    let compiled = program.functions[function]
    for i in 0..<compiled.resultSlots { result[i] = frame[compiled.resultBase + i] }
  }

  /// Runs a function on a prepared frame.
  func enter(_ function: Int, _ frame: Registers) throws {
    nativeDepth += 1
    defer { nativeDepth -= 1 }
    if nativeDepth > Self.nativeDepthLimit { throw stackOverflow() }
    if program.functions[function].count == 0 { try program.compilePending() }
    try run(function, at: frame)
    if thrown != 0 {
      let error = thrown.object(as: ExistentialObject.self)
      thrown.release()
      thrown = 0
      throw GuestError(error)
    }
  }

  /// Calls the guest's override of a native member on behalf of native code; false when the class does
  /// not override it. The result (+1) is written to `result`.
  public func callOverride(
    _ name: String, of object: GuestObject, receiver: AnyObject, _ arguments: [Slot],
    result: UnsafeMutablePointer<Slot>
  ) throws -> Bool {
    guard let function = object.type.overrides[name] else { return false }
    try callFunction(function, [.borrowed(receiver)] + arguments, result: result)
    return true
  }

  /// Calls a compiled function: for overrides and for witnesses such as `description`.
  func callFunction(
    _ function: Int, _ arguments: [Slot], result: UnsafeMutablePointer<Slot>
  ) throws {
    let savedTop = top
    defer { top = savedTop }
    let frame = top + Frame.headerSlots
    guard frame + arguments.count + 64 < limit else { throw stackOverflow() }
    for (i, argument) in arguments.enumerated() { frame[i] = argument }
    try enter(function, frame)
    let compiled = program.functions[function]
    for i in 0..<compiled.resultSlots { result[i] = frame[compiled.resultBase + i] }
  }
}
