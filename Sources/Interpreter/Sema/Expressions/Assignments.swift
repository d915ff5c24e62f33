import SwiftSyntax

extension Checker {
  func isAssignmentOperator(_ name: String) -> Bool {
    guard name.hasSuffix("="), name.count > 1 else { return false }
    if ["==", "!=", "<=", ">=", "===", "!==", ".==", ".!=", ".<=", ".>=", "~="].contains(name) {
      return false
    }
    return operatorFunctions(name).contains { $0.parameters.first?.isInout == true }
      || ["+=", "-=", "*=", "/=", "%="].contains(name)
  }

  func assignment(_ node: InfixOperatorExprSyntax) -> Expression {
    let place = location(ExprSyntax(node))
    let left = Self.withoutParentheses(node.leftOperand)
    if left.is(DiscardAssignmentExprSyntax.self) {
      let value = infer(node.rightOperand)
      return Expression(.discard(value), .void, at: place)
    }
    if let tuple = left.as(TupleExprSyntax.self), !tuple.elements.isEmpty {
      return tupleAssignment(tuple, node)
    }
    return throughChain(left) {
      guard let target = self.target(left, node) else {
        if !self.isOpen(node.rightOperand) { _ = self.infer(node.rightOperand) }
        return self.invalid(node)
      }
      let meant = self.meant(left, target, by: node.rightOperand)
      let value = self.check(node.rightOperand, meant.type, .assignment)
      return Expression(.assign(meant, value), .void, at: place)
    }
  }

  /// Of subscripts that give different types the one that takes the value is meant: `x[mask] = 0`.
  private func meant(_ left: ExprSyntax, _ place: Place, by value: ExprSyntax) -> Place {
    guard let node = left.as(SubscriptCallExprSyntax.self), case .computed = place.kind,
      let base = attempt({ self.infer(node.calledExpression) as Expression? })
    else { return place }
    let types = lookup("subscript", in: base.type).compactMap { found -> Type? in
      guard case .property(let property) = found.kind, property.setter != nil else { return nil }
      let type = property.type.substituting(found.substitution)
      return type.isGeneric || type == place.type ? nil : type
    }
    func takes(_ type: Type) -> Bool {
      attempt { self.check(value, type, .assignment) as Expression? } != nil
    }
    if types.isEmpty || takes(place.type) { return place }
    for type in types where takes(type) {
      let other = attempt { self.expression(left, expecting: type) as Expression? }
      if let other, other.type == type, case .place(let meant) = other.kind, isWritable(meant) {
        return meant
      }
    }
    return place
  }

  /// Wraps what is done to the end of an optional chain in the chain.
  private func throughChain(_ left: ExprSyntax, _ body: () -> Expression) -> Expression {
    guard beginsChain(left) else { return body() }
    return chained(left, body)
  }

  /// The place on the left of `=`.
  private func target(_ left: ExprSyntax, _ node: InfixOperatorExprSyntax) -> Place? {
    let found = infer(left)
    if found.type.isInvalid { return nil }
    guard case .place(let place) = found.kind else {
      let what: String
      if left.is(FunctionCallExprSyntax.self), case .call(let call) = found.kind {
        what = "'\(call.function.name)' returns immutable value"
      } else if literalKind(left) != nil {
        what = "literals are not mutable"
      } else {
        what = "expression is not assignable"
      }
      error(
        what == "expression is not assignable"
          ? "expression is not assignable: value is immutable"
          : "cannot assign to value: \(what)", at: left)
      return nil
    }
    if let reason = immutability(of: place) {
      error(
        "cannot assign \(assignmentTarget(place)): \(reason.text)", at: left, notes: reason.notes)
      return nil
    }
    return place
  }

  private func tupleAssignment(
    _ tuple: TupleExprSyntax, _ node: InfixOperatorExprSyntax
  ) -> Expression {
    var places: [Place?] = []
    var types: [Type.TupleElement] = []
    var isComplete = true
    for element in tuple.elements {
      let inner = Self.withoutParentheses(element.expression)
      if inner.is(DiscardAssignmentExprSyntax.self) {
        places.append(nil)
        types.append(Type.TupleElement(nil, .invalid))
        isComplete = false
        continue
      }
      if inner.is(TupleExprSyntax.self) {
        unsupported("assigning to nested tuples", at: inner)
        return invalid(node)
      }
      guard let place = target(inner, node) else {
        if !isOpen(node.rightOperand) { _ = infer(node.rightOperand) }
        return invalid(node)
      }
      places.append(place)
      types.append(Type.TupleElement(nil, place.type))
    }
    let wanted = Type.tuple(types)
    var value: Expression
    if isComplete {
      value = check(node.rightOperand, wanted, .assignment)
    } else {
      value = expression(node.rightOperand, expecting: wanted, purpose: .assignment)
      if case .tuple(let given) = value.type, given.count == types.count {
        for i in types.indices where places[i] == nil { types[i].type = given[i].type }
      }
      value = coerce(value, to: .tuple(types), .assignment, at: node.rightOperand)
    }
    return Expression(.assignTuple(places, value), .void, at: location(ExprSyntax(node)))
  }

