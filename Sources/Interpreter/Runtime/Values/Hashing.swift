// Hashing feeds the hasher what the native type of the same name feeds it, so that sets and
// dictionaries are iterated in the order of compiled code when hashing is deterministic.

extension Machine {
  public func hash(
    _ type: RuntimeType, _ slots: UnsafePointer<Slot>, into hasher: inout Hasher
  ) throws {
    switch type.kind {
    case .int: hasher.combine(slots[0].int)
    case .fixedInteger(let width): width.hash(slots[0], into: &hasher)
    case .double: hasher.combine(slots[0].double)
    case .float: hasher.combine(slots[0].float)
    case .bool: hasher.combine(slots[0].bool)
    case .string, .character: hasher.combine(slots[0].object(as: StringObject.self).value)
    case .substring: hasher.combine(slots[0].object(as: NativeBox<Substring>.self).value)
    case .array, .slice:
      let window = ArrayWindow(type, slots)
      hasher.combine(window.count)
      for i in 0..<window.count { try hash(type.arguments[0], window[i], into: &hasher) }
    case .set: hasher.combine(slots[0].object(as: SetObject.self).storage)
    case .dictionary: try hashDictionary(slots[0].object(), into: &hasher)
    case .optional:
      let wrapped = type.arguments[0]
      if wrapped.isNone(slots) {
        hasher.combine(0 as UInt8)
      } else {
        hasher.combine(1 as UInt8)
        try hash(wrapped, slots + wrapped.payloadOffset, into: &hasher)
      }
    case .range, .closedRange:
      let bound = type.arguments[0]
      try hash(bound, slots, into: &hasher)
      try hash(bound, slots + bound.layout.count, into: &hasher)
    case .tuple: try hashFields(type, slots, into: &hasher)
    case .structure:
      if let witness = type.witnesses[.hash] {
        return try callHash(witness, type, slots, into: &hasher)
      }
      try hashFields(type, slots, into: &hasher)
    case .enumeration: try hashEnumeration(type, slots, into: &hasher)
    case .instance:
      if let witness = type.witnesses[.hash] {
        return try callHash(witness, type, slots, into: &hasher)
      }
      hasher.combine(slots[0])
    case .nativeObject(let native), .nativeValue(let native):
      if let hash = native.hash { hash(slots, &hasher) } else { hasher.combine(slots[0]) }
    case .existential:
      let value = slots[0].object(as: ExistentialObject.self)
      try hash(value.type, value.slots, into: &hasher)
    case .metatype, .partialRange, .pairs, .function, .unknown: hasher.combine(0)
    }
  }

  private func hashFields(
    _ type: RuntimeType, _ slots: UnsafePointer<Slot>, into hasher: inout Hasher
  ) throws {
    for field in type.fields { try hash(field.type, slots + field.slot, into: &hasher) }
  }

  private func hashEnumeration(
    _ type: RuntimeType, _ slots: UnsafePointer<Slot>, into hasher: inout Hasher
  ) throws {
    if let witness = type.witnesses[.hash] {
      return try callHash(witness, type, slots, into: &hasher)
    }
    if try hashRawValue(type, slots[0].int, into: &hasher) { return }
    hasher.combine(slots[0].int)
    let payload = type.cases[slots[0].int].payload
    if payload.isEmpty { return }
    var slot = slots[1].object(as: PayloadObject.self).slots
    for element in payload {
      try hash(element.type, slot, into: &hasher)
      slot += element.type.layout.count
    }
  }

  /// An enum with raw values is hashed by them, not by its case.
  private func hashRawValue(
    _ type: RuntimeType, _ tag: Int, into hasher: inout Hasher
  ) throws -> Bool {
    guard let declaration = type.type.nominal, let rawType = declaration.rawType else {
      return false
    }
    switch declaration.cases[tag].rawValue?.kind {
    case .string(let text): hasher.combine(text)
    case .double(let number):
      var slot: Slot =
        if case .float = runtimeType(rawType).kind { .float(Float(number)) } else {
          .double(number)
        }
      try hash(runtimeType(rawType), &slot, into: &hasher)
    case .integer(let number):
      var slot = Slot.int(number)
      try hash(runtimeType(rawType), &slot, into: &hasher)
    default: return false
    }
    return true
  }

  /// Entries in any order must give the same, so each is hashed alone.
  private func hashDictionary(
    _ dictionary: DictionaryObject, into hasher: inout Hasher
  ) throws {
    var sum = 0
    let value = ValueBuffer(dictionary.valueType)
    for (key, stored) in dictionary.storage {
      var entry = hasher
      key.hash(into: &entry)
      stored.copy(to: value.slots, dictionary.valueType)
      try hash(dictionary.valueType, value.slots, into: &entry)
      value.clear()
      sum ^= entry.finalize()
    }
    hasher.combine(sum)
  }

  /// Calls a guest's `hash(into:)`. Its hasher is an object, so that what the guest combines arrives
  /// here.
  private func callHash(
    _ witness: Int, _ type: RuntimeType, _ slots: UnsafePointer<Slot>, into hasher: inout Hasher
  ) throws {
    let object = HasherObject(hasher)
    var arguments = Array(UnsafeBufferPointer(start: slots, count: type.layout.count))
    arguments.append(.owned(object))
    var result: Slot = 0
    try call(
      ClosureObject(function: witness, captures: .empty), updating: &arguments, result: &result)
    arguments[arguments.count - 1].release()
    hasher = object.hasher
  }
}

/// A `Hasher` of guest code.
final class HasherObject {
  var hasher: Hasher

  init(_ hasher: Hasher) { self.hasher = hasher }
}

extension FixedWidth {
  var isSigned: Bool {
    switch self {
    case .int8, .int16, .int32, .int64: true
    case .uint8, .uint16, .uint32, .uint64, .uint: false
    }
  }

  func hash(_ slot: Slot, into hasher: inout Hasher) {
    switch self {
    case .int8, .uint8: hasher.combine(UInt8(truncatingIfNeeded: slot))
    case .int16, .uint16: hasher.combine(UInt16(truncatingIfNeeded: slot))
    case .int32, .uint32: hasher.combine(UInt32(truncatingIfNeeded: slot))
    case .int64, .uint64, .uint: hasher.combine(slot)
    }
  }
}
