extension StandardLibrary {
  static func declareDictionary(in module: NativeModule) {
    declareDictionaryInitializers(in: module)
    declareDictionaryAccess(in: module)
    declareDictionaryMutation(in: module)
    declareDictionaryTransformations(in: module)
  }

  private static func declareDictionaryInitializers(in module: NativeModule) {
    let owner = "Dictionary"
    module.declare("init()", in: owner) { $0.returnDictionary([:]) }
    module.declare("init(minimumCapacity: Int)", in: owner) { call in
      call.returnDictionary(Dictionary(minimumCapacity: max(call.int(0), 0)))
    }
    module.declare(
      "init<S: Sequence<(Key, Value)>>(uniqueKeysWithValues keysAndValues: S)", in: owner
    ) { call in
      let pairs = try call.machine.elements(of: call.types[2], call.slots)
      try fill(call, pairs.count, from: pairs) { key, _ in
        let text = describe(key, call)
        throw Trap("Duplicate values for key: '\(text)'")
      }
    }
    module.declare(
      "init<S: Sequence<(Key, Value)>>(_ keysAndValues: S, "
        + "uniquingKeysWith combine: (Value, Value) throws -> Value) rethrows",
      in: owner
    ) { call in
      let pairs = try call.machine.elements(of: call.types[2], call.slots)
      let combine = ValueCombination(call, call.types[2].layout.count, call.types[1])
      try fill(call, pairs.count, from: pairs) { _, values in try combine(values.0, values.1) }
    }
    module.declare(
      "init<S: Sequence>(grouping values: S, by keyForValue: (S.Element) throws -> Key) rethrows "
        + "where Value == [S.Element]",
      in: owner
    ) { call in
      let key = call.types[0]
      let values = call.types[2]
      let element = try call.machine.elementType(of: values)
      let keyForValue = Callback(
        call, values.layout.count, arguments: element.layout.count, result: key)
      var groups: [HashKey: ArrayObject] = [:]
      try call.machine.forEach(values, call.slots) {
        try keyForValue($0)
        let key = HashKey(key, keyForValue.result.slots, call.machine)
        if let group = groups[key] {
          group.append($0)
        } else {
          let group = ArrayObject(element: element.layout)
          group.append($0)
          groups[key] = group
        }
        return true
      }
      call.returnDictionary(groups.mapValues { .object($0) })
    }
  }

  private static func fill(
    _ call: NativeCall, _ capacity: Int, from pairs: ArrayObject,
    _ resolve: (HashKey, (StoredValue, StoredValue)) throws -> StoredValue
  ) throws {
    let (key, value) = (call.types[0], call.types[1])
    var storage = [HashKey: StoredValue](minimumCapacity: capacity)
    for i in 0..<pairs.count {
      let hashed = HashKey(key, pairs[i], call.machine)
      let new = StoredValue(value, pairs[i] + key.layout.count)
      if let old = storage[hashed] {
        storage[hashed] = try resolve(hashed, (old, new))
      } else {
        storage[hashed] = new
      }
    }
    try call.throwPendingError()
    call.returnDictionary(storage)
  }

  private static func describe(_ key: HashKey, _ call: NativeCall) -> String {
    let value = ValueBuffer(call.types[0])
    key.copy(to: value.slots)
    return call.machine.describe(call.types[0], value.slots)
  }

  private static func declareDictionaryAccess(in module: NativeModule) {
    let owner = "Dictionary"
    module.declare("var count: Int { get }", in: owner) { $0.returnInt($0.dictionary.count) }
    module.declare("var isEmpty: Bool { get }", in: owner) { $0.returnBool($0.dictionary.isEmpty) }
    module.declare("var capacity: Int { get }", in: owner) { $0.returnInt($0.dictionary.capacity) }
    module.declare("subscript(key: Key) -> Value? { get set }", in: owner) { call in
      let found = call.dictionary[call.key(at: 1)]
      try call.returnOptional(found)
    } set: { call in
      let value = call.types[1]
      let new = call.slots + 1 + call.types[0].layout.count
      let key = call.key(at: 1)
      let dictionary: DictionaryObject = call.slots.unique()
      if value.isNone(new) {
        dictionary.storage.removeValue(forKey: key)
      } else {
        dictionary.storage[key] = StoredValue(value, new + value.payloadOffset)
      }
      try call.throwPendingError()
    }
    module.declare(
      "subscript(key: Key, default defaultValue: @autoclosure () -> Value) -> Value { get set }",
      in: owner
    ) { call in
      let found = call.dictionary[call.key(at: 1)]
      try call.throwPendingError()
      if let found { return found.copy(to: call.result, call.types[1]) }
      let value = ValueBuffer(call.types[1])
      try call.machine.call(
        call.object(1 + call.types[0].layout.count), [], result: value.slots)
      value.move(to: call.result)
    } set: { call in
      let key = call.key(at: 1)
      let new = call.slots + 2 + call.types[0].layout.count
      call.slots.unique(DictionaryObject.self).storage[key] = StoredValue(call.types[1], new)
      try call.throwPendingError()
    }
    module.declare("var keys: [Key] { get }", in: owner) { call in
      let array = ArrayObject(element: call.types[0].layout, capacity: call.dictionary.count)
      let key = ValueBuffer(call.types[0])
      for entry in call.dictionary.keys {
        entry.copy(to: key.slots)
        array.append(key.slots)
        key.clear()
      }
      call.returnObject(array)
    }
    module.declare("var values: [Value] { get }", in: owner) { call in
      let array = ArrayObject(element: call.types[1].layout, capacity: call.dictionary.count)
      let value = ValueBuffer(call.types[1])
      for entry in call.dictionary.values {
        entry.copy(to: value.slots, value.type)
        array.append(value.slots)
        value.clear()
      }
      call.returnObject(array)
    }
    for (name, signature) in [
      ("first", "var first: (key: Key, value: Value)? { get }"),
      ("randomElement", "func randomElement() -> (key: Key, value: Value)?"),
    ] {
      module.declare(signature, in: owner) { call in
        let dictionary = call.dictionary
        call.returnEntry(name == "first" ? dictionary.first : dictionary.randomElement())
      }
    }
  }

