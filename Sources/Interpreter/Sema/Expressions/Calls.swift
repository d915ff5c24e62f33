import SwiftSyntax

extension Checker {
  func call(_ node: FunctionCallExprSyntax, _ expected: Type?) -> Expression {
    var arguments = callArguments(node)
    let callee = Self.withoutParentheses(node.calledExpression)
    let whole = ExprSyntax(node)
    let closing =
      node.rightParen.map { location($0) }
      ?? lines.location(node.calledExpression.endPositionBeforeTrailingTrivia.utf8Offset)
    let site = CallSite(
      node: whole, callee: callee, opening: node.leftParen.map { location($0) } ?? closing,
      closing: closing, place: location(callee), expected: expected)

    if let reference = callee.as(DeclReferenceExprSyntax.self) {
      if reference.baseName.text == "type", arguments.first?.label == "of" {
        return typeOf(arguments, site)
      }
      switch meaning(of: reference, forCall: true) {
      case .callees(var callees):
        if let names = reference.argumentNames { callees = callees.filter { hasLabels($0, names) } }
        return resolve(callees, &arguments, site)
      case .type(let type): return construct(type, &arguments, site)
      case .value(let value): return callValue(value, &arguments, site)
      case .invalid:
        checkAlone(arguments)
        return invalid(node)
      case .notFound:
        notFound(Self.unquoted(reference.baseName.text), at: reference)
        checkAlone(arguments)
        return invalid(node)
      }
    }
    if let type = typeExpression(callee) { return construct(type, &arguments, site) }
    if let member = callee.as(MemberAccessExprSyntax.self) {
      let name = Self.unquoted(member.declName.baseName.text)
      guard let base = member.base else {
        return implicitCall(name, member, &arguments, site)
      }
      if name == "init", let delegated = delegation(base, &arguments, site) { return delegated }
      switch memberMeaning(member, forCall: true) {
      case .callees(let callees):
        if callees.isEmpty, name == "init", let type = typeExpression(base) {
          return construct(type, &arguments, site)
        }
        return resolve(callees, &arguments, site)
      case .type(let type): return construct(type, &arguments, site)
      case .value(let value): return callValue(value, &arguments, site)
      case .invalid, .notFound:
        checkAlone(arguments)
        return invalid(node)
      }
    }
    if let closure = callee.as(ClosureExprSyntax.self), closure.signature?.parameterClause == nil,
      !arguments.isEmpty
    {
      return callClosure(closure, &arguments, site)
    }
    return callValue(infer(callee), &arguments, site)
  }

  /// `{ $0 + 1 }(4)`: the arguments say what the parameters are.
  private func callClosure(
    _ node: ClosureExprSyntax, _ arguments: inout [CallArgument], _ site: CallSite
  ) -> Expression {
    for i in arguments.indices { arguments[i].typed = infer(arguments[i].node) }
    let result = GenericParameter("Result")
    let target = FunctionType(
      arguments.map { FunctionType.Parameter($0.typed?.type ?? .invalid) }, .parameter(result))
    guard let value = closure(node, .function(target), Bindings(open: [result])) else {
      return invalid(node)
    }
    return callValue(value, &arguments, site)
  }

  static func withoutParentheses(_ node: ExprSyntax) -> ExprSyntax {
    var node = node
    while let tuple = node.as(TupleExprSyntax.self), tuple.elements.count == 1,
      let only = tuple.elements.first, only.label == nil
    {
      node = only.expression
    }
    return node
  }

  private func hasLabels(_ callee: Callee, _ names: DeclNameArgumentsSyntax) -> Bool {
    callee.function.parameters.map { $0.label ?? "_" } == names.arguments.map { $0.name.text }
  }

  /// After an error in the callee the arguments are still looked at, for their own mistakes.
  func checkAlone(_ arguments: [CallArgument]) {
    for argument in arguments where !argument.isOpen && !argument.isInout {
      _ = infer(argument.node)
    }
  }

  /// `type(of: x)`: the static type for values, asked at run time for classes and existentials.
  private func typeOf(_ arguments: [CallArgument], _ site: CallSite) -> Expression {
    guard arguments.count == 1, let argument = arguments.first else {
      return invalid(at: site.place)
    }
    let value = infer(argument.node)
    if value.type.isInvalid { return invalid(at: site.place) }
    let found = library.functions("type")
    if let function = found.first, let parameter = function.genericParameters.first {
      _ = parameter
      return Expression(
        .call(Call(function, typeArguments: [value.type], arguments: [.value(value)])),
        .metatype(value.type), at: site.place)
    }
    return Expression(.metatype(value.type), .metatype(value.type), at: site.place)
  }

  /// A call of a value: a function, or something with `callAsFunction`.
  private func callValue(
    _ value: Expression, _ arguments: inout [CallArgument], _ site: CallSite
  ) -> Expression {
    switch value.type {
    case .invalid:
      checkAlone(arguments)
      return invalid(at: site.place)
    case .function(let function):
      let declaration = FunctionDeclaration(
        "function",
        parameters: function.parameters.map {
          ParameterDeclaration(
            label: nil, name: "_", type: $0.type, isInout: $0.isInout, isVariadic: $0.isVariadic,
            isAutoclosure: $0.isAutoclosure)
        }, result: function.result, effects: function.canThrow ? .throws : .none,
        implementation: .none)
      declaration.isDiscardable = false
      var callee = Callee(declaration)
      callee.kind = .value(value)
      return resolve([callee], &arguments, site)
    case .metatype(let type): return construct(type, &arguments, site)
    default:
      let found = lookup("callAsFunction", in: value.type)
      if case .callees(let callees) = memberMeaning(found, value, at: site.place) {
        return resolve(callees, &arguments, site)
      }
      if let inner = known.wrapped(value.type) {
        if let unwrapped = implicitlyUnwrapped(value) {
          return callValue(unwrapped, &arguments, site)
        }
        if case .function = inner {
          mustUnwrap(value.type, inner, at: site.place)
          return invalid(at: site.place)
        }
      }
      error("cannot call value of non-function type '\(value.type)'", at: site.callee)
      checkAlone(arguments)
      return invalid(at: site.place)
    }
  }

