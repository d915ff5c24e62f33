import SwiftSyntax

extension Checker {
  // MARK: The typed chain

  func finish(_ root: OperatorNode, _ expected: Type?) -> Expression {
    guard let first = root.options.first else { return invalid(root.node) }
    if case .literal(let kind) = first.type {
      var target = defaultType(kind)
      if let expected {
        var type = expected
        while !accepts(type, kind), let inner = known.wrapped(type) { type = inner }
        if accepts(type, kind) { target = type }
      }
      return build(root, first, target)
    }
    var best = first
    if let expected, root.options.count > 1 {
      func cost(_ option: OperatorNode.Option) -> Int {
        guard case .known(let type) = option.type else { return .max / 2 }
        return option.cost + (conversionCost(type, expected) ?? 1000)
      }
      best = root.options.min { cost($0) < cost($1) } ?? first
    }
    return build(root, best, nil)
  }

  /// The expression for an operand typed one way; a literal becomes one of `target`.
  private func build(_ operand: OperatorNode, _ option: OperatorNode.Option, _ target: Type?)
    -> Expression
  {
    switch operand.kind {
    case .literal: return expression(operand.node, expecting: target)
    case .contextual:
      return target.map { check(operand.node, $0, .argument) } ?? infer(operand.node)
    case .typed(let value):
      if case .known(let type) = option.type, type != value.type,
        let unwrapped = implicitlyUnwrapped(value)
      {
        return unwrapped
      }
      return value
    case .unary(let name, let inner):
      if let made = tupleComparison[ObjectIdentifier(operand)] { return made }
      if case .literal = option.type {
        let type = target ?? known.int
        return literalCall(operand, name, [inner], type)
      }
      return call(operand, option, [inner])
    case .binary(let name, let left, let right):
      if let made = tupleComparison.removeValue(forKey: ObjectIdentifier(operand)) { return made }
      if case .literal = option.type {
        let type = target ?? known.int
        return literalCall(operand, name, [left, right], type)
      }
      return call(operand, option, [left, right])
    }
  }

  private func call(_ operand: OperatorNode, _ option: OperatorNode.Option, _ inner: [OperatorNode])
    -> Expression
  {
    guard let callee = option.callee, case .known(let result) = option.type else {
      return invalid(operand.node)
    }
    let chosen = [option.left, option.right]
    var arguments: [Argument] = []
    for (i, part) in inner.enumerated() {
      let type = callee.function.parameters[i].type.substituting(option.bindings.types)
      let choice = part.options[min(chosen[i], part.options.count - 1)]
      var value = build(part, choice, type)
      if let converted = convert(value, to: type) { value = converted }
      if callee.function.parameters[i].isAutoclosure {
        arguments.append(.autoclosure(thunk(value)))
      } else {
        arguments.append(.value(value))
      }
    }
    let canThrow = callee.function.effects == .throws
    if canThrow { noteThrowing(at: location(operand.node)) }
    return Expression(
      .call(
        Call(
          callee.function, typeArguments: typeArguments(callee, option.bindings),
          arguments: arguments, canThrow: canThrow)), result, at: location(operand.node))
  }

  private func thunk(_ value: Expression) -> FunctionBody {
    let body = FunctionBody(
      name: "autoclosure in \(context.name)", parameters: [], result: value.type, kind: .closure,
      at: value.location)
    body.statements = [Statement(.return(value), at: value.location)]
    return body
  }

  /// An operator between literals only, all of one type.
  private func literalCall(
    _ operand: OperatorNode, _ name: String, _ inner: [OperatorNode], _ type: Type
  ) -> Expression {
    var best: (FunctionDeclaration, [Type], Int, Bindings)?
    for function in operatorFunctions(name) where function.parameters.count == inner.count {
      let callee = operatorCallee(function)
      var bindings = Bindings()
      bindings.open = Set(callee.openParameters + function.genericParameters)
      guard unify(function.result, with: type, &bindings) else { continue }
      let result = function.result.substituting(bindings.types)
      let types = function.parameters.map { parameter -> Type in
        let closed = parameter.type.substituting(bindings.types)
        return bindings.isOpen(closed) ? known.int : closed
      }
      for (generic, own) in zip(function.parameters, types) {
        _ = unify(generic.type, with: own, &bindings)
      }
      guard result == type else { continue }
      var cost = bindings.open.isEmpty ? 0 : 1
      var fits = unsatisfied(callee, bindings) == nil
      for (part, own) in zip(inner, types) {
        guard case .literal(let kind)? = part.options.first?.type, accepts(own, kind) else {
          fits = false
          break
        }
        if own != type { cost += 5 }
      }
      if inner.count == 1, function.fixity == .postfix { fits = false }
      if fits, best.map({ cost < $0.2 }) ?? true { best = (function, types, cost, bindings) }
    }
    guard let best else {
      diagnoseLiteralOperator(operand, name, inner, type)
      return invalid(operand.node, type)
    }
    let arguments = zip(inner, best.1).map { part, own -> Argument in
      let option = part.options.first ?? OperatorNode.Option(type: .contextual)
      return .value(build(part, option, own))
    }
    return Expression(
      .call(
        Call(
          best.0, typeArguments: typeArguments(operatorCallee(best.0), best.3),
          arguments: arguments)), type, at: location(operand.node))
  }
}
