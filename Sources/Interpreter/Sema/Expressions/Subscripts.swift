import SwiftSyntax

extension Checker {
  func subscriptCall(_ node: SubscriptCallExprSyntax, _ expected: Type?) -> Expression {
    let place = location(ExprSyntax(node))
    var arguments = callArguments(node.arguments)
    if let closure = node.trailingClosure { arguments.append(trailing(closure, label: nil)) }
    if typeExpression(node.calledExpression) != nil {
      unsupported("a static subscript", at: node)
      return invalid(node)
    }
    var base = infer(node.calledExpression)
    if base.type.isInvalid {
      checkAlone(arguments)
      return invalid(node)
    }
    if let unwrapped = implicitlyUnwrapped(base) { base = unwrapped }
    if let element = known.element(ofArray: base.type), arguments.count == 1,
      arguments[0].label == nil,
      let value = arrayElement(base, element, &arguments[0], at: place)
    {
      return value
    }
    if base.type == known.string, arguments.count == 1,
      literalKind(arguments[0].node) == .integer
        || !arguments[0].isOpen && infer(arguments[0].node).type == known.int
    {
      error(
        "'subscript(_:)' is unavailable: cannot subscript String with an Int, use a String.Index"
          + " instead.", at: node.calledExpression)
      return invalid(node)
    }
    let found = lookup("subscript", in: base.type)
    var callees: [Callee] = []
    var properties: [ObjectIdentifier: (ComputedProperty, FoundMember)] = [:]
    for member in found {
      guard case .property(let property) = member.kind else { continue }
      var callee = Callee(property.getter)
      callee.substitution = member.substitution
      callee.receiver = upcast(base, to: member.owner)
      callee.owner = member.owner
      callees.append(callee)
      properties[ObjectIdentifier(property.getter)] = (property, member)
    }
    guard !callees.isEmpty else {
      if let inner = known.wrapped(base.type) {
        error(
          "value of optional type '\(base.type)' must be unwrapped to refer to member 'subscript'"
            + " of wrapped base type '\(inner)'", at: node.calledExpression,
          notes: [
            note(
              "chain the optional using '?' to access member 'subscript' only for non-'nil' base"
                + " values", at: location(node.calledExpression)),
            note(
              "force-unwrap using '!' to abort execution if the optional value contains 'nil'",
              at: location(node.calledExpression)),
          ])
      } else {
        error("value of type '\(base.type)' has no subscripts", at: node.calledExpression)
      }
      checkAlone(arguments)
      return invalid(node)
    }
    let site = CallSite(
      node: ExprSyntax(node), callee: ExprSyntax(node), opening: place,
      closing: location(node.rightSquare),
      place: place, expected: expected)
    return resolve(callees, &arguments, site) { solution in
      guard let (property, member) = properties[ObjectIdentifier(solution.callee.function)] else {
        return self.invalid(node)
      }
      let values = solution.arguments.map { argument -> Expression in
        if case .value(let value) = argument { return value }
        if case .autoclosure(let body) = argument {
          return Expression(
            .closure(body), .function(FunctionType([], body.result)), at: body.location)
        }
        return self.invalid(node)
      }
      var map = member.substitution
      map.merge(solution.bindings.types) { a, _ in a }
      let own = solution.callee.function.genericParameters.map {
        solution.bindings.types[$0] ?? .parameter($0)
      }
      return self.computed(
        property, solution.callee.receiver, map, values, own: own, at: place)
    }
  }

  /// `array[i]`, which the machine does by itself. Nil when the index is no Int.
  private func arrayElement(
    _ base: Expression, _ element: Type, _ argument: inout CallArgument, at place: SourceLocation
  ) -> Expression? {
    let index: Expression
    if argument.isOpen {
      guard
        literalKind(argument.node) == .integer
          || attempt({ self.check(argument.node, self.known.int, .subscriptIndex) }) != nil
      else { return nil }
      index = check(argument.node, known.int, .subscriptIndex)
    } else {
      let found = infer(argument.node)
      argument.typed = found
      if found.type.isInvalid { return Expression(.invalid, element, at: place) }
      guard found.type == known.int else { return nil }
      index = found
    }
    if case .place(let target) = base.kind {
      return Expression(
        .place(Place(.element(target, index), element, at: place)), element, at: place)
    }
    return Expression(
      .place(Place(.valueElement(base, index), element, at: place)), element, at: place)
  }
}
