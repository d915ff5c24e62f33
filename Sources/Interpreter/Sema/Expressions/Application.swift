import SwiftSyntax

extension Checker {
  /// Types all arguments, once the generic parameters are known.
  func complete(
    _ callee: Callee, _ match: ArgumentMatch, _ arguments: inout [CallArgument],
    _ bindings: Bindings, _ site: CallSite
  ) -> CallSolution? {
    let function = callee.function
    let bindings = withDefaults(callee, match, bindings)
    var made: [Argument] = []
    var cost = callee.rank + (bindings.open.isEmpty ? 0 : 1)
    // Less than a result of the wrong type costs, so that the context can ask for it.
    if function.isDisfavored { cost += 40 }
    var throwsThrough = false
    for (p, parameter) in function.parameters.enumerated() {
      let type = parameter.type.substituting(callee.substitution).substituting(bindings.types)
      let indices = match[p]
      if indices.isEmpty, !parameter.isVariadic {
        cost += 1
        made.append(.value(defaultValue(function, p, type, at: site.place)))
        continue
      }
      if bindings.isOpen(type) {
        couldNotInfer(type, bindings, function, at: site)
        return nil
      }
      if parameter.isVariadic {
        cost += 1
        let values = indices.map { i -> Expression in
          cost += argumentCost(arguments[i], type)
          return value(&arguments[i], type)
        }
        made.append(.value(Expression(.array(values), known.arrayOf(type), at: site.place)))
        continue
      }
      let i = indices[0]
      if parameter.isInout {
        guard let place = inoutArgument(&arguments[i], type) else { return nil }
        made.append(.inout(place))
        continue
      }
      if let inner = arguments[i].node.as(InOutExprSyntax.self) {
        let found = infer(inner.expression)
        error("'&' used with non-inout argument of type '\(found.type)'", at: arguments[i].node)
        return nil
      }
      if parameter.isAutoclosure {
        made.append(autoclosure(arguments[i], type))
        continue
      }
      cost += argumentCost(arguments[i], type)
      let argument = value(&arguments[i], type)
      if case .function(let function) = argument.type, function.canThrow,
        !isQuiet(argument)
      {
        throwsThrough = true
      }
      made.append(.value(argument))
    }
    if !satisfied(callee, bindings, site) { return nil }
    let result = function.result.substituting(callee.substitution).substituting(bindings.types)
    if bindings.isOpen(result) {
      couldNotInfer(result, bindings, function, at: site)
      return nil
    }
    if let expected = site.expected {
      let step = conversionCost(result, expected)
      if speculation > 0, step == nil, !expected.isGeneric { cost += 100 }
      cost += step ?? 0
    }
    return CallSolution(
      callee: callee, bindings: bindings, arguments: made, result: result,
      canThrow: function.effects == .throws || function.effects == .rethrows && throwsThrough,
      cost: cost)
  }

  /// A function value that only became a throwing one by conversion.
  private func isQuiet(_ value: Expression) -> Bool {
    if case .invalid = value.kind { return true }
    if case .convertFunction(let inner) = value.kind, case .function(let function) = inner.type {
      return !function.canThrow
    }
    return false
  }

  private func value(_ argument: inout CallArgument, _ type: Type) -> Expression {
    if let typed = argument.typed {
      return coerce(typed, to: type, .argument, at: argument.node)
    }
    return check(argument.node, type, .argument)
  }

  /// How far an argument is from what its parameter wants.
  private func argumentCost(_ argument: CallArgument, _ type: Type) -> Int {
    if let typed = argument.typed { return conversionCost(typed.type, type) ?? 0 }
    let plain = known.fullyUnwrapped(type)
    var cost = known.isOptional(type) ? 2 : 0
    if let kind = literalKind(argument.node) {
      if plain == .any { return cost + 3 }
      cost += plain == defaultType(kind) ? 0 : 10
    } else if Self.withoutParentheses(argument.node).is(ArrayExprSyntax.self) {
      if known.element(ofArray: plain) == nil { cost += 10 }
    }
    return cost
  }

  private func couldNotInfer(
    _ type: Type, _ bindings: Bindings, _ function: FunctionDeclaration, at site: CallSite
  ) {
    let name =
      (function.owner?.genericParameters ?? [] + function.genericParameters).first {
        bindings.open.contains($0) && bindings.types[$0] == nil
      }?.name ?? function.genericParameters.first { bindings.types[$0] == nil }?.name ?? "T"
    error("generic parameter '\(name)' could not be inferred", at: site.callee)
  }

  /// The place behind `&x`.
  func inoutArgument(_ argument: inout CallArgument, _ type: Type) -> Place? {
    guard let inner = argument.node.as(InOutExprSyntax.self) else {
      let found = argument.typed ?? infer(argument.node)
      if !found.type.isInvalid {
        error(
          "passing value of type '\(found.type)' to an inout parameter requires explicit '&'",
          at: argument.node)
      }
      return nil
    }
    let found = argument.typed ?? infer(inner.expression)
    if found.type.isInvalid { return nil }
    guard case .place(let place) = found.kind else {
      error(
        "cannot pass immutable value of type '\(found.type)' as inout argument",
        at: inner.expression)
      return nil
    }
    if found.type != type {
      mismatch(found.type, type, .argument, at: location(inner.expression))
      return nil
    }
    if let reason = immutability(of: place) {
      error(
        "cannot pass immutable value as inout argument: \(reason.text)", at: argument.node,
        notes: reason.notes)
      return nil
    }
    return writable(place)
  }

