// A range is its two bounds, one after the other. A range with one bound is a reference to an
// `ExistentialObject` that holds it.

extension StandardLibrary {
  static func declareRanges(in module: NativeModule) {
    for name in ["Range", "ClosedRange"] {
      module.type(
        name, .struct, generics: ["Bound: Comparable"],
        protocols: [
          "RandomAccessCollection", "Hashable", "CustomStringConvertible",
          "CustomDebugStringConvertible",
        ],
        element: "Bound")
      declareMembers(of: name, in: module)
    }
    declareOperators(in: module)
    declarePartialRanges(in: module)
    declareIntegerRanges(in: module)
  }

  private static func declareOperators(in module: NativeModule) {
    for symbol in ["..<", "..."] {
      let name = symbol == "..." ? "ClosedRange" : "Range"
      module.declare(
        "func \(symbol) <Bound: Comparable>(minimum: Bound, maximum: Bound) -> \(name)<Bound>"
      ) { call in
        let bound = call.types[0]
        let count = bound.layout.count
        if try call.machine.less(bound, call.slots + count, call.slots) {
          throw Trap("Range requires lowerBound <= upperBound")
        }
        // The bounds are where they belong; they only need references of their own.
        bound.layout.retain(call.slots)
        bound.layout.retain(call.slots + count)
      }
      module.declare(
        "static func ~= (pattern: \(name)<Bound>, value: Bound) -> Bool", in: name
      ) { call in
        let bound = call.types[0]
        call.returnBool(
          try contains(call, bound, call.slots + 2 * bound.layout.count, isClosed: symbol == "..."))
      }
    }
    for (fixity, symbol, name, parameter) in [
      ("prefix", "..<", "PartialRangeUpTo", "maximum"),
      ("prefix", "...", "PartialRangeThrough", "maximum"),
      ("postfix", "...", "PartialRangeFrom", "minimum"),
    ] {
      module.declare(
        "\(fixity) func \(symbol) <Bound: Comparable>(\(parameter): Bound) -> \(name)<Bound>"
      ) { call in
        call.returnObject(ExistentialObject(call.types[0], copying: call.slots))
      }
    }
  }

  /// Whether the value lies in the range at the start of the slots.
  private static func contains(
    _ call: NativeCall, _ bound: RuntimeType, _ value: UnsafePointer<Slot>, isClosed: Bool
  ) throws -> Bool {
    let upper = call.slots + bound.layout.count
    if try call.machine.less(bound, value, call.slots) { return false }
    return try isClosed
      ? !call.machine.less(bound, upper, value) : call.machine.less(bound, value, upper)
  }

  private static func declareMembers(of name: String, in module: NativeModule) {
    let isClosed = name == "ClosedRange"
    module.declare("var lowerBound: Bound { get }", in: name) { call in
      call.returnValue(call.types[0], copying: call.slots)
    }
    module.declare("var upperBound: Bound { get }", in: name) { call in
      call.returnValue(call.types[0], copying: call.slots + call.types[0].layout.count)
    }
    module.declare("var isEmpty: Bool { get }", in: name) { call in
      let bound = call.types[0]
      call.returnBool(
        try !isClosed
          && call.machine.equals(bound, call.slots, call.slots + bound.layout.count))
    }
    module.declare("func contains(_ element: Bound) -> Bool", in: name) { call in
      let bound = call.types[0]
      call.returnBool(
        try contains(call, bound, call.slots + 2 * bound.layout.count, isClosed: isClosed))
    }
    module.declare("func overlaps(_ other: \(name)<Bound>) -> Bool", in: name) { call in
      let bound = call.types[0]
      let count = bound.layout.count
      let machine = call.machine
      let (a, b) = (call.slots, call.slots + 2 * count)
      func isBefore(_ x: UnsafePointer<Slot>, _ y: UnsafePointer<Slot>) throws -> Bool {
        try isClosed ? machine.less(bound, x, y) : !machine.less(bound, y, x)
      }
      let isApart = try isBefore(a + count, b) || isBefore(b + count, a)
      let hasEmpty =
        try !isClosed
        && (machine.equals(bound, a, a + count) || machine.equals(bound, b, b + count))
      call.returnBool(!isApart && !hasEmpty)
    }
    module.declare("func clamped(to limits: \(name)<Bound>) -> \(name)<Bound>", in: name) { call in
      let bound = call.types[0]
      let count = bound.layout.count
      func clamp(_ value: UnsafeMutablePointer<Slot>) throws -> UnsafeMutablePointer<Slot> {
        let (low, high) = (call.slots + 2 * count, call.slots + 3 * count)
        if try call.machine.less(bound, value, low) { return low }
        return try call.machine.less(bound, high, value) ? high : value
      }
      let (lower, upper) = (try clamp(call.slots), try clamp(call.slots + count))
      let result = [ValueBuffer(bound), ValueBuffer(bound)]
      bound.copy(lower, to: result[0].slots)
      bound.copy(upper, to: result[1].slots)
      result[0].move(to: call.slots)
      result[1].move(to: call.slots + count)
    }
  }

