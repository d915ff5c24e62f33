import SwiftSyntax

extension Checker {
  /// The type that a message gives for an operand.
  private func shown(_ operand: OperatorNode) -> Type? {
    guard let option = operand.options.first else { return nil }
    switch option.type {
    case .known(let type): return type
    case .literal(let kind): return defaultType(kind)
    case .contextual:
      return attempt { self.infer(operand.node) as Expression? }?.type
    }
  }

  func diagnoseUnary(_ operand: OperatorNode, _ name: String, _ inner: OperatorNode) {
    guard let type = shown(inner), !type.isInvalid else {
      _ = infer(inner.node)
      return
    }
    if operatorFunctions(name).isEmpty {
      error(
        "'\(name)' is not a \(operand.node.is(PrefixOperatorExprSyntax.self) ? "prefix" : "postfix") unary operator",
        at: operand.node)
      return
    }
    if let wrapped = known.wrapped(type), name == "!" || name == "-" {
      mustUnwrap(type, wrapped, at: location(inner.node))
      return
    }
    if name == "!", known.isInteger(type) {
      error(
        "type '\(type)' cannot be used as a boolean; test for '== 0' instead", at: inner.node)
      return
    }
    if name == "!" {
      mismatch(type, known.bool, .argument, at: location(inner.node))
      return
    }
    error(
      "unary operator '\(name)' cannot be applied to an operand of type '\(type)'", at: operand.node
    )
  }

  func diagnoseLiteralOperator(
    _ operand: OperatorNode, _ name: String, _ inner: [OperatorNode], _ type: Type
  ) {
    let types = inner.compactMap(shown)
    if types.count == 2 {
      binaryMessage(name, types[0], types[1], at: operand.node)
    } else {
      error("operator '\(name)' cannot be applied to type '\(type)'", at: operand.node)
    }
  }

  func diagnoseBinary(
    _ operand: OperatorNode, _ name: String, _ left: OperatorNode, _ right: OperatorNode
  ) {
    let functions = operatorFunctions(name)
    if functions.isEmpty {
      error("cannot find operator '\(name)' in scope", at: operand.node)
      return
    }
    // An operand that has to be something else in any case: `.foo == x`.
    if isImplicitMember(right.node), let type = shown(left), !isImplicitMember(left.node) {
      _ = check(right.node, type, .argument)
      return
    }
    if isImplicitMember(left.node), let type = shown(right), !isImplicitMember(right.node) {
      _ = check(left.node, type, .argument)
      return
    }
    guard let a = shown(left) ?? contextualType(left),
      let b = shown(right) ?? contextualType(right),
      !a.isInvalid, !b.isInvalid
    else { return }
    if right.node.is(NilLiteralExprSyntax.self) || left.node.is(NilLiteralExprSyntax.self) {
      let other = right.node.is(NilLiteralExprSyntax.self) ? a : b
      error(
        "type '\(other)' is not optional, value can never be nil", at: operand.node)
      return
    }
    // One side is optional, and all would be well if it were not.
    if let inner = known.wrapped(a), !known.isOptional(b) || name != "==",
      wouldFit(name, [inner, known.isOptional(b) ? known.fullyUnwrapped(b) : b], right, left)
    {
      mustUnwrap(a, inner, at: location(left.node))
      if let other = known.wrapped(b) { mustUnwrap(b, other, at: location(right.node)) }
      return
    }
    if let inner = known.wrapped(b), wouldFit(name, [a, inner], right, left) {
      mustUnwrap(b, inner, at: location(right.node))
      return
    }
    // With a literal on one side swiftc says what the literal should have been.
    if case .literal(let kind)? = right.options.first?.type, kind == .string,
      functions.contains(where: { $0.parameters.map(\.type) == [a, a] })
    {
      if name == "+" || name == "-" || name == "*" || name == "/" {
        binaryMessage(name, a, b, at: operand.node)
        return
      }
    }
    if case .nominal(let declaration, _) = a, a == b, name == "==" || name == "!=",
      declaration.native == nil
    {
      error("binary operator '\(name)' cannot be applied to two '\(a)' operands", at: operand.node)
      return
    }
    binaryMessage(name, a, b, at: operand.node)
  }

  private func contextualType(_ operand: OperatorNode) -> Type? {
    operand.node.is(NilLiteralExprSyntax.self) ? Self.nilType : nil
  }

  private func wouldFit(
    _ name: String, _ types: [Type], _ right: OperatorNode, _ left: OperatorNode
  ) -> Bool {
    operatorFunctions(name).contains { function in
      guard function.parameters.count == 2 else { return false }
      var bindings = Bindings()
      let callee = operatorCallee(function)
      bindings.open = Set(callee.openParameters + function.genericParameters)
      for (parameter, type) in zip(function.parameters, types) {
        guard unify(parameter.type, with: type, &bindings) else { return false }
      }
      for (parameter, type) in zip(function.parameters, types) {
        let closed = parameter.type.substituting(bindings.types)
        if case .literal(let kind)? = right.options.first?.type,
          parameter.name == function.parameters[1].name,
          accepts(closed, kind)
        {
          continue
        }
        if conversionCost(type, closed) == nil || known.isOptional(closed) { return false }
      }
      return unsatisfied(callee, bindings) == nil
    }
  }

  func binaryMessage(_ name: String, _ a: Type, _ b: Type, at node: ExprSyntax) {
    if a == b {
      error(
        "binary operator '\(name)' cannot be applied to two '\(a)' operands", at: node)
      return
    }
    let overloads = operatorFunctions(name).filter { function in
      function.parameters.count == 2
        && function.parameters.contains { $0.type == a || $0.type == b }
        && !function.parameters.contains { $0.type.isGeneric }
    }
    var seen: Set<String> = []
    let texts = overloads.compactMap { function -> String? in
      let text =
        "(\(function.parameters.map { ($0.isInout ? "inout " : "") + $0.type.description }.joined(separator: ", ")))"
      return seen.insert(text).inserted ? text : nil
    }.sorted()
    let notes =
      texts.isEmpty
      ? []
      : [
        note(
          "overloads for '\(name)' exist with these partially matching parameter lists:"
            + " \(texts.joined(separator: ", "))", at: location(node))
      ]
    error(
      "binary operator '\(name)' cannot be applied to operands of type '\(a)' and '\(b)'",
      at: node, notes: notes)
  }
}
