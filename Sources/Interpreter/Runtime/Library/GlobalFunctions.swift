extension StandardLibrary {
  static func declareGlobalFunctions(in module: NativeModule) {
    declareMinMax(in: module)
    declareStops(in: module)

    module.declare("func abs(_ x: Int) -> Int") { call in
      if call.int(0) == .min { throw Trap("arithmetic overflow") }
      call.returnInt(Swift.abs(call.int(0)))
    }
    module.declare("func abs(_ x: Double) -> Double") { $0.returnDouble(Swift.abs($0.double(0))) }
    module.declare("func abs(_ x: Float) -> Float") { $0.returnFloat(Swift.abs($0.float(0))) }
    module.declare("func abs<T: SignedInteger>(_ x: T) -> T") { call in
      call.slots[0] = .int(Swift.abs(call.int(0)))
    }
    module.declare("func swap<T>(_ a: inout T, _ b: inout T)") { call in
      let count = call.types[0].layout.count
      for i in 0..<count {
        (call.slots[i], call.slots[count + i]) = (call.slots[count + i], call.slots[i])
      }
    }
    module.declare(
      "func zip<A: Sequence, B: Sequence>(_ a: A, _ b: B) -> [(A.Element, B.Element)]"
    ) { call in
      let (a, b) = (call.types[0], call.types[1])
      let machine = call.machine
      let (first, second) = (try machine.elementType(of: a), try machine.elementType(of: b))
      let result = ArrayObject(
        element: Layout(first.layout.isReference + second.layout.isReference))
      let x = try machine.makeIterator(a, call.slots)
      let y = try machine.makeIterator(b, call.slots + a.layout.count)
      let count = first.layout.count
      let pair = UnsafeMutablePointer<Slot>.allocate(capacity: max(result.stride, 1))
      defer { pair.deallocate() }
      while try x.next(pair) {
        guard try y.next(pair + count) else {
          first.layout.release(pair)
          break
        }
        result.appendOwned(pair)
      }
      call.returnObject(result)
    }
    module.declare("func numericCast<T: BinaryInteger, U: BinaryInteger>(_ x: T) -> U") { _ in }
    module.declare("func readLine(strippingNewline: Bool = true) -> String?") {
      $0.returnOptional(object: nil)
    }
  }

  private static func declareMinMax(in module: NativeModule) {
    for (name, takesGreater) in [("max", true), ("min", false)] {
      module.declare("func \(name)<T: Comparable>(_ x: T, _ y: T) -> T") { call in
        let type = call.types[0]
        let (x, y) = (call.slots, call.slots + type.layout.count)
        // Of equal values `max` gives the later, `min` the earlier.
        let takesSecond =
          try takesGreater ? !call.machine.less(type, y, x) : call.machine.less(type, y, x)
        call.returnValue(type, copying: takesSecond ? y : x)
      }
      module.declare(
        "func \(name)<T: Comparable>(_ x: T, _ y: T, _ z: T, _ rest: T...) -> T"
      ) { call in
        let type = call.types[0]
        let count = type.layout.count
        var best = call.slots
        let rest = call.array(3 * count)
        let others =
          [call.slots + count, call.slots + 2 * count] + (0..<rest.count).map { rest[$0] }
        for other in others {
          let isBetter =
            try takesGreater
            ? !call.machine.less(type, other, best) : call.machine.less(type, other, best)
          if isBetter { best = other }
        }
        call.returnValue(type, copying: best)
      }
    }
  }

  /// Functions that stop the program, and those that may. With and without a message they are two
  /// declarations each, so that no default value has to become a closure.
  private static func declareStops(in module: NativeModule) {
    for name in ["fatalError", "preconditionFailure", "assertionFailure"] {
      let result = name == "assertionFailure" ? "" : " -> Never"
      module.declare("func \(name)()\(result)") { _ in throw Trap("") }
      module.declare("func \(name)(_ message: @autoclosure () -> String)\(result)") { call in
        throw Trap(try message(0, call))
      }
    }
    for (name, failure) in [
      ("precondition", "Precondition failed"), ("assert", "Assertion failed"),
    ] {
      module.declare("func \(name)(_ condition: @autoclosure () -> Bool)") { call in
        if try !holds(call) { throw Trap(failure) }
      }
      module.declare(
        "func \(name)(_ condition: @autoclosure () -> Bool, "
          + "_ message: @autoclosure () -> String)"
      ) { call in
        if try !holds(call) { throw Trap("\(failure): \(try message(1, call))") }
      }
    }
  }

  /// The condition in the first argument.
  private static func holds(_ call: NativeCall) throws -> Bool {
    var condition: Slot = 0
    try call.machine.call(call.object(0), [], result: &condition)
    return condition.bool
  }

  private static func message(_ index: Int, _ call: NativeCall) throws -> String {
    var slot: Slot = 0
    try call.machine.call(call.object(index), [], result: &slot)
    defer { slot.release() }
    return slot.object(as: StringObject.self).value
  }
}
