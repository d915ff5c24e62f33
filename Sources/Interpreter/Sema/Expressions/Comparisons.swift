import SwiftSyntax

extension Checker {
  /// `x == nil`, for which values need not be comparable.
  func nilComparison(_ node: InfixOperatorExprSyntax, isEqual: Bool) -> Expression? {
    let other: ExprSyntax
    if node.rightOperand.is(NilLiteralExprSyntax.self) {
      other = node.leftOperand
    } else if node.leftOperand.is(NilLiteralExprSyntax.self) {
      other = node.rightOperand
    } else {
      return nil
    }
    guard !isOpen(other) else { return nil }
    let value = infer(other)
    if value.type.isInvalid { return value }
    let place = location(ExprSyntax(node))
    guard let inner = known.wrapped(value.type) else {
      warning(
        "comparing non-optional value of type '\(value.type)' to 'nil' always returns"
          + " \(isEqual ? "false" : "true")", at: place)
      return Expression(.boolean(!isEqual), known.bool, at: place)
    }
    func literal(_ value: Bool) -> Expression {
      Expression(.boolean(value), known.bool, at: place)
    }
    let optional = known.optionalOf(known.bool)
    let bound = newLocal("payload", inner, isMutable: false, at: place)
    let test = Expression(
      .optionalChain(
        base: value, bound: bound,
        rest: Expression(.wrap(literal(!isEqual)), optional, at: place)), optional, at: place)
    return Expression(.coalesce(test, literal(isEqual)), known.bool, at: place)
  }

  // MARK: Tuples

  /// `(a, b) < (c, d)`, element by element.
  func compareTuples(
    _ operand: OperatorNode, _ name: String, _ left: OperatorNode, _ right: OperatorNode
  ) -> Bool {
    guard ["==", "!=", "<", ">", "<=", ">="].contains(name) else { return false }
    guard let a = tupleParts(left), let b = tupleParts(right), a.count == b.count, !a.isEmpty else {
      return false
    }
    func compare(_ name: String, _ i: Int) -> Expression? {
      let pair = OperatorNode(operand.node, .binary(name: name, a[i], b[i]))
      guard solve(pair) else { return nil }
      return finish(pair, known.bool)
    }
    let place = location(operand.node)
    func combined(_ kind: Expression.Kind) -> Expression { Expression(kind, known.bool, at: place) }
    var result: Expression?
    switch name {
    case "==", "!=":
      for i in a.indices {
        guard let next = compare(name, i) else { return true }
        result = result.map { combined(name == "==" ? .and($0, next) : .or($0, next)) } ?? next
      }
    default:
      let strict = name.hasPrefix("<") ? "<" : ">"
      for i in a.indices.reversed() {
        guard let tail = result else {
          result = compare(name, i)
          if result == nil { return true }
          continue
        }
        guard let less = compare(strict, i), let equal = compare("==", i) else { return true }
        result = combined(.or(less, combined(.and(equal, tail))))
      }
    }
    guard let result else { return false }
    tupleComparison[ObjectIdentifier(operand)] = result
    operand.options = [OperatorNode.Option(type: .known(known.bool))]
    return true
  }

  private func tupleParts(_ operand: OperatorNode) -> [OperatorNode]? {
    if let tuple = operand.node.as(TupleExprSyntax.self), tuple.elements.count > 1 {
      return tuple.elements.map { self.operand($0.expression) }
    }
    guard case .typed(let value) = operand.kind, case .tuple(let elements) = value.type else {
      return nil
    }
    return elements.enumerated().map { i, element in
      OperatorNode(
        operand.node, .typed(tupleElement(value, i, element.type, at: value.location)))
    }
  }
}
