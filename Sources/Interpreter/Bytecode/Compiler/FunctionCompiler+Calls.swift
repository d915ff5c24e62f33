/// An argument on its way into the window.
enum CallPart {
  /// A value; a borrowed one is finished by somebody else.
  case operand(Operand, isBorrowed: Bool)
  case `inout`(PreparedPlace, Type, isBorrowed: Bool)
  /// Already in the window.
  case inWindow(Layout)

  func layout(_ types: TypeTable) -> Layout {
    switch self {
    case .operand(let operand, _): operand.layout
    case .inout(_, let type, _): types.layout(type)
    case .inWindow(let layout): layout
    }
  }
}

extension FunctionCompiler {
  func compile(_ call: Call, type: Type) -> Operand {
    let function = call.function
    switch function.implementation {
    case .intrinsic:
      let layout = types.layout(type)
      let base = allocate(layout)
      _ = storeIntrinsic(call, into: base)
      return Operand(base, layout, .temporary)
    case .memberwise: return compileMemberwise(call, type: type)
    default: break
    }
    let isClassInitializer =
      function.name == "init" && function.owner?.kind == .class && function.owner?.native == nil
    var parts: [CallPart] = []
    if isClassInitializer, let owner = function.owner {
      let object = allocate(.reference)
      emitWide(.objectMake, object, types.index(.nominal(owner, [])))
      parts.append(.operand(Operand(object, .reference, .temporary), isBorrowed: false))
    }
    parts += evaluate(([call.receiver].compactMap { $0 }) + call.arguments, after: parts)
    return emitCall(
      function, typeArguments: call.typeArguments, parts: parts, isDynamic: call.isDynamic,
      canThrow: call.canThrow, result: types.layout(type))
  }

  private func compileMemberwise(_ call: Call, type: Type) -> Operand {
    let layout = types.layout(type)
    let base = allocate(layout)
    var offset = base
    for argument in call.arguments {
      guard case .value(let expression) = argument else { continue }
      consume(owned(value(expression)), into: offset)
      offset += types.layout(expression.type).count
    }
    return Operand(base, layout, .temporary)
  }

  /// Evaluates arguments in order. What no later argument can disturb goes straight to the window.
  private func evaluate(_ arguments: [Argument], after earlier: [CallPart]) -> [CallPart] {
    var parts: [CallPart] = []
    var slot = earlier.reduce(0) { $0 + $1.layout(types).count }
    let simple = arguments.map { argument in
      if case .value(let expression) = argument { isSimple(expression) } else { false }
    }
    // Reading a computed place for an inout argument is a call, which uses the window itself.
    var windowIsTaken = false
    for (i, argument) in arguments.enumerated() {
      let later = arguments[(i + 1)...]
      switch argument {
      case .value(let expression):
        let layout = types.layout(expression.type)
        let laterIsSimple = simple[(i + 1)...].allSatisfy { $0 }
        if laterIsSimple, !windowIsTaken, layout == .word {
          store(expression, into: window(slot))
          parts.append(.inWindow(layout))
        } else {
          let laterValues = later.map { argument -> Expression in
            if case .value(let expression) = argument { return expression }
            return Expression(.invalid, .void, at: location)
          }
          var operand = stabilized(value(expression), before: laterValues[...])
          // The arguments go to the window in order: one that stands there already would be lost.
          if operand.kind == .window { operand = owned(operand) }
          parts.append(.operand(safeArgument(operand, expression), isBorrowed: false))
        }
        slot += layout.count
      case .inout(let place):
        let prepared = prepare(place)
        windowIsTaken = windowIsTaken || mustBeCopied(prepared)
        parts.append(.inout(prepared, place.type, isBorrowed: false))
        slot += types.layout(place.type).count
      case .autoclosure(let body):
        let register = allocate(.reference)
        storeClosure(body, into: register)
        parts.append(.operand(Operand(register, .reference, .temporary), isBorrowed: false))
        slot += 1
      }
    }
    return parts
  }

  /// At top level a callee may assign to the variable that an argument was read from: then the call
  /// needs a reference of its own.
  private func safeArgument(_ operand: Operand, _ expression: Expression) -> Operand {
    guard isUnit, operand.kind == .variable, operand.layout.hasReferences,
      case .place(let place) = expression.kind, rootIsMutable(place)
    else { return operand }
    return owned(operand)
  }