  private static func declarePartialRanges(in module: NativeModule) {
    for name in ["PartialRangeFrom", "PartialRangeUpTo", "PartialRangeThrough"] {
      let isFrom = name == "PartialRangeFrom"
      let type = module.type(
        name, .struct, generics: ["Bound: Comparable"],
        protocols: isFrom ? ["Sequence"] : [], element: isFrom ? "Bound" : nil)
      if isFrom {
        type.makeIterator = { call in
          CountingIterator(
            from: call.object(0, as: ExistentialObject.self).slots[0].int, through: .max)
        }
      }
      let bound = isFrom ? "lowerBound" : "upperBound"
      module.declare("var \(bound): Bound { get }", in: name) { call in
        let held = call.object(0, as: ExistentialObject.self)
        call.returnValue(held.type, copying: held.slots)
      }
      func contains(_ call: NativeCall) throws -> Bool {
        let held = call.object(0, as: ExistentialObject.self)
        let value = call.slots + 1
        return switch name {
        case "PartialRangeFrom": try !call.machine.less(held.type, value, held.slots)
        case "PartialRangeUpTo": try call.machine.less(held.type, value, held.slots)
        default: try !call.machine.less(held.type, held.slots, value)
        }
      }
      module.declare("func contains(_ element: Bound) -> Bool", in: name) {
        $0.returnBool(try contains($0))
      }
      module.declare(
        "static func ~= (pattern: \(name)<Bound>, value: Bound) -> Bool", in: name
      ) { $0.returnBool(try contains($0)) }
    }
  }

  /// Ranges of whole numbers are collections whose indices are their elements.
  private static func declareIntegerRanges(in module: NativeModule) {
    for name in ["Range", "ClosedRange"] {
      let extra = name == "ClosedRange" ? 1 : 0
      func bounds(_ call: NativeCall) -> (lower: Int, end: Int) {
        (call.int(0), call.int(1) + extra)
      }
      let whole = "where Bound: BinaryInteger"
      module.declare("var count: Int \(whole) { get }", in: name) { call in
        let (lower, end) = bounds(call)
        call.returnInt(end - lower)
      }
      module.declare("var first: Bound? \(whole) { get }", in: name) { call in
        let (lower, end) = bounds(call)
        call.returnOptional(word: lower < end ? .int(lower) : nil)
      }
      module.declare("var last: Bound? \(whole) { get }", in: name) { call in
        let (lower, end) = bounds(call)
        call.returnOptional(word: lower < end ? .int(end - 1) : nil)
      }
      module.declare("func randomElement() -> Bound? \(whole)", in: name) { call in
        let (lower, end) = bounds(call)
        call.returnOptional(word: lower < end ? .int(.random(in: lower..<end)) : nil)
      }
      for method in ["dropFirst", "dropLast", "prefix", "suffix"] {
        let isDrop = method.hasPrefix("drop")
        module.declare(
          "func \(method)(_ k: Int\(isDrop ? " = 1" : "")) -> \(name)<Bound> \(whole)", in: name
        ) { call in
          var (lower, end) = bounds(call)
          let k = try length(call.int(2), of: method)
          switch method {
          case "dropFirst": lower = min(lower + k, end)
          case "dropLast": end = max(end - k, lower)
          case "prefix": end = min(end, lower + k)
          default: lower = max(lower, end - k)
          }
          call.slots[0] = .int(lower)
          call.slots[1] = .int(end - extra)
        }
      }
    }
    module.declare("init(_ other: ClosedRange<Bound>) where Bound: BinaryInteger", in: "Range") {
      $0.slots[1] = .int($0.int(1) + 1)
    }
    module.declare("init(_ other: Range<Bound>) where Bound: BinaryInteger", in: "ClosedRange") {
      if $0.int(0) == $0.int(1) { throw Trap("Range requires lowerBound <= upperBound") }
      $0.slots[1] = .int($0.int(1) - 1)
    }
    module.declare("var indices: Range<Bound> where Bound: BinaryInteger { get }", in: "Range") {
      _ in
    }
    module.declare(
      "subscript(position: Bound) -> Bound where Bound: BinaryInteger { get }", in: "Range"
    ) { call in
      let index = call.int(2)
      if index < call.int(0) || index >= call.int(1) { throw Trap("Index out of range") }
      call.returnInt(index)
    }
  }

  /// Checks an argument that counts elements.
  static func length(_ k: Int, of method: String) throws -> Int {
    if k >= 0 { return k }
    switch method {
    case "prefix", "suffix":
      throw Trap("Can't take a \(method) of negative length from a collection")
    default: throw Trap("Can't drop a negative number of elements from a collection")
    }
  }
}
