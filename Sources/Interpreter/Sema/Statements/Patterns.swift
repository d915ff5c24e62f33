import SwiftSyntax

extension Checker {
  // MARK: Patterns that cannot fail

  /// The pattern of `let`, `var` and `for`: names, `_` and tuples of them.
  func bindingPattern(_ node: PatternSyntax, _ type: Type, isMutable: Bool) -> Pattern {
    let place = location(node)
    switch node.as(PatternSyntaxEnum.self) {
    case .identifierPattern(let p):
      return bind(Self.unquoted(p.identifier.text), type, isMutable: isMutable, at: place)
    case .wildcardPattern: return Pattern(.any, type, at: place)
    case .tuplePattern(let p):
      if p.elements.count == 1, let only = p.elements.first {
        return bindingPattern(only.pattern, type, isMutable: isMutable)
      }
      var types: [Type] = Array(repeating: .invalid, count: p.elements.count)
      if case .tuple(let elements) = type {
        if elements.count == types.count {
          types = elements.map(\.type)
        } else {
          error(
            "'\(type)' is not convertible to '\(placeholders(p.elements.count))', tuples have a"
              + " different number of elements", at: node)
        }
      } else if !type.isInvalid {
        error(
          "tuple pattern cannot match values of the non-tuple type '\(type)'", at: node)
      }
      let patterns = zip(p.elements, types).map {
        bindingPattern($0.pattern, $1, isMutable: isMutable)
      }
      return Pattern(.tuple(patterns), type, at: place)
    case .expressionPattern(let p):
      return bindingPattern(p.expression, type, isMutable: isMutable)
    case .valueBindingPattern(let p):
      return bindingPattern(
        p.pattern, type, isMutable: p.bindingSpecifier.tokenKind == .keyword(.var))
    default:
      unsupported("this kind of pattern", at: node)
      return Pattern(.any, type, at: place)
    }
  }

  /// After `if let` the parser takes a tuple of names for an expression.
  private func bindingPattern(_ node: ExprSyntax, _ type: Type, isMutable: Bool) -> Pattern {
    let place = location(node)
    if let inner = node.as(PatternExprSyntax.self) {
      return bindingPattern(inner.pattern, type, isMutable: isMutable)
    }
    if node.is(DiscardAssignmentExprSyntax.self) { return Pattern(.any, type, at: place) }
    if let name = node.as(DeclReferenceExprSyntax.self) {
      return bind(Self.unquoted(name.baseName.text), type, isMutable: isMutable, at: place)
    }
    guard let tuple = node.as(TupleExprSyntax.self) else {
      unsupported("this kind of pattern", at: node)
      return Pattern(.any, type, at: place)
    }
    let parts = tuple.elements.map { element in
      { (type: Type) in self.bindingPattern(element.expression, type, isMutable: isMutable) }
    }
    return tuplePattern(parts, type, at: place)
  }

  private func placeholders(_ count: Int) -> String {
    "(\(Array(repeating: "_", count: count).joined(separator: ", ")))"
  }

  /// Declares a name: a global variable at the top level of a unit, else a local one.
  func bind(
    _ name: String, _ type: Type, isMutable: Bool, at place: SourceLocation
  ) -> Pattern {
    if isTopLevel, case .unit = scope.kind {
      let variable = GlobalVariable(name, type, isMutable: isMutable)
      variable.location = place
      if scope.here(name).contains(where: { if case .global = $0 { true } else { false } }) {
        redeclared(name, at: place)
      }
      globals.append(variable)
      scope.declare(name, type.isInvalid ? .invalid : .global(variable))
      return Pattern(.global(variable), type, at: place)
    }
    if case .block = scope.kind, name != "_",
      scope.here(name).contains(where: {
        if case .local = $0 { true } else { false }
      })
    {
      redeclared(name, at: place)
    }
    let variable = newLocal(name, type, isMutable: isMutable, at: place)
    declaredWithLet.insert(ObjectIdentifier(variable))
    scope.declare(name, type.isInvalid ? .invalid : .local(variable))
    return Pattern(.local(variable), type, at: place)
  }

  func redeclared(_ name: String, at place: SourceLocation) {
    error("invalid redeclaration of '\(name)'", at: place)
  }

  // MARK: Patterns that can fail

  /// The pattern of a `case`. Inside `let` or `var` (`binding`) names are bound.
  func casePattern(_ node: PatternSyntax, _ type: Type, _ binding: Bool?) -> Pattern {
    nesting += 1
    defer { nesting -= 1 }
    let place = location(node)
    guard nesting < Self.nestingLimit else { return Pattern(.any, type, at: place) }
    switch node.as(PatternSyntaxEnum.self) {
    case .wildcardPattern: return Pattern(.any, type, at: place)
    case .valueBindingPattern(let p):
      return casePattern(p.pattern, type, p.bindingSpecifier.tokenKind == .keyword(.var))
    case .identifierPattern(let p):
      return bindInCase(
        Self.unquoted(p.identifier.text), type, isMutable: binding ?? false, at: place)
    case .tuplePattern(let p):
      let parts = p.elements.map { element in
        { (type: Type) in self.casePattern(element.pattern, type, binding) }
      }
      return tuplePattern(parts, type, at: place)
    case .isTypePattern(let p):
      return Pattern(.isType(resolve(p.type)), type, at: place)
    case .expressionPattern(let p): return expressionPattern(p.expression, type, binding)
    default:
      unsupported("this kind of pattern", at: node)
      return Pattern(.any, type, at: place)
    }
  }

