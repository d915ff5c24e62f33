extension StandardLibrary {
  static func declareArrayMutation(in module: NativeModule) {
    declareInsertion(in: module)
    declareRemoval(in: module)
    declareReordering(in: module)
  }

  private static func declareInsertion(in module: NativeModule) {
    module.declare("mutating func append(_ newElement: Element)", in: "Array") { call in
      call.slots.unique(ArrayObject.self).append(call.slots + 1)
    }
    module.declare(
      "mutating func append<S: Sequence<Element>>(contentsOf newElements: S)", in: "Array"
    ) { call in try append(call, elementsOf: call.types[1], at: 1) }
    module.declare("mutating func insert(_ newElement: Element, at i: Int)", in: "Array") { call in
      let element = call.types[0]
      let i = call.int(1 + element.layout.count)
      let array: ArrayObject = call.slots.unique()
      if i < 0 || i > array.count { throw Trap("Array index is out of range") }
      array.replace(i..<i, withUndefined: 1)
      element.copy(call.slots + 1, to: array[i])
    }
    module.declare(
      "mutating func insert<S: Sequence<Element>>(contentsOf newElements: S, at i: Int)",
      in: "Array"
    ) { call in
      let i = call.int(1 + call.types[1].layout.count)
      let new = try call.machine.elements(of: call.types[1], call.slots + 1)
      let array: ArrayObject = call.slots.unique()
      if i < 0 || i > array.count { throw Trap("Array index is out of range") }
      array.replace(i..<i, with: ArrayWindow(new, 0..<new.count))
    }
    module.declare(
      "mutating func replaceSubrange<S: Sequence<Element>>"
        + "(_ subrange: Range<Int>, with newElements: S)",
      in: "Array"
    ) { call in
      let range = try call.indexRange(1, in: 0..<call.array(0).count)
      let new = try call.machine.elements(of: call.types[1], call.slots + 3)
      call.slots.unique(ArrayObject.self).replace(range, with: ArrayWindow(new, 0..<new.count))
    }
    module.declare("mutating func reserveCapacity(_ minimumCapacity: Int)", in: "Array") { call in
      call.slots.unique(ArrayObject.self).reserve(call.int(1))
    }
  }

  private static func declareRemoval(in module: NativeModule) {
    module.declare(
      "@discardableResult mutating func remove(at index: Int) -> Element", in: "Array"
    ) { call in
      let i = call.int(1)
      let array: ArrayObject = call.slots.unique()
      if i < 0 || i >= array.count { throw Trap("Index out of range") }
      call.returnValue(call.types[0], copying: array[i])
      array.replace(i..<(i + 1), withUndefined: 0)
    }
    for (name, isFirst) in [("removeFirst", true), ("removeLast", false)] {
      let end = isFirst ? "first" : "last"
      module.declare("@discardableResult mutating func \(name)() -> Element", in: "Array") { call in
        let array: ArrayObject = call.slots.unique()
        if array.count == 0 {
          throw Trap("Can't remove \(end) element from an empty collection")
        }
        let i = isFirst ? 0 : array.count - 1
        call.returnValue(call.types[0], copying: array[i])
        array.replace(i..<(i + 1), withUndefined: 0)
      }
      module.declare("mutating func \(name)(_ k: Int)", in: "Array") { call in
        let k = call.int(1)
        let array: ArrayObject = call.slots.unique()
        if k < 0 { throw Trap("Number of elements to remove should be non-negative") }
        if k > array.count {
          throw Trap("Can't remove more items from a collection than it contains")
        }
        array.replace(isFirst ? 0..<k : (array.count - k)..<array.count, withUndefined: 0)
      }
    }
    module.declare("mutating func popLast() -> Element?", in: "Array") { call in
      let element = call.types[0]
      if call.array(0).count == 0 { return call.returnNone(element) }
      let array: ArrayObject = call.slots.unique()
      let last = array.count - 1
      call.returnSome(element, copying: array[last])
      array.replace(last..<(last + 1), withUndefined: 0)
    }
    module.declare(
      "mutating func removeAll(keepingCapacity keepCapacity: Bool = false)", in: "Array"
    ) { call in
      call.slots.replace(with: ArrayObject(element: call.types[0].layout))
    }
    module.declare(
      "mutating func removeAll(where shouldBeRemoved: (Element) throws -> Bool) rethrows",
      in: "Array"
    ) { call in
      let element = call.types[0]
      let shouldBeRemoved = Callback(
        call, 1, arguments: element.layout.count, result: call.machine.runtimeType(named: "Bool"))
      let array = call.array(0)
      let kept = ArrayObject(element: element.layout)
      for i in 0..<array.count where try !shouldBeRemoved.isTrue(array[i]) { kept.append(array[i]) }
      call.slots.replace(with: kept)
    }
    module.declare("mutating func removeSubrange(_ bounds: Range<Int>)", in: "Array") { call in
      let range = try call.indexRange(1, in: 0..<call.array(0).count)
      call.slots.unique(ArrayObject.self).replace(range, withUndefined: 0)
    }
    module.declare("mutating func removeSubrange(_ bounds: ClosedRange<Int>)", in: "Array") {
      call in
      let all = 0..<call.array(0).count
      let range = try call.relativeRange("ClosedRange<Int>", at: 1, in: all)
      try ArrayWindow.check(range, in: all)
      call.slots.unique(ArrayObject.self).replace(range, withUndefined: 0)
    }
  }

  private static func declareReordering(in module: NativeModule) {
    module.declare("mutating func swapAt(_ i: Int, _ j: Int)", in: "Array") { call in
      let (i, j) = (call.int(1), call.int(2))
      let array: ArrayObject = call.slots.unique()
      let indices = 0..<array.count
      if !indices.contains(i) || !indices.contains(j) { throw Trap("Index out of range") }
      for k in 0..<array.stride {
        (array[i][k], array[j][k]) = (array[j][k], array[i][k])
      }
    }
    module.declare("mutating func sort() where Element: Comparable", in: "Array") { call in
      call.slots.replace(with: try call.machine.sorted(call.array(0), call.types[0]))
    }
    module.declare(
      "mutating func sort(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows",
      in: "Array"
    ) { call in
      let isLess = Callback(
        call, 1, arguments: 2 * call.types[0].layout.count,
        result: call.machine.runtimeType(named: "Bool"))
      call.slots.replace(with: try call.array(0).sorted { try isLess.isTrue($0, $1) })
    }
    for name in ["reverse", "shuffle"] {
      module.declare("mutating func \(name)()", in: "Array") { call in
        let array = call.array(0)
        let indices = 0..<array.count
        let result = ArrayObject(element: array.element, capacity: array.count)
        for i in name == "reverse" ? indices.reversed() : indices.shuffled() {
          result.append(array[i])
        }
        call.slots.replace(with: result)
      }
    }
    module.declare(
      "mutating func partition(by belongsInSecondPartition: (Element) throws -> Bool) "
        + "rethrows -> Int",
      in: "Array"
    ) { call in
      let belongs = Callback(
        call, 1, arguments: call.types[0].layout.count,
        result: call.machine.runtimeType(named: "Bool"))
      let array: ArrayObject = call.slots.unique()
      // Swift's own order: the ends move towards each other and swap.
      var (low, high) = (0, array.count)
      search: while true {
        while true {
          if low == high { break search }
          if try belongs.isTrue(array[low]) { break }
          low += 1
        }
        while true {
          high -= 1
          if low == high { break search }
          if try !belongs.isTrue(array[high]) { break }
        }
        for k in 0..<array.stride {
          (array[low][k], array[high][k]) = (array[high][k], array[low][k])
        }
        low += 1
      }
      call.result[0] = .int(low)
    }
  }
}

extension ArrayObject {
  /// Puts a value in the place of an element, taking references of its own.
  func set(_ i: Int, copying value: UnsafePointer<Slot>) {
    element.retain(value)
    element.release(self[i])
    self[i].update(from: value, count: stride)
  }

  /// Puts the elements of a window, of another array or of a former state of this one, in place of a
  /// range.
  func replace(_ range: Range<Int>, with window: ArrayWindow) {
    let new = window.array.slice(window.bounds)
    replace(range, withUndefined: new.count)
    for i in 0..<new.count {
      element.retain(new[i])
      self[range.lowerBound + i].update(from: new[i], count: stride)
    }
  }
}
