import SwiftSyntax

extension Checker {
  /// A closure where nothing, or a known type, is wanted.
  func closure(_ node: ClosureExprSyntax, _ expected: Type?) -> Expression {
    closure(node, expected.map { known.fullyUnwrapped($0) }, Bindings()) ?? invalid(node)
  }

  /// A closure; parts of the wanted type that are still open are found from its body.
  func closure(
    _ node: ClosureExprSyntax, _ wanted: Type?, _ bindings: Bindings
  ) -> Expression? {
    let place = location(node)
    var target: FunctionType?
    if case .function(let function)? = wanted { target = function }
    let inner = FunctionContext(
      .closure, name: "closure in \(context.name)", parent: context, result: nil, canThrow: true)
    inner.isMutating = context.isMutating
    let body = FunctionBody(
      name: inner.name, parameters: [], result: .void, kind: .closure, at: place)
    let captured = captureList(node)
    var succeeded = true
    var parameters: [FunctionType.Parameter] = []
    let outerScope = scope
    scope = Scope(.block, parent: outerScope)
    for (name, variable) in captured { scope.declare(name, .local(variable)) }
    defer { scope = outerScope }
    withContext(inner) {
      guard let made = closureParameters(node, target, bindings, inner, body) else {
        succeeded = false
        return
      }
      parameters = made
      if let clause = node.signature?.returnClause {
        inner.result = resolve(clause.type)
      } else if let target, !bindings.isOpen(target.result), !target.result.isGeneric {
        inner.result = target.result
      }
      closureBody(node, inner, body, target)
    }
    guard succeeded else { return nil }
    body.result = inner.result ?? .void
    body.canThrow = inner.throwsErrors
    body.captures = inner.captures
    let throwsErrors =
      inner.throwsErrors || node.signature?.effectSpecifiers?.throwsClause != nil
    if node.signature?.effectSpecifiers?.asyncSpecifier != nil { unsupported("'async'", at: node) }
    return Expression(
      .closure(body),
      .function(FunctionType(parameters, body.result, canThrow: throwsErrors)), at: place)
  }

  /// `[x, y = f()]`: values that the closure takes when it is made.
  private func captureList(_ node: ClosureExprSyntax) -> [(String, LocalVariable)] {
    guard let clause = node.signature?.capture else { return [] }
    var made: [(String, LocalVariable)] = []
    for item in clause.items {
      let name = Self.unquoted(item.name.text)
      if let specifier = item.specifier?.specifier.text, ["weak", "unowned"].contains(specifier) {
        unsupported("a weak or unowned capture", at: item)
        continue
      }
      if name == "self" { continue }
      let value: Expression
      if let initializer = item.initializer {
        value = infer(initializer.value)
      } else {
        let reference = DeclReferenceExprSyntax(baseName: item.name)
        switch meaning(of: name, at: item) {
        case .value(let found): value = found
        default:
          error("cannot find '\(name)' in scope", at: item)
          _ = reference
          continue
        }
      }
      let variable = newLocal(name, value.type, isMutable: false, at: location(item))
      hoisted.append(
        Statement(
          .binding(Pattern(.local(variable), value.type, at: location(item)), value),
          at: location(item)))
      made.append((name, variable))
    }
    return made
  }

  // MARK: Parameters

  private func closureParameters(
    _ node: ClosureExprSyntax, _ target: FunctionType?, _ bindings: Bindings,
    _ inner: FunctionContext, _ body: FunctionBody
  ) -> [FunctionType.Parameter]? {
    let place = location(node)
    var names: [(name: String, type: TypeSyntax?, node: Syntax)] = []
    var isExplicit = true
    switch node.signature?.parameterClause {
    case .simpleInput(let list):
      names = list.map { ($0.name.text, nil, Syntax($0)) }
    case .parameterClause(let clause):
      names = clause.parameters.map {
        ($0.secondName?.text ?? $0.firstName.text, $0.type, Syntax($0))
      }
    case nil:
      isExplicit = false
    }
    let wanted = target?.parameters
    if !isExplicit {
      let used = ShorthandFinder.count(node.statements)
      let count = wanted?.count ?? used
      if let wanted, used > wanted.count {
        if wanted.count == 1, case .tuple(let elements) = wanted[0].type, elements.count >= used {
          return splat(
            elements.map { ($0.label, $0.type) }, wanted[0], inner, body, at: place, names: nil)
        }
        error(
          "contextual closure type '\(contextual(target))' expects"
            + " \(wanted.count) argument\(wanted.count == 1 ? "" : "s"), but \(used)"
            + " \(used == 1 ? "was" : "were") used in closure body", at: node)
        return nil
      }
      if let wanted, used == 0, !wanted.isEmpty {
        error(
          "contextual type for closure argument list expects \(wanted.count) argument"
            + "\(wanted.count == 1 ? "" : "s"), which cannot be implicitly ignored", at: node)
        return nil
      }
      names = (0..<count).map { ("$\($0)", nil, Syntax(node)) }
    } else if let wanted, names.count != wanted.count {
      if wanted.count == 1, case .tuple(let elements) = wanted[0].type,
        elements.count == names.count
      {
        return splat(
          elements.map { ($0.label, $0.type) }, wanted[0], inner, body, at: place,
          names: names.map(\.name))
      }
      error(
        "contextual closure type '\(contextual(target))' expects"
          + " \(wanted.count) argument\(wanted.count == 1 ? "" : "s"), but \(names.count)"
          + " \(names.count == 1 ? "was" : "were") used in closure body",
        at: names.first.map { location($0.node) } ?? place)
      return nil
    }
    var made: [FunctionType.Parameter] = []
    for (i, item) in names.enumerated() {
      var parameter = FunctionType.Parameter(.invalid)
      if let syntax = item.type {
        parameter = functionParameter(syntax)
        if let wanted { parameter.isInout = wanted[i].isInout }
      } else if let wanted {
        parameter = wanted[i]
        if bindings.isOpen(parameter.type) || parameter.type.isGeneric {
          error(
            isExplicit
              ? "unable to infer type of a closure parameter '\(item.name)' in the current context"
              : "unable to infer type of a closure parameter '\(item.name)' in the current context",
            at: item.node)
          return nil
        }
      } else {
        error(
          "cannot infer type of closure parameter '\(item.name)' without a type annotation",
          at: item.node)
        return nil
      }
      let variable = newLocal(
        item.name, parameter.type, isMutable: parameter.isInout, at: location(item.node))
      variable.isInout = parameter.isInout
      body.parameters.append(variable)
      if isExplicit {
        scope.declare(Self.unquoted(item.name), .local(variable))
      } else {
        inner.shorthand.append(variable)
      }
      parameter.isVariadic = false
      parameter.isAutoclosure = false
      made.append(parameter)
    }
    return made
  }

