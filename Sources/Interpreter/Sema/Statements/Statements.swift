import SwiftSyntax

extension Checker {
  /// The statements of a block; local functions and types are known from its beginning.
  func block(_ items: CodeBlockItemListSyntax) -> [Statement] {
    hoistDeclarations(items)
    var statements: [Statement] = []
    for item in items { statements += statement(item) }
    return statements
  }

  func block(_ node: CodeBlockSyntax) -> [Statement] { withScope { block(node.statements) } }

  func statement(_ item: CodeBlockItemSyntax) -> [Statement] {
    let saved = hoisted
    hoisted = []
    if speculation == 0 { work = 0 }
    let made: [Statement]
    switch item.item {
    case .decl(let node): made = declaration(node)
    case .stmt(let node): made = statement(node, label: nil)
    case .expr(let node): made = expressionStatement(node)
    }
    let all = hoisted + made
    hoisted = saved
    return all
  }

  func expressionStatement(_ node: ExprSyntax) -> [Statement] {
    if let branch = node.as(IfExprSyntax.self) { return ifStatement(branch) }
    if let choice = node.as(SwitchExprSyntax.self) { return switchStatement(choice, label: nil) }
    let value = infer(node)
    if value.type == Self.nilType { return [] }
    warnUnused(value, at: node)
    return [Statement(.expression(value), at: value.location)]
  }

  func statement(_ node: StmtSyntax, label: String?) -> [Statement] {
    let place = location(node)
    switch node.as(StmtSyntaxEnum.self) {
    case .expressionStmt(let s):
      if let choice = s.expression.as(SwitchExprSyntax.self) {
        return switchStatement(choice, label: label)
      }
      if let branch = s.expression.as(IfExprSyntax.self) {
        if label != nil { unsupported("a labelled 'if'", at: node) }
        return ifStatement(branch)
      }
      return expressionStatement(s.expression)
    case .returnStmt(let s): return returnStatement(s)
    case .forStmt(let s): return forStatement(s, label: label)
    case .whileStmt(let s):
      let loop = LoopLabel(label)
      return withScope {
        let conditions = self.conditions(s.conditions)
        let body = inside(loop, .loop) { block(s.body) }
        return [Statement(.while(conditions, body: body, loop), at: place)]
      }
    case .repeatStmt(let s):
      let loop = LoopLabel(label)
      let body = inside(loop, .loop) { block(s.body) }
      let condition = check(s.condition, known.bool, .condition)
      return [Statement(.repeatWhile(body: body, condition, loop), at: place)]
    case .guardStmt(let s): return guardStatement(s)
    case .breakStmt(let s): return breakStatement(s)
    case .continueStmt(let s): return continueStatement(s)
    case .fallThroughStmt:
      if !context.labels.contains(where: { $0.kind == .switch }) {
        error("'fallthrough' is only allowed inside a switch", at: node)
      }
      return [Statement(.fallthrough, at: place)]
    case .throwStmt(let s): return throwStatement(s)
    case .doStmt(let s): return doStatement(s, label: label)
    case .deferStmt(let s):
      return [Statement(.defer(block(s.body)), at: place)]
    case .labeledStmt(let s): return statement(s.statement, label: s.label.text)
    case .missingStmt: return []
    default:
      unsupported("this kind of statement", at: node)
      return []
    }
  }

  func inside<T>(_ label: LoopLabel, _ kind: FunctionContext.OpenStatement.Kind, _ body: () -> T)
    -> T
  {
    context.labels.append(FunctionContext.OpenStatement(label: label, kind: kind))
    let here = context
    defer { here.labels.removeLast() }
    return body()
  }

  // MARK: Leaving

