extension StandardLibrary {
  /// The integer types besides Int: rare in notebooks, so natives do their arithmetic.
  static func declareFixedWidthIntegers(in module: NativeModule) {
    declare(Int8.self, in: module)
    declare(Int16.self, in: module)
    declare(Int32.self, in: module)
    declare(Int64.self, in: module)
    declare(UInt8.self, in: module)
    declare(UInt16.self, in: module)
    declare(UInt32.self, in: module)
    declare(UInt64.self, in: module)
    declare(UInt.self, in: module)
    declareConversions(to: "Int", in: module)
    declareConversionsToFloatingPoint(in: module)
  }

  private static func declare<Integer: FixedWidthInteger & CVarArg>(
    _: Integer.Type, in module: NativeModule
  ) {
    let name = "\(Integer.self)"
    let native = module.type(
      name, .struct,
      protocols: [
        "FixedWidthInteger", Integer.isSigned ? "SignedInteger" : "UnsignedInteger", "CVarArg",
      ])
    native.layout = .word
    module.members(of: name) { module in
      declareOperators(Integer.self, name, in: module)
      declareMembers(Integer.self, name, in: module)
      declareConversions(to: name, in: module)
    }
  }

  private static func declareMembers<Integer: FixedWidthInteger>(
    _: Integer.Type, _ name: String, in module: NativeModule
  ) {
    module.declare("static var max: \(name) { get }", in: name) { $0.slots[0] = slot(Integer.max) }
    module.declare("static var min: \(name) { get }", in: name) { $0.slots[0] = slot(Integer.min) }
    module.declare("static var bitWidth: Int { get }", in: name) {
      $0.returnInt(Integer.bitWidth)
    }
    module.declare("init()", in: name) { $0.slots[0] = 0 }
    module.declare("init(_ value: Double)", in: name) { call in
      guard let value = Integer(exactly: call.double(0).rounded(.towardZero)) else {
        throw conversionTrap(call.double(0), name, "Double")
      }
      call.slots[0] = slot(value)
    }
    module.declare("init?(_ description: String)", in: name) { call in
      call.returnOptional(word: Integer(call.string(0)).map(slot))
    }
    module.declare("init?(_ text: String, radix: Int)", in: name) { call in
      call.returnOptional(word: Integer(call.string(0), radix: call.int(1)).map(slot))
    }
    for (range, upperIsIncluded) in [("Range", false), ("ClosedRange", true)] {
      module.declare("static func random(in range: \(range)<\(name)>) -> \(name)", in: name) {
        call in
        let (lower, upper) = (integer(call, 0, Integer.self), integer(call, 1, Integer.self))
        if !upperIsIncluded && lower >= upper {
          throw Trap("Can't get random value with an empty range")
        }
        call.slots[0] = slot(Integer.random(in: lower...(upperIsIncluded ? upper : upper - 1)))
      }
    }
  }

  private static func declareOperators<Integer: FixedWidthInteger>(
    _: Integer.Type, _ name: String, in module: NativeModule
  ) {
    typealias Partial = (partialValue: Integer, overflow: Bool)
    for (symbol, operation) in [
      ("+", { $0.addingReportingOverflow($1) }), ("-", { $0.subtractingReportingOverflow($1) }),
      ("*", { $0.multipliedReportingOverflow(by: $1) }),
      ("/", { $0.dividedReportingOverflow(by: $1) }),
      ("%", { $0.remainderReportingOverflow(dividingBy: $1) }),
    ] as [(String, (Integer, Integer) -> Partial)] {
      let divides = symbol == "/" || symbol == "%"
      let compute: NativeFunction = { call in
        let (a, b) = (integer(call, 0, Integer.self), integer(call, 1, Integer.self))
        if divides && b == 0 {
          throw Trap("Division by zero" + (symbol == "%" ? " in remainder operation" : ""))
        }
        let (value, overflow) = operation(a, b)
        if overflow { throw Trap("arithmetic overflow") }
        call.slots[0] = slot(value)
      }
      module.declare("static func \(symbol) (a: \(name), b: \(name)) -> \(name)", in: name, compute)
      module.declare("static func \(symbol)= (a: inout \(name), b: \(name))", in: name, compute)
    }
    for (symbol, operation) in [
      ("&+", { $0 &+ $1 }), ("&-", { $0 &- $1 }), ("&*", { $0 &* $1 }), ("&", { $0 & $1 }),
      ("|", { $0 | $1 }), ("^", { $0 ^ $1 }),
    ] as [(String, (Integer, Integer) -> Integer)] {
      let compute: NativeFunction = { call in
        call.slots[0] = slot(
          operation(integer(call, 0, Integer.self), integer(call, 1, Integer.self)))
      }
      module.declare("static func \(symbol) (a: \(name), b: \(name)) -> \(name)", in: name, compute)
      module.declare("static func \(symbol)= (a: inout \(name), b: \(name))", in: name, compute)
    }
    for (symbol, operation) in [("<<", { $0 << $1 }), (">>", { $0 >> $1 })]
      as [(String, (Integer, Int) -> Integer)]
    {
      let compute: NativeFunction = { call in
        call.slots[0] = slot(operation(integer(call, 0, Integer.self), call.int(1)))
      }
      module.declare("static func \(symbol) (a: \(name), b: Int) -> \(name)", in: name, compute)
      module.declare("static func \(symbol)= (a: inout \(name), b: Int)", in: name, compute)
    }
    for (symbol, operation) in [
      ("==", { $0 == $1 }), ("!=", { $0 != $1 }), ("<", { $0 < $1 }), ("<=", { $0 <= $1 }),
      (">", { $0 > $1 }), (">=", { $0 >= $1 }),
    ] as [(String, (Integer, Integer) -> Bool)] {
      module.declare("static func \(symbol) (a: \(name), b: \(name)) -> Bool", in: name) {
        $0.returnBool(operation(integer($0, 0, Integer.self), integer($0, 1, Integer.self)))
      }
    }
    module.declare("prefix static func ~ (x: \(name)) -> \(name)", in: name) {
      $0.slots[0] = slot(~integer($0, 0, Integer.self))
    }
    if Integer.isSigned {
      module.declare("prefix static func - (x: \(name)) -> \(name)", in: name) { call in
        let (value, overflow) = Integer.zero.subtractingReportingOverflow(
          integer(call, 0, Integer.self))
        if overflow { throw Trap("arithmetic overflow") }
        call.slots[0] = slot(value)
      }
    }
  }

