import SwiftSyntax

/// An optional chain that is being typed: `a?.b.c?.d`.
final class OptionalChain {
  enum Link {
    case value(Expression, LocalVariable)
    case place(Place)
  }

  var links: [Link] = []
  /// The rest of the chain changes the value that a link holds.
  var needsPlace = false
  /// Links are places that can be changed.
  var usesPlaces = false
  let spine: Set<SyntaxIdentifier>

  init(spine: Set<SyntaxIdentifier>) { self.spine = spine }
}

extension Checker {
  /// Whether a postfix expression has a `?` in it and is the whole of its chain.
  func beginsChain(_ node: ExprSyntax) -> Bool {
    guard hasLink(node) else { return false }
    return !chains.contains { $0.spine.contains(node.id) }
  }

  private func spineBase(_ node: ExprSyntax) -> ExprSyntax? {
    if let e = node.as(MemberAccessExprSyntax.self) { return e.base }
    if let e = node.as(FunctionCallExprSyntax.self) { return e.calledExpression }
    if let e = node.as(SubscriptCallExprSyntax.self) { return e.calledExpression }
    if let e = node.as(ForceUnwrapExprSyntax.self) { return e.expression }
    if let e = node.as(OptionalChainingExprSyntax.self) { return e.expression }
    return nil
  }

  private func hasLink(_ node: ExprSyntax) -> Bool {
    var current: ExprSyntax? = node
    while let here = current {
      if let link = here.as(OptionalChainingExprSyntax.self) {
        return typeExpression(link.expression) == nil
      }
      current = spineBase(here)
    }
    return false
  }

  func optionalChain(_ node: ExprSyntax, expecting expected: Type?) -> Expression {
    chained(node) { plainExpression(node, expecting: expected, purpose: .initialization) }
  }

  /// Types something that goes through the links of `spine`, and puts the links around it.
  func chained(_ spine: ExprSyntax, _ body: () -> Expression) -> Expression {
    var ids: Set<SyntaxIdentifier> = []
    var current: ExprSyntax? = spine
    while let here = current {
      ids.insert(here.id)
      current = spineBase(here)
    }
    let mark = diagnostics.count
    var chain = OptionalChain(spine: ids)
    chains.append(chain)
    var rest = body()
    chains.removeLast()
    if chain.needsPlace {
      diagnostics.removeSubrange(mark...)
      chain = OptionalChain(spine: ids)
      chain.usesPlaces = true
      chains.append(chain)
      rest = body()
      chains.removeLast()
    }
    if rest.type.isInvalid { return rest }
    if !known.isOptional(rest.type) {
      rest = Expression(.wrap(rest), known.optionalOf(rest.type), at: rest.location)
    }
    for link in chain.links.reversed() {
      switch link {
      case .value(let base, let bound):
        rest = Expression(
          .optionalChain(base: base, bound: bound, rest: rest), rest.type, at: rest.location)
      case .place(let base):
        rest = Expression(
          .optionalChainPlace(base: base, rest: rest), rest.type, at: rest.location)
      }
    }
    return rest
  }

  /// `x?` inside a chain.
  func chainLink(_ node: OptionalChainingExprSyntax) -> Expression {
    let base = infer(node.expression)
    if base.type.isInvalid { return base }
    guard let chain = chains.last else {
      error("'?' must be followed by a call, member lookup, or subscript", at: node)
      return invalid(node)
    }
    guard let type = known.wrapped(base.type) else {
      error(
        "cannot use optional chaining on non-optional value of type '\(base.type)'",
        at: ExprSyntax(node))
      return invalid(node)
    }
    let place = location(ExprSyntax(node))
    if chain.usesPlaces, case .place(let target) = base.kind, !isReference(type),
      immutability(of: target) == nil
    {
      chain.links.append(.place(target))
      return Expression(.place(Place(.optionalPayload(target), type, at: place)), type, at: place)
    }
    let bound = newLocal("payload", type, isMutable: false, at: place)
    chainBound[bound] = base
    chain.links.append(.value(base, bound))
    return Expression(.place(Place(.local(bound), type, at: place)), type, at: place)
  }

