import SwiftSyntax

extension Checker {
  func ifStatement(_ node: IfExprSyntax) -> [Statement] {
    context.blocks += 1
    let here = context
    defer { here.blocks -= 1 }
    return withScope {
      let conditions = self.conditions(node.conditions)
      let then = block(node.body)
      return [
        Statement(
          .if(conditions, then: then, otherwise: elseBranch(node)), at: location(node))
      ]
    }
  }

  /// The other branch does not see what the conditions bind.
  private func elseBranch(_ node: IfExprSyntax) -> [Statement] {
    let inner = scope
    if let outer = scope.parent { scope = outer }
    defer { scope = inner }
    switch node.elseBody {
    case .codeBlock(let body): return block(body)
    case .ifExpr(let next):
      nesting += 1
      defer { nesting -= 1 }
      guard nesting < Self.nestingLimit * 2 else {
        error("'if' is nested too deeply", at: next)
        return []
      }
      return ifStatement(next)
    case nil: return []
    }
  }

  func guardStatement(_ node: GuardStmtSyntax) -> [Statement] {
    // What the conditions bind is visible in the statements that follow, but not in the body.
    let body = block(node.body)
    let made = conditions(node.conditions)
    if canComplete(body) {
      error(
        "'guard' body must not fall through, consider using a 'return' or 'throw' to exit the scope",
        at: location(node.body.rightBrace))
    }
    return [Statement(.guard(made, otherwise: body), at: location(node))]
  }

  func conditions(_ list: ConditionElementListSyntax) -> [Condition] {
    list.compactMap { element -> Condition? in
      switch element.condition {
      case .expression(let node): return .expression(check(node, known.bool, .condition))
      case .optionalBinding(let node): return optionalBinding(node)
      case .matchingPattern(let node):
        let value = infer(node.initializer.value)
        let pattern = casePattern(node.pattern, value.type, nil)
        return .pattern(pattern, value)
      case .availability:
        return .expression(Expression(.boolean(true), known.bool, at: location(element)))
      }
    }
  }

  private func optionalBinding(_ node: OptionalBindingConditionSyntax) -> Condition? {
    let place = location(node)
    let isMutable = node.bindingSpecifier.tokenKind == .keyword(.var)
    var value: Expression
    let annotated = node.typeAnnotation.map { resolve($0.type) }
    if let initializer = node.initializer {
      if let annotated {
        value = check(initializer.value, known.optionalOf(annotated), .initialization)
      } else {
        value = infer(initializer.value)
      }
    } else if let identifier = node.pattern.as(IdentifierPatternSyntax.self) {
      let name = Self.unquoted(identifier.identifier.text)
      switch meaning(of: name, at: identifier) {
      case .value(let found): value = found
      case .invalid: value = invalid(node)
      default:
        error("cannot find '\(name)' in scope", at: identifier)
        value = invalid(node)
      }
    } else {
      error("unwrap condition requires a valid identifier", at: node)
      return nil
    }
    var inner = Type.invalid
    if !value.type.isInvalid {
      if let wrapped = known.wrapped(value.type) {
        inner = wrapped
      } else {
        error(
          "initializer for conditional binding must have Optional type, not '\(value.type)'",
          at: place)
        inner = value.type
        value = Expression(.invalid, known.optionalOf(inner), at: value.location)
      }
    }
    let pattern = bindingPattern(node.pattern, inner, isMutable: isMutable)
    return .pattern(Pattern(.some(pattern), value.type, at: place), value)
  }
}