  /// Several patterns of one case bind the same variables.
  private func bindInCase(
    _ name: String, _ type: Type, isMutable: Bool, at place: SourceLocation
  ) -> Pattern {
    if let entity = scope.here(name).first, case .local(let variable) = entity {
      if variable.type == type { return Pattern(.local(variable), type, at: place) }
      if !type.isInvalid {
        error(
          "pattern variable bound to type '\(type)', expected type '\(variable.type)'", at: place)
      }
    }
    return bind(name, type, isMutable: isMutable, at: place)
  }

  private func tuplePattern(
    _ parts: [(Type) -> Pattern], _ type: Type, at place: SourceLocation
  ) -> Pattern {
    if parts.count == 1 { return parts[0](type) }
    var types: [Type] = Array(repeating: .invalid, count: parts.count)
    if case .tuple(let elements) = type, elements.count == parts.count {
      types = elements.map(\.type)
    } else if !type.isInvalid {
      error("tuple pattern cannot match values of the non-tuple type '\(type)'", at: place)
    }
    return Pattern(.tuple(zip(parts, types).map { $0($1) }), type, at: place)
  }

  private func expressionPattern(
    _ node: ExprSyntax, _ type: Type, _ binding: Bool?
  ) -> Pattern {
    let place = location(node)
    if let inner = node.as(PatternExprSyntax.self) {
      return casePattern(inner.pattern, type, binding)
    }
    if node.is(DiscardAssignmentExprSyntax.self) { return Pattern(.any, type, at: place) }
    if let tuple = node.as(TupleExprSyntax.self) {
      let parts = tuple.elements.map { element in
        { (type: Type) in self.expressionPattern(element.expression, type, binding) }
      }
      if case .tuple = type { return tuplePattern(parts, type, at: place) }
      if parts.count == 1 || type.isInvalid { return tuplePattern(parts, type, at: place) }
    }
    if let some = node.as(OptionalChainingExprSyntax.self) {
      guard let inner = known.wrapped(type) else {
        if !type.isInvalid {
          error("'?' pattern cannot match values of type '\(type)'", at: node)
        }
        return Pattern(
          .some(expressionPattern(some.expression, .invalid, binding)), type, at: place)
      }
      return Pattern(.some(expressionPattern(some.expression, inner, binding)), type, at: place)
    }
    if node.is(NilLiteralExprSyntax.self) {
      if known.isOptional(type) { return Pattern(.none, type, at: place) }
      if !type.isInvalid {
        error("type '\(type)' is not optional, value can never be nil", at: node)
      }
      return Pattern(.any, type, at: place)
    }
    if let cast = node.as(AsExprSyntax.self), cast.questionOrExclamationMark == nil {
      let target = resolve(cast.type)
      let inner = expressionPattern(cast.expression, target, binding)
      return Pattern(.cast(target, inner), type, at: place)
    }
    if let made = enumPattern(node, type, binding) { return made }
    return comparison(node, type)
  }

  // MARK: Enum cases

  private func enumPattern(_ node: ExprSyntax, _ type: Type, _ binding: Bool?) -> Pattern? {
    let place = location(node)
    var callee = node
    var arguments: LabeledExprListSyntax?
    if let call = node.as(FunctionCallExprSyntax.self) {
      callee = call.calledExpression
      arguments = call.arguments
    }
    guard let member = callee.as(MemberAccessExprSyntax.self) else { return nil }
    let name = Self.unquoted(member.declName.baseName.text)
    if let base = member.base {
      guard let named = typeExpression(base) else { return nil }
      guard case .nominal(let declaration, _) = named,
        let found = declaration.cases.first(where: { $0.name == name })
      else { return nil }
      if conversionCost(named, type) == 0 || known.fullyUnwrapped(type).nominal === declaration {
        return casePattern(found, arguments, type, binding, at: place)
      }
      let inner = payload(found, arguments, named, binding, at: place)
      return Pattern(.cast(named, inner), type, at: place)
    }
    if let inner = known.wrapped(type) {
      if name == "none", arguments == nil { return Pattern(.none, type, at: place) }
      if name == "some", let arguments, arguments.count == 1, let only = arguments.first {
        return Pattern(
          .some(expressionPattern(only.expression, inner, binding)), type, at: place)
      }
    }
    let plain = known.fullyUnwrapped(type)
    guard case .nominal(let declaration, _) = plain else { return nil }
    guard let found = declaration.cases.first(where: { $0.name == name }) else {
      if lookup(name, in: plain).isEmpty, arguments == nil || declaration.kind == .enum {
        if arguments != nil {
          missingImplicitMember(name, plain, at: ExprSyntax(member))
        } else {
          missingImplicitMember(name, plain, at: ExprSyntax(member))
        }
        for argument in arguments ?? [] {
          _ = expressionPattern(argument.expression, .invalid, binding)
        }
        return Pattern(.any, type, at: place)
      }
      return nil
    }
    return casePattern(found, arguments, type, binding, at: place)
  }

