/// A value in a native dictionary: unboxed if it is one slot.
enum StoredValue {
  case word(Slot)
  case object(AnyObject?)
  case several(ExistentialObject)

  /// Takes references of its own.
  init(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) {
    if type.layout.count == 1 {
      self =
        type.layout.isReference[0]
        ? .object(slots[0] == 0 ? nil : slots[0].object()) : .word(slots[0])
    } else {
      self = .several(ExistentialObject(type, copying: slots))
    }
  }

  /// Writes the value (+1).
  func copy(to place: UnsafeMutablePointer<Slot>, _ type: RuntimeType) {
    switch self {
    case .word(let slot): place[0] = slot
    case .object(let object): place[0] = object.map { .owned($0) } ?? 0
    case .several(let value): type.copy(value.slots, to: place)
    }
  }
}

/// The storage of a guest Dictionary: a native one, so that order and growth are Swift's own.
final class DictionaryObject: SharedStorage {
  var storage: [HashKey: StoredValue]
  let keyType: RuntimeType
  let valueType: RuntimeType

  init(
    _ keyType: RuntimeType, _ valueType: RuntimeType, _ storage: [HashKey: StoredValue] = [:]
  ) {
    self.keyType = keyType
    self.valueType = valueType
    self.storage = storage
  }

  func copied() -> DictionaryObject { DictionaryObject(keyType, valueType, storage) }
}

/// The storage of a guest Set.
final class SetObject: SharedStorage {
  var storage: Set<HashKey>
  let elementType: RuntimeType

  init(_ elementType: RuntimeType, _ storage: Set<HashKey> = []) {
    self.elementType = elementType
    self.storage = storage
  }

  func copied() -> SetObject { SetObject(elementType, storage) }
}

/// The elements of an Array or ArraySlice that stands in slots.
///
/// An ArraySlice is three slots: the array, the first index, the index after the last.
struct ArrayWindow {
  let array: ArrayObject
  let bounds: Range<Int>

  init(_ array: ArrayObject, _ bounds: Range<Int>) {
    self.array = array
    self.bounds = bounds
  }

  init(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) {
    array = slots[0].object()
    if case .slice = type.kind {
      bounds = slots[1].int..<slots[2].int
    } else {
      bounds = 0..<array.count
    }
  }

  var count: Int { bounds.count }
  var start: UnsafeMutablePointer<Slot> { array[bounds.lowerBound] }

  /// The slots of an element, counted from the start of the window.
  subscript(i: Int) -> UnsafeMutablePointer<Slot> { array[bounds.lowerBound + i] }
}
