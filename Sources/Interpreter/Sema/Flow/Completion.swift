extension Checker {
  /// Whether execution can reach the end of a list of statements.
  func canComplete(_ statements: [Statement]) -> Bool {
    var breaks: Set<ObjectIdentifier> = []
    return canComplete(statements, &breaks)
  }

  /// Every path of the statements leaves the function.
  func leaves(_ statements: [Statement]) -> Bool { !canComplete(statements) }

  private func canComplete(
    _ statements: [Statement], _ breaks: inout Set<ObjectIdentifier>
  ) -> Bool {
    for statement in statements where !canComplete(statement, &breaks) { return false }
    return true
  }

  private func canComplete(_ statement: Statement, _ breaks: inout Set<ObjectIdentifier>) -> Bool {
    switch statement.kind {
    case .return, .throw, .continue, .fallthrough: return false
    case .break(let label):
      breaks.insert(ObjectIdentifier(label))
      return false
    case .expression(let value): return value.type != known.never
    case .if(let conditions, let then, let otherwise):
      let first = canComplete(then, &breaks)
      let second = canComplete(otherwise, &breaks)
      if isAlwaysTrue(conditions) { return first }
      return first || second
    case .guard(_, let otherwise):
      _ = canComplete(otherwise, &breaks)
      return true
    case .while(let conditions, let body, let label):
      _ = canComplete(body, &breaks)
      return !isAlwaysTrue(conditions) || breaks.contains(ObjectIdentifier(label))
    case .repeatWhile(let body, let condition, let label):
      let completes = canComplete(body, &breaks)
      if breaks.contains(ObjectIdentifier(label)) { return true }
      if case .boolean(true) = condition.kind { return false }
      return completes || continues(body)
    case .forIn(let loop):
      _ = canComplete(loop.body, &breaks)
      return true
    case .switch(_, _, let cases, let label):
      var completes = cases.isEmpty
      for item in cases {
        if canComplete(item.body, &breaks) { completes = true }
      }
      return completes || breaks.contains(ObjectIdentifier(label))
    case .doCatch(let body, _, let clauses):
      var completes = canComplete(body, &breaks)
      for clause in clauses where canComplete(clause.body, &breaks) { completes = true }
      return completes
    case .do(let body, let label):
      return canComplete(body, &breaks) || breaks.contains(ObjectIdentifier(label))
    case .binding(_, let value): return value.type != known.never
    case .declare, .localFunction, .defer, .initializeProperties: return true
    }
  }

  private func isAlwaysTrue(_ conditions: [Condition]) -> Bool {
    conditions.allSatisfy {
      if case .expression(let value) = $0, case .boolean(true) = value.kind { return true }
      return false
    }
  }

  /// Whether a `continue` stands somewhere in the statements.
  private func continues(_ statements: [Statement]) -> Bool {
    statements.contains { statement in
      switch statement.kind {
      case .continue: true
      case .if(_, let then, let otherwise): continues(then) || continues(otherwise)
      case .guard(_, let otherwise): continues(otherwise)
      case .switch(_, _, let cases, _): cases.contains { continues($0.body) }
      case .do(let body, _): continues(body)
      case .doCatch(let body, _, let clauses):
        continues(body) || clauses.contains { continues($0.body) }
      default: false
      }
    }
  }

  /// The compiler looks at the flow of a program only when its types are right.
  func moveToFlow(from mark: Int) {
    guard speculation == 0 else { return }
    flowDiagnostics += diagnostics[mark...]
    diagnostics.removeSubrange(mark...)
  }

  /// What a body must do on every path.
  func checkFlow(_ body: FunctionBody, missingReturn: (what: String, end: SourceLocation)?) {
    let mark = diagnostics.count
    defer { moveToFlow(from: mark) }
    if let (what, end) = missingReturn, canComplete(body.statements) {
      error(
        body.result == known.never
          ? "\(what) with uninhabited return type 'Never' is missing call to another never-returning"
            + " function on all paths"
          : "missing return in \(what) expected to return '\(body.result)'", at: end)
    }
    checkAssignments(body)
  }
}
