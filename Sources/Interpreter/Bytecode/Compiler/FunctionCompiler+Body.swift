extension FunctionCompiler {
  func compileFunction() {
    scopes.append(Scope())
    let functionExit = Label()
    handlers.append(functionExit)

    switch body.kind {
    case .classInitializer(let selfVariable, _):
      beginClassInitializer(selfVariable)
    default: break
    }
    var inouts: [(LocalVariable, Int)] = []
    for parameter in body.parameters {
      let base = allocateParameter(types.layout(parameter.type), isInout: parameter.isInout)
      homes[parameter] = .registers(base)
      if parameter.isInout { inouts.append((parameter, base)) }
    }
    function.parameterSlots = parameterSlots
    for captured in body.captures {
      let isInBox = isBoxed(captured) || function.boxedCaptures.contains(captured)
      if function.boxedCaptures.contains(captured) { recursiveFunctions.insert(captured) }
      let layout = isInBox ? Layout.reference : types.layout(captured.type)
      let base = allocateParameter(layout, isInout: false)
      homes[captured] = isInBox ? .box(base) : .registers(base)
    }
    if selfPeer != nil, let selfVariable { _ = declare(selfVariable) }
    function.resultBase = inouts.isEmpty ? 0 : function.parameterSlots
    if case .classInitializer = body.kind { resultLayout = .reference }
    reserveResult(function.resultBase + resultLayout.count)

    // A parameter that a closure captures and that can change lives in a box meanwhile.
    for parameter in body.parameters where isBoxed(parameter) {
      guard case .registers(let base)? = homes[parameter] else { continue }
      let layout = types.layout(parameter.type)
      let box = declare(parameter)
      let address = allocate(.word)
      emit(.boxAddress, address, box)
      for i in 0..<layout.count {
        if layout.isReference[i], !parameter.isInout { emit(.retain, base + i) }
        emit(.storeAt, base + i, address, i)
        if layout.isReference[i], parameter.isInout { emit(.clear, base + i, 1) }
      }
      free(address, .word)
    }
    inoutParameters = inouts
    cacheSelfPeer()
    if case .structInitializer(let selfVariable, _) = body.kind { _ = declare(selfVariable) }

    for statement in body.statements { compile(statement) }

    compileReturn(nil)
    compileLandings()
    place(functionExit)
    if !functionExit.uses.isEmpty || usesExit(functionExit) {
      writeBackInouts()
      abandonSelf()
      emit(.releaseAll)
      emit(.returnThrown)
    }
  }

  private func usesExit(_ label: Label) -> Bool { body.canThrow }

  private var parameterSlots: Int {
    var slots = body.parameters.reduce(0) { $0 + types.layout($1.type).count }
    if case .classInitializer = body.kind { slots += 1 }
    return slots
  }

  private func beginClassInitializer(_ selfVariable: LocalVariable) {
    self.selfVariable = selfVariable
    let peer = allocateParameter(.reference, isInout: false)
    if let declaration = selfVariable.type.nominal, types.nativeBase(declaration) != nil {
      selfPeer = peer  // `self` itself gets its register after the parameters
    } else {
      homes[selfVariable] = .registers(peer)
    }
  }

  /// In a method of a class with a native superclass, finds the guest part of `self` once.
  private func cacheSelfPeer() {
    guard selfPeer == nil, case .function = body.kind, let first = body.parameters.first,
      first.name == "self", let declaration = first.type.nominal, declaration.kind == .class,
      let base = types.nativeBase(declaration), case .registers(let register)? = homes[first]
    else { return }
    selfVariable = first
    let peer = allocate(.word)
    emit(.peer, peer, register, types.peerNumber(base))
    selfPeer = peer
  }

  /// The values of boxed inout parameters go back to where the caller looks for them.
  func writeBackInouts() {
    for (parameter, base) in inoutParameters {
      guard case .box(let box)? = homes[parameter] else { continue }
      let layout = types.layout(parameter.type)
      let address = allocate(.word)
      emit(.boxAddress, address, box)
      for i in 0..<layout.count {
        emit(.loadAt, base + i, address, i)
        if layout.isReference[i] { emit(.retain, base + i) }
      }
      free(address, .word)
    }
  }

  func compileUnit(_ unit: CheckedUnit) {
    scopes.append(Scope())
    let exit = Label()
    handlers.append(exit)
    for statement in unit.body.statements { compile(statement) }
    if let displayed = unit.displayed {
      // The machine looks for the value in the first slots of the window.
      let operand = value(displayed)
      consume(operand, into: window(0))
      reserveWindow(operand.layout.count)
      function.resultBase = -1
    }
    leaveScopes(downTo: 0)
    emit(.returnResult)
    compileLandings()
    place(exit)
    emit(.releaseAll)
    emit(.returnThrown)
  }

  /// Leaves the function with the value of an expression, or with what its kind returns.
  func compileReturn(_ expression: Expression?) {
    let base = function.resultBase
    switch body.kind {
    case .classInitializer(let selfVariable, _):
      if let expression, case .none = expression.kind {
        abandonSelf()
        leaveScopes(downTo: 0)
        emit(.loadSmall, base)
      } else {
        returnSelf(selfVariable, base)
      }
    case .structInitializer(let selfVariable, let isFailable):
      returnStruct(selfVariable, base, isFailable: isFailable, expression)
    default:
      if let expression, resultLayout.count > 0 {
        if resultLayout.count == 1, !resultLayout.hasReferences, isArithmetic(expression),
          scopes.allSatisfy({ $0.deferred.isEmpty })
        {
          store(expression, into: base)
          writeBackInouts()
          leaveScopes(downTo: 0)
        } else {
          let operand = ownedForReturn(expression)
          writeBackInouts()
          leaveScopes(downTo: 0, sparing: operand)
          moveOwned(operand, to: base)
        }
      } else {
        if let expression { finish(value(expression)) }
        writeBackInouts()
        leaveScopes(downTo: 0)
      }
    }
    emit(.returnResult)
  }

  /// An initializer fails: an object that was never complete has no deinitializer to run.
  private func abandonSelf() {
    guard case .classInitializer = body.kind, !hasDelegated else { return }
    emit(.abandonObject, 0)
  }

  private func returnSelf(_ selfVariable: LocalVariable, _ base: Int) {
    if selfPeer != nil, !hasDelegated { delegateToNativeSuper([]) }
    guard case .registers(let register)? = homes[selfVariable] else { return }
    if selfPeer != nil {
      let result = allocate(.reference)
      emit(.take, result, register)
      leaveScopes(downTo: 0)
      emit(.take, base, result)
      free(result, .reference)
    } else {
      leaveScopes(downTo: 0)
      emit(.copy, base, register)
    }
  }

  private func returnStruct(
    _ selfVariable: LocalVariable, _ base: Int, isFailable: Bool, _ expression: Expression?
  ) {
    let layout = types.layout(selfVariable.type)
    if let expression, case .none = expression.kind {
      leaveScopes(downTo: 0)
      for i in 0..<resultLayout.count { emitWide(.loadSmall, base + i, 0) }
      return
    }
    let operand = read(Place(.local(selfVariable), selfVariable.type, at: location))
    let copy = allocate(layout)
    consume(operand, into: copy)
    leaveScopes(downTo: 0)
    let hasTag = isFailable && resultLayout.count > layout.count
    if hasTag { emitWide(.loadSmall, base, 1) }
    for i in 0..<layout.count {
      emit(layout.isReference[i] ? .take : .move, base + (hasTag ? 1 : 0) + i, copy + i)
    }
    free(copy, layout)
  }

  /// An owned value in registers of its own; a local variable that dies with the function is moved.
  private func ownedForReturn(_ expression: Expression) -> Operand {
    if case .place(let place) = expression.kind, case .local(let variable) = place.kind,
      case .registers(let base)? = homes[variable], scopes.allSatisfy({ $0.deferred.isEmpty }),
      scopes.contains(where: { $0.variables.contains { $0.base == base } })
    {
      let layout = types.layout(variable.type)
      let copy = allocate(layout)
      for i in 0..<layout.count {
        emit(layout.isReference[i] ? .take : .move, copy + i, base + i)
      }
      return Operand(copy, layout, .temporary)
    }
    return owned(value(expression))
  }

  /// Moves an owned temporary to its destination for good.
  func moveOwned(_ operand: Operand, to base: Int) {
    for i in 0..<operand.layout.count {
      emit(operand.layout.isReference[i] ? .take : .move, base + i, operand.base + i)
    }
    free(operand.base, operand.layout)
  }

  // MARK: Scopes

  func withScope(_ work: () -> Void) {
    scopes.append(Scope())
    work()
    endScope()
  }

  func endScope() {
    leaveScope(scopes.count - 1)
    compileLandings()
    for (base, layout) in scopes.removeLast().variables { free(base, layout) }
  }

  /// What `defer` does when an error leaves the innermost scope: it waits while the statements run.
  func compileLandings() {
    let scope = scopes[scopes.count - 1]
    guard !scope.landings.isEmpty else { return }
    let end = Label()
    jump(.jump, to: end)
    for (landing, statements) in zip(scope.landings, scope.deferred).reversed() {
      handlers.removeLast()
      if landing.uses.isEmpty { continue }
      place(landing)
      let error = allocate(.reference)
      emit(.takeThrown, error)
      withScope { compile(statements) }
      emit(.throwError, error)
      free(error, .reference)
      if let handler = handlers.last { jump(.jump, to: handler) }
    }
    place(end)
    scopes[scopes.count - 1].landings = []
  }

  /// Emits what happens when control leaves all scopes above `depth`; they stay open for the compiler.
  func leaveScopes(downTo depth: Int, sparing operand: Operand? = nil) {
    for index in stride(from: scopes.count - 1, through: depth, by: -1) { leaveScope(index) }
  }

  private func leaveScope(_ index: Int) {
    let saved = scopes
    for statements in scopes[index].deferred.reversed() {
      scopes = Array(saved[0...index])
      scopes[index].deferred = []
      scopes.append(Scope())
      for statement in statements { compile(statement) }
      let inner = scopes.removeLast()
      for (base, layout) in inner.variables {
        releaseRegisters(base, layout)
        free(base, layout)
      }
      scopes = saved
    }
    for (base, layout) in scopes[index].variables.reversed() { releaseRegisters(base, layout) }
  }

  func releaseRegisters(_ base: Int, _ layout: Layout) {
    for i in 0..<layout.count where layout.isReference[i] { emit(.release, base + i) }
  }
}
