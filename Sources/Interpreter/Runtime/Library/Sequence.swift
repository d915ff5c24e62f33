// Members of every sequence: `Self` and `Element` come first among the generic arguments (see
// `SequenceReceiver`). Functions that Swift computes lazily (`enumerated`, `reversed`, `zip`) give
// arrays.

extension StandardLibrary {
  static func declareSequenceMembers(in module: NativeModule) {
    declareTransformations(in: module)
    declareReductions(in: module)
    declareParts(in: module)
    declareJoining(in: module)
  }

  private static func declareTransformations(in module: NativeModule) {
    module.declare(
      "func map<T>(_ transform: (Element) throws -> T) rethrows -> [T]", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let transform = sequence.callback(result: sequence.type(0))
      let array = sequence.newArray(of: sequence.type(0), capacity: sequence.knownCount)
      try sequence.forEach { element in
        try transform(element)
        array.append(transform.result.slots)
        return true
      }
      call.returnObject(array)
    }
    module.declare(
      "func compactMap<T>(_ transform: (Element) throws -> T?) rethrows -> [T]", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let wrapped = sequence.type(0)
      let transform = sequence.callback(result: call.machine.optional(wrapped))
      let array = sequence.newArray(of: wrapped)
      try sequence.forEach { element in
        try transform(element)
        if !wrapped.isNone(transform.result.slots) {
          array.append(transform.result.slots + wrapped.payloadOffset)
        }
        return true
      }
      call.returnObject(array)
    }
    module.declare(
      "func flatMap<S: Sequence>(_ transform: (Element) throws -> S) rethrows -> [S.Element]",
      in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let inner = sequence.type(0)
      let transform = sequence.callback(result: inner)
      let array = sequence.newArray(of: try call.machine.elementType(of: inner))
      try sequence.forEach { element in
        try transform(element)
        try call.machine.forEach(inner, transform.result.slots) {
          array.append($0)
          return true
        }
        return true
      }
      call.returnObject(array)
    }
    module.declare(
      "func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> [Element]", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let isIncluded = sequence.predicate()
      let array = sequence.newArray(of: sequence.element)
      try sequence.forEach { element in
        if try isIncluded.isTrue(element) { array.append(element) }
        return true
      }
      call.returnObject(array)
    }
    module.declare(
      "func forEach(_ body: (Element) throws -> Void) rethrows", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let body = sequence.callback(result: call.machine.runtimeType(.void))
      try sequence.forEach { element in
        try body(element)
        return true
      }
    }
    module.declare(
      "func enumerated() -> [(offset: Int, element: Element)]", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let count = sequence.element.layout.count
      let array = ArrayObject(
        element: Layout([false] + sequence.element.layout.isReference),
        capacity: sequence.knownCount)
      let pair = UnsafeMutablePointer<Slot>.allocate(capacity: count + 1)
      defer { pair.deallocate() }
      pair[0] = 0
      try sequence.forEach { element in
        (pair + 1).update(from: element, count: count)
        array.append(pair)
        pair[0] += 1
        return true
      }
      call.returnObject(array)
    }
    module.declare("func reversed() -> [Element]", in: "Sequence") { call in
      let elements = try SequenceReceiver(call).elements()
      let array = ArrayObject(element: elements.element, capacity: elements.count)
      for i in (0..<elements.count).reversed() { array.append(elements[i]) }
      call.returnObject(array)
    }
  }

  private static func declareReductions(in module: NativeModule) {
    module.declare(
      "func reduce<Result>(_ initialResult: Result, "
        + "_ nextPartialResult: (Result, Element) throws -> Result) rethrows -> Result",
      in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let result = sequence.type(0)
      let count = result.layout.count
      let next = Callback(
        call, sequence.count + count, arguments: count + sequence.element.layout.count,
        result: result)
      let partial = ValueBuffer(result)
      result.copy(call.slots + sequence.count, to: partial.slots)
      try sequence.forEach { element in
        try next(partial.slots, count: count, element)
        partial.clear()
        next.result.move(to: partial.slots)
        return true
      }
      partial.move(to: call.result)
    }
    module.declare(
      "func reduce<Result>(into initialResult: Result, "
        + "_ update: (inout Result, Element) throws -> Void) rethrows -> Result",
      in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let result = sequence.type(0)
      let count = result.layout.count
      let update = Callback(
        call, sequence.count + count, arguments: count + sequence.element.layout.count,
        result: call.machine.runtimeType(.void))
      let partial = ValueBuffer(result)
      result.copy(call.slots + sequence.count, to: partial.slots)
      try sequence.forEach { element in
        try update.update(partial.slots, count: count, element)
        return true
      }
      partial.move(to: call.result)
    }
  }

