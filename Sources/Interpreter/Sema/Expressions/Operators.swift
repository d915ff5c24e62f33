import SwiftSyntax

/// An operand of a chain of operators, with all that it can be.
final class OperatorNode {
  enum Kind {
    /// Something with a type of its own.
    case typed(Expression)
    /// A literal, or an expression of literals only.
    case literal(LiteralKind)
    /// Something whose type comes from the other operands.
    case contextual
    case binary(name: String, OperatorNode, OperatorNode)
    case unary(name: String, OperatorNode)
  }

  /// One way to type the operand.
  struct Option {
    var type: OptionType
    var cost = 0
    var callee: Callee?
    var bindings = Bindings()
    var left = 0
    var right = 0
  }

  enum OptionType {
    case known(Type)
    case literal(LiteralKind)
    case contextual
  }

  let node: ExprSyntax
  var kind: Kind
  var options: [Option] = []

  init(_ node: ExprSyntax, _ kind: Kind) {
    self.node = node
    self.kind = kind
  }
}

extension Checker {
  func infix(_ node: InfixOperatorExprSyntax, _ expected: Type?) -> Expression {
    let whole = ExprSyntax(node)
    if node.operator.is(AssignmentExprSyntax.self) { return assignment(node) }
    if node.operator.is(ArrowExprSyntax.self) {
      error("expected type before '->'", at: node.operator)
      return invalid(node)
    }
    guard let name = Self.operatorName(node) else {
      unsupported("this operator", at: node.operator)
      return invalid(node)
    }
    switch name {
    case "&&", "||":
      let left = check(node.leftOperand, known.bool, .argument)
      let right = check(node.rightOperand, known.bool, .argument)
      return Expression(
        name == "&&" ? .and(left, right) : .or(left, right), known.bool, at: location(whole))
    case "??": return coalesce(node, expected)
    default: break
    }
    if isAssignmentOperator(name) { return compoundAssignment(node, name) }
    if name == "==" || name == "!=", let made = nilComparison(node, isEqual: name == "==") {
      return made
    }
    let root = operand(whole)
    guard solve(root, wanted: expected) else { return invalid(node) }
    return finish(root, expected)
  }

  func prefix(_ node: PrefixOperatorExprSyntax, _ expected: Type?) -> Expression {
    let name = node.operator.text
    if name == "-" {
      if let literal = node.expression.as(IntegerLiteralExprSyntax.self) {
        return integer(literal, negative: true, expected)
      }
      if let literal = node.expression.as(FloatLiteralExprSyntax.self) {
        return floating(literal, negative: true, expected)
      }
    }
    let root = operand(ExprSyntax(node))
    guard solve(root, wanted: expected) else { return invalid(node) }
    return finish(root, expected)
  }

  func postfix(_ node: PostfixOperatorExprSyntax, _ expected: Type?) -> Expression {
    let root = operand(ExprSyntax(node))
    guard solve(root, wanted: expected) else { return invalid(node) }
    return finish(root, expected)
  }

  static func operatorName(_ node: InfixOperatorExprSyntax) -> String? {
    node.operator.as(BinaryOperatorExprSyntax.self)?.operator.text
  }

  /// Functions of an operator that are visible here.
  func operatorFunctions(_ name: String) -> [FunctionDeclaration] {
    (guestOperators[name] ?? [])
      + library.operators(name).filter {
        library.module(of: $0).map(visibleModules.contains) ?? true
      }
  }

  func operatorCallee(_ function: FunctionDeclaration) -> Callee {
    var callee = Callee(function)
    callee.openParameters = function.owner?.genericParameters ?? []
    return callee
  }

  // MARK: The chain as a tree of operands

  func operand(_ node: ExprSyntax, depth: Int = 0) -> OperatorNode {
    let inner = Self.withoutParentheses(node)
    if let kind = literalKind(inner) { return OperatorNode(inner, .literal(kind)) }
    if let e = inner.as(InfixOperatorExprSyntax.self), let name = Self.operatorName(e),
      name != "&&", name != "||", name != "??", !isAssignmentOperator(name), depth < 200
    {
      return OperatorNode(
        inner,
        .binary(
          name: name, operand(e.leftOperand, depth: depth + 1),
          operand(e.rightOperand, depth: depth + 1)))
    }
    if let e = inner.as(PrefixOperatorExprSyntax.self) {
      return OperatorNode(
        inner, .unary(name: e.operator.text, operand(e.expression, depth: depth + 1)))
    }
    if let e = inner.as(PostfixOperatorExprSyntax.self) {
      return OperatorNode(
        inner, .unary(name: e.operator.text, operand(e.expression, depth: depth + 1)))
    }
    return OperatorNode(inner, .contextual)
  }

