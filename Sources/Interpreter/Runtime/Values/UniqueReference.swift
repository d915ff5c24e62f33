/// A value type's storage: shared between copies until one of them is written to.
protocol SharedStorage: AnyObject {
  /// The same contents in an object of its own.
  func copied() -> Self
}

extension UnsafeMutablePointer where Pointee == Slot {
  /// The storage in the slot, made this slot's own: whoever else refers to it keeps the old object.
  func unique<Storage: SharedStorage>(_: Storage.Type = Storage.self) -> Storage {
    let reference = UnsafeMutableRawPointer(self).assumingMemoryBound(to: Storage.self)
    if isKnownUniquelyReferenced(&reference.pointee) { return reference.pointee }
    let copy = pointee.object(as: Storage.self).copied()
    replace(with: copy)
    return copy
  }

  /// Puts an object into the slot, releasing the one that was there.
  func replace(with object: AnyObject) {
    let old = pointee
    pointee = .owned(object)
    old.release()
  }
}

extension ArrayObject: SharedStorage {
  func copied() -> ArrayObject { copy() }
}
