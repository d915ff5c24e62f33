import SwiftSyntax

extension Checker {
  // MARK: Implicit members

  /// `.name`, whose type comes from what is expected.
  func implicitMember(
    _ name: String, at node: MemberAccessExprSyntax, _ expected: Type?
  ) -> Expression {
    let whole = ExprSyntax(node)
    guard let expected else {
      error("reference to member '\(name)' cannot be resolved without a contextual type", at: whole)
      return invalid(node)
    }
    for type in implicitBases(expected) {
      let statics = lookup(name, in: type).filter(\.isStatic)
      if statics.isEmpty { continue }
      switch staticMeaning(statics, of: type, at: location(whole)) {
      case .value(let value): return value
      case .callees(let callees):
        if case .function? = Optional(expected) {
          return functionValue(callees, labels: node.declName.argumentNames, expected, at: whole)
        }
        if let callee = callees.first, case .enumCase(let enumCase) = callee.kind {
          error(
            "member '\(name)\(labels(enumCase.payload))' expects argument of type"
              + " '\(payloadText(enumCase.payload))'", at: whole)
          return invalid(node)
        }
        return functionValue(callees, labels: node.declName.argumentNames, expected, at: whole)
      default: continue
      }
    }
    if expected.isInvalid { return invalid(node) }
    missingImplicitMember(name, expected, at: whole)
    return invalid(node)
  }

  func missingImplicitMember(_ name: String, _ expected: Type, at node: ExprSyntax) {
    let type = known.fullyUnwrapped(expected)
    error(
      "type '\(displayName(type))' has no member '\(name)'", at: node,
      notes: suggestion(name, among: memberNames(of: type), at: location(node)))
  }

  private func labels(_ payload: [Type.TupleElement]) -> String {
    "(\(payload.map { ($0.label ?? "_") + ":" }.joined()))"
  }

  private func payloadText(_ payload: [Type.TupleElement]) -> String {
    payload.count == 1 && payload[0].label == nil
      ? payload[0].type.description : Type.tuple(payload).description
  }

  /// Where an implicit member is looked for: the expected type, and what it wraps.
  func implicitBases(_ expected: Type) -> [Type] {
    var bases = [expected]
    var type = expected
    while let inner = known.wrapped(type), bases.count < 8 {
      bases.append(inner)
      type = inner
    }
    // The members of the value come before those of the optional around it.
    return bases.count > 1 ? Array(bases.dropFirst()) + [bases[0]] : bases
  }

  // MARK: super

  func superValue(_ node: SuperExprSyntax) -> Expression {
    let place = location(node)
    guard let value = selfValue(at: place), let above = context.owner?.superclass else {
      error("'super' cannot be used outside of class members", at: node)
      return invalid(node)
    }
    return upcast(value, to: above)
  }

  func superMember(_ name: String, at node: MemberAccessExprSyntax) -> Meaning {
    let place = location(ExprSyntax(node))
    guard let value = selfValue(at: place), let owner = enclosingOwner else {
      error("'super' cannot be used outside of class members", at: node)
      return .invalid
    }
    guard let above = owner.superclass else {
      error(
        "'super' cannot be used in class '\(owner.name)' because it has no superclass", at: node)
      return .invalid
    }
    let found = lookup(name, in: above)
    if found.isEmpty {
      error("value of type '\(above)' has no member '\(name)'", at: ExprSyntax(node))
      return .invalid
    }
    return memberMeaning(
      found.filter { !$0.isStatic }, upcast(value, to: above), at: place, isSuper: true)
  }

  var enclosingOwner: NominalDeclaration? {
    var current: FunctionContext? = context
    while let here = current {
      if let owner = here.owner { return owner }
      current = here.parent
    }
    return nil
  }
}