  private static func declareDictionaryTransformations(in module: NativeModule) {
    let owner = "Dictionary"
    module.declare(
      "func filter(_ isIncluded: ((key: Key, value: Value)) throws -> Bool) rethrows "
        + "-> [Key: Value]",
      in: owner
    ) { call in
      let (key, value) = (call.types[0], call.types[1])
      let isIncluded = Callback(
        call, 1, arguments: key.layout.count + value.layout.count,
        result: call.machine.runtimeType(named: "Bool"))
      let (keys, values) = (ValueBuffer(key), ValueBuffer(value))
      let kept = try call.dictionary.filter { entry in
        entry.key.copy(to: keys.slots)
        entry.value.copy(to: values.slots, value)
        defer {
          keys.clear()
          values.clear()
        }
        try isIncluded(keys.slots, count: key.layout.count, values.slots)
        return isIncluded.result.slots[0].bool
      }
      call.returnDictionary(kept)
    }
    module.declare(
      "func mapValues<T>(_ transform: (Value) throws -> T) rethrows -> [Key: T]", in: owner
    ) { call in
      let (key, value, result) = (call.types[0], call.types[1], call.types[2])
      let transform = Callback(call, 1, arguments: value.layout.count, result: result)
      let values = ValueBuffer(value)
      let mapped = try call.dictionary.mapValues { stored in
        stored.copy(to: values.slots, value)
        defer { values.clear() }
        try transform(values.slots)
        return StoredValue(result, transform.result.slots)
      }
      call.returnObject(DictionaryObject(key, result, mapped))
    }
    module.declare(
      "func compactMapValues<T>(_ transform: (Value) throws -> T?) rethrows -> [Key: T]", in: owner
    ) { call in
      let (key, value, wrapped) = (call.types[0], call.types[1], call.types[2])
      let transform = Callback(
        call, 1, arguments: value.layout.count, result: call.machine.optional(wrapped))
      let values = ValueBuffer(value)
      let mapped = try call.dictionary.compactMapValues { stored -> StoredValue? in
        stored.copy(to: values.slots, value)
        defer { values.clear() }
        try transform(values.slots)
        let slots = transform.result.slots
        return wrapped.isNone(slots) ? nil : StoredValue(wrapped, slots + wrapped.payloadOffset)
      }
      call.returnObject(DictionaryObject(key, wrapped, mapped))
    }
  }
}

/// A guest function that makes one value of two.
struct ValueCombination {
  private let callback: Callback
  private let first, second: ValueBuffer

  init(_ call: NativeCall, _ index: Int, _ value: RuntimeType) {
    callback = Callback(call, index, arguments: 2 * value.layout.count, result: value)
    first = ValueBuffer(value)
    second = ValueBuffer(value)
  }

  func callAsFunction(_ a: StoredValue, _ b: StoredValue) throws -> StoredValue {
    a.copy(to: first.slots, first.type)
    b.copy(to: second.slots, second.type)
    defer {
      first.clear()
      second.clear()
    }
    try callback(first.slots, count: first.type.layout.count, second.slots)
    return StoredValue(first.type, callback.result.slots)
  }
}

extension NativeCall {
  /// The receiver's storage.
  var dictionary: [HashKey: StoredValue] { object(0, as: DictionaryObject.self).storage }

  func key(at index: Int) -> HashKey { HashKey(types[0], slots + index, machine) }

  func returnDictionary(_ storage: [HashKey: StoredValue]) {
    returnObject(DictionaryObject(types[0], types[1], storage))
  }

  /// A value of the dictionary, or nil.
  func returnOptional(_ value: StoredValue?) throws {
    try throwPendingError()
    guard let value else { return returnNone(types[1]) }
    value.copy(to: result + types[1].payloadOffset, types[1])
    if types[1].payloadOffset == 1 { result[0] = 1 }
  }

  func returnEntry(_ entry: (key: HashKey, value: StoredValue)?) {
    let (key, value) = (types[0], types[1])
    // A pair is an optional with a tag unless it is one reference.
    let type = machine.runtimeType(
      .tuple([Type.TupleElement("key", key.type), Type.TupleElement("value", value.type)]))
    guard let entry else { return returnNone(type) }
    entry.key.copy(to: result + type.payloadOffset)
    entry.value.copy(to: result + type.payloadOffset + key.layout.count, value)
    if type.payloadOffset == 1 { result[0] = 1 }
  }
}
