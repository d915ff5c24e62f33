import SwiftSyntax

/// A call that has been typed one way.
struct CallSolution {
  var callee: Callee
  var bindings: Bindings
  var arguments: [Argument]
  var result: Type
  var canThrow: Bool
  var cost: Int
}

extension Checker {
  /// Finds which of several functions a call means, and types it.
  func resolve(
    _ callees: [Callee], _ arguments: inout [CallArgument], _ site: CallSite,
    finish: ((CallSolution) -> Expression)? = nil
  ) -> Expression {
    let finish = finish ?? { self.build($0, site) }
    var viable: [(callee: Callee, match: ArgumentMatch)] = []
    for callee in callees {
      settle(callee.function)
      if let match = match(callee.function.parameters, arguments) { viable.append((callee, match)) }
    }
    if viable.isEmpty { return diagnoseNoMatch(callees, arguments, site) }
    if viable.count == 1 {
      let (callee, match) = viable[0]
      let solution = apply(callee, match, &arguments, site)
      return solution.map(finish) ?? failed(callee, site)
    }
    // Arguments with a type of their own are looked at once, for all candidates.
    for i in arguments.indices where !arguments[i].isOpen && !arguments[i].isInout {
      if arguments[i].typed == nil { arguments[i].typed = infer(arguments[i].node) }
    }
    if arguments.contains(where: { $0.typed?.type.isInvalid == true }) {
      let results = Set(viable.map { resultType($0.callee) })
      return invalid(at: site.place, results.count == 1 ? results.first ?? .invalid : .invalid)
    }
    var best: (solution: CallSolution, index: Int)?
    for (i, candidate) in viable.enumerated().prefix(40) {
      var copy = arguments
      guard
        let solution = attempt({ self.apply(candidate.callee, candidate.match, &copy, site) })
      else { continue }
      if best.map({ solution.cost < $0.solution.cost }) ?? true { best = (solution, i) }
    }
    if let best {
      // Typed again, so that what speculation forgot (captures, errors) is noted.
      return finish(best.solution)
    }
    // Perhaps an argument means something else when more is expected of it.
    if arguments.contains(where: { $0.typed != nil && isContextual($0.node) }) {
      for candidate in viable.prefix(40) {
        var copy = arguments
        for i in copy.indices where isContextual(copy[i].node) {
          copy[i].typed = nil
          copy[i].isOpen = true
        }
        if let solution = attempt({ self.apply(candidate.callee, candidate.match, &copy, site) }) {
          return finish(solution)
        }
      }
    }
    return diagnoseNoneFits(viable, &arguments, site)
  }

  /// Calls, whose result may follow from the context.
  func isContextual(_ node: ExprSyntax) -> Bool {
    let node = Self.withoutParentheses(node)
    return node.is(FunctionCallExprSyntax.self) || node.is(SubscriptCallExprSyntax.self)
      || node.is(InfixOperatorExprSyntax.self) || node.is(PrefixOperatorExprSyntax.self)
  }

  func failed(_ callee: Callee, _ site: CallSite) -> Expression {
    let type = resultType(callee)
    return Expression(.invalid, type, at: site.place)
  }

  func resultType(_ callee: Callee) -> Type {
    let type = callee.function.result.substituting(callee.substitution)
    let open = Bindings(open: Set(callee.openParameters + callee.function.genericParameters))
    return open.isOpen(type) ? .invalid : type
  }

  /// Types a call of one function; nil after reporting what is wrong.
  func apply(
    _ callee: Callee, _ match: ArgumentMatch, _ arguments: inout [CallArgument], _ site: CallSite
  ) -> CallSolution? {
    let function = callee.function
    var bindings = Bindings()
    bindings.open = Set(callee.openParameters + function.genericParameters)
    if bindings.open.isEmpty {
      return complete(callee, match, &arguments, bindings, site)
    }
    let parameters = function.parameters.map { $0.type.substituting(callee.substitution) }
    let requirements = function.requirements.map { substitute($0, callee.substitution) }
    // 1. Arguments with a type of their own.
    for (p, indices) in match.enumerated() {
      for i in indices where !arguments[i].isOpen {
        let found: Expression
        if let inner = arguments[i].node.as(InOutExprSyntax.self) {
          found = arguments[i].typed ?? infer(inner.expression)
        } else {
          found = arguments[i].typed ?? infer(arguments[i].node)
        }
        arguments[i].typed = found
        if found.type.isInvalid { return nil }
        if !unify(parameters[p], with: found.type, &bindings) {
          let shown = closed(parameters[p], bindings)
          mismatch(found.type, shown, .argument, at: location(arguments[i].node))
          return nil
        }
      }
    }
    _ = solve(requirements, &bindings)
    // 2. What the surroundings want.
    if let expected = site.expected {
      adopt(expected, function.result.substituting(callee.substitution), &bindings)
      _ = solve(requirements, &bindings)
    }
    // 3. Literals and the like.
    var defaulted: [GenericParameter] = []
    bindOpenArguments(parameters, match, &arguments, &bindings, &defaulted)
    _ = solve(requirements, &bindings)
    // 4. Closures, which see what has been found so far. A literal may have to give way to them.
    let closures = match.enumerated().flatMap { p, indices in
      indices.filter { isFunctionArgument(arguments[$0]) }.map { (p, $0) }
    }
    guard !closures.isEmpty, !defaulted.isEmpty else {
      guard bindClosures(closures, parameters, requirements, &arguments, &bindings) else {
        return nil
      }
      return complete(callee, match, &arguments, bindings, site)
    }
    for alternative in alternatives(callee, bindings) {
      var copy = arguments
      var trial = bindings
      if let alternative {
        if alternative != known.int {
          var changed = false
          for parameter in defaulted
          where trial.types[parameter] == known.int
            || trial.types[parameter] == known.double && alternative != known.double
          {
            trial.types[parameter] = alternative
            changed = true
          }
          if !changed { continue }
        }
        let solution = attempt { () -> CallSolution? in
          guard self.bindClosures(closures, parameters, requirements, &copy, &trial) else {
            return nil
          }
          return self.complete(callee, match, &copy, trial, site)
        }
        if let solution {
          arguments = copy
          return solution
        }
      } else {
        guard bindClosures(closures, parameters, requirements, &arguments, &bindings) else {
          return nil
        }
        return complete(callee, match, &arguments, bindings, site)
      }
    }
    return nil
  }