  /// From any other integer type.
  private static func declareConversions(to target: String, in module: NativeModule) {
    module.declare(
      "init<T: BinaryInteger>(_ source: T)", in: target
    ) { call in
      guard let slot = converted(call.slots[0], call.types[0], to: target) else {
        let isNegative = call.types[0].isSignedInteger && call.int(0) < 0
        throw Trap(
          isNegative && target.hasPrefix("U")
            ? "Negative value is not representable"
            : "Not enough bits to represent the passed value")
      }
      call.slots[0] = slot
    }
    module.declare("init?<T: BinaryInteger>(exactly source: T)", in: target) { call in
      call.returnOptional(word: converted(call.slots[0], call.types[0], to: target))
    }
    module.declare("init<T: BinaryInteger>(truncatingIfNeeded source: T)", in: target) { call in
      call.slots[0] = truncated(call.slots[0], to: FixedWidth(rawValue: target) ?? .int64)
    }
    module.declare("init<T: BinaryInteger>(clamping source: T)", in: target) { call in
      let isNegative = call.types[0].isSignedInteger && call.int(0) < 0
      let width = FixedWidth(rawValue: target) ?? .int64
      call.slots[0] =
        converted(call.slots[0], call.types[0], to: target)
        ?? (isNegative ? width.bounds.lower : width.bounds.upper)
    }
  }

  private static func declareConversionsToFloatingPoint(in module: NativeModule) {
    for target in ["Double", "Float"] {
      module.declare("init<T: BinaryInteger>(_ source: T)", in: target) { call in
        let isSigned = call.types[0].isSignedInteger
        if target == "Double" {
          call.returnDouble(isSigned ? Double(call.int(0)) : Double(call.slots[0]))
        } else {
          call.returnFloat(isSigned ? Float(call.int(0)) : Float(call.slots[0]))
        }
      }
    }
  }

  /// A word of one integer type as another, nil if that cannot hold it.
  private static func converted(
    _ slot: Slot, _ type: RuntimeType, to target: String
  ) -> Slot? {
    let width = FixedWidth(rawValue: target) ?? .int64
    let result = truncated(slot, to: width)
    let isNegative = type.isSignedInteger && slot.int < 0
    return result == slot && isNegative == (width.isSigned && result.int < 0) ? result : nil
  }

  private static func truncated(_ word: Slot, to width: FixedWidth) -> Slot {
    switch width {
    case .int8: slot(Int8(truncatingIfNeeded: word))
    case .int16: slot(Int16(truncatingIfNeeded: word))
    case .int32: slot(Int32(truncatingIfNeeded: word))
    case .uint8: slot(UInt8(truncatingIfNeeded: word))
    case .uint16: slot(UInt16(truncatingIfNeeded: word))
    case .uint32: slot(UInt32(truncatingIfNeeded: word))
    case .int64, .uint64, .uint: word
    }
  }

  /// The word of an integer: sign- or zero-extended.
  static func slot<Integer: FixedWidthInteger>(_ value: Integer) -> Slot {
    Slot(truncatingIfNeeded: value)
  }

  static func integer<Integer: FixedWidthInteger>(
    _ call: NativeCall, _ index: Int, _: Integer.Type
  ) -> Integer {
    Integer(truncatingIfNeeded: call.slots[index])
  }

  /// The words of a conversion of a floating-point number that does not fit.
  static func conversionTrap(_ value: Double, _ target: String, _ source: String) -> Trap {
    if !value.isFinite {
      return Trap(
        "\(source) value cannot be converted to \(target) because it is either infinite or NaN")
    }
    let bound =
      value < 0 ? "less than \(target).min" : "greater than \(target).max"
    return Trap(
      "\(source) value cannot be converted to \(target) because the result would be \(bound)")
  }
}

extension RuntimeType {
  var isSignedInteger: Bool {
    switch kind {
    case .int: true
    case .fixedInteger(let width): width.isSigned
    default: false
    }
  }
}

extension FixedWidth {
  /// The least and the greatest value, as words.
  var bounds: (lower: Slot, upper: Slot) {
    func of<Integer: FixedWidthInteger>(_: Integer.Type) -> (Slot, Slot) {
      (Slot(truncatingIfNeeded: Integer.min), Slot(truncatingIfNeeded: Integer.max))
    }
    return switch self {
    case .int8: of(Int8.self)
    case .int16: of(Int16.self)
    case .int32: of(Int32.self)
    case .int64: of(Int64.self)
    case .uint8: of(UInt8.self)
    case .uint16: of(UInt16.self)
    case .uint32: of(UInt32.self)
    case .uint64, .uint: of(UInt64.self)
    }
  }
}
