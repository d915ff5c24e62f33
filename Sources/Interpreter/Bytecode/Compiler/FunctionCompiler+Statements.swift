extension FunctionCompiler {
  func compile(_ statements: [Statement]) {
    for statement in statements { compile(statement) }
  }

  func compile(_ statement: Statement) {
    location = statement.location
    switch statement.kind {
    case .expression(let expression): finish(value(expression))
    case .binding(let pattern, let initial): compileBinding(pattern, initial)
    case .declare(let variables): for variable in variables { _ = declare(variable) }
    case .localFunction(let variable, let body): compileLocalFunction(variable, body)
    case .if(let conditions, let then, let otherwise): compileIf(conditions, then, otherwise)
    case .guard(let conditions, let otherwise):
      let failed = Label()
      let end = Label()
      for condition in conditions { compile(condition, ifFalse: failed) }
      jump(.jump, to: end)
      place(failed)
      withScope { compile(otherwise) }
      place(end)
    case .while(let conditions, let body, let label): compileWhile(conditions, body, label)
    case .repeatWhile(let body, let condition, let label): compileRepeat(body, condition, label)
    case .forIn(let loop): compileFor(loop)
    case .switch(let subject, let variable, let cases, let label):
      compileSwitch(subject, variable, cases, label)
    case .break(let label):
      guard let target = targets.last(where: { $0.label === label }) else { return }
      leaveScopes(downTo: target.exits.depth)
      jump(.jump, to: target.exits.breakLabel)
    case .continue(let label):
      guard let target = targets.last(where: { $0.label === label }),
        let next = target.exits.continueLabel
      else { return }
      leaveScopes(downTo: target.exits.depth)
      jump(.jump, to: next)
    case .fallthrough: if let next = fallthroughTargets.last { jump(.jump, to: next) }
    case .return(let expression): compileReturn(expression)
    case .throw(let error):
      let operand = owned(value(error))
      emit(.throwError, operand.base)
      free(operand.base, operand.layout)
      if let handler = handlers.last { jump(.jump, to: handler) }
    case .doCatch(let body, let error, let clauses): compileDoCatch(body, error, clauses)
    case .do(let body, let label):
      let end = Label()
      targets.append((label, JumpTarget(breakLabel: end, continueLabel: nil, depth: scopes.count)))
      withScope { compile(body) }
      targets.removeLast()
      place(end)
    case .defer(let body):
      let landing = Label()
      scopes[scopes.count - 1].deferred.append(body)
      scopes[scopes.count - 1].landings.append(landing)
      handlers.append(landing)
    case .initializeProperties(let selfVariable, let declaration):
      initializeProperties(of: selfVariable, declaration)
    }
  }

  private func initializeProperties(
    of selfVariable: LocalVariable, _ declaration: NominalDeclaration
  ) {
    let selfPlace = Place(.local(selfVariable), selfVariable.type, at: location)
    for property in declaration.storedProperties {
      guard let initial = property.initialValue else { continue }
      let kind: Place.Kind =
        declaration.kind == .class
        ? .objectField(Expression(.place(selfPlace), selfVariable.type, at: location), property)
        : .field(selfPlace, property)
      assign(initial, to: Place(kind, property.type, at: initial.location))
    }
  }

  // MARK: Declarations

  private func compileBinding(_ pattern: Pattern, _ initial: Expression) {
    switch pattern.kind {
    case .any: finish(value(initial))
    case .local(let variable) where !isBoxed(variable):
      // Evaluated before the name exists: `let x = x`.
      let layout = types.layout(variable.type)
      let base = allocate(layout)
      store(initial, into: base)
      scopes[scopes.count - 1].variables.append((base, layout))
      homes[variable] = .registers(base)
    case .global(let variable) where isUnit:
      program.allocate(variable)
      store(initial, into: variable.firstSlot)
      noteInitialization(variable)
    default:
      let operand = owned(value(initial))
      bind(pattern, operand, initial.type)
      finish(operand)
    }
  }

  func noteInitialization(_ variable: GlobalVariable) {
    function.initializations.append((variable, instructions.count))
  }

  private func compileLocalFunction(_ variable: LocalVariable, _ body: FunctionBody) {
    // The function may refer to itself: its variable exists before its closure.
    if body.captures.contains(variable) {
      recursiveFunctions.insert(variable)
      let box = allocate(.reference)
      scopes[scopes.count - 1].variables.append((box, .reference))
      homes[variable] = .box(box)
      emit(.boxMake, box, program.layout(.reference))
      let closure = allocate(.reference)
      storeClosure(body, into: closure)
      let address = allocate(.word)
      emit(.boxAddress, address, box)
      emit(.storeAt, closure, address, 0)
      emit(.clear, closure, 1)
      free(address, .word)
      free(closure, .reference)
      return
    }
    let base = declare(variable)
    if case .registers? = homes[variable] {
      storeClosure(body, into: base)
    } else {
      let closure = allocate(.reference)
      storeClosure(body, into: closure)
      write(
        Operand(closure, .reference, .temporary),
        to: prepare(Place(.local(variable), variable.type, at: location)), type: variable.type)
    }
  }

  // MARK: Conditions

  /// Jumps when the condition does not hold; what it binds belongs to the innermost scope.
  func compile(_ condition: Condition, ifFalse label: Label) {
    switch condition {
    case .expression(let expression): branch(expression, ifFalse: label)
    case .pattern(let pattern, let expression):
      let operand = value(expression)
      // The value must outlive the names bound to it, and be released on both ways out.
      let kept = hold(operand)
      match(pattern, kept, expression.type, ifFailed: label)
    }
  }

  /// Makes a temporary part of the innermost scope.
  func hold(_ operand: Operand) -> Operand {
    let stable = operand.kind == .window ? owned(operand) : operand
    if stable.kind == .temporary, stable.layout.count > 0 {
      scopes[scopes.count - 1].variables.append((stable.base, stable.layout))
      return Operand(stable.base, stable.layout, .variable)
    }
    return stable
  }

  private func compileIf(
    _ conditions: [Condition], _ then: [Statement], _ otherwise: [Statement]
  ) {
    let isFalse = Label()
    let end = Label()
    scopes.append(Scope())
    for condition in conditions { compile(condition, ifFalse: isFalse) }
    withScope { compile(then) }
    let bound = scopes.removeLast()
    let release = { [self] in
      for (base, layout) in bound.variables.reversed() { releaseRegisters(base, layout) }
    }
    release()
    if otherwise.isEmpty, !bound.variables.contains(where: { $0.layout.hasReferences }) {
      place(isFalse)
    } else {
      jump(.jump, to: end)
      place(isFalse)
      release()
      withScope { compile(otherwise) }
      place(end)
    }
    for (base, layout) in bound.variables { free(base, layout) }
  }

  // MARK: Loops

  private func compileWhile(_ conditions: [Condition], _ body: [Statement], _ label: LoopLabel) {
    let start = Label()
    let end = Label()
    let exhausted = Label()
    targets.append(
      (label, JumpTarget(breakLabel: end, continueLabel: start, depth: scopes.count)))
    let isPlain = conditions.allSatisfy { if case .expression = $0 { true } else { false } }
    if isPlain {
      // The condition stands at the end as well: one jump a turn.
      let top = Label()
      for condition in conditions { compile(condition, ifFalse: exhausted) }
      place(top)
      withScope { compile(body) }
      place(start)
      location = conditions.first.map(conditionLocation) ?? location
      let expressions = conditions.compactMap {
        if case .expression(let expression) = $0 { expression } else { nil }
      }
      for expression in expressions.dropLast() { branch(expression, ifFalse: exhausted) }
      if let last = expressions.last {
        branch(last, ifTrue: top)
      } else {
        jump(.loop, to: top)
      }
    } else {
      place(start)
      scopes.append(Scope())
      for condition in conditions { compile(condition, ifFalse: exhausted) }
      withScope { compile(body) }
      endScope(thenJumpingTo: start)
    }
    targets.removeLast()
    place(exhausted)
    if let bound = pendingRelease.popLast(), !isPlain { releaseAndFree(bound) }
    place(end)
  }

  private func conditionLocation(_ condition: Condition) -> SourceLocation {
    switch condition {
    case .expression(let expression), .pattern(_, let expression): expression.location
    }
  }

  private func endScope(thenJumpingTo start: Label) {
    let scope = scopes.removeLast()
    for (base, layout) in scope.variables.reversed() { releaseRegisters(base, layout) }
    jump(.loop, to: start)
    pendingRelease.append(scope.variables)
  }

  private func releaseAndFree(_ variables: [(base: Int, layout: Layout)]) {
    for (base, layout) in variables.reversed() { releaseRegisters(base, layout) }
    for (base, layout) in variables { free(base, layout) }
  }

  private func compileRepeat(_ body: [Statement], _ condition: Expression, _ label: LoopLabel) {
    let start = Label()
    let test = Label()
    let end = Label()
    targets.append(
      (label, JumpTarget(breakLabel: end, continueLabel: test, depth: scopes.count)))
    place(start)
    withScope { compile(body) }
    place(test)
    branch(condition, ifFalse: end)
    jump(.loop, to: start)
    targets.removeLast()
    place(end)
  }

  private func compileDoCatch(
    _ body: [Statement], _ error: LocalVariable, _ clauses: [CatchClause]
  ) {
    let failed = Label()
    let end = Label()
    let log = allocationLog.count
    let live = liveReferences
    handlers.append(failed)
    withScope { compile(body) }
    handlers.removeLast()
    jump(.jump, to: end)
    place(failed)
    releaseAfterThrow(since: log, sparing: live)
    scopes.append(Scope())
    let register = allocate(.reference)
    scopes[scopes.count - 1].variables.append((register, .reference))
    homes[error] = .registers(register)
    emit(.takeThrown, register)
    let subject = Operand(register, .reference, .variable)
    for clause in clauses {
      let next = Label()
      let matched = Label()
      scopes.append(Scope())
      if !clause.patterns.isEmpty {
        compileAlternatives(clause.patterns, subject, error.type, matched: matched, next: next)
      }
      place(matched)
      compile(clause.body)
      leaveScopes(downTo: scopes.count - 2)
      jump(.jump, to: end)
      place(next)
      endScope()
    }
    // Nothing caught it: it goes on.
    emit(.throwError, register)
    if let handler = handlers.last { jump(.jump, to: handler) }
    for (base, layout) in scopes.removeLast().variables { free(base, layout) }
    place(end)
  }
}
