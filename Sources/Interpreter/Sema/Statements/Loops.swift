import SwiftSyntax

extension Checker {
  func forStatement(_ node: ForStmtSyntax, label: String?) -> [Statement] {
    let place = location(node)
    let loop = LoopLabel(label)
    if node.awaitKeyword != nil { unsupported("'for await'", at: node) }
    let (sequence, element) = self.sequence(node.sequence)
    return withScope {
      let pattern: Pattern
      if node.caseKeyword != nil {
        pattern = casePattern(node.pattern, element, nil)
      } else if let annotation = node.typeAnnotation {
        let wanted = resolve(annotation.type)
        if conversionCost(element, wanted) == nil {
          error(
            "cannot convert sequence element type '\(element)' to expected type '\(wanted)'",
            at: node.sequence)
        }
        pattern = bindingPattern(
          node.pattern, wanted == element ? wanted : element, isMutable: false)
      } else {
        pattern = bindingPattern(node.pattern, element, isMutable: false)
      }
      let condition = node.whereClause.map { check($0.condition, known.bool, .condition) }
      let body = inside(loop, .loop) { block(node.body) }
      return [
        Statement(
          .forIn(
            Statement.ForIn(
              pattern: pattern, sequence: sequence, condition: condition, body: body, label: loop)),
          at: place)
      ]
    }
  }

  /// What a loop runs over, and the type of what it gets.
  private func sequence(_ node: ExprSyntax) -> (Statement.Sequence, Type) {
    let value = infer(node)
    if value.type.isInvalid { return (.array(value, element: .invalid), .invalid) }
    if case .call(let call) = value.kind,
      value.type.nominal === known.range
        || value.type.nominal === known.closedRange, value.type.genericArguments == [known.int],
      call.function.name == "..<" || call.function.name == "...", call.arguments.count == 2,
      case .value(let low) = call.arguments[0], case .value(let high) = call.arguments[1]
    {
      return (.range(low, high, isClosed: call.function.name == "..."), known.int)
    }
    if let element = known.element(ofArray: value.type) {
      return (.array(value, element: element), element)
    }
    if let element = elementType(of: value.type) {
      return (.iterator(value, element: element), element)
    }
    if let unwrapped = implicitlyUnwrapped(value), let element = elementType(of: unwrapped.type) {
      return (
        known.element(ofArray: unwrapped.type) != nil
          ? .array(unwrapped, element: element) : .iterator(unwrapped, element: element), element
      )
    }
    if let inner = known.wrapped(value.type), elementType(of: inner) != nil {
      mustUnwrap(value.type, inner, at: location(node))
    } else {
      error(
        "for-in loop requires '\(value.type)' to conform to 'Sequence'", at: node)
    }
    return (.array(value, element: .invalid), .invalid)
  }
}
