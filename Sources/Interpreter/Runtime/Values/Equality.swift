extension Machine {
  /// `==`: by the guest's own function where there is one, part by part otherwise.
  public func equals(
    _ type: RuntimeType, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>
  ) throws -> Bool {
    switch type.kind {
    case .int, .fixedInteger, .bool: return a[0] == b[0]
    case .double: return a[0].double == b[0].double
    case .float: return a[0].float == b[0].float
    case .string, .character:
      return a[0] == b[0]
        || a[0].object(as: StringObject.self).value == b[0].object(as: StringObject.self).value
    case .substring:
      return a[0].object(as: NativeBox<Substring>.self).value
        == b[0].object(as: NativeBox<Substring>.self).value
    case .array, .slice: return try elementsEqual(type, a, b)
    case .dictionary:
      return try dictionariesEqual(
        a[0].object(as: DictionaryObject.self), b[0].object(as: DictionaryObject.self))
    case .set:
      return a[0].object(as: SetObject.self).storage == b[0].object(as: SetObject.self).storage
    case .optional:
      let wrapped = type.arguments[0]
      if wrapped.isNone(a) || wrapped.isNone(b) { return wrapped.isNone(a) && wrapped.isNone(b) }
      return try equals(wrapped, a + wrapped.payloadOffset, b + wrapped.payloadOffset)
    case .range, .closedRange:
      let bound = type.arguments[0]
      let upper = bound.layout.count
      return try equals(bound, a, b) && equals(bound, a + upper, b + upper)
    case .tuple: return try fieldsEqual(type, a, b)
    case .structure:
      if let witness = type.witnesses[.equals] { return try callEquals(witness, type, a, b) }
      return try fieldsEqual(type, a, b)
    case .enumeration:
      if let witness = type.witnesses[.equals] { return try callEquals(witness, type, a, b) }
      return try enumerationsEqual(type, a, b)
    case .instance:
      if let witness = type.witnesses[.equals] { return try callEquals(witness, type, a, b) }
      return a[0] == b[0]
    case .nativeObject(let native):
      return native.equals?(a, b) ?? (a[0] == b[0])
    case .nativeValue(let native):
      return native.equals?(a, b) ?? (a[0] == b[0])
    case .existential:
      let (a, b) = (
        a[0].object(as: ExistentialObject.self), b[0].object(as: ExistentialObject.self)
      )
      return try a.type === b.type && equals(a.type, a.slots, b.slots)
    case .metatype: return true
    case .partialRange, .pairs, .function, .unknown: return a[0] == b[0]
    }
  }

  private func fieldsEqual(
    _ type: RuntimeType, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>
  ) throws -> Bool {
    for field in type.fields where try !equals(field.type, a + field.slot, b + field.slot) {
      return false
    }
    return true
  }

  private func enumerationsEqual(
    _ type: RuntimeType, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>
  ) throws -> Bool {
    if a[0] != b[0] { return false }
    let enumCase = type.cases[a[0].int]
    if enumCase.payload.isEmpty || a[1] == b[1] && enumCase.payload.allSatisfy(\.type.isReflexive) {
      return true
    }
    var slot = 0
    let (x, y) = (a[1].object(as: PayloadObject.self), b[1].object(as: PayloadObject.self))
    for element in enumCase.payload {
      if try !equals(element.type, x.slots + slot, y.slots + slot) { return false }
      slot += element.type.layout.count
    }
    return true
  }

  private func elementsEqual(
    _ type: RuntimeType, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>
  ) throws -> Bool {
    let element = type.arguments[0]
    let (x, y) = (ArrayWindow(type, a), ArrayWindow(type, b))
    if x.count != y.count { return false }
    if x.start == y.start && element.isReflexive { return true }
    for i in 0..<x.count where try !equals(element, x[i], y[i]) { return false }
    return true
  }

  private func dictionariesEqual(_ a: DictionaryObject, _ b: DictionaryObject) throws -> Bool {
    if a.storage.count != b.storage.count { return false }
    let (x, y) = (ValueBuffer(a.valueType), ValueBuffer(a.valueType))
    for (key, value) in a.storage {
      guard let other = b.storage[key] else { return false }
      value.copy(to: x.slots, a.valueType)
      other.copy(to: y.slots, a.valueType)
      defer {
        x.clear()
        y.clear()
      }
      if try !equals(a.valueType, x.slots, y.slots) { return false }
    }
    return true
  }

  private func callEquals(
    _ witness: Int, _ type: RuntimeType, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>
  ) throws -> Bool {
    var result: Slot = 0
    let count = type.layout.count
    try callFunction(
      witness,
      Array(UnsafeBufferPointer(start: a, count: count))
        + Array(UnsafeBufferPointer(start: b, count: count)),
      result: &result)
    return result.bool
  }
}

extension RuntimeType {
  /// Whether a value always equals itself, so that the same storage means equal contents. NaN and
  /// guest code may say otherwise.
  var isReflexive: Bool {
    switch kind {
    case .int, .fixedInteger, .bool, .string, .character, .substring: true
    default: false
    }
  }
}
