import Interpreter

/// Writes values one after another: the result of a native call, or the arguments of a guest one.
public struct SlotWriter {
  private var place: UnsafeMutablePointer<Slot>
  public let types: [RuntimeType]
  private let runner: Unmanaged<Machine>

  public var machine: Machine { runner.takeUnretainedValue() }

  @inline(__always)
  init(_ place: UnsafeMutablePointer<Slot>, types: [RuntimeType], machine: Machine) {
    self.place = place
    self.types = types
    runner = .passUnretained(machine)
  }

  @inline(__always)
  mutating func put(_ slot: Slot) {
    place.pointee = slot
    place += 1
  }

  @inline(__always)
  public mutating func write<T: SlotConvertible>(_ value: T) { value.write(to: &self) }

  public mutating func write(_ value: GuestValue) {
    place.update(from: value.object.slots, count: value.object.type.layout.count)
    value.object.type.layout.retain(place)
    place += value.object.type.layout.count
  }

  /// A case without payload of an enum that has others.
  mutating func writeTag(_ tag: Slot) {
    put(tag)
    put(0)
  }

  /// A case with a payload, which is written by `write`.
  mutating func writeTag(
    _ tag: Slot, payload layout: Interpreter.Layout, _ write: (inout SlotWriter) -> Void
  ) {
    let payload = PayloadObject(layout)
    var inner = self
    inner.place = payload.slots
    write(&inner)
    put(tag)
    put(.owned(payload))
  }

  /// An array whose elements are written by `write` in a layout of their own.
  public mutating func writeArray<T>(
    _ values: [T], _ element: Interpreter.Layout, _ write: (inout SlotWriter, T) -> Void
  ) {
    let array = ArrayObject(element: element, capacity: values.count)
    array.replace(0..<0, withUndefined: values.count)
    var inner = self
    inner.place = array.slots
    for value in values { write(&inner, value) }
    put(.owned(array))
  }

  /// An optional whose value takes `count` slots and is written by `write`.
  public mutating func writeOptional<T>(
    _ value: T?, isNullable: Bool, count: Int, _ write: (inout SlotWriter, T) -> Void
  ) {
    if !isNullable { put(value == nil ? 0 : 1) }
    if let value {
      write(&self, value)
    } else {
      for _ in 0..<(isNullable ? 1 : count) { put(0) }
    }
  }

  /// A Swift function that guest code can call.
  public mutating func writeFunction(
    resultSlots: Int, _ function: @escaping NativeFunction
  ) {
    put(.owned(ClosureObject(native: function, resultSlots: resultSlots)))
  }

  /// A value of a library type as `any P`.
  public mutating func writeExistential<T: SlotConvertible>(_ value: T, _ name: String) {
    let type = machine.runtimeType(named: name)
    withUnsafeTemporaryAllocation(of: Slot.self, capacity: max(T.slotCount, 1)) { slots in
      guard let start = slots.baseAddress else { return }
      var inner = SlotWriter(start, types: types, machine: machine)
      inner.write(value)
      put(.owned(ExistentialObject(type, owned: start)))
    }
  }

  /// An instance of a class as `any P`, under the name of its own class.
  public mutating func writeExistential(_ object: AnyObject) {
    let type =
      (object as? any GuestSubclass)?.peer.type
      ?? machine.runtimeType(named: "\(Swift.type(of: object))")
    var slot = Slot.owned(object)
    put(.owned(ExistentialObject(type, owned: &slot)))
  }
}
