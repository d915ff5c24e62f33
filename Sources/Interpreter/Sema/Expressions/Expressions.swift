import SwiftSyntax

extension Checker {
  /// The type of an expression on its own.
  func infer(_ node: ExprSyntax) -> Expression { expression(node, expecting: nil) }

  /// An expression as a value of a given type; says so when it cannot be one.
  func check(_ node: ExprSyntax, _ expected: Type, _ purpose: Purpose) -> Expression {
    let found = expression(node, expecting: expected, purpose: purpose)
    return coerce(found, to: expected, purpose, at: node)
  }

  /// Converts, or reports that this cannot be done.
  func coerce(
    _ found: Expression, to expected: Type, _ purpose: Purpose, at node: ExprSyntax
  ) -> Expression {
    if let converted = convert(found, to: expected) { return converted }
    if let unwrapped = implicitlyUnwrapped(found), let converted = convert(unwrapped, to: expected)
    {
      return converted
    }
    mismatch(found.type, expected, purpose, at: location(node))
    return Expression(.invalid, expected, at: found.location)
  }

  func invalid(_ node: some SyntaxProtocol, _ type: Type = .invalid) -> Expression {
    Expression(.invalid, type, at: location(node))
  }

  func invalid(at location: SourceLocation, _ type: Type = .invalid) -> Expression {
    Expression(.invalid, type, at: location)
  }

  /// The type of an expression, given what its surroundings would like it to be. The result need not
  /// have that type: `check` converts it.
  func expression(
    _ node: ExprSyntax, expecting expected: Type?, purpose: Purpose = .initialization
  ) -> Expression {
    nesting += 1
    work += 1
    defer { nesting -= 1 }
    guard nesting < Self.nestingLimit else {
      if !diagnostics.contains(where: { $0.message.hasPrefix("expression is nested") }) {
        error("expression is nested too deeply", at: node)
      }
      return invalid(node)
    }
    guard work < Self.workLimit else {
      if work == Self.workLimit || speculation == 0 {
        error(
          "the compiler is unable to type-check this expression in reasonable time; try breaking"
            + " up the expression into distinct sub-expressions", at: node)
      }
      return invalid(node)
    }
    let isChain = beginsChain(node)
    if isChain { return optionalChain(node, expecting: expected) }
    return plainExpression(node, expecting: expected, purpose: purpose)
  }

  func plainExpression(
    _ node: ExprSyntax, expecting expected: Type?, purpose: Purpose
  ) -> Expression {
    let expected = expected.flatMap { $0.isInvalid ? nil : $0 }
    switch node.as(ExprSyntaxEnum.self) {
    case .integerLiteralExpr(let e): return integer(e, negative: false, expected)
    case .floatLiteralExpr(let e): return floating(e, negative: false, expected)
    case .booleanLiteralExpr(let e):
      return Expression(
        .boolean(e.literal.tokenKind == .keyword(.true)), known.bool, at: location(e))
    case .stringLiteralExpr(let e): return string(e, expected)
    case .nilLiteralExpr: return nilLiteral(node, expected)
    case .arrayExpr(let e): return array(e, expected)
    case .dictionaryExpr(let e): return dictionary(e, expected)
    case .tupleExpr(let e): return tuple(e, expected, purpose)
    case .declReferenceExpr(let e): return reference(e, expected)
    case .memberAccessExpr(let e): return memberAccess(e, expected)
    case .functionCallExpr(let e): return call(e, expected)
    case .subscriptCallExpr(let e): return subscriptCall(e, expected)
    case .closureExpr(let e): return closure(e, expected)
    case .infixOperatorExpr(let e): return infix(e, expected)
    case .prefixOperatorExpr(let e): return prefix(e, expected)
    case .postfixOperatorExpr(let e): return postfix(e, expected)
    case .ternaryExpr(let e): return ternary(e, expected, purpose)
    case .forceUnwrapExpr(let e): return forceUnwrap(e, expected)
    case .optionalChainingExpr(let e): return chainLink(e)
    case .asExpr(let e): return cast(e, expected)
    case .isExpr(let e): return isTest(e)
    case .tryExpr(let e): return tried(e, expected, purpose)
    case .ifExpr(let e): return ifExpression(e, expected, purpose)
    case .switchExpr(let e): return switchExpression(e, expected, purpose)
    case .keyPathExpr(let e): return keyPath(e, expected)
    case .genericSpecializationExpr, .typeExpr:
      if let type = typeExpression(node) {
        return Expression(.metatype(type), .metatype(type), at: location(node))
      }
      return invalid(node)
    case .superExpr(let e): return superValue(e)
    case .inOutExpr(let e):
      _ = infer(e.expression)
      error("'&' may only be used to pass an argument to inout parameter", at: node)
      return invalid(node)
    case .discardAssignmentExpr:
      error("'_' can only appear in a pattern or on the left side of an assignment", at: node)
      return invalid(node)
    case .macroExpansionExpr(let e): return macro(e, expected)
    case .awaitExpr(let e):
      unsupported("'await'", at: e)
      return invalid(node)
    case .regexLiteralExpr:
      unsupported("a regular expression literal", at: node)
      return invalid(node)
    case .missingExpr: return invalid(node)
    default:
      unsupported("this kind of expression", at: node)
      return invalid(node)
    }
  }

