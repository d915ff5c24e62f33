import SwiftSyntax

extension Checker {
  /// The type of a function as a value.
  func functionType(_ callee: Callee) -> FunctionType {
    let function = callee.function
    return FunctionType(
      function.parameters.map {
        FunctionType.Parameter(
          ($0.isVariadic ? known.arrayOf($0.type) : $0.type).substituting(callee.substitution),
          isInout: $0.isInout, isAutoclosure: $0.isAutoclosure)
      }, function.result.substituting(callee.substitution), canThrow: function.effects == .throws)
  }

  func functionType(_ function: FunctionDeclaration) -> Type {
    .function(functionType(Callee(function)))
  }

  /// A function named without calling it. `expected` may have parts that are not known yet.
  func functionValue(
    _ callees: [Callee], labels: DeclNameArgumentsSyntax?, _ expected: Type?, at node: ExprSyntax
  ) -> Expression {
    var callees = callees
    if let labels {
      callees = callees.filter {
        $0.function.parameters.map { $0.label ?? "_" } == labels.arguments.map { $0.name.text }
      }
    }
    var best: (callee: Callee, bindings: Bindings, type: FunctionType, cost: Int)?
    let wanted = expected.map { known.fullyUnwrapped($0) }
    for callee in callees {
      var bindings = Bindings()
      bindings.open = Set(callee.openParameters + callee.function.genericParameters)
      var type = functionType(callee)
      var cost = callee.rank + (bindings.open.isEmpty ? 0 : 1)
      if case .function(let target)? = wanted {
        guard target.parameters.count == type.parameters.count,
          let step = fit(type, target, &bindings)
        else { continue }
        cost += step
      } else if !bindings.open.isEmpty {
        continue
      }
      if case .function(let closed) = Type.function(type).substituting(bindings.types) {
        type = closed
      }
      if unsatisfied(callee, bindings) != nil { continue }
      if best.map({ cost < $0.cost }) ?? true { best = (callee, bindings, type, cost) }
    }
    guard let best else {
      diagnoseFunctionValue(callees, wanted, at: node)
      return invalid(node)
    }
    if wanted == nil, callees.count > 1 {
      let name = callees[0].function.name
      error("ambiguous use of '\(name)'", at: node)
      return invalid(node)
    }
    return value(of: best.callee, best.type, best.bindings, at: node)
  }

  /// How well a function's type serves where another is wanted, whose result may be open.
  private func fit(
    _ type: FunctionType, _ target: FunctionType, _ bindings: inout Bindings
  ) -> Int? {
    var cost = 0
    for (own, given) in zip(type.parameters, target.parameters) {
      if own.isInout != given.isInout { return nil }
      if given.type.isGeneric { continue }
      guard unify(own.type, with: given.type, &bindings) else { return nil }
      let closed = own.type.substituting(bindings.types)
      if closed.isGeneric { continue }
      if own.isInout, closed != given.type { return nil }
      guard let step = conversionCost(given.type, closed) else { return nil }
      cost += step
    }
    if !target.result.isGeneric {
      if type.result.isGeneric { _ = unify(type.result, with: target.result, &bindings) }
      let closed = type.result.substituting(bindings.types)
      guard let step = conversionCost(closed, target.result) else { return nil }
      cost += step
    }
    if type.canThrow && !target.canThrow { return nil }
    return cost
  }

  private func diagnoseFunctionValue(
    _ callees: [Callee], _ wanted: Type?, at node: ExprSyntax
  ) {
    if callees.count == 1, let callee = callees.first {
      let type = Type.function(functionType(callee))
      if let wanted {
        mismatch(type, wanted, .argument, at: location(node))
      } else {
        error("generic parameter could not be inferred", at: node)
      }
      return
    }
    let name = callees.first?.function.name ?? ""
    if let wanted, !callees.isEmpty {
      error(
        "no exact matches in reference to \(callees.first.map { kindName($0.function) } ?? "") '\(name)'",
        at: node)
      _ = wanted
    } else {
      error("cannot find '\(name)' in scope", at: node)
    }
  }

