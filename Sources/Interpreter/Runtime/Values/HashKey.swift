/// A guest value as a native Set or Dictionary holds it.
///
/// Equal and hashed as the native value would be; the frequent kinds of keys are kept unboxed.
enum HashKey {
  case integer(Int)
  case string(StringObject)
  case value(KeyObject)

  /// Takes references of its own.
  init(_ type: RuntimeType, _ slots: UnsafePointer<Slot>, _ machine: Machine) {
    switch type.kind {
    case .int: self = .integer(slots[0].int)
    case .string, .character: self = .string(slots[0].object())
    default: self = .value(KeyObject(type, slots, machine))
    }
  }

  /// Writes the value (+1).
  func copy(to place: UnsafeMutablePointer<Slot>) {
    switch self {
    case .integer(let value): place[0] = .int(value)
    case .string(let object): place[0] = .owned(object)
    case .value(let key): key.value.type.copy(key.value.slots, to: place)
    }
  }
}

extension HashKey: Hashable {
  static func == (a: HashKey, b: HashKey) -> Bool {
    switch (a, b) {
    case (.integer(let x), .integer(let y)): x == y
    case (.string(let x), .string(let y)): x === y || x.value == y.value
    case (.value(let x), .value(let y)): x.isEqual(to: y)
    default: false
    }
  }

  func hash(into hasher: inout Hasher) {
    switch self {
    case .integer(let value): hasher.combine(value)
    case .string(let object): hasher.combine(object.value)
    case .value(let key): key.hash(into: &hasher)
    }
  }

  /// What native collections call; numbers have a shorter way than a hasher of their own.
  func _rawHashValue(seed: Int) -> Int {
    switch self {
    case .integer(let value): return value._rawHashValue(seed: seed)
    case .string(let object): return object.value._rawHashValue(seed: seed)
    case .value(let key): return key.rawHashValue(seed: seed)
    }
  }
}

/// A key of any other type. Errors of the guest's own `==` and `hash(into:)` wait in the machine.
final class KeyObject {
  let value: ExistentialObject
  unowned(unsafe) let machine: Machine

  init(_ type: RuntimeType, _ slots: UnsafePointer<Slot>, _ machine: Machine) {
    value = ExistentialObject(type, copying: slots)
    self.machine = machine
  }

  func isEqual(to other: KeyObject) -> Bool {
    do {
      return try machine.equals(value.type, value.slots, other.value.slots)
    } catch {
      machine.pendingError = machine.pendingError ?? error
      return true
    }
  }

  func hash(into hasher: inout Hasher) {
    do {
      try machine.hash(value.type, value.slots, into: &hasher)
    } catch {
      machine.pendingError = machine.pendingError ?? error
    }
  }

  /// Floating-point numbers, Bool and small integers do not feed a hasher when they are hashed alone;
  /// wrapping them in one gives the same bits only because the standard library promises it.
  func rawHashValue(seed: Int) -> Int {
    let slot = value.slots[0]
    switch value.type.kind {
    case .double: return slot.double._rawHashValue(seed: seed)
    case .float: return slot.float._rawHashValue(seed: seed)
    case .bool: return slot.bool._rawHashValue(seed: seed)
    case .fixedInteger(.int8), .fixedInteger(.uint8):
      return UInt8(truncatingIfNeeded: slot)._rawHashValue(seed: seed)
    case .fixedInteger(.int16), .fixedInteger(.uint16):
      return UInt16(truncatingIfNeeded: slot)._rawHashValue(seed: seed)
    case .fixedInteger(.int32), .fixedInteger(.uint32):
      return UInt32(truncatingIfNeeded: slot)._rawHashValue(seed: seed)
    case .fixedInteger: return slot._rawHashValue(seed: seed)
    default: return HashedByHasher(key: self)._rawHashValue(seed: seed)
    }
  }

  /// Has the standard library's own way from a seed to a hasher.
  private struct HashedByHasher: Hashable {
    let key: KeyObject
    static func == (a: Self, b: Self) -> Bool { a.key.isEqual(to: b.key) }
    func hash(into hasher: inout Hasher) { key.hash(into: &hasher) }
  }
}
