extension Library {
  /// What makes a Set or a Dictionary of a literal's elements, which come as an array (of pairs).
  static func literalFunction(_ type: Type) -> NativeFunction {
    type.nominal?.name == "Set" ? makeSet : makeDictionary
  }

  private static func makeSet(_ call: inout NativeCall) throws {
    let elements = call.array(0)
    // The capacity of native literals, because it decides about the order.
    let result = SetObject(call.types[0], Set(minimumCapacity: elements.count))
    for i in 0..<elements.count {
      result.storage.insert(HashKey(call.types[0], elements[i], call.machine))
    }
    try call.throwPendingError()
    call.returnObject(result)
  }

  private static func makeDictionary(_ call: inout NativeCall) throws {
    let pairs = call.array(0)
    let (keyType, valueType) = (call.types[0], call.types[1])
    let result = DictionaryObject(
      keyType, valueType, Dictionary(minimumCapacity: pairs.count))
    for i in 0..<pairs.count {
      let key = HashKey(keyType, pairs[i], call.machine)
      let value = StoredValue(valueType, pairs[i] + keyType.layout.count)
      if result.storage.updateValue(value, forKey: key) != nil {
        throw Trap("Dictionary literal contains duplicate keys")
      }
    }
    try call.throwPendingError()
    call.returnObject(result)
  }
}