  /// The wanted type as messages show it: a generic result comes with an error type of its own.
  private func contextual(_ target: FunctionType?) -> Type {
    var shown = target ?? FunctionType([], .void)
    if shown.result.isGeneric { shown.canThrow = false }
    return .function(shown)
  }

  /// A closure with several names for the one tuple that it is given.
  private func splat(
    _ elements: [(label: String?, type: Type)], _ parameter: FunctionType.Parameter,
    _ inner: FunctionContext, _ body: FunctionBody, at place: SourceLocation, names: [String]?
  ) -> [FunctionType.Parameter] {
    let whole = newLocal("$tuple", parameter.type, isMutable: false, at: place)
    body.parameters = [whole]
    var patterns: [Pattern] = []
    for (i, element) in elements.enumerated() {
      let name = names?[i] ?? "$\(i)"
      if name == "_" {
        patterns.append(Pattern(.any, element.type, at: place))
        continue
      }
      let variable = newLocal(name, element.type, isMutable: false, at: place)
      if names != nil {
        scope.declare(Self.unquoted(name), .local(variable))
      } else {
        inner.shorthand.append(variable)
      }
      patterns.append(Pattern(.local(variable), element.type, at: place))
    }
    body.statements = [
      Statement(
        .binding(
          Pattern(.tuple(patterns), parameter.type, at: place), read(whole, at: place)), at: place)
    ]
    return [parameter]
  }

  // MARK: Body

  private func closureBody(
    _ node: ClosureExprSyntax, _ inner: FunctionContext, _ body: FunctionBody,
    _ target: FunctionType?
  ) {
    let items = node.statements
    if items.count == 1, let only = items.first, let value = singleExpression(only) {
      let savedHoisted = hoisted
      hoisted = []
      defer { hoisted = savedHoisted }
      if let result = inner.result, result.isVoid {
        let found = expression(value, expecting: nil)
        warnUnused(found, at: value)
        body.statements += hoisted + [Statement(.expression(found), at: found.location)]
        return
      }
      var found: Expression
      if let result = inner.result {
        found = check(value, result, .closureResult)
        if known.never == found.type { found.type = result }
      } else {
        found = infer(value)
        if found.type == Self.nilType || found.type.isInvalid { found.type = .invalid }
        inner.result = found.type
      }
      if found.type.isVoid {
        body.statements += hoisted + [Statement(.expression(found), at: found.location)]
      } else {
        body.statements += hoisted + [Statement(.return(found), at: found.location)]
      }
      return
    }
    let statements = withScope { block(items) }
    body.statements += statements
    if inner.result == nil { inner.result = .void }
    if let result = inner.result, !result.isVoid, !result.isInvalid, !leaves(statements) {
      if result != known.never {
        error(
          "missing return in closure expected to return '\(result)'",
          at: location(node.rightBrace))
      }
    }
  }

  /// The expression that is a body's only statement.
  func singleExpression(_ item: CodeBlockItemSyntax) -> ExprSyntax? {
    switch item.item {
    case .expr(let e):
      if let infix = e.as(InfixOperatorExprSyntax.self),
        infix.operator.is(AssignmentExprSyntax.self)
      {
        return nil
      }
      return e
    case .stmt(let s):
      guard let e = s.as(ExpressionStmtSyntax.self)?.expression else { return nil }
      if let branch = e.as(IfExprSyntax.self), !isValueIf(branch) { return nil }
      if let choice = e.as(SwitchExprSyntax.self), !isValueSwitch(choice) { return nil }
      return e
    case .decl: return nil
    }
  }
}

/// Finds how many of `$0`, `$1` … a closure's own body uses.
final class ShorthandFinder: SyntaxVisitor {
  private var count = 0

  static func count(_ body: CodeBlockItemListSyntax) -> Int {
    let finder = ShorthandFinder(viewMode: .sourceAccurate)
    finder.walk(body)
    return finder.count
  }

  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    if case .dollarIdentifier(let text) = node.baseName.tokenKind, let n = Int(text.dropFirst()) {
      count = max(count, n + 1)
    }
    return .skipChildren
  }
}
