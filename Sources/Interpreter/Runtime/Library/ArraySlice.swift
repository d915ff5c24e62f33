// An ArraySlice keeps the array it was cut from and the indices of that array: three slots (see
// `ArrayWindow`). Its few mutating members only move its ends or make an array of their own.

extension StandardLibrary {
  static func declareArraySlice(in module: NativeModule) {
    let owner = "ArraySlice"
    func window(_ call: NativeCall) -> ArrayWindow {
      ArrayWindow(call.array(0), call.int(1)..<call.int(2))
    }
    module.declare("typealias Index = Int", in: owner)
    module.declare("init()", in: owner) { call in
      call.returnSlice(ArrayObject(element: call.types[0].layout), 0..<0)
    }
    module.declare("init<S: Sequence<Element>>(_ elements: S)", in: owner) { call in
      let elements = try call.machine.elements(of: call.types[1], call.slots)
      call.returnSlice(elements, 0..<elements.count)
    }
    module.declare("var count: Int { get }", in: owner) { $0.returnInt(window($0).count) }
    module.declare("var isEmpty: Bool { get }", in: owner) { $0.returnBool(window($0).count == 0) }
    module.declare("var startIndex: Int { get }", in: owner) { $0.returnInt($0.int(1)) }
    module.declare("var endIndex: Int { get }", in: owner) { $0.returnInt($0.int(2)) }
    module.declare("var indices: Range<Int> { get }", in: owner) { call in
      (call.slots[0], call.slots[1]) = (call.slots[1], call.slots[2])
    }
    module.declare("subscript(index: Int) -> Element { get set }", in: owner) { call in
      let i = call.int(3)
      if !window(call).bounds.contains(i) { throw Trap("Index out of bounds") }
      call.returnValue(call.types[0], copying: call.array(0)[i])
    } set: { call in
      let i = call.int(3)
      if !window(call).bounds.contains(i) { throw Trap("Index out of bounds") }
      call.slots.unique(ArrayObject.self).set(i, copying: call.slots + 4)
    }
    declareSlicing(
      by: [
        ("Range<Int>", 2), ("ClosedRange<Int>", 2), ("PartialRangeFrom<Int>", 1),
        ("PartialRangeUpTo<Int>", 1), ("PartialRangeThrough<Int>", 1),
      ], of: owner, in: module)
    for (name, isFirst) in [("first", true), ("last", false)] {
      module.declare("var \(name): Element? { get }", in: owner) { call in
        let (window, element) = (window(call), call.types[0])
        if window.count == 0 { return call.returnNone(element) }
        call.returnSome(element, copying: window[isFirst ? 0 : window.count - 1])
      }
    }
    for method in ["dropFirst", "dropLast", "prefix", "suffix"] {
      let byDefault = method.hasPrefix("drop") ? " = 1" : ""
      module.declare("func \(method)(_ k: Int\(byDefault)) -> ArraySlice<Element>", in: owner) {
        call in
        let k = try length(call.int(3), of: method)
        let window = window(call)
        call.returnSlice(window.array, part(method, k, of: window.bounds))
      }
    }
    declareSliceRemoval(in: module)
    declareIndexArithmetic(in: module, of: owner)
    declareIndexSearches(in: module, of: owner)
    module.declare("mutating func append(_ newElement: Element)", in: owner) { call in
      let window = window(call)
      let array = window.array.slice(window.bounds)
      array.append(call.slots + 3)
      call.slots.replace(with: array)
      call.slots[1] = 0
      call.slots[2] = .int(array.count)
    }
  }

  private static func declareSliceRemoval(in module: NativeModule) {
    for (end, isFirst) in [("First", true), ("Last", false)] {
      for mayBeEmpty in [true, false] {
        module.declare(
          mayBeEmpty
            ? "mutating func pop\(end)() -> Element?"
            : "@discardableResult mutating func remove\(end)() -> Element",
          in: "ArraySlice"
        ) { call in
          let (lower, upper) = (call.int(1), call.int(2))
          let element = call.types[0]
          if lower == upper {
            if mayBeEmpty { return call.returnNone(element) }
            throw Trap(
              "Can't remove \(end.lowercased()) element from an empty collection")
          }
          let slots = call.array(0)[isFirst ? lower : upper - 1]
          if mayBeEmpty {
            call.returnSome(element, copying: slots)
          } else {
            call.returnValue(element, copying: slots)
          }
          call.slots[isFirst ? 1 : 2] = .int(isFirst ? lower + 1 : upper - 1)
        }
      }
    }
  }

  /// `index(after:)` and the like, where indices are Int.
  static func declareIndexArithmetic(in module: NativeModule, of owner: String) {
    let receiver = owner == "Array" ? 1 : 3
    module.declare("func index(after i: Int) -> Int", in: owner) {
      $0.returnInt($0.int(receiver) + 1)
    }
    module.declare("func index(before i: Int) -> Int", in: owner) {
      $0.returnInt($0.int(receiver) - 1)
    }
    module.declare("func index(_ i: Int, offsetBy distance: Int) -> Int", in: owner) {
      $0.returnInt($0.int(receiver) + $0.int(receiver + 1))
    }
    module.declare("func distance(from start: Int, to end: Int) -> Int", in: owner) {
      $0.returnInt($0.int(receiver + 1) - $0.int(receiver))
    }
  }

