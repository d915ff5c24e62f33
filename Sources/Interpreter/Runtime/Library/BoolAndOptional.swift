extension StandardLibrary {
  /// `&&` and `||` are the checker's: their right side is evaluated only when needed.
  static func declareBool(in module: NativeModule) {
    module.declare("init()", in: "Bool") { $0.returnBool(false) }
    module.declare("init(_ value: Bool)", in: "Bool", intrinsic: .identity)
    module.declare("init?(_ description: String)", in: "Bool") { call in
      call.returnOptional(word: Bool(call.string(0)).map { .bool($0) })
    }
    module.declare("prefix static func ! (a: Bool) -> Bool", in: "Bool", intrinsic: .notBool)
    module.declare(
      "static func == (lhs: Bool, rhs: Bool) -> Bool", in: "Bool", intrinsic: .equalBool)
    module.declare(
      "static func != (lhs: Bool, rhs: Bool) -> Bool", in: "Bool", intrinsic: .notEqualBool)
    module.declare("mutating func toggle()", in: "Bool") { call in
      call.slots[0] = .bool(!call.bool(0))
    }
    module.declare("static func random() -> Bool", in: "Bool") { $0.returnBool(.random()) }
  }

  /// `??`, `!` and `?.` are the checker's.
  static func declareOptional(in module: NativeModule) {
    module.declare("case none", in: "Optional")
    module.declare("case some(Wrapped)", in: "Optional")
    module.declare("init(_ value: Wrapped)", in: "Optional") { call in
      let value = ValueBuffer(call.types[0])
      call.types[0].copy(call.slots, to: value.slots)
      call.returnSome(call.types[0], copying: value.slots)
    }
    module.declare(
      "func map<U>(_ transform: (Wrapped) throws -> U) rethrows -> U?", in: "Optional"
    ) { call in
      let (wrapped, result) = (call.types[0], call.types[1])
      if wrapped.isNone(call.slots) { return call.returnNone(result) }
      let transform = Callback(
        call, wrapped.optionalCount, arguments: wrapped.layout.count, result: result)
      try transform(call.slots + wrapped.payloadOffset)
      call.returnSome(result, copying: transform.result.slots)
    }
    module.declare(
      "func flatMap<U>(_ transform: (Wrapped) throws -> U?) rethrows -> U?", in: "Optional"
    ) { call in
      let (wrapped, result) = (call.types[0], call.types[1])
      if wrapped.isNone(call.slots) { return call.returnNone(result) }
      let transform = Callback(
        call, wrapped.optionalCount, arguments: wrapped.layout.count,
        result: call.machine.optional(result))
      try transform(call.slots + wrapped.payloadOffset)
      transform.result.move(to: call.result)
    }
    module.declare("mutating func take() -> Wrapped?", in: "Optional") { call in
      let wrapped = call.types[0]
      call.result.update(from: call.slots, count: wrapped.optionalCount)
      wrapped.writeNone(call.slots)
    }
    module.declare("var unsafelyUnwrapped: Wrapped { get }", in: "Optional") { call in
      let wrapped = call.types[0]
      if wrapped.isNone(call.slots) {
        throw Trap("unsafelyUnwrapped of nil optional")
      }
      call.returnValue(wrapped, copying: call.slots + wrapped.payloadOffset)
    }
  }
}

extension Machine {
  /// The runtime type of an optional.
  func optional(_ wrapped: RuntimeType) -> RuntimeType {
    if let known = wrapped.optionalType { return known }
    let result = generic("Optional", wrapped)
    wrapped.optionalType = result
    return result
  }

  /// The runtime type of a generic type of the standard library with its arguments.
  func generic(_ name: String, _ arguments: RuntimeType...) -> RuntimeType {
    guard let declaration = library.nominal(name) else {
      preconditionFailure("the standard library has no type \(name)")
    }
    return runtimeType(.nominal(declaration, arguments.map(\.type)))
  }
}
