import SwiftSyntax

extension Checker {
  func cast(_ node: AsExprSyntax, _ expected: Type?) -> Expression {
    let type = resolve(node.type)
    let place = location(ExprSyntax(node))
    if type.isInvalid {
      _ = isOpen(node.expression) ? nil : infer(node.expression)
      return invalid(node)
    }
    guard let mark = node.questionOrExclamationMark else {
      let found = expression(node.expression, expecting: type, purpose: .coercion)
      if let converted = convert(found, to: type) { return converted }
      if !found.type.isInvalid {
        if canBeCast(found.type, type) {
          error(
            "'\(found.type)' is not convertible to '\(type)'", at: ExprSyntax(node),
            notes: [note("did you mean to use 'as!' to force downcast?", at: place)])
        } else {
          mismatch(found.type, type, .coercion, at: location(node.expression))
        }
      }
      return Expression(.invalid, type, at: place)
    }
    let value = infer(node.expression)
    if value.type.isInvalid {
      return Expression(.invalid, mark.text == "?" ? known.optionalOf(type) : type, at: place)
    }
    if mark.text == "?" {
      return Expression(.castConditional(value, type), known.optionalOf(type), at: place)
    }
    return Expression(.castForced(value, type), type, at: place)
  }

  func isTest(_ node: IsExprSyntax) -> Expression {
    let value = infer(node.expression)
    let type = resolve(node.type)
    return Expression(.isType(value, type), known.bool, at: location(ExprSyntax(node)))
  }

  /// Whether a cast could succeed at run time.
  func canBeCast(_ from: Type, _ to: Type) -> Bool {
    if conversionCost(to, from) != nil { return true }
    if case .existential = from { return true }
    if let inner = known.wrapped(from) {
      return conversionCost(inner, to) != nil || canBeCast(inner, to)
    }
    return false
  }

  // MARK: Errors

  func tried(_ node: TryExprSyntax, _ expected: Type?, _ purpose: Purpose) -> Expression {
    let place = location(node)
    let covered = context.isCoveredByTry
    let before = context.throwCount
    context.isCoveredByTry = true
    let outerTry = context.tryLocation
    context.tryLocation = place
    let mark = node.questionOrExclamationMark?.text
    if mark != nil { context.handlers.append(.handled) }
    defer {
      context.isCoveredByTry = covered
      context.tryLocation = outerTry
      if mark != nil { context.handlers.removeLast() }
    }
    let wanted = mark == "?" ? expected.flatMap { known.wrapped($0) } ?? expected : expected
    let value = expression(node.expression, expecting: wanted, purpose: purpose)
    if value.type.isInvalid { return value }
    if context.throwCount == before {
      warning("no calls to throwing functions occur within 'try' expression", at: place)
    }
    switch mark {
    case "?":
      // An optional is not wrapped again.
      if known.isOptional(value.type) {
        return Expression(.tryOptional(value), value.type, at: value.location)
      }
      let type = known.optionalOf(value.type)
      return Expression(
        .tryOptional(Expression(.wrap(value), type, at: value.location)), type, at: value.location)
    case "!": return Expression(.tryForced(value), value.type, at: value.location)
    default: return Expression(.tryMarker(value), value.type, at: value.location)
    }
  }

  /// A call here can throw: it must be marked, and the error must go somewhere.
  func noteThrowing(at place: SourceLocation) {
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
    if !isHandled, context.canThrow { context.throwsErrors = true }
    let isTaken = isHandled || context.canThrow
    if !context.isCoveredByTry {
      if isTaken {
        error(
          "call can throw but is not marked with 'try'", at: place,
          notes: [
            note("did you mean to use 'try'?", at: place),
            note("did you mean to handle error as optional value?", at: place),
            note("did you mean to disable error propagation?", at: place),
          ])
      } else if isPartlyHandled {
        error(
          "call can throw but is not marked with 'try'", at: place)
      } else {
        error(
          "call can throw, but it is not marked with 'try' and the error is not handled",
          at: place)
      }
      return
    }
    if !isTaken {
      error(
        isPartlyHandled
          ? "errors thrown from here are not handled because the enclosing catch is not exhaustive"
          : "errors thrown from here are not handled", at: context.tryLocation ?? place)
    }
  }
}
