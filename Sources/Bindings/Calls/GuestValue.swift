import Interpreter

/// A guest value in the hands of generic native code: the `Element` of a `DataLoader`.
///
/// The library's generic functions and classes are bound once, with `GuestValue` for every generic
/// parameter; the value carries the type that guest code uses it at.
public struct GuestValue {
  let object: ExistentialObject
  private let machine: Unmanaged<Machine>
  /// Stands for the result of a guest function that failed; there is nothing in its slots.
  private let isPlaceholder: Bool

  init(_ object: ExistentialObject, _ machine: Machine) {
    self.object = object
    self.machine = .passUnretained(machine)
    isPlaceholder = false
  }

  init(placeholder type: RuntimeType, _ machine: Machine) {
    let zeros = [Slot](repeating: 0, count: max(type.layout.count, 1))
    object = ExistentialObject(type, owned: zeros)
    self.machine = .passUnretained(machine)
    isPlaceholder = true
  }

  private func with<R>(_ other: GuestValue, or value: R, _ body: (Machine) throws -> R) -> R {
    let machine = machine.takeUnretainedValue()
    if isPlaceholder || other.isPlaceholder || machine.pendingError != nil { return value }
    do { return try body(machine) } catch {
      machine.pendingError = error
      return value
    }
  }
}

extension GuestValue: Equatable {
  public static func == (a: GuestValue, b: GuestValue) -> Bool {
    a.with(b, or: false) { try $0.equals(a.object.type, a.object.slots, b.object.slots) }
  }
}

extension GuestValue: Hashable {
  public func hash(into hasher: inout Hasher) {
    var copy = hasher
    hasher = with(self, or: hasher) { machine in
      try machine.hash(object.type, object.slots, into: &copy)
      return copy
    }
  }
}

extension GuestValue: Comparable {
  public static func < (a: GuestValue, b: GuestValue) -> Bool {
    a.with(b, or: false) { try $0.less(a.object.type, a.object.slots, b.object.slots) }
  }
}

extension GuestValue: CustomStringConvertible {
  public var description: String {
    isPlaceholder ? "" : machine.takeUnretainedValue().describe(object.type, object.slots)
  }
}