  func forceUnwrap(_ node: ForceUnwrapExprSyntax, _ expected: Type?) -> Expression {
    let base: Expression
    if isImplicitMember(node.expression), let expected {
      base = expression(node.expression, expecting: known.optionalOf(expected))
    } else {
      base = infer(node.expression)
    }
    if base.type.isInvalid { return base }
    let place = location(ExprSyntax(node))
    guard let type = known.wrapped(base.type) else {
      error(
        "cannot force unwrap value of non-optional type '\(base.type)'", at: ExprSyntax(node))
      return base
    }
    if case .place(let target) = base.kind {
      return Expression(.place(Place(.unwrapped(target), type, at: place)), type, at: place)
    }
    return Expression(.forceUnwrap(base), type, at: place)
  }

  /// A value declared with `!`, where its payload is needed.
  func implicitlyUnwrapped(_ value: Expression) -> Expression? {
    guard case .place(let place) = value.kind, let type = known.wrapped(value.type) else {
      return nil
    }
    let id: ObjectIdentifier
    switch place.kind {
    case .local(let variable): id = ObjectIdentifier(variable)
    case .global(let variable): id = ObjectIdentifier(variable)
    case .field(_, let property), .objectField(_, let property), .valueField(_, let property):
      id = ObjectIdentifier(property)
    default: return nil
    }
    guard implicitlyUnwrapped.contains(id) else { return nil }
    return Expression(
      .place(Place(.unwrapped(place), type, at: value.location)), type, at: value.location)
  }

  /// `a ?? b`.
  func coalesce(_ node: InfixOperatorExprSyntax, _ expected: Type?) -> Expression {
    let place = location(ExprSyntax(node))
    let wanted = expected.map { isOpen(node.leftOperand) ? known.optionalOf($0) : $0 }
    let left = expression(
      node.leftOperand, expecting: wanted.map { known.isOptional($0) ? $0 : known.optionalOf($0) })
    if left.type.isInvalid {
      _ = expression(node.rightOperand, expecting: expected)
      return left
    }
    guard let inner = known.wrapped(left.type) else {
      let right = expression(node.rightOperand, expecting: left.type)
      if left.type == Self.nilType || right.type.isInvalid { return right }
      if conversionCost(right.type, left.type) != nil {
        warning(
          "left side of nil coalescing operator '??' has non-optional type '\(left.type)', so the"
            + " right side is never used", at: place)
        return left
      }
      error(
        "binary operator '??' cannot be applied to operands of type '\(left.type)' and"
          + " '\(right.type)'", at: ExprSyntax(node))
      return invalid(node)
    }
    // The right side may be a value, or another optional.
    let mark = diagnostics.count
    let right = expression(
      node.rightOperand,
      expecting: isNil(node.rightOperand) && !known.isOptional(inner) ? left.type : inner)
    if right.type.isInvalid { return Expression(.invalid, inner, at: place) }
    if right.type == known.never {
      return Expression(.coalesce(left, retyped(right, inner)), inner, at: place)
    }
    if let value = convert(right, to: inner) {
      return Expression(.coalesce(left, value), inner, at: place)
    }
    if let value = convert(right, to: left.type) {
      return Expression(.coalesce(left, value), left.type, at: place)
    }
    if let expected, let widened = convert(left, to: known.optionalOf(expected)),
      let value = convert(right, to: expected)
    {
      return Expression(.coalesce(widened, value), expected, at: place)
    }
    if conversionCost(inner, right.type) != nil,
      let widened = convert(left, to: known.optionalOf(right.type))
    {
      return Expression(.coalesce(widened, right), right.type, at: place)
    }
    diagnostics.removeSubrange(mark...)
    if expected != nil {
      mismatch(right.type, inner, .argument, at: location(node.rightOperand))
      return Expression(.invalid, inner, at: place)
    }
    error(
      "binary operator '??' cannot be applied to operands of type '\(left.type)' and"
        + " '\(right.type)'", at: ExprSyntax(node))
    return Expression(.invalid, inner, at: place)
  }

  private func isNil(_ node: ExprSyntax) -> Bool { node.is(NilLiteralExprSyntax.self) }

  func retyped(_ value: Expression, _ type: Type) -> Expression {
    var value = value
    value.type = type
    return value
  }
}