  static let literalArithmetic: Set<String> = [
    "+", "-", "*", "/", "%", "&+", "&-", "&*", "&", "|", "^", "<<", ">>",
  ]

  /// Finds the ways to type each operand, from the leaves up. False after reporting an operator
  /// that cannot be applied.
  func solve(_ operand: OperatorNode, wanted: Type? = nil) -> Bool {
    work += 1
    switch operand.kind {
    case .literal(let kind):
      operand.options = [OperatorNode.Option(type: .literal(kind))]
      return true
    case .typed(let value):
      operand.options = [OperatorNode.Option(type: .known(value.type))]
      return true
    case .contextual:
      if isOpen(operand.node) {
        operand.options = [OperatorNode.Option(type: .contextual)]
        return true
      }
      let value = infer(operand.node)
      if value.type.isInvalid { return false }
      operand.kind = .typed(value)
      operand.options = [OperatorNode.Option(type: .known(value.type))]
      if let unwrapped = implicitlyUnwrapped(value) {
        operand.options.append(OperatorNode.Option(type: .known(unwrapped.type), cost: 15))
      }
      return true
    case .unary(let name, let inner):
      guard solve(inner) else { return false }
      if case .literal(let kind)? = inner.options.first?.type, name == "-" || name == "+",
        kind != .string
      {
        operand.options = [OperatorNode.Option(type: .literal(kind))]
        return true
      }
      let isPrefix = operand.node.is(PrefixOperatorExprSyntax.self)
      collect(operand, name, [inner], fixity: isPrefix ? .prefix : .postfix, wanted)
      if operand.options.isEmpty { diagnoseUnary(operand, name, inner) }
      return !operand.options.isEmpty
    case .binary(let name, let left, let right):
      // Both sides are looked at, so that both can complain.
      let leftSolved = solve(left)
      let rightSolved = solve(right)
      guard leftSolved && rightSolved else { return false }
      if case .literal(let a)? = left.options.first?.type,
        case .literal(let b)? = right.options.first?.type, Self.literalArithmetic.contains(name),
        (a == .string) == (b == .string), a != .string || name == "+"
      {
        operand.options = [
          OperatorNode.Option(type: .literal(a == .floating || b == .floating ? .floating : a))
        ]
        return true
      }
      collect(operand, name, [left, right], fixity: nil, wanted)
      if operand.options.isEmpty, compareTuples(operand, name, left, right) { return true }
      if operand.options.isEmpty { diagnoseBinary(operand, name, left, right) }
      return !operand.options.isEmpty
    }
  }

  /// All overloads that fit the operands; of those with the same result the cheapest.
  private func collect(
    _ operand: OperatorNode, _ name: String, _ inner: [OperatorNode],
    fixity: FunctionDeclaration.Fixity?, _ wanted: Type?
  ) {
    var found: [Type: OperatorNode.Option] = [:]
    for function in operatorFunctions(name) {
      guard function.parameters.count == inner.count,
        inner.count == 2 || function.fixity == fixity
          || (function.fixity == nil && fixity == .prefix)
      else { continue }
      let callee = operatorCallee(function)
      for (l, left) in inner[0].options.enumerated() {
        let rights = inner.count == 2 ? inner[1].options : [left]
        for (r, right) in rights.enumerated() {
          let options = inner.count == 2 ? [left, right] : [left]
          guard
            let (result, cost, bindings) = fit(callee, options, inner.map(\.node), wanted)
          else { continue }
          let total = cost + left.cost + (inner.count == 2 ? right.cost : 0)
          if let known = found[result], known.cost <= total { continue }
          found[result] = OperatorNode.Option(
            type: .known(result), cost: total, callee: callee, bindings: bindings, left: l,
            right: r)
        }
      }
    }
    operand.options = found.values.sorted { $0.cost < $1.cost }
  }