  private func returnStatement(_ node: ReturnStmtSyntax) -> [Statement] {
    let place = location(node)
    guard context.kind != .unit else {
      error("return invalid outside of a func", at: node)
      if let value = node.expression { _ = infer(value) }
      return []
    }
    if context.isInitializer {
      guard let value = node.expression else { return [Statement(.return(nil), at: place)] }
      if value.is(NilLiteralExprSyntax.self), let result = context.result {
        if known.isOptional(result) {
          return [Statement(.return(Expression(.none, result, at: place)), at: place)]
        }
        error("only a failable initializer can return 'nil'", at: node)
        return []
      }
      error("'nil' is the only return value permitted in an initializer", at: value)
      return []
    }
    guard let value = node.expression else {
      if let result = context.result, !result.isVoid, !result.isInvalid {
        error("non-void function should return a value", at: node)
      }
      if context.result == nil { context.result = .void }
      return [Statement(.return(nil), at: place)]
    }
    guard let result = context.result else {
      let found = infer(value)
      context.result = found.type
      if found.type == Self.nilType { context.result = .invalid }
      return [Statement(.return(found.type.isVoid ? found : found), at: place)]
    }
    if result.isVoid {
      let found = infer(value)
      if !found.type.isVoid, !found.type.isInvalid {
        error("unexpected non-void return value in void function", at: value)
      }
      return [
        Statement(.expression(found), at: place), Statement(.return(nil), at: place),
      ]
    }
    let found = check(
      value, result, context.kind == .closure ? .closureResult : .returned)
    return [Statement(.return(found), at: place)]
  }

  private func breakStatement(_ node: BreakStmtSyntax) -> [Statement] {
    let place = location(node)
    if let name = node.label?.text {
      guard let found = context.labels.last(where: { $0.label.name == name }) else {
        error("cannot find label '\(name)' in scope", at: node)
        return []
      }
      return [Statement(.break(found.label), at: place)]
    }
    guard let found = context.labels.last(where: { $0.kind == .loop || $0.kind == .switch }) else {
      error(
        context.labels.isEmpty && context.blocks == 0
          ? "'break' is only allowed inside a loop, if, do, or switch"
          : "unlabeled 'break' is only allowed inside a loop or switch, a labeled break is required"
            + " to exit an if or do", at: node)
      return []
    }
    return [Statement(.break(found.label), at: place)]
  }

  private func continueStatement(_ node: ContinueStmtSyntax) -> [Statement] {
    let loops = context.labels.filter { $0.kind == .loop }
    if let name = node.label?.text {
      guard let found = loops.last(where: { $0.label.name == name }) else {
        error("cannot find label '\(name)' in scope", at: node)
        return []
      }
      return [Statement(.continue(found.label), at: location(node))]
    }
    guard let found = loops.last else {
      error("'continue' is only allowed inside a loop", at: node)
      return []
    }
    return [Statement(.continue(found.label), at: location(node))]
  }

  // MARK: Errors

  private func throwStatement(_ node: ThrowStmtSyntax) -> [Statement] {
    let value = check(node.expression, known.anyError, .thrown)
    context.throwCount += 1
    var isHandled = false
    var isPartlyHandled = false
    for handler in context.handlers.reversed() {
      if case .handled = handler {
        isHandled = true
        break
      }
      isPartlyHandled = true
    }
    if !isHandled {
      if context.canThrow {
        context.throwsErrors = true
      } else {
        error(
          isPartlyHandled
            ? "error is not handled because the enclosing catch is not exhaustive"
            : "error is not handled because the enclosing function is not declared 'throws'",
          at: node)
      }
    }
    return [Statement(.throw(value), at: location(node))]
  }

