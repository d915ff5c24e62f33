extension FunctionCompiler {
  /// Binds the names of a pattern that always matches; the operand stays as it is.
  func bind(_ pattern: Pattern, _ operand: Operand, _ type: Type) {
    let never = Label()
    match(pattern, operand, type, ifFailed: never)
    place(never)
  }

  /// Matches a value against a pattern: binds its names in the innermost scope, or jumps.
  func match(_ pattern: Pattern, _ operand: Operand, _ type: Type, ifFailed label: Label) {
    let outer = location
    location = pattern.location
    defer { location = outer }
    switch pattern.kind {
    case .any: break
    case .local(let variable): bind(variable, operand)
    case .global(let variable):
      program.allocate(variable)
      if isUnit {
        consumeCopy(operand, into: variable.firstSlot)
        noteInitialization(variable)
      }
    case .tuple(let patterns):
      guard case .tuple(let elements) = type else { return }
      var offset = 0
      for (inner, element) in zip(patterns, elements) {
        let layout = types.layout(element.type)
        match(inner, borrowed(operand, offset, layout), element.type, ifFailed: label)
        offset += layout.count
      }
    case .enumCase(let enumCase, let patterns) where enumCase.owner.name == "Optional":
      let kind = patterns.first.map { Pattern.Kind.some($0) } ?? .none
      match(Pattern(kind, type, at: pattern.location), operand, type, ifFailed: label)
    case .enumCase(let enumCase, let patterns):
      compareAndJump(.jumpNotEqualSmall, operand.base, enumCase.tag, to: label)
      matchPayload(enumCase, patterns, operand, ifFailed: label)
    case .some(let inner):
      jump(.jumpIfFalse, operand.base, to: label)
      let wrapped = wrapped(type)
      match(
        inner, borrowed(operand, payloadOffset(type), types.layout(wrapped)), wrapped,
        ifFailed: label)
    case .none: jump(.jumpIfTrue, operand.base, to: label)
    case .expression(let variable, let matches):
      homes[variable] = .registers(operand.base)
      branch(matches, ifFalse: label)
    case .isType(let target):
      let test = allocate(.word)
      emit(.isType, test, operand.base)
      emit(.extra, types.index(type), types.index(target))
      jump(.jumpIfFalse, test, to: label)
      free(test, .word)
    case .cast(let target, let inner):
      matchCast(target, inner, operand, type, ifFailed: label)
    }
  }

  private func borrowed(_ operand: Operand, _ offset: Int, _ layout: Layout) -> Operand {
    Operand(operand.base + offset, layout, .variable)
  }

  private func consumeCopy(_ operand: Operand, into base: Int) {
    for i in 0..<operand.layout.count {
      emit(operand.layout.isReference[i] ? .copy : .move, base + i, operand.base + i)
    }
  }

  private func bind(_ variable: LocalVariable, _ operand: Operand) {
    if isBoxed(variable) {
      let box = declare(variable)
      let address = allocate(.word)
      emit(.boxAddress, address, box)
      for i in 0..<operand.layout.count {
        if operand.layout.isReference[i] { emit(.retain, operand.base + i) }
        emit(.storeAt, operand.base + i, address, i)
      }
      free(address, .word)
    } else {
      consumeCopy(operand, into: declare(variable))
    }
  }

  private func matchPayload(
    _ enumCase: EnumCase, _ patterns: [Pattern], _ operand: Operand, ifFailed label: Label
  ) {
    var slot = 0
    for (pattern, element) in zip(patterns, enumCase.payload) {
      let layout = types.layout(element.type)
      defer { slot += layout.count }
      if case .any = pattern.kind { continue }
      let base = allocate(layout)
      scopes[scopes.count - 1].variables.append((base, layout))
      for i in 0..<layout.count {
        emit(.payloadGet, base + i, operand.base + 1, slot + i)
        if layout.isReference[i] { emit(.retain, base + i) }
      }
      match(pattern, Operand(base, layout, .variable), element.type, ifFailed: label)
    }
  }

  private func matchCast(
    _ target: Type, _ inner: Pattern, _ operand: Operand, _ type: Type, ifFailed label: Label
  ) {
    let layout = types.layout(target)
    let tag = types.isNullable(target) ? 0 : 1
    let base = allocate(layout)
    scopes[scopes.count - 1].variables.append((base, layout))
    reserveWindow(layout.count + tag)
    emit(.cast, window(0), operand.base)
    emit(.extra, types.index(type), types.index(target))
    jump(.jumpIfFalse, window(0), to: label)
    for i in 0..<layout.count { emit(.move, base + i, window(tag + i)) }
    match(inner, Operand(base, layout, .variable), target, ifFailed: label)
  }

  // MARK: switch

  func compileSwitch(
    _ subject: Expression, _ variable: LocalVariable, _ cases: [SwitchCase], _ label: LoopLabel
  ) {
    let end = Label()
    scopes.append(Scope())
    let operand = hold(value(subject))
    homes[variable] = .registers(operand.base)
    targets.append(
      (label, JumpTarget(breakLabel: end, continueLabel: nil, depth: scopes.count - 1)))
    let bodies = cases.map { _ in Label() }
    for (i, item) in cases.enumerated() {
      let next = Label()
      scopes.append(Scope())
      if !item.patterns.isEmpty {
        compileAlternatives(
          item.patterns, operand, subject.type, matched: bodies[i], next: next)
      }
      place(bodies[i])
      fallthroughTargets.append(i + 1 < bodies.count ? bodies[i + 1] : end)
      withScope { compile(item.body) }
      fallthroughTargets.removeLast()
      leaveScopes(downTo: scopes.count - 2)
      jump(.jump, to: end)
      place(next)
      endScope()
    }
    targets.removeLast()
    endScope()
    place(end)
  }

  /// Tries patterns one after another: to `matched` with the first that fits, else to `next`.
  func compileAlternatives(
    _ patterns: [CasePattern], _ operand: Operand, _ type: Type, matched: Label, next: Label
  ) {
    for (i, alternative) in patterns.enumerated() {
      let isLast = i == patterns.count - 1
      let failed = isLast ? next : Label()
      match(alternative.pattern, operand, type, ifFailed: failed)
      if let condition = alternative.condition { branch(condition, ifFalse: failed) }
      if !isLast {
        jump(.jump, to: matched)
        place(failed)
      }
    }
  }

  func storeSwitch(
    _ subject: Expression, _ variable: LocalVariable, _ cases: [Expression.ExpressionCase],
    into base: Int
  ) {
    let end = Label()
    scopes.append(Scope())
    let operand = hold(value(subject))
    homes[variable] = .registers(operand.base)
    for item in cases {
      let next = Label()
      let matched = Label()
      scopes.append(Scope())
      if !item.patterns.isEmpty {
        compileAlternatives(item.patterns, operand, subject.type, matched: matched, next: next)
      }
      place(matched)
      store(item.value, into: base)
      leaveScopes(downTo: scopes.count - 2)
      jump(.jump, to: end)
      place(next)
      endScope()
    }
    endScope()
    place(end)
  }

  func storeBranches(
    _ branches: [([Condition], Expression)], otherwise: Expression, into base: Int
  ) {
    let end = Label()
    for (conditions, branchValue) in branches {
      let isFalse = Label()
      scopes.append(Scope())
      for condition in conditions { compile(condition, ifFalse: isFalse) }
      store(branchValue, into: base)
      leaveScopes(downTo: scopes.count - 1)
      jump(.jump, to: end)
      place(isFalse)
      endScope()
    }
    store(otherwise, into: base)
    place(end)
  }
}