  /// The case, looked for inside as many optionals as there are.
  private func casePattern(
    _ found: EnumCase, _ arguments: LabeledExprListSyntax?, _ type: Type, _ binding: Bool?,
    at place: SourceLocation
  ) -> Pattern {
    if type.nominal !== found.owner, let inner = known.wrapped(type) {
      return Pattern(
        .some(casePattern(found, arguments, inner, binding, at: place)), type, at: place)
    }
    return payload(found, arguments, type, binding, at: place)
  }

  private func payload(
    _ found: EnumCase, _ arguments: LabeledExprListSyntax?, _ type: Type, _ binding: Bool?,
    at place: SourceLocation
  ) -> Pattern {
    let map = Dictionary(
      zip(found.owner.genericParameters, type.genericArguments), uniquingKeysWith: { a, _ in a })
    let types = found.payload.map { $0.type.substituting(map) }
    guard let arguments else {
      return Pattern(
        .enumCase(found, types.map { Pattern(.any, $0, at: place) }), type, at: place)
    }
    if arguments.count == types.count {
      var patterns: [Pattern] = []
      for (i, argument) in arguments.enumerated() {
        if let label = argument.label?.text, let wanted = found.payload[i].label, label != wanted {
          error("tuple pattern element label '\(label)' must be '\(wanted)'", at: argument)
        }
        patterns.append(expressionPattern(argument.expression, types[i], binding))
      }
      return Pattern(.enumCase(found, patterns), type, at: place)
    }
    if arguments.count == 1, types.count > 1, let only = arguments.first {
      // `case .a(let both)` binds the whole payload; `case .a(_)` ignores it.
      if only.expression.is(DiscardAssignmentExprSyntax.self) {
        return Pattern(
          .enumCase(found, types.map { Pattern(.any, $0, at: place) }), type, at: place)
      }
      unsupported("binding several associated values as one", at: only)
    } else if types.isEmpty {
      error(
        "pattern with associated values does not match enum case '\(found.name)'", at: place)
    } else {
      error(
        "tuple pattern has the wrong length for tuple type '\(Type.tuple(found.payload))'",
        at: place)
    }
    for argument in arguments { _ = expressionPattern(argument.expression, .invalid, binding) }
    return Pattern(.enumCase(found, types.map { Pattern(.any, $0, at: place) }), type, at: place)
  }

  // MARK: Comparisons

  /// An expression that the value is compared with: `==`, or what `~=` means for its type.
  private func comparison(_ node: ExprSyntax, _ type: Type) -> Pattern {
    let place = location(node)
    if type.isInvalid {
      if !isOpen(node) { _ = infer(node) }
      return Pattern(.any, type, at: place)
    }
    let variable = newLocal("subject", type, isMutable: false, at: place)
    let value = Expression(.place(Place(.local(variable), type, at: place)), type, at: place)
    for name in ["==", "~="] {
      if let matches = attempt({ self.operation(name, node, value) }) {
        return Pattern(.expression(value: variable, matches: matches), type, at: place)
      }
    }
    if let range = rangeType(node, known.fullyUnwrapped(type)),
      let typed = attempt({ self.check(node, range, .pattern) as Expression? }),
      let matches = attempt({ self.operation("~=", typed, value, at: node) })
    {
      return Pattern(.expression(value: variable, matches: matches), type, at: place)
    }
    if isOpen(node), !isImplicitMember(node), literalKind(node) != nil {
      let found = infer(node)
      mismatch(found.type, type, .pattern, at: place)
    } else {
      let found = isImplicitMember(node) ? check(node, type, .pattern) : infer(node)
      if !found.type.isInvalid, !isImplicitMember(node) {
        mismatch(found.type, type, .pattern, at: place)
      }
    }
    return Pattern(.any, type, at: place)
  }

  /// `0..<10` as a range of what is being matched.
  private func rangeType(_ node: ExprSyntax, _ bound: Type) -> Type? {
    let node = Self.withoutParentheses(node)
    let name: String
    if let e = node.as(InfixOperatorExprSyntax.self), let symbol = Self.operatorName(e) {
      name = symbol == "..<" ? "Range" : symbol == "..." ? "ClosedRange" : ""
    } else if let e = node.as(PrefixOperatorExprSyntax.self) {
      name =
        e.operator.text == "..<"
        ? "PartialRangeUpTo" : e.operator.text == "..." ? "PartialRangeThrough" : ""
    } else if let e = node.as(PostfixOperatorExprSyntax.self), e.operator.text == "..." {
      name = "PartialRangeFrom"
    } else {
      return nil
    }
    return library.nominal(name).map { .nominal($0, [bound]) }
  }
}