  /// What an open number may be: the default, a Double, or a type that occurs in the call; at last
  /// (nil) the default again, to report what is wrong with it.
  private func alternatives(_ callee: Callee, _ bindings: Bindings) -> [Type?] {
    var types: [Type?] = [known.int, known.double]
    for type in Array(callee.substitution.values) + Array(bindings.types.values)
    where !types.contains(type) && accepts(type, .integer) {
      types.append(type)
    }
    return types + [nil]
  }

  func isFunctionArgument(_ argument: CallArgument) -> Bool {
    let node = Self.withoutParentheses(argument.node)
    if node.is(ClosureExprSyntax.self) || node.is(KeyPathExprSyntax.self) { return true }
    if let reference = node.as(DeclReferenceExprSyntax.self) { return namesFunction(reference) }
    if let member = node.as(MemberAccessExprSyntax.self), member.base != nil {
      return member.declName.baseName.text == "init"
    }
    return false
  }

  /// A type with unknown parameters shown by name.
  func closed(_ type: Type, _ bindings: Bindings) -> Type { type.substituting(bindings.types) }

  /// Lets a wanted result decide parameters that nothing else has decided.
  private func adopt(_ expected: Type, _ result: Type, _ bindings: inout Bindings) {
    guard bindings.isOpen(result) else { return }
    if expected.isGeneric || expected.hasHoles { return }
    if case .existential(let protocols) = expected, protocols.isEmpty { return }
    for wanted in implicitBases(expected).reversed() {
      var trial = bindings
      if case .parameter = result, known.isOptional(wanted) { continue }
      let open = result.substituting(bindings.types)
      if unify(open, with: wanted, &trial) {
        bindings = trial
        return
      }
    }
  }

  /// Literals decide parameters that are still unknown.
  private func bindOpenArguments(
    _ parameters: [Type], _ match: ArgumentMatch, _ arguments: inout [CallArgument],
    _ bindings: inout Bindings, _ defaulted: inout [GenericParameter]
  ) {
    var groups: [GenericParameter: [ExprSyntax]] = [:]
    for (p, indices) in match.enumerated() {
      for i in indices where arguments[i].isOpen && !isFunctionArgument(arguments[i]) {
        if case .parameter(let parameter) = parameters[p], bindings.isOpen(parameters[p]) {
          groups[parameter, default: []].append(arguments[i].node)
        }
      }
    }
    for (parameter, nodes) in groups {
      let plain = nodes.filter { !isImplicitMember($0) && !$0.is(NilLiteralExprSyntax.self) }
      guard !plain.isEmpty, let (type, _) = attempt({ self.join(plain, describe: "collection") })
      else { continue }
      bindings.types[parameter] = type
      defaulted.append(parameter)
    }
    for (p, indices) in match.enumerated() {
      for i in indices where arguments[i].isOpen && !isFunctionArgument(arguments[i]) {
        let parameter = closed(parameters[p], bindings)
        guard bindings.isOpen(parameter) else { continue }
        guard !isImplicitMember(arguments[i].node) else { continue }
        let found = attempt { self.expression(arguments[i].node, expecting: nil) as Expression? }
        guard let found, !found.type.isInvalid else { continue }
        _ = unify(parameter, with: found.type, &bindings)
      }
    }
  }

  private func bindClosures(
    _ closures: [(Int, Int)], _ parameters: [Type], _ requirements: [GenericRequirement],
    _ arguments: inout [CallArgument], _ bindings: inout Bindings
  ) -> Bool {
    for (p, i) in closures {
      let wanted = closed(parameters[p], bindings)
      guard bindings.isOpen(wanted) else { continue }
      guard let found = functionArgument(arguments[i].node, wanted, bindings) else { return false }
      if found.type.isInvalid { return false }
      if !unify(wanted, with: found.type, &bindings) {
        if speculation == 0 || true {
          mismatch(found.type, wanted, .argument, at: location(arguments[i].node))
        }
        return false
      }
      arguments[i].typed = found
      _ = solve(requirements, &bindings)
    }
    return true
  }

  /// A closure or function name as an argument whose parameter is not fully known yet.
  func functionArgument(
    _ node: ExprSyntax, _ wanted: Type, _ bindings: Bindings
  ) -> Expression? {
    let node = Self.withoutParentheses(node)
    if let closure = node.as(ClosureExprSyntax.self) {
      return self.closure(closure, wanted, bindings)
    }
    if let path = node.as(KeyPathExprSyntax.self) { return keyPath(path, wanted) }
    if let reference = node.as(DeclReferenceExprSyntax.self),
      case .callees(let callees) = meaning(of: reference)
    {
      return functionValue(callees, labels: reference.argumentNames, wanted, at: node)
    }
    if let member = node.as(MemberAccessExprSyntax.self), let base = member.base,
      let type = typeExpression(base),
      case .callees(let callees) = staticMeaning(
        lookup("init", in: type), of: type, at: location(node))
    {
      return functionValue(callees, labels: member.declName.argumentNames, wanted, at: node)
    }
    return infer(node)
  }
}