  private func rootIsMutable(_ place: Place) -> Bool {
    switch place.kind {
    case .local(let variable): variable.isMutable
    case .global(let variable): variable.isMutable
    case .field(let base, _), .tupleElement(let base, _), .unwrapped(let base),
      .optionalPayload(let base):
      rootIsMutable(base)
    default: true
    }
  }

  // MARK: Emitting the call

  func emitCall(
    _ function: FunctionDeclaration, typeArguments: [Type], parts: [CallPart], isDynamic: Bool,
    canThrow: Bool, result: Layout
  ) -> Operand {
    if case .native(let native) = function.implementation {
      let isOpen = function.isOverridable && function.owner?.isFinal == false
      return emitNativeCall(
        function, native, typeArguments: typeArguments, parts: parts, canThrow: canThrow,
        result: result, isSuper: isOpen && !isDynamic)
    }
    guard case .guest(let body) = function.implementation else {
      emitTrap("'\(function.fullName)' cannot be called")
      return Operand(allocate(result), result, .temporary)
    }
    let slots = moveToWindow(parts)
    let hasInout = parts.contains { if case .inout = $0 { true } else { false } }
    let resultBase = hasInout ? slots : 0
    let resultLayout = result
    reserveWindow(max(slots, resultBase + resultLayout.count))
    let index = program.functionIndex(body)
    self.function.references.insert(index)
    if isDynamic, case .operand(let receiver, _)? = parts.first {
      var object = receiver.base
      var peer: Int?
      if let declaration = function.owner, let base = types.nativeBase(declaration) {
        let register = allocate(.word)
        emit(.peer, register, receiver.base, types.peerNumber(base))
        object = register
        peer = register
      }
      emit(.callVirtual, window(0), types.methodNumber(function), object)
      if let peer { free(peer, .word) }
    } else {
      emitWide(.call, window(0), index)
    }
    return finishCall(parts, canThrow: canThrow, resultBase: resultBase, result: result)
  }

  /// Brings the arguments into the window; the number of slots.
  private func moveToWindow(_ parts: [CallPart], skippingFirst: Bool = false) -> Int {
    // Reading a computed place is a call, which uses the window: before anything stands in it.
    var staged: [Int: Operand] = [:]
    for (i, part) in parts.enumerated() where !(skippingFirst && i == 0) {
      if case .inout(let place, let type, _) = part, mustBeCopied(place) {
        staged[i] = owned(read(place, type: type))
      }
    }
    var slot = 0
    for (i, part) in parts.enumerated() {
      let layout = part.layout(types)
      defer { slot += layout.count }
      if skippingFirst, i == 0 { continue }
      switch part {
      case .operand(let operand, _):
        for j in 0..<layout.count { emit(.move, window(slot + j), operand.base + j) }
      case .inout(let place, let type, _):
        if let operand = staged[i] {
          moveOwned(operand, to: window(slot))
        } else {
          moveOut(place, type, to: window(slot))
        }
      case .inWindow: break
      }
    }
    return slot
  }

  /// Elements of arrays are copied for an inout argument: their array must stay whole meanwhile.
  private func mustBeCopied(_ place: PreparedPlace) -> Bool {
    switch place {
    case .registers, .box, .global, .field: false
    case .kept(let place): mustBeCopied(place)
    case .element, .offset, .computed, .observed, .value: true
    }
  }

  /// The value of a place goes to the window; the place is left empty meanwhile, so that the callee
  /// is alone in owning it.
  private func moveOut(_ place: PreparedPlace, _ type: Type, to slot: Int) {
    let layout = types.layout(type)
    switch place {
    case .registers(let base, _):
      for i in 0..<layout.count { emit(layout.isReference[i] ? .take : .move, slot + i, base + i) }
    case .box, .global, .field:
      guard let (register, offset) = address(of: place) else { return }
      for i in 0..<layout.count { emit(.loadAt, slot + i, register, offset + i) }
      if layout.hasReferences {
        let zero = allocate(.word)
        emitWide(.loadSmall, zero, 0)
        for i in 0..<layout.count where layout.isReference[i] {
          emit(.storeAt, zero, register, offset + i)
        }
        free(zero, .word)
      }
      free(register, .word)
    case .kept(let place): moveOut(place, type, to: slot)
    case .element, .offset, .computed, .observed, .value: break
    }
  }