  private func doStatement(_ node: DoStmtSyntax, label: String?) -> [Statement] {
    let place = location(node)
    let loop = LoopLabel(label)
    if node.catchClauses.isEmpty {
      let body = inside(loop, .do) { block(node.body) }
      return [Statement(.do(body, loop), at: place)]
    }
    let exhaustive = node.catchClauses.contains { catchesAll($0) }
    let before = context.throwCount
    context.handlers.append(exhaustive ? .handled : .notExhaustive)
    let body = inside(loop, .do) { block(node.body) }
    context.handlers.removeLast()
    if context.throwCount == before, let first = node.catchClauses.first {
      warning(
        "'catch' block is unreachable because no errors are thrown in 'do' block",
        at: location(first))
    }
    let errorVariable = newLocal("error", known.anyError, isMutable: false, at: place)
    var clauses: [CatchClause] = []
    for clause in node.catchClauses {
      withScope {
        var patterns: [CasePattern] = []
        if clause.catchItems.isEmpty { scope.declare("error", .local(errorVariable)) }
        for item in clause.catchItems {
          guard let pattern = item.pattern else { continue }
          let made = casePattern(pattern, known.anyError, nil)
          let condition = item.whereClause.map { check($0.condition, known.bool, .condition) }
          patterns.append(CasePattern(pattern: made, condition: condition))
        }
        let body = inside(loop, .do) { block(clause.body) }
        clauses.append(CatchClause(patterns: patterns, body: body))
      }
    }
    return [Statement(.doCatch(body: body, error: errorVariable, clauses), at: place)]
  }

  private func catchesAll(_ clause: CatchClauseSyntax) -> Bool {
    if clause.catchItems.isEmpty { return true }
    return clause.catchItems.contains { item in
      guard item.whereClause == nil else { return false }
      guard let pattern = item.pattern else { return true }
      if pattern.is(WildcardPatternSyntax.self) { return true }
      if let binding = pattern.as(ValueBindingPatternSyntax.self) {
        return binding.pattern.is(IdentifierPatternSyntax.self)
          || binding.pattern.is(WildcardPatternSyntax.self)
      }
      return false
    }
  }

  // MARK: Unused values

  /// Warns about a value that nobody looks at.
  func warnUnused(_ value: Expression, at node: ExprSyntax) {
    if value.type.isVoid || value.type.isInvalid || value.type == known.never { return }
    if case .tuple(let elements) = value.type, elements.isEmpty { return }
    if let inner = known.wrapped(value.type), inner.isVoid { return }
    if isDisplayed { return }
    var inner = value
    while true {
      if case .tryMarker(let next) = inner.kind { inner = next; continue }
      if case .tryForced(let next) = inner.kind { inner = next; continue }
      if case .optionalChain(_, _, let rest) = inner.kind { inner = rest; continue }
      if case .optionalChainPlace(_, let rest) = inner.kind { inner = rest; continue }
      if case .wrap(let next) = inner.kind { inner = next; continue }
      if case .tryOptional(let next) = inner.kind { inner = next; continue }
      break
    }
    if inner.type.isVoid || inner.type == known.never { return }
    switch inner.kind {
    case .call(let call):
      if call.function.isDiscardable { return }
      if Self.isOperator(call.function.name) {
        warning("result of operator '\(call.function.name)' is unused", at: inner.location)
      } else if call.function.name == "init" {
        warning("result of '\(inner.type)' initializer is unused", at: inner.location)
      } else {
        warning("result of call to '\(call.function.fullName)' is unused", at: inner.location)
      }
    case .callValue:
      warning("result of call to function returning '\(inner.type)' is unused", at: inner.location)
    case .place, .integer, .double, .string, .boolean, .array, .tuple, .interpolation:
      if case .place(let place) = inner.kind {
        switch place.kind {
        case .local(let variable):
          warning("variable is unused", at: inner.location)
          _ = variable
          return
        case .global:
          warning("variable is unused", at: inner.location)
          return
        default: break
        }
      }
      if case .string = inner.kind {
        warning("string literal is unused", at: inner.location)
      } else if case .integer = inner.kind {
        warning("integer literal is unused", at: inner.location)
      } else {
        warning("expression of type '\(inner.type)' is unused", at: inner.location)
      }
    default:
      warning("expression of type '\(inner.type)' is unused", at: inner.location)
    }
  }
}