  /// Whether an overload takes the operands: its result and what that costs.
  private func fit(
    _ callee: Callee, _ options: [OperatorNode.Option], _ nodes: [ExprSyntax], _ wantedResult: Type?
  ) -> (Type, Int, Bindings)? {
    let function = callee.function
    var bindings = Bindings()
    bindings.open = Set(callee.openParameters + function.genericParameters)
    var cost = bindings.open.isEmpty ? 0 : 1
    for (i, option) in options.enumerated() {
      if case .known(let type) = option.type {
        let wanted = function.parameters[i].type
        if bindings.open.isEmpty {
          guard let step = conversionCost(type, wanted) else { return nil }
          cost += step * 2
        } else if !unify(wanted, with: type, &bindings) {
          return nil
        }
      }
    }
    if !bindings.open.isEmpty { _ = solve(function.requirements, &bindings) }
    if let wantedResult, bindings.isOpen(function.result), !wantedResult.isGeneric {
      var trial = bindings
      let open = function.result.substituting(bindings.types)
      for base in implicitBases(wantedResult).reversed() where base != .any {
        if unify(open, with: base, &trial) {
          bindings = trial
          break
        }
        trial = bindings
      }
    }
    for kind in [LiteralKind.floating, .integer, .string] {
      for (i, option) in options.enumerated() {
        guard case .literal(let own) = option.type, own == kind else { continue }
        var wanted = function.parameters[i].type.substituting(bindings.types)
        if bindings.isOpen(wanted) {
          guard unify(wanted, with: defaultType(kind), &bindings) else { return nil }
          wanted = wanted.substituting(bindings.types)
        }
        var plain = wanted
        while !accepts(plain, kind), let inner = known.wrapped(plain) { plain = inner }
        guard accepts(plain, kind) else {
          guard wanted == .any else { return nil }
          cost += 6
          continue
        }
        if plain != wanted { cost += 4 }
        if plain != defaultType(kind) { cost += 10 }
      }
    }
    for (i, option) in options.enumerated() {
      guard case .contextual = option.type else { continue }
      let wanted = function.parameters[i].type.substituting(bindings.types)
      if bindings.isOpen(wanted) {
        guard !nodes[i].is(NilLiteralExprSyntax.self), !isImplicitMember(nodes[i]),
          let value = attempt({ self.infer(nodes[i]) as Expression? }), !value.type.isInvalid,
          unify(wanted, with: value.type, &bindings)
        else { return nil }
        continue
      }
      if nodes[i].is(NilLiteralExprSyntax.self), !known.isOptional(wanted) { return nil }
      guard let value = attempt({ self.check(nodes[i], wanted, .argument) as Expression? }) else {
        return nil
      }
      cost += conversionCost(value.type, wanted) ?? 0
      if nodes[i].is(ArrayExprSyntax.self), known.element(ofArray: wanted) == nil { cost += 10 }
    }
    for (i, option) in options.enumerated() where !bindings.open.isEmpty {
      guard case .known(let type) = option.type else { continue }
      guard
        let step = conversionCost(
          type, function.parameters[i].type.substituting(bindings.types))
      else { return nil }
      cost += step * 2
    }
    if unsatisfied(callee, bindings) != nil { return nil }
    let result = function.result.substituting(bindings.types)
    if bindings.isOpen(result) { return nil }
    return (result, cost, bindings)
  }

  func operandTree(_ node: ExprSyntax) -> OperatorNode { operand(node) }

  func operation(_ pair: OperatorNode) -> Expression? {
    guard solve(pair) else { return nil }
    let made = finish(pair, known.bool)
    return made.type == known.bool ? made : nil
  }
}

extension Checker {
  /// `left op right`, where the right side is already typed.
  func operation(_ name: String, _ left: ExprSyntax, _ right: Expression) -> Expression? {
    let pair = OperatorNode(
      left, .binary(name: name, operandTree(left), OperatorNode(left, .typed(right))))
    return operation(pair)
  }

  func operation(
    _ name: String, _ left: Expression, _ right: Expression, at node: ExprSyntax
  ) -> Expression? {
    operation(
      OperatorNode(
        node,
        .binary(name: name, OperatorNode(node, .typed(left)), OperatorNode(node, .typed(right)))))
  }
}
