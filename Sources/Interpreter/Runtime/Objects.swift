// The objects that slots refer to. All of them are plain Swift classes, so that one retain and one
// release serve every reference.

/// A String (or a Character: a string of one).
public final class StringObject {
  public private(set) var value: String

  public init(_ value: String) { self.value = value }

  /// Only for whoever holds the one reference: all others see a constant.
  func append(_ text: String) { value += text }
}

/// The buffer of an Array. Shared by all its guest owners; whoever writes makes sure to be alone
/// (`isKnownUniquelyReferenced` on the slot) or copies first.
public final class ArrayObject {
  /// Layout of one element; elements stand one after another in `slots`.
  public let element: Layout
  public private(set) var slots: UnsafeMutablePointer<Slot>
  /// Number of elements.
  public private(set) var count: Int
  public private(set) var capacity: Int
  public let stride: Int

  public init(element: Layout, capacity: Int = 0) {
    self.element = element
    self.stride = element.count
    self.count = 0
    self.capacity = capacity
    slots = .allocate(capacity: max(capacity * element.count, 1))
  }

  deinit {
    if element.hasReferences {
      for i in 0..<count { element.release(slots + i * stride) }
    }
    slots.deallocate()
  }

  public func copy(capacity: Int? = nil) -> ArrayObject {
    let copy = ArrayObject(element: element, capacity: max(capacity ?? count, count))
    copy.slots.update(from: slots, count: count * stride)
    copy.count = count
    if element.hasReferences {
      for i in 0..<count { element.retain(slots + i * stride) }
    }
    return copy
  }

  public func reserve(_ wanted: Int) {
    if wanted <= capacity { return }
    let newCapacity = max(wanted, capacity * 2, 4)
    let new = UnsafeMutablePointer<Slot>.allocate(capacity: max(newCapacity * stride, 1))
    new.update(from: slots, count: count * stride)
    slots.deallocate()
    slots = new
    capacity = newCapacity
  }

  /// Appends an element whose references pass into the array (+1 moves in).
  @inline(__always) public func appendOwned(_ value: UnsafePointer<Slot>) {
    if count == capacity { reserve(count + 1) }
    let place = slots + count * stride
    for i in 0..<stride { place[i] = value[i] }
    count += 1
  }

  /// Appends an element and takes a reference of its own.
  public func append(_ value: UnsafePointer<Slot>) {
    element.retain(value)
    appendOwned(value)
  }

  /// Appends a one-slot element whose reference, if any, passes into the array.
  @inline(__always) public func appendOwned(_ slot: Slot) {
    if count == capacity { reserve(count + 1) }
    slots[count] = slot
    count += 1
  }

  /// Makes room for `inserted` elements in place of a range, whose old elements are released; the
  /// new slots are undefined until the caller fills them.
  public func replace(_ range: Range<Int>, withUndefined inserted: Int) {
    for i in range where element.hasReferences { element.release(slots + i * stride) }
    let newCount = count - range.count + inserted
    reserve(newCount)
    let tail = count - range.upperBound
    if tail > 0 && inserted != range.count {
      memmoveSlots(
        slots + (range.lowerBound + inserted) * stride, slots + range.upperBound * stride,
        tail * stride)
    }
    count = newCount
  }

  private func memmoveSlots(
    _ to: UnsafeMutablePointer<Slot>, _ from: UnsafeMutablePointer<Slot>, _ count: Int
  ) {
    to.update(from: from, count: count)  // allows overlap
  }

  /// The element's slots.
  @inline(__always) public subscript(_ index: Int) -> UnsafeMutablePointer<Slot> {
    slots + index * stride
  }
}

/// A closure or function value.
public final class ClosureObject {
  /// Index of the compiled function, or -1 for a native one.
  public let function: Int
  /// Captured values, in the order of the function's captures: values, or boxes of mutable variables.
  public let captures: UnsafeMutablePointer<Slot>
  public let captureLayout: Layout
  public let native: NativeFunction?
  /// Slots of the result of a native function.
  let nativeResultSlots: Int

