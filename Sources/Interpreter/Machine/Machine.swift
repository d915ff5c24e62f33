/// Runs bytecode: frames on one contiguous slot file.
public final class Machine {
  /// Printed text goes here.
  public var output: (String) -> Void = { _ in }

  /// Calls a function value from native code.
  ///
  /// Arguments are borrowed, in the slots of their layouts; the result (+1) is written to `result`.
  /// Throws `GuestError` when the guest code threw, `Trap`-like machine errors when it trapped: let
  /// both pass through.
  public func call(
    _ closure: ClosureObject, _ arguments: [Slot], result: UnsafeMutablePointer<Slot>
  ) throws {
    fatalError("not built yet")
  }

  /// Calls a function value that has `inout` parameters.
  ///
  /// The slots of those hold owned values before and after; other arguments are borrowed.
  public func call(
    _ closure: ClosureObject, updating arguments: inout [Slot],
    result: UnsafeMutablePointer<Slot>
  ) throws {
    fatalError("not built yet")
  }

  /// Calls the guest's override of a native member on behalf of native code; nil when the class does
  /// not override it.
  public func callOverride(
    _ name: String, of object: GuestObject, receiver: AnyObject, _ arguments: [Slot],
    result: UnsafeMutablePointer<Slot>
  ) throws -> Bool {
    fatalError("not built yet")
  }

  /// Set when guest code called from native code that cannot throw has trapped; the native function
  /// returns as soon as it can and the trap goes on from there.
  public var pendingError: (any Error)?

  /// What native modules declare.
  public var library: Library { fatalError("not built yet") }

  /// The runtime type of a concrete static type.
  public func runtimeType(_ type: Type) -> RuntimeType {
    fatalError("not built yet")
  }

  /// The runtime type of a type of a bound module by its name: for native code that boxes values.
  public func runtimeType(named name: String) -> RuntimeType {
    fatalError("not built yet")
  }
}
