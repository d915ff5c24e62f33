import SwiftSyntax

extension Checker {
  func ternary(_ node: TernaryExprSyntax, _ expected: Type?, _ purpose: Purpose) -> Expression {
    let place = location(ExprSyntax(node))
    let condition = check(node.condition, known.bool, .condition)
    if let expected, !expected.isGeneric, expected != .any {
      let yes = expression(node.thenExpression, expecting: expected, purpose: purpose)
      let no = expression(node.elseExpression, expecting: expected, purpose: purpose)
      if yes.type.isInvalid || no.type.isInvalid {
        return Expression(.invalid, expected, at: place)
      }
      if let a = convert(yes, to: expected), let b = convert(no, to: expected) {
        return Expression(.ternary(condition, a, b), expected, at: place)
      }
      if yes.type == no.type {
        return Expression(.ternary(condition, yes, no), yes.type, at: place)
      }
      let a = coerce(yes, to: expected, purpose, at: node.thenExpression)
      let b = coerce(no, to: expected, purpose, at: node.elseExpression)
      return Expression(.ternary(condition, a, b), expected, at: place)
    }
    guard let (type, values) = joinBranches([node.thenExpression, node.elseExpression], at: place)
    else { return invalid(node) }
    return Expression(.ternary(condition, values[0], values[1]), type, at: place)
  }

  /// One type for the values of several branches.
  private func joinBranches(
    _ nodes: [ExprSyntax], at place: SourceLocation
  ) -> (Type, [Expression])? {
    let mark = diagnostics.count
    if let joined = join(nodes, describe: "branch") { return joined }
    let found = Array(diagnostics[mark...])
    if found.contains(where: { $0.message.hasPrefix("heterogeneous") }), nodes.count == 2 {
      diagnostics.removeSubrange(mark...)
      error(
        "result values in '? :' expression have mismatching types '\(infer(nodes[0]).type)' and"
          + " '\(infer(nodes[1]).type)'", at: nodes[0])
    }
    return nil
  }

  // MARK: if and switch as expressions

  /// Whether every branch of an `if` is one expression and there is an `else`.
  func isValueIf(_ node: IfExprSyntax) -> Bool {
    guard node.body.statements.count == 1, let first = node.body.statements.first,
      branchValue(first) != nil
    else { return false }
    switch node.elseBody {
    case .ifExpr(let inner): return isValueIf(inner)
    case .codeBlock(let block):
      return block.statements.count == 1 && block.statements.first.flatMap(branchValue) != nil
    case nil: return false
    }
  }

  func isValueSwitch(_ node: SwitchExprSyntax) -> Bool {
    !node.cases.isEmpty
      && node.cases.allSatisfy {
        guard case .switchCase(let item) = $0 else { return false }
        return item.statements.count == 1 && item.statements.first.flatMap(branchValue) != nil
      }
  }

  /// The value of a branch; nil for statements. A `throw` or call of Never counts as one.
  private func branchValue(_ item: CodeBlockItemSyntax) -> ExprSyntax? {
    singleExpression(item)
  }

  func ifExpression(_ node: IfExprSyntax, _ expected: Type?, _ purpose: Purpose) -> Expression {
    let place = location(node)
    guard isValueIf(node) else {
      error(
        node.elseBody == nil
          ? "'if' must have an unconditional 'else' to be used as expression"
          : "non-expression branch of 'if' expression may only end with a 'throw'", at: node)
      return invalid(node)
    }
    var conditions: [[Condition]] = []
    var values: [(ExprSyntax, Scope)] = []
    var current: IfExprSyntax? = node
    var last: ExprSyntax?
    let outer = scope
    while let here = current {
      scope = Scope(.block, parent: outer)
      conditions.append(self.conditions(here.conditions))
      if let first = here.body.statements.first, let value = branchValue(first) {
        values.append((value, scope))
      }
      scope = outer
      switch here.elseBody {
      case .ifExpr(let inner): current = inner
      case .codeBlock(let block):
        last = block.statements.first.flatMap(branchValue)
        current = nil
      case nil: current = nil
      }
    }
    guard let last else { return invalid(node) }
    values.append((last, Scope(.block, parent: outer)))
    guard let (type, found) = branches(values, expected, purpose) else { return invalid(node) }
    let made = zip(conditions, found).map {
      Expression.ConditionalBranch(conditions: $0, value: $1)
    }
    guard let otherwise = found.last else { return invalid(node) }
    return Expression(.conditional(made, otherwise: otherwise), type, at: place)
  }

  /// Values of branches, each in its scope, as values of one type.
  private func branches(
    _ nodes: [(ExprSyntax, Scope)], _ expected: Type?, _ purpose: Purpose
  ) -> (Type, [Expression])? {
    let outer = scope
    defer { scope = outer }
    if let expected, !expected.isGeneric {
      let values = nodes.map { node, inner -> Expression in
        scope = inner
        let found = expression(node, expecting: expected, purpose: purpose)
        if found.type == known.never { return retyped(found, expected) }
        return coerce(found, to: expected, purpose, at: node)
      }
      return (expected, values)
    }
    var type: Type?
    var values: [Expression] = []
    for (node, inner) in nodes {
      scope = inner
      let found = type.map { expression(node, expecting: $0) } ?? infer(node)
      values.append(found)
      if found.type.isInvalid || found.type == known.never { continue }
      guard let before = type else {
        type = found.type
        continue
      }
      if let joined = combine(before, found.type) {
        type = joined
      } else {
        error(
          "branches have mismatching types '\(before)' and '\(found.type)'", at: node)
        return nil
      }
    }
    guard let type else { return nil }
    return (
      type,
      zip(values, nodes).map { value, node in
        value.type == known.never
          ? retyped(value, type) : coerce(value, to: type, purpose, at: node.0)
      }
    )
  }

  func switchExpression(
    _ node: SwitchExprSyntax, _ expected: Type?, _ purpose: Purpose
  ) -> Expression {
    let place = location(node)
    guard isValueSwitch(node) else {
      error("non-expression branch of 'switch' expression may only end with a 'throw'", at: node)
      return invalid(node)
    }
    let subject = infer(node.subject)
    let variable = newLocal("subject", subject.type, isMutable: false, at: place)
    var patterns: [[CasePattern]] = []
    var values: [(ExprSyntax, Scope)] = []
    let outer = scope
    for item in node.cases {
      guard case .switchCase(let branch) = item, let first = branch.statements.first,
        let value = branchValue(first)
      else { continue }
      scope = Scope(.block, parent: outer)
      patterns.append(caseLabel(branch.label, subject.type))
      values.append((value, scope))
      scope = outer
    }
    checkExhaustive(
      patterns, subject.type, hasDefault: hasDefault(node), at: location(node))
    guard let (type, found) = branches(values, expected, purpose) else { return invalid(node) }
    let cases = zip(patterns, found).map { Expression.ExpressionCase(patterns: $0, value: $1) }
    return Expression(
      .switchExpression(subject: subject, variable: variable, cases), type, at: place)
  }
}