  public init(function: Int, captures layout: Layout) {
    self.function = function
    captureLayout = layout
    captures = .allocate(capacity: max(layout.count, 1))
    native = nil
    nativeResultSlots = 0
  }

  /// A native function as a guest value.
  public init(native: @escaping NativeFunction, resultSlots: Int = 1) {
    nativeResultSlots = resultSlots
    function = -1
    captureLayout = .empty
    captures = .allocate(capacity: 1)
    self.native = native
  }

  deinit {
    captureLayout.release(captures)
    captures.deallocate()
  }
}

/// A mutable variable that a closure captured.
public final class BoxObject {
  public let layout: Layout
  public let slots: UnsafeMutablePointer<Slot>

  public init(_ layout: Layout) {
    self.layout = layout
    slots = .allocate(capacity: max(layout.count, 1))
    slots.initialize(repeating: 0, count: layout.count)
  }

  deinit {
    layout.release(slots)
    slots.deallocate()
  }
}

/// The payload of an enum case. Never changed once made.
public final class PayloadObject {
  public let layout: Layout
  public let slots: UnsafeMutablePointer<Slot>

  public init(_ layout: Layout) {
    self.layout = layout
    slots = .allocate(capacity: max(layout.count, 1))
  }

  deinit {
    layout.release(slots)
    slots.deallocate()
  }
}

/// A value together with its type: `Any`, `any Error`, and what generic native code holds of a guest
/// value (`DataLoader<GuestValue>`). Never changed once made.
public final class ExistentialObject {
  public let type: RuntimeType
  public let slots: UnsafeMutablePointer<Slot>

  /// Takes over the references in `value`.
  public init(_ type: RuntimeType, owned value: UnsafePointer<Slot>) {
    self.type = type
    slots = .allocate(capacity: max(type.layout.count, 1))
    slots.update(from: value, count: type.layout.count)
  }

  /// Takes references of its own.
  public convenience init(_ type: RuntimeType, copying value: UnsafePointer<Slot>) {
    type.layout.retain(value)
    self.init(type, owned: value)
  }

  deinit {
    type.layout.release(slots)
    slots.deallocate()
  }
}

/// A value of a native struct or enum: `PackedSequence`, `DType`, an error. Never changed once made.
public final class NativeBox<Value> {
  public let value: Value

  public init(_ value: Value) { self.value = value }
}

/// An instance of a guest class; for a class with a native superclass the guest's part of it (the
/// peer), which the native object holds.
public final class GuestObject {
  public let type: RuntimeType
  public let fields: UnsafeMutablePointer<Slot>
  /// The machine that runs its methods, for calls that come from native code.
  public unowned(unsafe) let machine: Machine
  /// The native part of an instance of a native class's subclass.
  public weak var native: AnyObject?

  public init(_ type: RuntimeType, machine: Machine) {
    self.type = type
    self.machine = machine
    fields = .allocate(capacity: max(type.fieldLayout.count, 1))
    fields.initialize(repeating: 0, count: type.fieldLayout.count)
  }

  /// Takes over the fields of an object that goes away, for its deinitializer to look at.
  private init(dying object: GuestObject) {
    type = object.type
    machine = object.machine
    fields = object.fields
    isAbandoned = true
  }

  /// Its deinitializer does not run: its initializer failed, or it is the deinitializer's own `self`.
  var isAbandoned = false

  deinit {
    if machine.isEnding {
      free()
      return
    }
    let runsDeinitializer = !isAbandoned && type.witnesses[.deinitialize] != nil
    machine.bury(runsDeinitializer) {
      GuestObject(dying: self)
    } now: {
      if runsDeinitializer {
        // `self` of the deinitializer; the fields go with it.
        machine.deinitialize(GuestObject(dying: self))
      } else {
        free()
      }
    }
  }

  private func free() {
    type.fieldLayout.release(fields)
    fields.deallocate()
  }
}

/// What a `for` loop asks for elements.
open class GuestIterator {
  public init() {}

  /// Writes the next element (+1) to `slots`; false at the end.
  open func next(_ slots: UnsafeMutablePointer<Slot>) throws -> Bool { false }
}
