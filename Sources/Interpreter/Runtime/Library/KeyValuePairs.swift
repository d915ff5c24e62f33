// A literal `[key: value]` in its order, keys as often as they are written: an array of pairs.

extension StandardLibrary {
  static func declareKeyValuePairs(in module: NativeModule) {
    let owner = "KeyValuePairs"
    module.declare("init(dictionaryLiteral elements: (Key, Value)...)", in: owner) { call in
      call.returnObject(call.array(0))
    }
    module.declare("var count: Int { get }", in: owner) { $0.returnInt($0.array(0).count) }
    module.declare("var isEmpty: Bool { get }", in: owner) { $0.returnBool($0.array(0).count == 0) }
    module.declare("var startIndex: Int { get }", in: owner) { $0.returnInt(0) }
    module.declare("var endIndex: Int { get }", in: owner) { $0.returnInt($0.array(0).count) }
    module.declare("var indices: Range<Int> { get }", in: owner) { call in
      let count = call.array(0).count
      (call.slots[0], call.slots[1]) = (.int(0), .int(count))
    }
    module.declare("subscript(index: Int) -> (key: Key, value: Value) { get }", in: owner) { call in
      let (pairs, i) = (call.array(0), call.int(1))
      guard i >= 0 && i < pairs.count else { throw Trap("Index out of range") }
      pairs.element.retain(pairs[i])
      call.slots.update(from: pairs[i], count: pairs.stride)
    }
  }
}