  private func value(
    of callee: Callee, _ type: FunctionType, _ bindings: Bindings, at node: ExprSyntax
  ) -> Expression {
    let place = location(node)
    let made = Type.function(type)
    switch callee.kind {
    case .localFunction(let variable):
      return read(variable, at: place)
    case .value(let value): return value
    case .enumCase(let enumCase):
      return wrapper(type, at: place) { arguments in
        Expression(.enumCase(enumCase, arguments), type.result, at: place)
      }
    case .delegate, .assignSelf:
      error("initializer cannot be used as a value here", at: node)
      return invalid(node)
    case .function: break
    }
    let types = typeArguments(callee, bindings)
    if callee.function.isMutating {
      error(
        "cannot reference 'mutating' method as function value", at: node)
      return invalid(node)
    }
    if case .memberwise = callee.function.implementation {
      return wrapper(type, at: place) { arguments in
        Expression(
          .call(
            Call(callee.function, typeArguments: types, arguments: arguments.map { .value($0) })),
          type.result, at: place)
      }
    }
    return Expression(
      .functionReference(
        callee.function, typeArguments: types,
        bound: callee.function.takesSelf ? callee.receiver : nil), made, at: place)
  }

  /// A closure around something that is no function at run time.
  private func wrapper(
    _ type: FunctionType, at place: SourceLocation, _ make: ([Expression]) -> Expression
  ) -> Expression {
    let parameters = type.parameters.enumerated().map { i, parameter -> LocalVariable in
      let variable = LocalVariable("$\(i)", parameter.type, isMutable: false)
      variable.isInout = parameter.isInout
      return variable
    }
    let body = FunctionBody(
      name: "closure in \(context.name)", parameters: parameters, result: type.result,
      kind: .closure, at: place)
    let value = make(
      parameters.map {
        Expression(.place(Place(.local($0), $0.type, at: place)), $0.type, at: place)
      })
    body.statements = [Statement(.return(value), at: place)]
    return Expression(.closure(body), .function(type), at: place)
  }

  // MARK: Key paths

  /// `\.name` where a function is wanted: a closure that reads the property.
  func keyPath(_ node: KeyPathExprSyntax, _ expected: Type?) -> Expression {
    let place = location(node)
    guard case .function(let target)? = expected.map({ known.fullyUnwrapped($0) }),
      let parameter = target.parameters.first, target.parameters.count == 1
    else {
      if expected?.isInvalid != true {
        unsupported("a key path that is not used as a function", at: node)
      }
      return invalid(node)
    }
    var rootType = parameter.type
    if let root = node.root { rootType = resolve(root) }
    if rootType.isGeneric {
      error(
        "cannot infer key path type from context; consider explicitly specifying a root type",
        at: node)
      return invalid(node)
    }
    let inner = FunctionContext(
      .closure, name: "closure in \(context.name)", parent: context, result: nil, canThrow: false)
    let body = FunctionBody(
      name: inner.name, parameters: [], result: .void, kind: .closure, at: place)
    var value = invalid(node)
    withContext(inner) {
      let variable = newLocal("$0", rootType, isMutable: false, at: place)
      body.parameters = [variable]
      value = read(variable, at: place)
      for component in node.components {
        guard case .property(let property) = component.component else {
          if case .optional(let mark) = component.component,
            mark.questionOrExclamationMark.text == "!",
            let wrapped = known.wrapped(value.type)
          {
            value = Expression(.forceUnwrap(value), wrapped, at: place)
            continue
          }
          unsupported("this kind of key path", at: component)
          value = invalid(node)
          return
        }
        let name = Self.unquoted(property.declName.baseName.text)
        if name == "self" { continue }
        guard let next = pathComponent(name, of: value, at: property.declName) else {
          value = invalid(node)
          return
        }
        value = next
      }
      if !target.result.isGeneric, let converted = convert(value, to: target.result) {
        value = converted
      }
    }
    if value.type.isInvalid { return value }
    body.result = value.type
    body.captures = inner.captures
    body.statements = [Statement(.return(value), at: place)]
    return Expression(
      .closure(body), .function(FunctionType(target.parameters, value.type)), at: place)
  }

  private func pathComponent(
    _ name: String, of value: Expression, at node: DeclReferenceExprSyntax
  ) -> Expression? {
    let place = location(node)
    if value.type.isInvalid { return nil }
    if case .tuple(let elements) = value.type,
      let index = Int(name) ?? elements.firstIndex(where: { $0.label == name }),
      elements.indices.contains(index)
    {
      return tupleElement(value, index, elements[index].type, at: place)
    }
    let found = lookup(name, in: value.type).filter { !$0.isStatic }
    if case .value(let next) = memberMeaning(found, value, at: place) { return next }
    error("value of type '\(value.type)' has no member '\(name)'", at: node)
    return nil
  }
}
