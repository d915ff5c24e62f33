extension FunctionCompiler {
  func compileFor(_ loop: Statement.ForIn) {
    switch loop.sequence {
    case .range(let from, let to, let isClosed): compileRange(loop, from, to, isClosed: isClosed)
    case .array(let array, let element): compileArrayLoop(loop, array, element)
    case .iterator(let sequence, let element): compileIteratorLoop(loop, sequence, element)
    }
  }

  private func compileRange(
    _ loop: Statement.ForIn, _ from: Expression, _ to: Expression, isClosed: Bool
  ) {
    let top = Label()
    let next = Label()
    let end = Label()
    scopes.append(Scope())
    let counter = allocate(.word)
    let limit = allocate(.word)
    scopes[scopes.count - 1].variables += [(counter, .word), (limit, .word)]
    store(from, into: counter)
    store(to, into: limit)
    // `a..<b` and `a...b` trap when b < a.
    let isValid = Label()
    compareAndJump(.jumpLessEqual, counter, limit, to: isValid)
    emitTrap("Range requires lowerBound <= upperBound")
    place(isValid)
    if !isClosed { compareAndJump(.jumpLessEqual, limit, counter, to: end) }
    targets.append(
      (loop.label, JumpTarget(breakLabel: end, continueLabel: next, depth: scopes.count)))
    place(top)
    scopes.append(Scope())
    if case .local(let variable) = loop.pattern.kind, !isBoxed(variable), !variable.isMutable {
      homes[variable] = .registers(counter)
    } else {
      bind(loop.pattern, Operand(counter, .word, .variable), loop.pattern.type)
    }
    if let condition = loop.condition {
      let skip = Label()
      branch(condition, ifFalse: skip)
      withScope { compile(loop.body) }
      place(skip)
    } else {
      withScope { compile(loop.body) }
    }
    endScope()
    place(next)
    compareAndJump(isClosed ? .countThrough : .countUp, counter, limit, to: top)
    targets.removeLast()
    place(end)
    endScope()
  }

  private func compileArrayLoop(_ loop: Statement.ForIn, _ array: Expression, _ element: Type) {
    let top = Label()
    let next = Label()
    let end = Label()
    let layout = types.layout(element)
    scopes.append(Scope())
    // The loop keeps the array as it was: an assignment in the body makes a new one.
    let source = owned(value(array))
    let index = allocate(.word)
    let count = allocate(.word)
    let current = allocate(layout)
    scopes[scopes.count - 1].variables += [
      (source.base, source.layout), (index, .word), (count, .word), (current, layout),
    ]
    emitWide(.loadSmall, index, 0)
    emit(.arrayCount, count, source.base)
    compareAndJump(.jumpLessEqual, count, index, to: end)
    targets.append(
      (loop.label, JumpTarget(breakLabel: end, continueLabel: next, depth: scopes.count)))
    place(top)
    emitGet(current, source.base, index, layout)
    compileBody(loop, current, layout)
    place(next)
    releaseRegisters(current, layout)
    compareAndJump(.countUp, index, count, to: top)
    targets.removeLast()
    place(end)
    endScope()
  }

  private func compileIteratorLoop(
    _ loop: Statement.ForIn, _ sequence: Expression, _ element: Type
  ) {
    let top = Label()
    let next = Label()
    let end = Label()
    let layout = types.layout(element)
    scopes.append(Scope())
    let source = value(sequence)
    let iterator = allocate(.reference)
    let current = allocate(layout)
    let more = allocate(.word)
    scopes[scopes.count - 1].variables += [
      (iterator, .reference), (current, layout), (more, .word),
    ]
    emit(.iteratorMake, iterator, source.base, types.index(sequence.type))
    finish(source)
    targets.append(
      (loop.label, JumpTarget(breakLabel: end, continueLabel: next, depth: scopes.count)))
    place(top)
    emit(.iteratorNext, more, iterator, current)
    jump(.jumpIfFalse, more, to: end)
    compileBody(loop, current, layout)
    place(next)
    releaseRegisters(current, layout)
    jump(.loop, to: top)
    targets.removeLast()
    place(end)
    endScope()
  }

  private func compileBody(_ loop: Statement.ForIn, _ current: Int, _ layout: Layout) {
    let skip = Label()
    scopes.append(Scope())
    let operand = Operand(current, layout, .variable)
    if case .local(let variable) = loop.pattern.kind, !isBoxed(variable), !variable.isMutable {
      homes[variable] = .registers(current)
    } else if case .enumCase = loop.pattern.kind {
      match(loop.pattern, operand, loop.pattern.type, ifFailed: skip)
    } else if case .some = loop.pattern.kind {
      match(loop.pattern, operand, loop.pattern.type, ifFailed: skip)
    } else {
      bind(loop.pattern, operand, loop.pattern.type)
    }
    if let condition = loop.condition { branch(condition, ifFalse: skip) }
    withScope { compile(loop.body) }
    place(skip)
    endScope()
  }
}
