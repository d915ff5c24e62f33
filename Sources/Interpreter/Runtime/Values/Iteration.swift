extension Machine {
  /// What a `for` loop runs on: an iterator over any value that is a sequence.
  func makeIterator(
    _ type: RuntimeType, _ slots: UnsafeMutablePointer<Slot>
  ) throws -> GuestIterator {
    switch type.kind {
    case .array, .slice, .pairs: return WindowIterator(ArrayWindow(type, slots))
    case .range where type.arguments[0].isInteger:
      return CountingIterator(from: slots[0].int, below: slots[1].int)
    case .closedRange where type.arguments[0].isInteger:
      return CountingIterator(from: slots[0].int, through: slots[1].int)
    case .dictionary: return DictionaryIterator(slots[0].object())
    case .set: return KeyIterator(slots[0].object(as: SetObject.self).storage.makeIterator())
    case .string: return CharacterIterator(slots[0].object(as: StringObject.self).value)
    case .substring:
      return CharacterIterator(slots[0].object(as: NativeBox<Substring>.self).value)
    default: break
    }
    guard let make = type.type.nominal?.native?.makeIterator else {
      throw Trap("values of type \(type.name) cannot be iterated over")
    }
    var call = NativeCall(slots: slots, resultBase: 0, types: type.arguments, machine: self)
    return try make(&call)
  }

  /// Runs over a collection of the standard library whose iteration cannot fail. The slots that the
  /// body sees are borrowed.
  func forEachElement(
    of type: RuntimeType, _ slots: UnsafePointer<Slot>,
    _ body: (UnsafeMutablePointer<Slot>) -> Void
  ) {
    if case .array = type.kind { return forEach(ArrayWindow(type, slots), body) }
    if case .slice = type.kind { return forEach(ArrayWindow(type, slots), body) }
    _ = try? forEach(type, UnsafeMutablePointer(mutating: slots)) {
      body($0)
      return true
    }
  }

  private func forEach(_ window: ArrayWindow, _ body: (UnsafeMutablePointer<Slot>) -> Void) {
    for i in 0..<window.count { body(window[i]) }
  }

  /// Runs over any sequence until the body says false. The slots that it sees are borrowed.
  func forEach(
    _ type: RuntimeType, _ slots: UnsafeMutablePointer<Slot>,
    _ body: (UnsafeMutablePointer<Slot>) throws -> Bool
  ) throws {
    switch type.kind {
    case .array, .slice, .pairs:
      // Holding the array makes a body that changes the variable change a copy.
      let window = ArrayWindow(type, slots)
      try withExtendedLifetime(Unmanaged.passRetained(window.array)) { held in
        defer { held.release() }
        for i in 0..<window.count where try !body(window[i]) { return }
      }
    case .range where type.arguments[0].isInteger:
      var i = slots[0].int
      let end = slots[1].int
      while i < end {
        var element = Slot.int(i)
        if try !body(&element) { return }
        i += 1
      }
    default:
      let iterator = try makeIterator(type, slots)
      let element = ValueBuffer(try elementType(of: type))
      while try iterator.next(element.slots) {
        defer { element.clear() }
        if try !body(element.slots) { return }
      }
    }
  }

  /// What iteration over values of a type yields.
  func elementType(of type: RuntimeType) throws -> RuntimeType {
    if let known = type.iterationElement { return known }
    guard case .nominal(let declaration, let arguments) = type.type,
      let element = declaration.elementType
    else { throw Trap("values of type \(type.name) cannot be iterated over") }
    let concrete = Dictionary(uniqueKeysWithValues: zip(declaration.genericParameters, arguments))
    let result = runtimeType(element.substituting(concrete))
    type.iterationElement = result
    return result
  }
}

extension RuntimeType {
  /// Int, or another type of whole numbers.
  var isInteger: Bool {
    switch kind {
    case .int, .fixedInteger: true
    default: false
    }
  }
}

/// Over an array or a part of it. Keeps the array, so that writing to the variable makes a copy.
final class WindowIterator: GuestIterator {
  private let array: ArrayObject
  private var next: Int
  private let end: Int

  init(_ window: ArrayWindow) {
    array = window.array
    next = window.bounds.lowerBound
    end = window.bounds.upperBound
  }

  override func next(_ slots: UnsafeMutablePointer<Slot>) -> Bool {
    if next == end { return false }
    let element = array[next]
    array.element.retain(element)
    slots.update(from: element, count: array.stride)
    next += 1
    return true
  }
}

/// Over a range of whole numbers.
final class CountingIterator: GuestIterator {
  private var value: Int
  private let last: Int
  private var isDone: Bool

  init(from first: Int, below end: Int) {
    value = first
    last = end &- 1
    isDone = first >= end
  }

  init(from first: Int, through last: Int) {
    value = first
    self.last = last
    isDone = first > last
  }

  override func next(_ slots: UnsafeMutablePointer<Slot>) -> Bool {
    if isDone { return false }
    slots[0] = .int(value)
    if value == last { isDone = true } else { value += 1 }
    return true
  }
}

final class DictionaryIterator: GuestIterator {
  private var entries: Dictionary<HashKey, StoredValue>.Iterator
  private let keyCount: Int
  private let valueType: RuntimeType

  init(_ dictionary: DictionaryObject) {
    entries = dictionary.storage.makeIterator()
    keyCount = dictionary.keyType.layout.count
    valueType = dictionary.valueType
  }

  override func next(_ slots: UnsafeMutablePointer<Slot>) -> Bool {
    guard let (key, value) = entries.next() else { return false }
    key.copy(to: slots)
    value.copy(to: slots + keyCount, valueType)
    return true
  }
}

/// Over the elements of a set.
final class KeyIterator: GuestIterator {
  private var keys: Set<HashKey>.Iterator

  init(_ keys: Set<HashKey>.Iterator) { self.keys = keys }

  override func next(_ slots: UnsafeMutablePointer<Slot>) -> Bool {
    guard let key = keys.next() else { return false }
    key.copy(to: slots)
    return true
  }
}

/// Over the characters of a String or Substring.
final class CharacterIterator: GuestIterator {
  private var characters: Substring.Iterator

  init(_ text: String) { characters = text[...].makeIterator() }
  init(_ text: Substring) { characters = text.makeIterator() }

  override func next(_ slots: UnsafeMutablePointer<Slot>) -> Bool {
    guard let character = characters.next() else { return false }
    slots[0] = .owned(StringObject(String(character)))
    return true
  }
}

/// An iterator over what a native closure gives.
final class ClosureIterator: GuestIterator {
  private let step: (UnsafeMutablePointer<Slot>) throws -> Bool

  init(_ step: @escaping (UnsafeMutablePointer<Slot>) throws -> Bool) { self.step = step }

  override func next(_ slots: UnsafeMutablePointer<Slot>) throws -> Bool { try step(slots) }
}