  /// `x += e`.
  func compoundAssignment(_ node: InfixOperatorExprSyntax, _ name: String) -> Expression {
    throughChain(Self.withoutParentheses(node.leftOperand)) { compound(node, name) }
  }

  private func compound(_ node: InfixOperatorExprSyntax, _ name: String) -> Expression {
    let whole = ExprSyntax(node)
    var found = infer(node.leftOperand)
    if found.type.isInvalid {
      if !isOpen(node.rightOperand) { _ = infer(node.rightOperand) }
      return invalid(node)
    }
    if let unwrapped = implicitlyUnwrapped(found) { found = unwrapped }
    guard case .place(let place) = found.kind else {
      error(
        "left side of mutating operator isn't mutable: expression is immutable",
        at: node.leftOperand)
      return invalid(node)
    }
    var typed: Expression?
    let contextual = isOpen(node.rightOperand)
    if !contextual {
      let value = infer(node.rightOperand)
      if value.type.isInvalid { return invalid(node) }
      typed = value
    }
    var best = compoundOperator(node, name, found, typed)
    if best == nil, typed != nil, isContextual(node.rightOperand) {
      // Perhaps it means something else when more is expected of it: `sum += x[i, j]`.
      best = compoundOperator(node, name, found, nil)
      if best != nil { typed = nil }
    }
    guard let best else {
      diagnoseCompound(node, name, found, typed)
      return invalid(node)
    }
    if let reason = immutability(of: place) {
      error(
        "left side of mutating operator isn't mutable: \(reason.text)", at: whole,
        notes: reason.notes)
      return invalid(node)
    }
    let wanted = best.callee.function.parameters[1].type.substituting(best.bindings.types)
    let value =
      typed.flatMap { convert($0, to: wanted) } ?? check(node.rightOperand, wanted, .argument)
    return Expression(
      .call(
        Call(
          best.callee.function, typeArguments: typeArguments(best.callee, best.bindings),
          arguments: [.inout(place), .value(value)])), .void, at: location(whole))
  }

  /// The operator that changes `left`, given the type of the right side if it has one of its own.
  private func compoundOperator(
    _ node: InfixOperatorExprSyntax, _ name: String, _ left: Expression, _ typed: Expression?
  ) -> (callee: Callee, bindings: Bindings, cost: Int)? {
    var best: (callee: Callee, bindings: Bindings, cost: Int)?
    for function in operatorFunctions(name) {
      guard function.parameters.count == 2, function.parameters[0].isInout else { continue }
      let callee = operatorCallee(function)
      var bindings = Bindings()
      bindings.open = Set(callee.openParameters + function.genericParameters)
      guard unify(function.parameters[0].type, with: left.type, &bindings) else { continue }
      guard function.parameters[0].type.substituting(bindings.types) == left.type else { continue }
      var cost = bindings.open.isEmpty ? 0 : 1
      if let typed {
        guard unify(function.parameters[1].type, with: typed.type, &bindings) else { continue }
        _ = solve(function.requirements, &bindings)
        guard
          let step = conversionCost(
            typed.type, function.parameters[1].type.substituting(bindings.types))
        else { continue }
        cost += step
      } else {
        _ = solve(function.requirements, &bindings)
        var wanted = function.parameters[1].type.substituting(bindings.types)
        if bindings.isOpen(wanted) {
          guard let value = attempt({ self.infer(node.rightOperand) as Expression? }),
            unify(wanted, with: value.type, &bindings)
          else { continue }
          _ = solve(function.requirements, &bindings)
          wanted = wanted.substituting(bindings.types)
          cost += 2
        }
        guard attempt({ self.check(node.rightOperand, wanted, .argument) as Expression? }) != nil
        else { continue }
        if let kind = literalKind(node.rightOperand), wanted != defaultType(kind) { cost += 10 }
      }
      if unsatisfied(callee, bindings) != nil { continue }
      if best.map({ cost < $0.cost }) ?? true { best = (callee, bindings, cost) }
    }
    return best
  }

  private func diagnoseCompound(
    _ node: InfixOperatorExprSyntax, _ name: String, _ left: Expression, _ right: Expression?
  ) {
    guard let type = right?.type ?? attempt({ self.infer(node.rightOperand) as Expression? })?.type
    else {
      _ = check(node.rightOperand, left.type, .argument)
      return
    }
    if let inner = known.wrapped(left.type), conversionCost(type, inner) != nil {
      mustUnwrap(left.type, inner, at: location(node.leftOperand))
      return
    }
    if let inner = known.wrapped(type), inner == left.type {
      mustUnwrap(type, inner, at: location(node.rightOperand))
      return
    }
    let same = operatorFunctions(name).contains {
      $0.parameters.count == 2 && $0.parameters[0].type == left.type
        && $0.parameters[1].type == left.type
    }
    if same {
      mismatch(type, left.type, .argument, at: location(node.rightOperand))
      return
    }
    binaryMessage(name, left.type, type, at: ExprSyntax(node))
  }
}
