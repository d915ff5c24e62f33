import Interpreter
import Tensors

/// How thunks call the library: arguments in, faults caught, result out.
extension NativeCall {
  /// Calls a function that returns nothing.
  @inline(__always)
  mutating func perform(_ body: (inout SlotReader) throws -> Void) throws {
    var input = SlotReader(self)
    try guarded { try body(&input) }
  }

  /// Calls a function and leaves its result in the slots.
  @inline(__always)
  mutating func run<R: SlotConvertible>(_ body: (inout SlotReader) throws -> R) throws {
    var input = SlotReader(self)
    let result = try guarded { try body(&input) }
    var output = SlotWriter(slots + resultBase, types: types, machine: machine)
    result.write(to: &output)
  }

  /// Calls a function whose result has to be taken apart.
  @inline(__always)
  mutating func run<R>(
    _ body: (inout SlotReader) throws -> R, write: (inout SlotWriter, R) -> Void
  ) throws {
    var input = SlotReader(self)
    let result = try guarded { try body(&input) }
    var output = SlotWriter(slots + resultBase, types: types, machine: machine)
    write(&output, result)
  }

  /// Makes the native part of an instance of a guest class.
  mutating func make(_ body: (inout SlotReader) throws -> AnyObject) throws -> AnyObject {
    var input = SlotReader(self)
    return try guarded { try body(&input) }
  }

  /// Runs library code in a fault scope: a tensor operation that fails is a trap of the guest.
  @inline(__always)
  func guarded<R>(_ body: () throws -> R) throws -> R {
    let isOwn = FaultScope.begin()
    let result: R
    do { result = try body() } catch {
      if isOwn { _ = FaultScope.end() }
      throw failure(error)
    }
    if isOwn, let fault = FaultScope.end() { throw failure(fault) }
    if machine.pendingError != nil { throw pendingFailure() }
    return result
  }

  /// What goes on from a recorded fault: a trap, unless a guest function failed before it.
  @inline(never)
  private func failure(_ fault: TensorError) -> any Error {
    if machine.pendingError != nil { return pendingFailure() }
    return Trap(fault.description, typeName: "TensorError")
  }

  @inline(never)
  private func pendingFailure() -> any Error {
    defer { machine.pendingError = nil }
    return machine.pendingError ?? Trap("a guest function failed")
  }

  /// What goes on from an error that the library threw: the guest's form of it.
  @inline(never)
  private func failure(_ error: any Error) -> any Error {
    if machine.pendingError != nil { return pendingFailure() }
    return LecternModules.guestError(error, self)
  }

  /// An error of a library type, for guest code to catch.
  func thrown<E: SlotConvertible>(_ error: E, _ name: String) -> GuestError {
    withUnsafeTemporaryAllocation(of: Slot.self, capacity: E.slotCount) { slots in
      let place = slots.baseAddress.unsafelyUnwrapped
      var output = SlotWriter(place, types: [], machine: machine)
      output.write(error)
      let type = machine.runtimeType(named: name)
      return GuestError(ExistentialObject(type, owned: place))
    }
  }
}
