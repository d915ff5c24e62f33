import Interpreter

/// A guest function in the hands of native code.
public final class GuestFunction {
  private let closure: ClosureObject
  private let runner: Unmanaged<Machine>
  private let arguments: Interpreter.Layout
  private let result: Interpreter.Layout
  public let types: [RuntimeType]

  public var machine: Machine { runner.takeUnretainedValue() }

  init(
    _ closure: ClosureObject, _ machine: Machine, _ arguments: Interpreter.Layout,
    result: Interpreter.Layout, types: [RuntimeType]
  ) {
    self.closure = closure
    runner = .passUnretained(machine)
    self.arguments = arguments
    self.result = result
    self.types = types
  }

  /// Calls it from native code that may throw.
  public func call<R>(
    _ write: (inout SlotWriter) -> Void, _ read: (inout SlotReader) throws -> R
  ) throws -> R {
    if let error = machine.pendingError { throw error }
    return try withGuestSlots(arguments, result, types, machine, write, read) {
      arguments, result in
      try machine.call(closure, arguments, result: result)
    }
  }

  /// Calls it from native code that cannot throw: the error of a failed call waits in the machine
  /// until the native function returns, which goes on with a placeholder.
  public func call<R>(
    _ write: (inout SlotWriter) -> Void, _ read: (inout SlotReader) throws -> R,
    or placeholder: @autoclosure () -> R
  ) -> R {
    if machine.pendingError != nil { return placeholder() }
    do { return try call(write, read) } catch {
      machine.pendingError = error
      return placeholder()
    }
  }
}

/// Makes room for arguments and a result, and keeps the books of their references.
func withGuestSlots<R>(
  _ arguments: Interpreter.Layout, _ result: Interpreter.Layout, _ types: [RuntimeType],
  _ machine: Machine, _ write: (inout SlotWriter) -> Void, _ read: (inout SlotReader) throws -> R,
  _ body: ([Slot], UnsafeMutablePointer<Slot>) throws -> Void
) throws -> R {
  let slots = [Slot](unsafeUninitializedCapacity: max(arguments.count, 1)) { buffer, count in
    if let start = buffer.baseAddress {
      var output = SlotWriter(start, types: types, machine: machine)
      write(&output)
    }
    count = arguments.count
  }
  defer { arguments.release(slots) }
  return try withUnsafeTemporaryAllocation(of: Slot.self, capacity: max(result.count, 1)) {
    let place = $0.baseAddress.unsafelyUnwrapped
    try body(slots, place)
    defer { result.release(place) }
    var input = SlotReader(place, types: types, machine: machine)
    return try read(&input)
  }
}
