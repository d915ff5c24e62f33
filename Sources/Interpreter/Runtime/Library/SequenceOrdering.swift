extension StandardLibrary {
  /// Sorting, extremes and shuffling. The sort is Swift's own, stable, and makes the same comparisons
  /// in the same order.
  static func declareSequenceOrdering(in module: NativeModule) {
    module.declare("func sorted() -> [Element] where Element: Comparable", in: "Sequence") {
      call in
      let sequence = SequenceReceiver(call)
      call.returnObject(try call.machine.sorted(sequence.elements(), sequence.element))
    }
    module.declare(
      "func sorted(by areInIncreasingOrder: (Element, Element) throws -> Bool) "
        + "rethrows -> [Element]",
      in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let isLess = sequence.comparison()
      call.returnObject(try sequence.elements().sorted { try isLess.isTrue($0, $1) })
    }
    for (name, takesGreater) in [("min", false), ("max", true)] {
      module.declare(
        "func \(name)() -> Element? where Element: Comparable", in: "Sequence"
      ) { call in
        let sequence = SequenceReceiver(call)
        try returnExtreme(sequence, takesGreater: takesGreater) {
          try call.machine.less(sequence.element, $0, $1)
        }
      }
      module.declare(
        "func \(name)(by areInIncreasingOrder: (Element, Element) throws -> Bool) "
          + "rethrows -> Element?",
        in: "Sequence"
      ) { call in
        let sequence = SequenceReceiver(call)
        let isLess = sequence.comparison()
        try returnExtreme(sequence, takesGreater: takesGreater) { try isLess.isTrue($0, $1) }
      }
    }
    module.declare("func shuffled() -> [Element]", in: "Sequence") { call in
      let elements = try SequenceReceiver(call).elements()
      let array = ArrayObject(element: elements.element, capacity: elements.count)
      for i in (0..<elements.count).shuffled() { array.append(elements[i]) }
      call.returnObject(array)
    }
  }

  private static func returnExtreme(
    _ sequence: SequenceReceiver, takesGreater: Bool,
    _ isLess: (UnsafePointer<Slot>, UnsafePointer<Slot>) throws -> Bool
  ) throws {
    let element = sequence.element
    let best = ValueBuffer(element)
    var isFirst = true
    try sequence.forEach { candidate in
      if try isFirst
        || (takesGreater ? isLess(best.slots, candidate) : isLess(candidate, best.slots))
      {
        best.clear()
        element.copy(candidate, to: best.slots)
        isFirst = false
      }
      return true
    }
    if isFirst { return sequence.call.returnNone(element) }
    sequence.call.returnSome(element, copying: best.slots)
  }
}

extension Machine {
  /// Sorts by `<`; numbers and strings without calling it through their types.
  func sorted(_ array: ArrayObject, _ element: RuntimeType) throws -> ArrayObject {
    switch element.kind {
    case .int: array.sortedWords { $0.int < $1.int }
    case .double: array.sortedWords { $0.double < $1.double }
    default: try array.sorted { try less(element, $0, $1) }
    }
  }
}

extension ArrayObject {
  func sorted(
    _ isLess: (UnsafePointer<Slot>, UnsafePointer<Slot>) throws -> Bool
  ) rethrows -> ArrayObject {
    let order = try (0..<count).sorted { try isLess(self[$0], self[$1]) }
    let result = ArrayObject(element: element, capacity: count)
    for i in order { result.append(self[i]) }
    return result
  }

  /// The same for elements of one slot without references.
  func sortedWords(_ isLess: (Slot, Slot) -> Bool) -> ArrayObject {
    let result = copy()
    var words = UnsafeMutableBufferPointer(start: result.slots, count: count)
    words.sort(by: isLess)
    return result
  }
}
