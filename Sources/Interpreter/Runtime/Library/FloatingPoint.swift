extension StandardLibrary {
  static func declareDouble(in module: NativeModule) {
    declareOperators(
      "Double", in: module,
      binary: [.addDouble, .subtractDouble, .multiplyDouble, .divideDouble],
      comparing: [
        .equalDouble, .notEqualDouble, .lessDouble, .lessEqualDouble, .greaterDouble,
        .greaterEqualDouble,
      ],
      assigning: [
        .addAssignDouble, .subtractAssignDouble, .multiplyAssignDouble, .divideAssignDouble,
      ],
      negate: .negateDouble)
    module.declare("init()", in: "Double") { $0.returnDouble(0) }
    module.declare("init(_ value: Int)", in: "Double", intrinsic: .intToDouble)
    module.declare("init(_ value: Float)", in: "Double", intrinsic: .floatToDouble)
    module.declare("init(_ value: Double)", in: "Double", intrinsic: .identity)
    module.declare("init?(_ text: String)", in: "Double") { call in
      call.returnOptional(word: Double(call.string(0)).map { .double($0) })
    }
    module.declare("init?(_ text: Substring)", in: "Double") { call in
      call.returnOptional(word: Double(call.boxed(0, as: Substring.self)).map { .double($0) })
    }
    module.declare("func squareRoot() -> Double", in: "Double", intrinsic: .squareRootDouble)
    module.declare("var bitPattern: UInt64 { get }", in: "Double") { _ in }
    module.declare("init(bitPattern: UInt64)", in: "Double") { _ in }
  }

  static func declareFloat(in module: NativeModule) {
    declareOperators(
      "Float", in: module,
      binary: [.addFloat, .subtractFloat, .multiplyFloat, .divideFloat],
      comparing: [
        .equalFloat, .notEqualFloat, .lessFloat, .lessEqualFloat, .greaterFloat,
        .greaterEqualFloat,
      ],
      assigning: [.addAssignFloat, .subtractAssignFloat, .multiplyAssignFloat, .divideAssignFloat],
      negate: .negateFloat)
    module.declare("init()", in: "Float") { $0.returnFloat(0) }
    module.declare("init(_ value: Int)", in: "Float", intrinsic: .intToFloat)
    module.declare("init(_ value: Double)", in: "Float", intrinsic: .doubleToFloat)
    module.declare("init(_ value: Float)", in: "Float", intrinsic: .identity)
    module.declare("init?(_ text: String)", in: "Float") { call in
      call.returnOptional(word: Float(call.string(0)).map { .float($0) })
    }
    module.declare("init?(_ text: Substring)", in: "Float") { call in
      call.returnOptional(word: Float(call.boxed(0, as: Substring.self)).map { .float($0) })
    }
    module.declare("func squareRoot() -> Float", in: "Float") {
      $0.returnFloat($0.float(0).squareRoot())
    }
    module.declare("var bitPattern: UInt32 { get }", in: "Float") { _ in }
    module.declare("init(bitPattern: UInt32)", in: "Float") { _ in }
  }

  private static func declareOperators(
    _ type: String, in module: NativeModule, binary: [Intrinsic], comparing: [Intrinsic],
    assigning: [Intrinsic], negate: Intrinsic
  ) {
    for (symbol, intrinsic) in zip(["+", "-", "*", "/"], binary) {
      module.declare(
        "static func \(symbol) (lhs: \(type), rhs: \(type)) -> \(type)", in: type,
        intrinsic: intrinsic)
    }
    for (symbol, intrinsic) in zip(["==", "!=", "<", "<=", ">", ">="], comparing) {
      module.declare(
        "static func \(symbol) (lhs: \(type), rhs: \(type)) -> Bool", in: type,
        intrinsic: intrinsic)
    }
    for (symbol, intrinsic) in zip(["+=", "-=", "*=", "/="], assigning) {
      module.declare(
        "static func \(symbol) (lhs: inout \(type), rhs: \(type))", in: type, intrinsic: intrinsic)
    }
    module.declare("prefix static func - (x: \(type)) -> \(type)", in: type, intrinsic: negate)
    module.declare("prefix static func + (x: \(type)) -> \(type)", in: type, intrinsic: .identity)
  }

  /// What Double and Float have alike.
  static func declareFloatingPointMembers(in module: NativeModule) {
    module.type("FloatingPointRoundingRule", .enum, protocols: ["Hashable"])
    for (name, rule) in [
      ("toNearestOrAwayFromZero", .toNearestOrAwayFromZero), ("toNearestOrEven", .toNearestOrEven),
      ("up", .up), ("down", .down), ("towardZero", .towardZero), ("awayFromZero", .awayFromZero),
    ] as [(String, FloatingPointRoundingRule)] {
      module.declare("case \(name)", in: "FloatingPointRoundingRule") { $0.returnBoxed(rule) }
    }
    declareMembers(Double.self, in: module, { $0.double }, { .double($0) })
    declareMembers(Float.self, in: module, { $0.float }, { .float($0) })
  }

  private static func declareMembers<Value: BinaryFloatingPoint>(
    _: Value.Type, in module: NativeModule, _ value: @escaping (Slot) -> Value,
    _ slot: @escaping (Value) -> Slot
  ) where Value: CustomStringConvertible, Value.RawSignificand: FixedWidthInteger {
    let type = "\(Value.self)"
    for (name, constant) in [
      ("pi", .pi), ("infinity", .infinity), ("nan", .nan), ("ulpOfOne", .ulpOfOne),
      ("greatestFiniteMagnitude", .greatestFiniteMagnitude), ("zero", 0),
      ("leastNormalMagnitude", .leastNormalMagnitude),
      ("leastNonzeroMagnitude", .leastNonzeroMagnitude),
    ] as [(String, Value)] {
      module.declare("static var \(name): \(type) { get }", in: type) {
        $0.slots[0] = slot(constant)
      }
    }
    for (name, property) in [
      ("magnitude", { $0.magnitude }), ("ulp", { $0.ulp }), ("nextUp", { $0.nextUp }),
      ("nextDown", { $0.nextDown }), ("significand", { $0.significand }),
    ] as [(String, (Value) -> Value)] {
      module.declare("var \(name): \(type) { get }", in: type) {
        $0.slots[0] = slot(property(value($0.slots[0])))
      }
    }
    for (name, property) in [
      ("isNaN", { $0.isNaN }), ("isFinite", { $0.isFinite }), ("isInfinite", { $0.isInfinite }),
      ("isZero", { $0.isZero }), ("isNormal", { $0.isNormal }),
      ("isSubnormal", { $0.isSubnormal }),
    ] as [(String, (Value) -> Bool)] {
      module.declare("var \(name): Bool { get }", in: type) {
        $0.returnBool(property(value($0.slots[0])))
      }
    }
    module.declare("var exponent: Int { get }", in: type) {
      $0.returnInt(Int(value($0.slots[0]).exponent))
    }
    module.declare(
      "func rounded(_ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero) -> \(type)",
      in: type
    ) { $0.slots[0] = slot(value($0.slots[0]).rounded($0.boxed(1))) }
    module.declare(
      "mutating func round(_ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero)", in: type
    ) { $0.slots[0] = slot(value($0.slots[0]).rounded($0.boxed(1))) }
    module.declare("mutating func negate()", in: type) { $0.slots[0] = slot(-value($0.slots[0])) }
    for (name, operation) in [
      ("truncatingRemainder(dividingBy", { $0.truncatingRemainder(dividingBy: $1) }),
      ("remainder(dividingBy", { $0.remainder(dividingBy: $1) }),
    ] as [(String, (Value, Value) -> Value)] {
      module.declare("func \(name) other: \(type)) -> \(type)", in: type) {
        $0.slots[0] = slot(operation(value($0.slots[0]), value($0.slots[1])))
      }
    }
    for (name, operation) in [
      ("minimum", { .minimum($0, $1) }), ("maximum", { .maximum($0, $1) }),
    ] as [(String, (Value, Value) -> Value)] {
      module.declare("static func \(name)(_ x: \(type), _ y: \(type)) -> \(type)", in: type) {
        $0.slots[0] = slot(operation(value($0.slots[0]), value($0.slots[1])))
      }
    }
    module.declare("func addingProduct(_ a: \(type), _ b: \(type)) -> \(type)", in: type) {
      $0.slots[0] = slot(
        value($0.slots[0]).addingProduct(value($0.slots[1]), value($0.slots[2])))
    }
    module.declare("static func random(in range: ClosedRange<\(type)>) -> \(type)", in: type) {
      $0.slots[0] = slot(.random(in: value($0.slots[0])...value($0.slots[1])))
    }
    module.declare("static func random(in range: Range<\(type)>) -> \(type)", in: type) { call in
      let (lower, upper) = (value(call.slots[0]), value(call.slots[1]))
      if lower >= upper { throw Trap("Can't get random value with an empty range") }
      call.slots[0] = slot(.random(in: lower..<upper))
    }
  }
}