  /// After the call: inout values go home, owned arguments are released, a throw goes on.
  private func finishCall(
    _ parts: [CallPart], canThrow: Bool, resultBase: Int, result: Layout
  ) -> Operand {
    var kept = Operand(window(resultBase), result, .window)
    // What comes next may use the window, or may run other code.
    let needsRegisters =
      result.hasReferences
      || parts.contains {
        switch $0 {
        case .inout: true
        case .operand(let operand, let isBorrowed):
          !isBorrowed && operand.kind == .temporary && operand.layout.hasReferences
        case .inWindow: false
        }
      }
    // A function that has thrown leaves no result: until that is known, it is kept as plain words.
    let plain = canThrow ? Layout(Array(repeating: false, count: result.count)) : result
    if result.count > 0, needsRegisters {
      let base = allocate(plain)
      for i in 0..<result.count { emit(.move, base + i, window(resultBase + i)) }
      kept = Operand(base, plain, .temporary)
    }
    var slot = 0
    for part in parts {
      if case .inout(let place, let type, _) = part {
        moveIn(place, type, from: window(slot))
      }
      slot += part.layout(types).count
    }
    for part in parts {
      if case .operand(let operand, false) = part { finish(operand) }
      if case .inout(let place, _, isBorrowed: false) = part { finish(place) }
    }
    if canThrow, let handler = handlers.last {
      jump(.jumpIfThrown, to: handler)
      if plain != result {
        let base = allocate(result)
        for i in 0..<result.count { emit(.move, base + i, kept.base + i) }
        free(kept.base, plain)
        kept = Operand(base, result, .temporary)
      }
    }
    if result.count == 0 { return Operand(0, .empty, .temporary) }
    return kept
  }

  private func moveIn(_ place: PreparedPlace, _ type: Type, from slot: Int) {
    let layout = types.layout(type)
    switch place {
    case .registers(let base, _):
      for i in 0..<layout.count { emit(.move, base + i, slot + i) }
    default:
      let base = allocate(layout)
      for i in 0..<layout.count { emit(.move, base + i, slot + i) }
      write(Operand(base, layout, .temporary), to: place, type: type)
    }
  }

  // MARK: Native calls

  func emitNativeCall(
    _ function: FunctionDeclaration, _ native: @escaping NativeFunction, typeArguments: [Type],
    parts: [CallPart], canThrow: Bool, result: Layout, isSuper: Bool = false
  ) -> Operand {
    let slots = parts.reduce(0) { $0 + $1.layout(types).count }
    var receiverSlots = 0
    var inPlace: PreparedPlace?
    if case .inout(let place, let type, _)? = parts.first,
      parts.dropFirst().allSatisfy({ if case .inout = $0 { false } else { true } }),
      hasAddress(place)
    {
      inPlace = place
      receiverSlots = types.layout(type).count
    }
    let hasInout = parts.contains { if case .inout = $0 { true } else { false } }
    let site = program.addSite(
      NativeSite(
        name: function.fullName, function: native,
        types: typeArguments.map { types.runtimeType($0) }, argumentSlots: slots,
        receiverSlots: receiverSlots, resultBase: hasInout ? slots : 0, resultSlots: result.count,
        isSuper: isSuper))
    reserveWindow(slots + result.count)
    _ = moveToWindow(parts, skippingFirst: inPlace != nil)
    if let inPlace, let (register, offset) = address(of: inPlace) {
      if offset > 0 { emit(.addressOffset, register, register, offset) }
      emit(.callNativeInPlace, window(0), site, register)
      free(register, .word)
      return finishInPlace(parts, canThrow: canThrow, resultBase: slots, result: result)
    }
    emitWide(.callNative, window(0), site)
    return finishCall(
      parts, canThrow: canThrow, resultBase: hasInout ? slots : 0, result: result)
  }

  /// Whether a place can be reached by an address.
  func hasAddress(_ place: PreparedPlace) -> Bool {
    switch place {
    case .registers, .box, .global, .field: true
    case .element(let base, _, _), .offset(let base, _): hasAddress(base)
    case .kept(let place): hasAddress(place)
    case .computed, .observed, .value: false
    }
  }