  /// An argument that is evaluated by the function it is passed to.
  private func autoclosure(_ argument: CallArgument, _ type: Type) -> Argument {
    let result: Type
    if case .function(let function) = type { result = function.result } else { result = type }
    let inner = FunctionContext(
      .closure, name: "autoclosure in \(context.name)", parent: context, result: result,
      canThrow: false)
    let body = FunctionBody(
      name: inner.name, parameters: [], result: result, kind: .closure,
      at: location(argument.node))
    withContext(inner) {
      let value = check(argument.node, result, .argument)
      body.statements = [Statement(.return(value), at: value.location)]
    }
    body.captures = inner.captures
    return .autoclosure(body)
  }

  // MARK: Result

  func build(_ solution: CallSolution, _ site: CallSite) -> Expression {
    let callee = solution.callee
    let function = callee.function
    if solution.canThrow { noteThrowing(at: location(site.node)) }
    func make(_ kind: Expression.Kind, _ type: Type? = nil) -> Expression {
      Expression(kind, type ?? solution.result, at: site.place)
    }
    switch callee.kind {
    case .enumCase(let enumCase):
      if let constructor = enumCase.constructor {
        return make(
          .call(
            Call(
              constructor, typeArguments: solution.result.genericArguments,
              arguments: solution.arguments)))
      }
      return make(
        .enumCase(
          enumCase,
          solution.arguments.map {
            if case .value(let value) = $0 { return value }
            return invalid(at: site.place)
          }))
    case .value(let value): return make(.callValue(value, solution.arguments))
    case .localFunction(let variable):
      return make(.callValue(read(variable, at: site.place), solution.arguments))
    case .delegate(let isSuper):
      return make(.delegateInit(function, solution.arguments, isSuper: isSuper), .void)
    case .assignSelf(let variable):
      let call = make(
        .call(Call(function, arguments: solution.arguments, canThrow: solution.canThrow)))
      let target = Place(.local(variable), variable.type, at: site.place)
      return make(
        .assign(
          target,
          known.isOptional(call.type) ? make(.forceUnwrap(call), variable.type) : call), .void)
    case .function: break
    }
    let types = typeArguments(callee, solution.bindings)
    var call = Call(
      function, typeArguments: types, arguments: solution.arguments, canThrow: solution.canThrow)
    if function.takesSelf, let receiver = callee.receiver {
      call.receiver = receiverArgument(receiver, callee, site)
      if call.receiver == nil { return make(.invalid) }
      call.isDynamic =
        function.isOverridable && !callee.isSuper && function.owner?.isFinal == false
    }
    return make(.call(call))
  }

  /// Owner's generic arguments, then the function's own.
  func typeArguments(_ callee: Callee, _ bindings: Bindings) -> [Type] {
    let owner = callee.function.owner?.genericParameters ?? []
    return (owner + callee.function.genericParameters).map {
      bindings.types[$0] ?? callee.substitution[$0] ?? .parameter($0)
    }
  }

  private func receiverArgument(
    _ receiver: Expression, _ callee: Callee, _ site: CallSite
  ) -> Argument? {
    guard callee.function.isMutating, !isReference(receiver.type) else { return .value(receiver) }
    guard case .place(let place) = receiver.kind else {
      error(
        "cannot use mutating member on immutable value of type '\(receiver.type)'", at: site.callee)
      return nil
    }
    if let reason = immutability(of: place) {
      error(
        "cannot use mutating member on immutable value: \(reason.text)", at: site.place,
        notes: reason.notes)
      return nil
    }
    return .inout(writable(place))
  }

  /// A place about to be written: computed properties on the way are called with their owner's
  /// place, so that the new value can be stored back.
  func writable(_ place: Place) -> Place { place }

  // MARK: Defaults

  /// The value of a parameter that the call leaves out.
  func defaultValue(
    _ function: FunctionDeclaration, _ index: Int, _ type: Type, at place: SourceLocation
  ) -> Expression {
    let key = DefaultKey(function: ObjectIdentifier(function), index: index)
    switch function.parameters[index].defaultValue {
    case .expression(let value):
      if let pending = pendingDefaults.removeValue(forKey: key) { return pending() }
      if case .expression(let current)? = function.parameters[index].defaultValue { return current }
      return value
    case .text(let text): return decodeDefault(text, type, at: place)
    case nil: return invalid(at: place, type)
    }
  }

  /// The defaults of native code decide parameters that nothing else has decided (SE-0347).
  private func withDefaults(
    _ callee: Callee, _ match: ArgumentMatch, _ bindings: Bindings
  ) -> Bindings {
    var bindings = bindings
    for (parameter, indices) in zip(callee.function.parameters, match) where indices.isEmpty {
      let wanted = closed(parameter.type.substituting(callee.substitution), bindings)
      guard bindings.isOpen(wanted), case .text(let text)? = parameter.defaultValue,
        let found = attempt({
          self.inLibrary { self.functionArgument(DefaultTexts.parse(text), wanted, bindings) }
        })
      else { continue }
      _ = unify(wanted, with: found.type, &bindings)
    }
    return bindings
  }

  /// A default value of native code, given as Swift text.
  private func decodeDefault(_ text: String, _ type: Type, at place: SourceLocation) -> Expression {
    if type.isGeneric { return Expression(.none, type, at: place) }
    return inLibrary {
      let before = diagnostics.count
      var value = check(DefaultTexts.parse(text), type, .defaultArgument)
      if diagnostics.count > before { value = Expression(.invalid, type, at: place) }
      value.location = place
      return value
    }
  }

  /// Types text of native code: none of the program's names mean anything in it.
  private func inLibrary<Value>(_ body: () -> Value) -> Value {
    let outer = (scope, context, lines, diagnostics, chains, nesting)
    scope = Scope(.unit, parent: nil)
    context = FunctionContext(.unit, name: "", parent: nil, result: .void, canThrow: true)
    chains = []
    nesting = 0
    defer { (scope, context, lines, diagnostics, chains, nesting) = outer }
    return body()
  }
}