  static func declareIndexSearches(in module: NativeModule, of owner: String) {
    let type = owner
    let receiver = owner == "Array" ? 1 : 3
    func window(_ call: NativeCall) -> ArrayWindow {
      type == "Array"
        ? ArrayWindow(call.array(0), 0..<call.array(0).count)
        : ArrayWindow(call.array(0), call.int(1)..<call.int(2))
    }
    for (name, isFirst) in [("firstIndex", true), ("lastIndex", false)] {
      func search(
        _ call: NativeCall, _ matches: (UnsafeMutablePointer<Slot>) throws -> Bool
      ) throws {
        let window = window(call)
        let held = window.array
        try withExtendedLifetime(held) {
          for step in 0..<window.count {
            let i = isFirst ? step : window.count - 1 - step
            if try matches(window[i]) {
              return call.returnOptional(word: .int(window.bounds.lowerBound + i))
            }
          }
          call.returnOptional(word: nil)
        }
      }
      module.declare(
        "func \(name)(of element: Element) -> Int? where Element: Equatable", in: owner
      ) { call in
        let element = call.types[0]
        try search(call) { try call.machine.equals(element, $0, call.slots + receiver) }
      }
      module.declare(
        "func \(name)(where predicate: (Element) throws -> Bool) rethrows -> Int?", in: owner
      ) { call in
        let predicate = Callback(
          call, receiver, arguments: call.types[0].layout.count,
          result: call.machine.runtimeType(named: "Bool"))
        try search(call) { try predicate.isTrue($0) }
      }
    }
    declareSplitting(in: module, of: owner, window)
  }

  private static func declareSplitting(
    in module: NativeModule, of owner: String, _ window: @escaping (NativeCall) -> ArrayWindow
  ) {
    let receiver = owner == "Array" ? 1 : 3
    func split(
      _ call: NativeCall, maxSplits: Int, omittingEmpty: Bool,
      _ isSeparator: (UnsafeMutablePointer<Slot>) throws -> Bool
    ) throws {
      let window = window(call)
      let result = ArrayObject(element: Layout([true, false, false]))
      var start = window.bounds.lowerBound
      func cut(_ end: Int) {
        if start == end && omittingEmpty { return }
        var slice: [Slot] = [.owned(window.array), .int(start), .int(end)]
        result.appendOwned(&slice)
      }
      for i in window.bounds where result.count < maxSplits {
        if try isSeparator(window.array[i]) {
          cut(i)
          start = i + 1
        }
      }
      cut(window.bounds.upperBound)
      call.returnObject(result)
    }
    let options = "maxSplits: Int = Int.max, omittingEmptySubsequences: Bool = true"
    module.declare(
      "func split(separator: Element, \(options)) -> [ArraySlice<Element>] "
        + "where Element: Equatable",
      in: owner
    ) { call in
      let element = call.types[0]
      let after = receiver + element.layout.count
      try split(call, maxSplits: call.int(after), omittingEmpty: call.bool(after + 1)) {
        try call.machine.equals(element, $0, call.slots + receiver)
      }
    }
    module.declare(
      "func split(\(options), whereSeparator isSeparator: (Element) throws -> Bool) "
        + "rethrows -> [ArraySlice<Element>]",
      in: owner
    ) { call in
      let isSeparator = Callback(
        call, receiver + 2, arguments: call.types[0].layout.count,
        result: call.machine.runtimeType(named: "Bool"))
      try split(call, maxSplits: call.int(receiver), omittingEmpty: call.bool(receiver + 1)) {
        try isSeparator.isTrue($0)
      }
    }
  }
}

extension NativeCall {
  /// Two Int slots as a range within bounds.
  func indexRange(_ index: Int, in bounds: Range<Int>) throws -> Range<Int> {
    let range = int(index)..<int(index + 1)
    try ArrayWindow.check(range, in: bounds)
    return range
  }

  /// The indices that a range expression of any kind means in a collection.
  func relativeRange(_ type: String, at index: Int, in bounds: Range<Int>) throws -> Range<Int> {
    func bound() -> Int { object(index, as: ExistentialObject.self).slots[0].int }
    let (lower, upper) =
      switch type {
      case "Range<Int>": (int(index), int(index + 1))
      case "ClosedRange<Int>": (int(index), int(index + 1) + 1)
      case "PartialRangeFrom<Int>": (bound(), bounds.upperBound)
      case "PartialRangeUpTo<Int>": (bounds.lowerBound, bound())
      default: (bounds.lowerBound, bound() + 1)
      }
    if lower > upper { throw Trap("Range requires lowerBound <= upperBound") }
    return lower..<upper
  }

  func returnSlice(of window: ArrayWindow, from index: Int) throws {
    try returnSlice(of: window, int(index)..<int(index + 1))
  }

  func returnSlice(of window: ArrayWindow, _ range: Range<Int>) throws {
    try ArrayWindow.check(range, in: window.bounds)
    returnSlice(window.array, range)
  }

  func returnSlice(_ array: ArrayObject, _ range: Range<Int>) {
    result[0] = .owned(array)
    result[1] = .int(range.lowerBound)
    result[2] = .int(range.upperBound)
  }
}

extension ArrayWindow {
  static func check(_ range: Range<Int>, in bounds: Range<Int>) throws {
    if range.lowerBound < bounds.lowerBound { throw Trap("Array index is out of range") }
    if range.upperBound > bounds.upperBound { throw Trap("Array index is out of range") }
  }
}
