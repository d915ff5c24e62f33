extension StandardLibrary {
  static func declareInt(in module: NativeModule) {
    declareIntOperators(in: module)
    declareIntInitializers(in: module)

    module.declare("static var max: Int { get }", in: "Int") { $0.returnInt(.max) }
    module.declare("static var min: Int { get }", in: "Int") { $0.returnInt(.min) }
    module.declare("static var zero: Int { get }", in: "Int") { $0.returnInt(0) }
    module.declare("static var bitWidth: Int { get }", in: "Int") { $0.returnInt(Int.bitWidth) }

    module.declare("var magnitude: UInt { get }", in: "Int") {
      $0.slots[0] = Slot($0.int(0).magnitude)
    }
    module.declare("var nonzeroBitCount: Int { get }", in: "Int") {
      $0.returnInt($0.int(0).nonzeroBitCount)
    }
    module.declare("var leadingZeroBitCount: Int { get }", in: "Int") {
      $0.returnInt($0.int(0).leadingZeroBitCount)
    }
    module.declare("var trailingZeroBitCount: Int { get }", in: "Int") {
      $0.returnInt($0.int(0).trailingZeroBitCount)
    }
    module.declare("func signum() -> Int", in: "Int") { $0.returnInt($0.int(0).signum()) }
    module.declare("func isMultiple(of other: Int) -> Bool", in: "Int") {
      $0.returnBool($0.int(0).isMultiple(of: $0.int(1)))
    }
    module.declare(
      "func quotientAndRemainder(dividingBy rhs: Int) -> (quotient: Int, remainder: Int)", in: "Int"
    ) { call in
      let (a, b) = (call.int(0), call.int(1))
      if b == 0 { throw Trap("Division by zero") }
      if a == .min && b == -1 { throw Trap("Division results in overflow") }
      call.slots[0] = .int(a / b)
      call.slots[1] = .int(a % b)
    }
    module.declare("mutating func negate()", in: "Int") { call in
      if call.int(0) == .min { throw Trap("arithmetic overflow") }
      call.slots[0] = .int(-call.int(0))
    }
    module.declare("func distance(to other: Int) -> Int", in: "Int") { call in
      call.returnInt(try checked(call.int(1).subtractingReportingOverflow(call.int(0))))
    }
    module.declare("func advanced(by n: Int) -> Int", in: "Int") { call in
      call.returnInt(try checked(call.int(0).addingReportingOverflow(call.int(1))))
    }
    for (name, operation) in [
      ("adding", { $0.addingReportingOverflow($1) }),
      ("subtracting", { $0.subtractingReportingOverflow($1) }),
      ("multiplied", { $0.multipliedReportingOverflow(by: $1) }),
    ] as [(String, (Int, Int) -> (partialValue: Int, overflow: Bool))] {
      let label = name == "multiplied" ? "by" : "_"
      module.declare(
        "func \(name)ReportingOverflow(\(label) rhs: Int) -> (partialValue: Int, overflow: Bool)",
        in: "Int"
      ) { call in
        let (value, overflow) = operation(call.int(0), call.int(1))
        call.slots[0] = .int(value)
        call.slots[1] = .bool(overflow)
      }
    }
    declareRandom(in: module)
  }

  static func checked(_ result: (partialValue: Int, overflow: Bool)) throws -> Int {
    if result.overflow { throw Trap("arithmetic overflow") }
    return result.partialValue
  }

  private static func declareRandom(in module: NativeModule) {
    module.declare("static func random(in range: Range<Int>) -> Int", in: "Int") { call in
      let (lower, upper) = (call.int(0), call.int(1))
      if lower >= upper { throw Trap("Can't get random value with an empty range") }
      call.returnInt(.random(in: lower..<upper))
    }
    module.declare("static func random(in range: ClosedRange<Int>) -> Int", in: "Int") { call in
      call.returnInt(.random(in: call.int(0)...call.int(1)))
    }
  }

  private static func declareIntOperators(in module: NativeModule) {
    for (symbol, intrinsic) in [
      ("+", .addInt), ("-", .subtractInt), ("*", .multiplyInt), ("/", .divideInt),
      ("%", .remainderInt), ("&+", .addWrappingInt), ("&-", .subtractWrappingInt),
      ("&*", .multiplyWrappingInt), ("&", .andInt), ("|", .orInt), ("^", .xorInt),
      ("<<", .shiftLeftInt), (">>", .shiftRightInt),
    ] as [(String, Intrinsic)] {
      module.declare(
        "static func \(symbol) (lhs: Int, rhs: Int) -> Int", in: "Int", intrinsic: intrinsic)
    }
    for (symbol, intrinsic) in [
      ("==", .equalInt), ("!=", .notEqualInt), ("<", .lessInt), ("<=", .lessEqualInt),
      (">", .greaterInt), (">=", .greaterEqualInt),
    ] as [(String, Intrinsic)] {
      module.declare(
        "static func \(symbol) (lhs: Int, rhs: Int) -> Bool", in: "Int", intrinsic: intrinsic)
    }
    for (symbol, intrinsic) in [
      ("+=", .addAssignInt), ("-=", .subtractAssignInt), ("*=", .multiplyAssignInt),
      ("/=", .divideAssignInt), ("%=", .remainderAssignInt),
    ] as [(String, Intrinsic)] {
      module.declare(
        "static func \(symbol) (lhs: inout Int, rhs: Int)", in: "Int", intrinsic: intrinsic)
    }
    for (symbol, operation) in [
      ("&=", { $0 & $1 }), ("|=", { $0 | $1 }), ("^=", { $0 ^ $1 }), ("<<=", { $0 << $1 }),
      (">>=", { $0 >> $1 }), ("&+=", { $0 &+ $1 }), ("&-=", { $0 &- $1 }), ("&*=", { $0 &* $1 }),
    ] as [(String, (Int, Int) -> Int)] {
      module.declare("static func \(symbol) (lhs: inout Int, rhs: Int)", in: "Int") { call in
        call.slots[0] = .int(operation(call.int(0), call.int(1)))
      }
    }
    module.declare("prefix static func - (x: Int) -> Int", in: "Int", intrinsic: .negateInt)
    module.declare("prefix static func + (x: Int) -> Int", in: "Int", intrinsic: .identity)
    module.declare("prefix static func ~ (x: Int) -> Int", in: "Int", intrinsic: .complementInt)
  }

  private static func declareIntInitializers(in module: NativeModule) {
    module.declare("init()", in: "Int") { $0.returnInt(0) }
    module.declare("init(_ value: Int)", in: "Int", intrinsic: .identity)
    module.declare("init(_ value: Double)", in: "Int", intrinsic: .doubleToInt)
    module.declare("init(_ value: Float)", in: "Int", intrinsic: .floatToInt)
    module.declare("init?(_ description: String)", in: "Int") { call in
      call.returnOptional(word: Int(call.string(0)).map { .int($0) })
    }
    module.declare("init?(_ description: Substring)", in: "Int") { call in
      call.returnOptional(word: Int(call.boxed(0, as: Substring.self)).map { .int($0) })
    }
    module.declare("init?(_ text: String, radix: Int)", in: "Int") { call in
      let (text, radix) = (call.string(0), call.int(1))
      if !(2...36 ~= radix) { throw Trap("Radix not in range 2...36") }
      call.returnOptional(word: Int(text, radix: radix).map { .int($0) })
    }
    module.declare("init?(_ text: Substring, radix: Int)", in: "Int") { call in
      let (text, radix) = (call.boxed(0, as: Substring.self), call.int(1))
      if !(2...36 ~= radix) { throw Trap("Radix not in range 2...36") }
      call.returnOptional(word: Int(text, radix: radix).map { .int($0) })
    }
    module.declare("init?(exactly value: Double)", in: "Int") { call in
      call.returnOptional(word: Int(exactly: call.double(0)).map { .int($0) })
    }
  }
}