  private func macro(_ node: MacroExpansionExprSyntax, _ expected: Type?) -> Expression {
    let place = location(node)
    switch node.macroName.text {
    case "line": return Expression(.integer(place.line), known.int, at: place)
    case "column": return Expression(.integer(place.column), known.int, at: place)
    case "function": return Expression(.string(context.name), known.string, at: place)
    case "file", "fileID", "filePath": return Expression(.string(unitName), known.string, at: place)
    default:
      unsupported("the macro '#\(node.macroName.text)'", at: node)
      return invalid(node)
    }
  }

  /// Whether what an expression means depends on what is expected of it.
  func isOpen(_ node: ExprSyntax, depth: Int = 0) -> Bool {
    if depth > 60 { return false }
    switch node.as(ExprSyntaxEnum.self) {
    case .integerLiteralExpr, .floatLiteralExpr, .stringLiteralExpr, .nilLiteralExpr, .arrayExpr,
      .dictionaryExpr, .closureExpr, .ifExpr, .switchExpr, .keyPathExpr:
      if node.is(ArrayExprSyntax.self) || node.is(DictionaryExprSyntax.self) { return true }
      return true
    case .tupleExpr(let e): return e.elements.contains { isOpen($0.expression, depth: depth + 1) }
    case .memberAccessExpr(let e):
      guard let base = e.base else { return true }
      if e.declName.baseName.text == "init" { return true }
      return isImplicitMember(base)
    case .functionCallExpr(let e): return isImplicitMember(e.calledExpression)
    case .forceUnwrapExpr(let e): return isImplicitMember(e.expression)
    case .ternaryExpr(let e):
      return isOpen(e.thenExpression, depth: depth + 1)
        || isOpen(e.elseExpression, depth: depth + 1)
    case .prefixOperatorExpr(let e): return isOpen(e.expression, depth: depth + 1)
    case .infixOperatorExpr(let e):
      return isOpen(e.leftOperand, depth: depth + 1) && isOpen(e.rightOperand, depth: depth + 1)
    case .tryExpr(let e):
      return e.questionOrExclamationMark?.text != "?" && isOpen(e.expression, depth: depth + 1)
    case .declReferenceExpr(let e): return namesFunction(e)
    default: return false
    }
  }

  /// `.a`, `.a.b`, `.a(x)`: the type comes from outside.
  func isImplicitMember(_ node: ExprSyntax) -> Bool {
    var node = node
    for _ in 0..<200 {
      if let member = node.as(MemberAccessExprSyntax.self) {
        guard let base = member.base else { return true }
        node = base
      } else if let call = node.as(FunctionCallExprSyntax.self) {
        node = call.calledExpression
      } else if let unwrap = node.as(ForceUnwrapExprSyntax.self) {
        node = unwrap.expression
      } else {
        return false
      }
    }
    return false
  }
}