  private func finishInPlace(
    _ parts: [CallPart], canThrow: Bool, resultBase: Int, result: Layout
  ) -> Operand {
    let others = parts.dropFirst()
    if case .inout(let place, _, isBorrowed: false)? = parts.first { finish(place) }
    let shifted = Array(others)
    return finishCall(shifted, canThrow: canThrow, resultBase: resultBase, result: result)
  }

  // MARK: Calling function values

  func compileClosureCall(_ callee: Expression, _ arguments: [Argument], type: Type) -> Operand {
    let closure = value(callee)
    let stable = closure.kind == .variable && isUnit ? owned(closure) : closure
    let parts = evaluate(arguments, after: [])
    let slots = moveToWindow(parts)
    let hasInout = parts.contains { if case .inout = $0 { true } else { false } }
    let result = types.layout(type)
    let resultBase = hasInout ? slots : 0
    reserveWindow(slots + result.count + 1)
    emit(.callClosure, window(0), stable.base, slots)
    emit(.extra, resultBase, result.count)
    var canThrow = false
    if case .function(let functionType) = callee.type { canThrow = functionType.canThrow }
    return finishCall(
      parts + [.operand(stable, isBorrowed: false)], canThrow: canThrow, resultBase: resultBase,
      result: result)
  }

  // MARK: Initializers of superclasses

  func delegate(to initializer: FunctionDeclaration, _ arguments: [Argument], isSuper: Bool) {
    if case .structInitializer(let selfVariable, _) = body.kind {
      delegate(to: initializer, arguments, of: selfVariable)
      return
    }
    guard let selfVariable, case .registers(let selfRegister)? = homes[selfVariable] else { return }
    if case .native = initializer.implementation {
      delegateToNativeSuper(evaluate(arguments, after: []))
      return
    }
    guard case .guest(let body) = initializer.implementation else { return }
    let peer = selfPeer ?? selfRegister
    let parts: [CallPart] =
      [.operand(Operand(peer, .reference, .variable), isBorrowed: true)]
      + evaluate(
        arguments, after: [.operand(Operand(peer, .reference, .variable), isBorrowed: true)])
    let slots = moveToWindow(parts)
    reserveWindow(max(slots, 1))
    emitWide(.call, window(0), program.functionIndex(body))
    let result = finishCall(
      parts, canThrow: initializer.effects != .none, resultBase: 0, result: .reference)
    hasDelegated = true
    if selfPeer != nil {
      consume(result, into: selfRegister)
    } else {
      finish(result)
    }
  }

  /// `self.init(…)` of a struct: the other initializer's value becomes `self`.
  private func delegate(
    to initializer: FunctionDeclaration, _ arguments: [Argument], of selfVariable: LocalVariable
  ) {
    let call = Call(
      initializer, arguments: arguments, canThrow: initializer.effects != .none)
    var made = compile(call, type: initializer.result)
    if initializer.result != selfVariable.type {
      let isSome = Label()
      jump(.jumpIfTrue, made.base, to: isSome)
      compileReturn(Expression(.none, initializer.result, at: location))
      place(isSome)
      made = payload(of: made, initializer.result)
    }
    let target = Place(.local(selfVariable), selfVariable.type, at: location)
    write(made, to: prepare(target), type: selfVariable.type)
  }

  func delegateToNativeSuper(_ parts: [CallPart]) {
    guard let selfVariable, let selfPeer, case .registers(let register)? = homes[selfVariable],
      let base = selfVariable.type.nominal.flatMap({ types.nativeBase($0) })
    else { return }
    let slots = moveToWindow(parts)
    reserveWindow(slots + 1)
    let site = program.addSite(
      NativeSite(
        name: "\(base.name).init", function: { _ in }, types: [], argumentSlots: slots,
        receiverSlots: 0, resultBase: 0, resultSlots: 1,
        makeInstance: base.native?.makeSubclassInstance))
    emit(.nativeSubclassMake, register, selfPeer, site)
    for part in parts { if case .operand(let operand, false) = part { finish(operand) } }
    hasDelegated = true
  }
}
