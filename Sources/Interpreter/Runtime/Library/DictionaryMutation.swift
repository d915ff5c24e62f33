extension StandardLibrary {
  static func declareDictionaryMutation(in module: NativeModule) {
    let owner = "Dictionary"
    module.declare(
      "@discardableResult mutating func updateValue(_ value: Value, forKey key: Key) -> Value?",
      in: owner
    ) { call in
      let value = call.types[1]
      let key = call.key(at: 1 + value.layout.count)
      let dictionary: DictionaryObject = call.slots.unique()
      let old = dictionary.storage.updateValue(StoredValue(value, call.slots + 1), forKey: key)
      try call.returnOptional(old)
    }
    module.declare(
      "@discardableResult mutating func removeValue(forKey key: Key) -> Value?", in: owner
    ) { call in
      let key = call.key(at: 1)
      let dictionary: DictionaryObject = call.slots.unique()
      try call.returnOptional(dictionary.storage.removeValue(forKey: key))
    }
    module.declare(
      "mutating func removeAll(keepingCapacity keepCapacity: Bool = false)", in: owner
    ) { call in
      let dictionary: DictionaryObject = call.slots.unique()
      dictionary.storage.removeAll(keepingCapacity: call.bool(1))
    }
    module.declare("mutating func popFirst() -> (key: Key, value: Value)?", in: owner) { call in
      let dictionary: DictionaryObject = call.slots.unique()
      call.returnEntry(dictionary.storage.popFirst())
    }
    module.declare("mutating func reserveCapacity(_ minimumCapacity: Int)", in: owner) { call in
      call.slots.unique(DictionaryObject.self).storage.reserveCapacity(call.int(1))
    }
    for (other, generics) in [("[Key: Value]", ""), ("S", "<S: Sequence<(Key, Value)>>")] {
      let isDictionary = generics.isEmpty
      func merged(_ call: NativeCall) throws -> [HashKey: StoredValue] {
        let slots = isDictionary ? 1 : call.types[2].layout.count
        let combine = ValueCombination(call, 1 + slots, call.types[1])
        if isDictionary {
          let other = call.object(1, as: DictionaryObject.self).storage
          return try call.dictionary.merging(other) { try combine($0, $1) }
        }
        var result = call.dictionary
        let (key, value) = (call.types[0], call.types[1])
        try call.machine.forEach(call.types[2], call.slots + 1) { pair in
          let new = StoredValue(value, pair + key.layout.count)
          let hashed = HashKey(key, pair, call.machine)
          if let old = result[hashed] {
            result[hashed] = try combine(old, new)
          } else {
            result[hashed] = new
          }
          return true
        }
        return result
      }
      let parameters =
        "(_ other: \(other), uniquingKeysWith combine: (Value, Value) throws -> Value) rethrows"
      module.declare("mutating func merge\(generics)\(parameters)", in: owner) { call in
        let storage = try merged(call)
        call.slots.replace(with: DictionaryObject(call.types[0], call.types[1], storage))
      }
      module.declare("func merging\(generics)\(parameters) -> [Key: Value]", in: owner) { call in
        call.returnDictionary(try merged(call))
      }
    }
  }
}
