extension StandardLibrary {
  /// Members of sequences that look for elements.
  static func declareSequenceSearches(in module: NativeModule) {
    module.declare(
      "func contains(_ element: Element) -> Bool where Element: Equatable", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let wanted = call.slots + sequence.count
      var isFound = false
      try sequence.forEach { element in
        isFound = try call.machine.equals(sequence.element, element, wanted)
        return !isFound
      }
      call.returnBool(isFound)
    }
    module.declare(
      "func contains(where predicate: (Element) throws -> Bool) rethrows -> Bool", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let predicate = sequence.predicate()
      var isFound = false
      try sequence.forEach { element in
        isFound = try predicate.isTrue(element)
        return !isFound
      }
      call.returnBool(isFound)
    }
    module.declare(
      "func allSatisfy(_ predicate: (Element) throws -> Bool) rethrows -> Bool", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let predicate = sequence.predicate()
      var all = true
      try sequence.forEach { element in
        all = try predicate.isTrue(element)
        return all
      }
      call.returnBool(all)
    }
    module.declare(
      "func first(where predicate: (Element) throws -> Bool) rethrows -> Element?", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let predicate = sequence.predicate()
      let found = ValueBuffer(call.machine.optional(sequence.element))
      try sequence.forEach { element in
        if try !predicate.isTrue(element) { return true }
        sequence.element.writeSome(element, to: found.slots)
        return false
      }
      found.move(to: call.result)
    }
    module.declare(
      "func last(where predicate: (Element) throws -> Bool) rethrows -> Element?", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let predicate = sequence.predicate()
      let elements = try sequence.elements()
      for i in (0..<elements.count).reversed() where try predicate.isTrue(elements[i]) {
        return call.returnSome(sequence.element, copying: elements[i])
      }
      call.returnNone(sequence.element)
    }
    module.declare(
      "func count(where predicate: (Element) throws -> Bool) rethrows -> Int", in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let predicate = sequence.predicate()
      var count = 0
      try sequence.forEach { element in
        if try predicate.isTrue(element) { count += 1 }
        return true
      }
      call.returnInt(count)
    }
    declareSequenceComparisons(in: module)
  }

  private static func declareSequenceComparisons(in module: NativeModule) {
    for (name, label, mayBeLonger) in [
      ("elementsEqual", "_", false), ("starts", "with", true),
    ] {
      module.declare(
        "func \(name)<S: Sequence<Element>>(\(label) other: S) -> Bool where Element: Equatable",
        in: "Sequence"
      ) { call in
        let sequence = SequenceReceiver(call)
        let (machine, element) = (call.machine, sequence.element)
        let x = try machine.makeIterator(sequence.type, call.slots)
        let y = try machine.makeIterator(sequence.type(0), call.slots + sequence.count)
        let (a, b) = (ValueBuffer(element), ValueBuffer(element))
        while true {
          a.clear()
          b.clear()
          let hasOther = try y.next(b.slots)
          if !hasOther && mayBeLonger { return call.returnBool(true) }
          let hasOwn = try x.next(a.slots)
          if !hasOwn || !hasOther { return call.returnBool(hasOwn == hasOther) }
          if try !machine.equals(element, a.slots, b.slots) { return call.returnBool(false) }
        }
      }
    }
    module.declare(
      "func lexicographicallyPrecedes<S: Sequence<Element>>(_ other: S) -> Bool "
        + "where Element: Comparable",
      in: "Sequence"
    ) { call in
      let sequence = SequenceReceiver(call)
      let (machine, element) = (call.machine, sequence.element)
      let a = try sequence.elements()
      let b = try machine.elements(of: sequence.type(0), call.slots + sequence.count)
      for i in 0..<min(a.count, b.count) {
        if try machine.less(element, a[i], b[i]) { return call.returnBool(true) }
        if try machine.less(element, b[i], a[i]) { return call.returnBool(false) }
      }
      call.returnBool(a.count < b.count)
    }
  }
}