  private static func declareParts(in module: NativeModule) {
    for method in ["dropFirst", "dropLast", "prefix", "suffix"] {
      let byDefault = method.hasPrefix("drop") ? " = 1" : ""
      module.declare(
        "func \(method)(_ k: Int\(byDefault)) -> [Element]", in: "Sequence"
      ) { call in
        let sequence = SequenceReceiver(call)
        let k = try length(call.int(sequence.count), of: method)
        if method == "prefix" {
          // The sequence may have no end.
          let array = sequence.newArray(of: sequence.element)
          if k > 0 {
            try sequence.forEach { element in
              array.append(element)
              return array.count < k
            }
          }
          return call.returnObject(array)
        }
        let elements = try sequence.elements()
        call.returnObject(elements.slice(part(method, k, of: 0..<elements.count)))
      }
    }
    for (method, keepsFirst) in [("prefix", true), ("drop", false)] {
      module.declare(
        "func \(method)(while predicate: (Element) throws -> Bool) rethrows -> [Element]",
        in: "Sequence"
      ) { call in
        let sequence = SequenceReceiver(call)
        let predicate = sequence.predicate()
        let array = sequence.newArray(of: sequence.element)
        var isInside = true
        try sequence.forEach { element in
          if isInside { isInside = try predicate.isTrue(element) }
          if keepsFirst == isInside { array.append(element) }
          return !keepsFirst || isInside
        }
        call.returnObject(array)
      }
    }
  }

  /// The bounds that `dropFirst`, `dropLast`, `prefix` or `suffix` leave.
  static func part(_ method: String, _ k: Int, of bounds: Range<Int>) -> Range<Int> {
    switch method {
    case "dropFirst": bounds.dropFirst(k)
    case "dropLast": bounds.dropLast(k)
    case "prefix": bounds.prefix(k)
    default: bounds.suffix(k)
    }
  }

  private static func declareJoining(in module: NativeModule) {
    for signature in ["joined()", "joined(separator: String)"] {
      module.declare(
        "func \(signature) -> String where Element: StringProtocol", in: "Sequence"
      ) { call in
        let sequence = SequenceReceiver(call)
        let separator = signature == "joined()" ? "" : call.string(sequence.count)
        var text = ""
        var isFirst = true
        try sequence.forEach { element in
          if !isFirst { text += separator }
          isFirst = false
          text += call.machine.describe(sequence.element, element)
          return true
        }
        call.returnString(text)
      }
    }
    module.declare("func joined<T>() -> [T] where Element: Sequence<T>", in: "Sequence") { call in
      let sequence = SequenceReceiver(call)
      let array = sequence.newArray(of: sequence.type(0))
      try sequence.forEach { inner in
        try call.machine.forEach(sequence.element, inner) {
          array.append($0)
          return true
        }
        return true
      }
      call.returnObject(array)
    }
    module.declare(
      "func joined<T, S: Sequence<T>>(separator: S) -> [T] where Element: Sequence<T>",
      in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let array = sequence.newArray(of: sequence.type(0))
      func append(_ type: RuntimeType, _ slots: UnsafeMutablePointer<Slot>) throws {
        try call.machine.forEach(type, slots) {
          array.append($0)
          return true
        }
      }
      var isFirst = true
      try sequence.forEach { inner in
        if !isFirst { try append(sequence.type(1), call.slots + sequence.count) }
        isFirst = false
        try append(sequence.element, inner)
        return true
      }
      call.returnObject(array)
    }
  }
}
