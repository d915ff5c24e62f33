extension StandardLibrary {
  static func declareString(in module: NativeModule) {
    declareStringInitializers(in: module)
    declareStringOperators(in: module)
    declareStringMutation(in: module)
  }

  private static func declareStringInitializers(in module: NativeModule) {
    module.declare("init()", in: "String") { $0.returnString("") }
    module.declare("init(_ value: String)", in: "String") { $0.returnString($0.string(0)) }
    module.declare("init(_ value: Character)", in: "String") { $0.returnString($0.string(0)) }
    module.declare("init(_ value: Substring)", in: "String") {
      $0.returnString(String($0.boxed(0, as: Substring.self)))
    }
    module.declare("init<T: LosslessStringConvertible>(_ value: T)", in: "String") { call in
      let text = call.machine.describe(call.types[0], call.slots)
      try call.throwPendingError()
      call.returnString(text)
    }
    module.declare("init<S: Sequence<Character>>(_ characters: S)", in: "String") { call in
      var text = ""
      try call.machine.forEach(call.types[0], call.slots) {
        text += $0[0].object(as: StringObject.self).value
        return true
      }
      call.returnString(text)
    }
    for (label, isDebug) in [("describing", false), ("reflecting", true)] {
      module.declare("init<T>(\(label) instance: T)", in: "String") { call in
        let text =
          isDebug
          ? call.machine.debugDescribe(call.types[0], call.slots)
          : call.machine.describe(call.types[0], call.slots)
        try call.throwPendingError()
        call.returnString(text)
      }
    }
    module.declare("init(repeating repeatedValue: String, count: Int)", in: "String") { call in
      if call.int(1) < 0 { throw Trap("Negative count not allowed") }
      call.returnString(String(repeating: call.string(0), count: call.int(1)))
    }
    module.declare("init(repeating repeatedValue: Character, count: Int)", in: "String") { call in
      if call.int(1) < 0 { throw Trap("Can't construct Array with count < 0") }
      call.returnString(String(repeating: call.string(0), count: call.int(1)))
    }
    module.declare(
      "init<T: BinaryInteger>(_ value: T, radix: Int = 10, uppercase: Bool = false)", in: "String"
    ) { call in
      let (radix, uppercase) = (call.int(1), call.bool(2))
      if !(2...36 ~= radix) { throw Trap("Radix must be between 2 and 36") }
      call.returnString(
        call.types[0].isSignedInteger
          ? String(call.int(0), radix: radix, uppercase: uppercase)
          : String(call.slots[0], radix: radix, uppercase: uppercase))
    }
  }

  private static func declareStringOperators(in module: NativeModule) {
    module.declare("static func + (lhs: String, rhs: String) -> String", in: "String") {
      $0.returnString($0.string(0) + $0.string(1))
    }
    module.declare("static func += (lhs: inout String, rhs: String)", in: "String") { call in
      call.append(call.string(1))
    }
    // Mixtures of strings and substrings, as `RangeReplaceableCollection` allows them.
    for (lhs, rhs) in [
      ("String", "Substring"), ("Substring", "String"), ("Substring", "Substring"),
    ] {
      let result = lhs
      module.declare("static func + (lhs: \(lhs), rhs: \(rhs)) -> \(result)", in: "String") {
        call in
        let text = call.text(0, of: lhs) + call.text(1, of: rhs)
        if result == "String" { call.returnString(text) } else { call.returnBoxed(text[...]) }
      }
    }
    module.declare("static func + (lhs: Substring, rhs: String) -> String", in: "String") {
      $0.returnString($0.text(0, of: "Substring") + $0.string(1))
    }
    module.declare("static func += (lhs: inout String, rhs: Substring)", in: "String") { call in
      call.append(call.text(1, of: "Substring"))
    }
    for (symbol, operation) in [
      ("==", { $0 == $1 }), ("!=", { $0 != $1 }), ("<", { $0 < $1 }), ("<=", { $0 <= $1 }),
      (">", { $0 > $1 }), (">=", { $0 >= $1 }),
    ] as [(String, (String, String) -> Bool)] {
      module.declare("static func \(symbol) (lhs: String, rhs: String) -> Bool", in: "String") {
        $0.returnBool(operation($0.string(0), $0.string(1)))
      }
      for (lhs, rhs) in [("String", "Substring"), ("Substring", "String")] {
        module.declare("static func \(symbol) (lhs: \(lhs), rhs: \(rhs)) -> Bool", in: "String") {
          $0.returnBool(operation($0.text(0, of: lhs), $0.text(1, of: rhs)))
        }
      }
    }
  }

  private static func declareStringMutation(in module: NativeModule) {
    module.declare("mutating func append(_ other: String)", in: "String") {
      $0.append($0.string(1))
    }
    module.declare("mutating func append(_ c: Character)", in: "String") {
      $0.append($0.string(1))
    }
    module.declare(
      "mutating func append<S: Sequence<Character>>(contentsOf newElements: S)", in: "String"
    ) { call in
      var text = ""
      try call.machine.forEach(call.types[0], call.slots + 1) {
        text += $0[0].object(as: StringObject.self).value
        return true
      }
      call.append(text)
    }
    module.declare("mutating func write(_ other: String)", in: "String") { $0.append($0.string(1)) }
    module.declare("mutating func reserveCapacity(_ n: Int)", in: "String") { _ in }
    module.declare(
      "mutating func removeAll(keepingCapacity keepCapacity: Bool = false)", in: "String"
    ) { $0.slots.replace(with: StringObject("")) }
    module.declare(
      "mutating func removeAll(where shouldBeRemoved: (Character) throws -> Bool) rethrows",
      in: "String"
    ) { call in
      let shouldBeRemoved = Callback(
        call, 1, arguments: 1, result: call.machine.runtimeType(named: "Bool"))
      var text = call.string(0)
      try text.removeAll { character in
        var slot = Slot.owned(StringObject(String(character)))
        defer { slot.release() }
        return try shouldBeRemoved.isTrue(&slot)
      }
      call.slots.replace(with: StringObject(text))
    }
    for (name, mayBeEmpty) in [("popLast", true), ("removeLast", false), ("removeFirst", false)] {
      let signature =
        mayBeEmpty
        ? "mutating func \(name)() -> Character?"
        : "@discardableResult mutating func \(name)() -> Character"
      module.declare(signature, in: "String") { call in
        var text = call.string(0)
        if text.isEmpty {
          if mayBeEmpty { return call.result[0] = 0 }
          throw Trap(
            "Can't remove \(name == "removeLast" ? "last" : "first") element from an empty collection"
          )
        }
        let removed = name == "removeFirst" ? text.removeFirst() : text.removeLast()
        call.slots.replace(with: StringObject(text))
        call.returnString(String(removed))
      }
    }
    for (name, isFirst) in [("removeFirst", true), ("removeLast", false)] {
      module.declare("mutating func \(name)(_ k: Int)", in: "String") { call in
        var text = call.string(0)
        let k = call.int(1)
        if k < 0 { throw Trap("Number of elements to remove should be non-negative") }
        if k > text.count {
          throw Trap("Can't remove more items from a collection than it contains")
        }
        if isFirst { text.removeFirst(k) } else { text.removeLast(k) }
        call.slots.replace(with: StringObject(text))
      }
    }
  }
}

extension NativeCall {
  /// A String, Character or Substring.
  func text(_ index: Int, of type: String) -> String {
    type == "Substring" ? String(boxed(index, as: Substring.self)) : string(index)
  }

  /// Appends to the string in the first slot.
  ///
  /// Strings that nobody else refers to grow in place, so that building one piece by piece takes
  /// linear time.
  func append(_ text: String) {
    let reference = UnsafeMutableRawPointer(slots).assumingMemoryBound(to: StringObject.self)
    if isKnownUniquelyReferenced(&reference.pointee) {
      reference.pointee.append(text)
    } else {
      slots.replace(with: StringObject(string(0) + text))
    }
  }
}
