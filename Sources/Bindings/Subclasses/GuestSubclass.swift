import Interpreter

/// The native part of an instance of a guest class that inherits from an open class of the library.
///
/// bindgen writes one conforming class for each open class. It overrides every open member: when
/// the guest's class overrides the member too, guest code runs, otherwise the library's own.
public protocol GuestSubclass: AnyObject {
  /// The guest's part: stored properties and overrides.
  var peer: GuestObject { get }
  /// Set by the thunk of an open member for `super.f()`: the next call is for the library's own
  /// implementation.
  var callsSuper: Bool { get set }
}

extension GuestSubclass {
  var machine: Machine { peer.machine }
  var types: [RuntimeType] { [] }

  /// Whether guest code replaces the member, and this call is not the replacement's call of
  /// `super`.
  private func isOverridden(_ name: String) -> Bool {
    if callsSuper {
      callsSuper = false
      return false
    }
    return peer.type.overrides[name] != nil
  }

  /// The result of the guest's override; nil when there is none.
  func override<R>(
    _ name: String, _ arguments: [Interpreter.Layout], _ result: Interpreter.Layout,
    _ write: (inout SlotWriter) -> Void, _ read: (inout SlotReader) throws -> R
  ) throws -> R? {
    guard isOverridden(name) else { return nil }
    let machine = machine
    if let error = machine.pendingError { throw error }
    return try withGuestSlots(Slots.layout(arguments), result, [], machine, write, read) {
      arguments, result in
      _ = try machine.callOverride(name, of: peer, receiver: self, arguments, result: result)
    }
  }

  /// The same for a member that cannot throw: an error waits in the machine.
  func override<R>(
    _ name: String, _ arguments: [Interpreter.Layout], _ result: Interpreter.Layout,
    _ write: (inout SlotWriter) -> Void, _ read: (inout SlotReader) throws -> R,
    or placeholder: @autoclosure () -> R
  ) -> R? {
    guard isOverridden(name) else { return nil }
    let machine = machine
    if machine.pendingError != nil { return placeholder() }
    do {
      return try withGuestSlots(Slots.layout(arguments), result, [], machine, write, read) {
        arguments, result in
        _ = try machine.callOverride(name, of: peer, receiver: self, arguments, result: result)
      }
    } catch {
      machine.pendingError = error
      return placeholder()
    }
  }
}
