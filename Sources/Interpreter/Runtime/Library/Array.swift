extension StandardLibrary {
  static func declareArray(in module: NativeModule) {
    module.declare("typealias Index = Int", in: "Array")
    declareArrayInitializers(in: module)
    declareArrayAccess(in: module)
    declareArrayParts(in: module)
    declareConcatenation(in: module)
  }

  private static func declareArrayInitializers(in module: NativeModule) {
    module.declare("init()", in: "Array") { call in
      call.returnObject(ArrayObject(element: call.types[0].layout))
    }
    module.declare("init(repeating repeatedValue: Element, count: Int)", in: "Array") { call in
      let element = call.types[0]
      let count = call.int(element.layout.count)
      if count < 0 { throw Trap("Can't construct Array with count < 0") }
      let array = ArrayObject(element: element.layout, capacity: count)
      for _ in 0..<count { array.append(call.slots) }
      call.returnObject(array)
    }
    module.declare("init<S: Sequence<Element>>(_ elements: S)", in: "Array") { call in
      let elements = try call.machine.elements(of: call.types[1], call.slots)
      call.returnObject(elements)
    }
  }

  private static func declareArrayAccess(in module: NativeModule) {
    module.declare("var count: Int { get }", in: "Array", intrinsic: .arrayCount)
    module.declare("var isEmpty: Bool { get }", in: "Array", intrinsic: .arrayIsEmpty)
    module.declare("var capacity: Int { get }", in: "Array") { $0.returnInt($0.array(0).capacity) }
    module.declare("var startIndex: Int { get }", in: "Array") { $0.returnInt(0) }
    module.declare("var endIndex: Int { get }", in: "Array") { $0.returnInt($0.array(0).count) }
    module.declare("var indices: Range<Int> { get }", in: "Array") { call in
      let count = call.array(0).count
      call.slots[0] = 0
      call.slots[1] = .int(count)
    }
    // Elements are places of their own; this is what function values and the checker see.
    module.declare("subscript(index: Int) -> Element { get set }", in: "Array") { call in
      let (array, i) = (call.array(0), call.int(1))
      if i < 0 || i >= array.count { throw Trap("Index out of range") }
      call.returnValue(call.types[0], copying: array[i])
    } set: { call in
      let i = call.int(1)
      let array: ArrayObject = call.slots.unique()
      if i < 0 || i >= array.count { throw Trap("Index out of range") }
      array.set(i, copying: call.slots + 2)
    }
    module.declare(
      "subscript(bounds: Range<Int>) -> ArraySlice<Element> { get set }", in: "Array"
    ) { call in
      try call.returnSlice(of: ArrayWindow(call.array(0), 0..<call.array(0).count), from: 1)
    } set: { call in
      let range = try call.indexRange(1, in: 0..<call.array(0).count)
      let new = ArrayWindow(call.array(3), call.int(4)..<call.int(5))
      call.slots.unique(ArrayObject.self).replace(range, with: new)
    }
    declareSlicing(
      by: [
        ("ClosedRange<Int>", 2), ("PartialRangeFrom<Int>", 1), ("PartialRangeUpTo<Int>", 1),
        ("PartialRangeThrough<Int>", 1),
      ], of: "Array", in: module)
    for (name, isFirst) in [("first", true), ("last", false)] {
      module.declare("var \(name): Element? { get }", in: "Array") { call in
        let (array, element) = (call.array(0), call.types[0])
        if array.count == 0 { return call.returnNone(element) }
        call.returnSome(element, copying: array[isFirst ? 0 : array.count - 1])
      }
    }
    module.declare("func randomElement() -> Element?", in: "Array") { call in
      let array = call.array(0)
      if array.count == 0 { return call.returnNone(call.types[0]) }
      call.returnSome(call.types[0], copying: array[.random(in: 0..<array.count)])
    }
    declareIndexArithmetic(in: module, of: "Array")
    declareIndexSearches(in: module, of: "Array")
  }

  /// The subscripts by ranges that are first made into plain ones.
  static func declareSlicing(
    by ranges: [(type: String, slots: Int)], of owner: String, in module: NativeModule
  ) {
    let receiver = owner == "Array" ? 1 : 3
    for (range, slots) in ranges {
      module.declare(
        "subscript(bounds: \(range)) -> ArraySlice<Element> { get\(owner == "Array" ? " set" : "") }",
        in: owner
      ) { call in
        let window =
          owner == "Array"
          ? ArrayWindow(call.array(0), 0..<call.array(0).count)
          : ArrayWindow(call.array(0), call.int(1)..<call.int(2))
        try call.returnSlice(
          of: window, try call.relativeRange(range, at: receiver, in: window.bounds))
      } set: { call in
        let all = 0..<call.array(0).count
        let wanted = try call.relativeRange(range, at: receiver, in: all)
        try ArrayWindow.check(wanted, in: all)
        let new = receiver + slots
        call.slots.unique(ArrayObject.self).replace(
          wanted,
          with: ArrayWindow(call.array(new), call.int(new + 1)..<call.int(new + 2)))
      }
    }
  }

  private static func declareArrayParts(in module: NativeModule) {
    for method in ["dropFirst", "dropLast", "prefix", "suffix"] {
      let byDefault = method.hasPrefix("drop") ? " = 1" : ""
      module.declare(
        "func \(method)(_ k: Int\(byDefault)) -> ArraySlice<Element>", in: "Array"
      ) { call in
        let k = try length(call.int(1), of: method)
        let array = call.array(0)
        call.returnSlice(array, part(method, k, of: 0..<array.count))
      }
      // Where the context asks for an array.
      module.declare("func \(method)(_ k: Int\(byDefault)) -> [Element]", in: "Array") { call in
        let k = try length(call.int(1), of: method)
        let array = call.array(0)
        call.returnObject(array.slice(part(method, k, of: 0..<array.count)))
      }
    }
  }

  private static func declareConcatenation(in module: NativeModule) {
    module.declare(
      "static func + (lhs: [Element], rhs: [Element]) -> [Element]", in: "Array"
    ) { call in
      let (a, b) = (call.array(0), call.array(1))
      let array = a.copy(capacity: a.count + b.count)
      for i in 0..<b.count { array.append(b[i]) }
      call.returnObject(array)
    }
    module.declare(
      "static func + <S: Sequence<Element>>(lhs: [Element], rhs: S) -> [Element]", in: "Array"
    ) { call in
      let array = call.array(0).copy()
      try call.machine.forEach(call.types[1], call.slots + 1) {
        array.append($0)
        return true
      }
      call.returnObject(array)
    }
    module.declare(
      "static func + <S: Sequence<Element>>(lhs: S, rhs: [Element]) -> [Element]", in: "Array"
    ) { call in
      let other = call.types[1]
      let array = ArrayObject(element: call.types[0].layout)
      try call.machine.forEach(other, call.slots) {
        array.append($0)
        return true
      }
      let last = call.array(other.layout.count)
      for i in 0..<last.count { array.append(last[i]) }
      call.returnObject(array)
    }
    module.declare(
      "static func += <S: Sequence<Element>>(lhs: inout [Element], rhs: S)", in: "Array"
    ) { call in try append(call, elementsOf: call.types[1], at: 1) }
  }

  /// Appends the elements of a sequence to the array in the first slot.
  static func append(
    _ call: NativeCall, elementsOf type: RuntimeType, at index: Int
  ) throws {
    let elements = try call.machine.elements(of: type, call.slots + index)
    let array: ArrayObject = call.slots.unique()
    // Both may be the same object only if it was copied just now.
    array.reserve(array.count + elements.count)
    for i in 0..<elements.count { array.append(elements[i]) }
  }
}
