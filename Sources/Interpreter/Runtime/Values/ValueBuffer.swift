/// Slots for one value outside the machine's frames.
final class ValueBuffer {
  let type: RuntimeType
  let slots: UnsafeMutablePointer<Slot>

  init(_ type: RuntimeType) {
    self.type = type
    slots = .allocate(capacity: max(type.layout.count, 1))
    slots.initialize(repeating: 0, count: max(type.layout.count, 1))
  }

  /// Releases the value and forgets it.
  func clear() {
    guard type.layout.hasReferences else { return }
    type.layout.release(slots)
    slots.update(repeating: 0, count: type.layout.count)
  }

  /// Moves the value out; the buffer no longer owns it.
  func move(to place: UnsafeMutablePointer<Slot>) {
    let count = type.layout.count
    place.update(from: slots, count: count)
    slots.update(repeating: 0, count: count)
  }

  deinit {
    clear()
    slots.deallocate()
  }
}

extension RuntimeType {
  /// Copies a value, taking references of its own.
  func copy(_ source: UnsafePointer<Slot>, to place: UnsafeMutablePointer<Slot>) {
    if layout.hasReferences { layout.retain(source) }
    place.update(from: source, count: layout.count)
  }
}