  /// `Type(…)`.
  private func construct(
    _ type: Type, _ arguments: inout [CallArgument], _ site: CallSite
  ) -> Expression {
    if type.isInvalid {
      checkAlone(arguments)
      return invalid(at: site.place)
    }
    // Int(5), Double(3): a literal takes the type at once.
    if arguments.count == 1, arguments[0].label == nil, let kind = literalKind(arguments[0].node),
      kind != .string, accepts(type, kind), type.nominal?.native != nil,
      known.isInteger(type) || known.isFloating(type)
    {
      return expression(arguments[0].node, expecting: type)
    }
    guard case .nominal(let declaration, _) = type else {
      if case .existential(let protocols) = type {
        error(
          "type 'any \(protocols.map(\.name).joined(separator: " & "))' cannot be instantiated",
          at: site.callee)
      } else {
        error("type '\(type)' has no member 'init'", at: site.callee)
      }
      checkAlone(arguments)
      return invalid(at: site.place)
    }
    let found = lookup("init", in: type)
    guard case .callees(let callees) = staticMeaning(found, of: type, at: site.place) else {
      error(
        "'\(declaration.name)' cannot be constructed because it has no accessible initializers",
        at: site.callee)
      checkAlone(arguments)
      return Expression(.invalid, type.isGeneric ? .invalid : type, at: site.place)
    }
    let made = resolve(callees, &arguments, site)
    if made.type.isInvalid, !type.isGeneric { return Expression(.invalid, type, at: site.place) }
    return made
  }

  /// `.name(…)`.
  private func implicitCall(
    _ name: String, _ node: MemberAccessExprSyntax, _ arguments: inout [CallArgument],
    _ site: CallSite
  ) -> Expression {
    guard let expected = site.expected else {
      error(
        "reference to member '\(name)' cannot be resolved without a contextual type",
        at: ExprSyntax(node))
      return invalid(node)
    }
    for type in implicitBases(expected) {
      let found = lookup(name, in: type).filter(\.isStatic)
      if found.isEmpty { continue }
      switch staticMeaning(found, of: type, at: site.place) {
      case .callees(let callees): return resolve(callees, &arguments, site)
      case .value(let value):
        if case .enumCase = value.kind {
          error(
            "enum case '\(name)' has no associated values", at: ExprSyntax(node))
          return invalid(node)
        }
        return callValue(value, &arguments, site)
      default: continue
      }
    }
    if !expected.isInvalid { missingImplicitMember(name, expected, at: ExprSyntax(node)) }
    checkAlone(arguments)
    return invalid(node)
  }

  /// `super.init(…)` and `self.init(…)`.
  private func delegation(
    _ base: ExprSyntax, _ arguments: inout [CallArgument], _ site: CallSite
  ) -> Expression? {
    let isSuper = base.is(SuperExprSyntax.self)
    let isSelf = base.as(DeclReferenceExprSyntax.self)?.baseName.tokenKind == .keyword(.self)
    guard isSuper || isSelf, let owner = enclosingOwner else { return nil }
    guard context.isInitializer, let variable = context.selfVariable else {
      if isSelf { return nil }
      error(
        "'super.init' cannot be called outside of an initializer", at: site.callee)
      return invalid(at: site.place)
    }
    if isSuper {
      guard let above = owner.superclass else {
        error(
          "'super' cannot be used in class '\(owner.name)' because it has no superclass", at: base)
        return invalid(at: site.place)
      }
      var found: [Callee] = []
      if case .callees(let callees) = staticMeaning(
        lookup("init", in: above), of: above, at: site.place)
      {
        found = callees
      }
      for i in found.indices { found[i].kind = .delegate(isSuper: true) }
      return resolve(found, &arguments, site)
    }
    var found: [Callee] = []
    if case .callees(let callees) = staticMeaning(
      lookup("init", in: owner.declaredType), of: owner.declaredType, at: site.place)
    {
      found = callees
    }
    for i in found.indices {
      found[i].kind = owner.isClass ? .delegate(isSuper: false) : .assignSelf(variable)
    }
    return resolve(found, &arguments, site)
  }

  /// The kind of a literal, through parentheses and a minus sign.
  func literalKind(_ node: ExprSyntax) -> LiteralKind? {
    var node = Self.withoutParentheses(node)
    if let prefix = node.as(PrefixOperatorExprSyntax.self), prefix.operator.text == "-" {
      node = prefix.expression
      if node.is(StringLiteralExprSyntax.self) { return nil }
    }
    if node.is(IntegerLiteralExprSyntax.self) { return .integer }
    if node.is(FloatLiteralExprSyntax.self) { return .floating }
    if node.is(StringLiteralExprSyntax.self) { return .string }
    return nil
  }
}

/// Where a call stands.
struct CallSite {
  var node: ExprSyntax
  var callee: ExprSyntax
  var opening: SourceLocation
  /// The closing parenthesis, or the end of the callee.
  var closing: SourceLocation
  var place: SourceLocation
  var expected: Type?
}
