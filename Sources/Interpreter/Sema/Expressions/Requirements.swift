extension Checker {
  func substitute(
    _ requirement: GenericRequirement, _ map: [GenericParameter: Type]
  ) -> GenericRequirement {
    if map.isEmpty { return requirement }
    return switch requirement {
    case .conforms(let type, let found): .conforms(type.substituting(map), found)
    case .same(let a, let b): .same(a.substituting(map), b.substituting(map))
    case .element(let a, let b): .element(a.substituting(map), b.substituting(map))
    case .inherits(let a, let b): .inherits(a.substituting(map), b.substituting(map))
    }
  }

  /// Finds parameters that follow from others: what a sequence yields.
  func solve(_ requirements: [GenericRequirement], _ bindings: inout Bindings) -> Bool {
    for _ in 0..<2 {
      for requirement in requirements {
        switch requirement {
        case .element(let sequence, let element):
          let type = sequence.substituting(bindings.types)
          guard !bindings.isOpen(type), let found = elementType(of: type) else { continue }
          let wanted = element.substituting(bindings.types)
          if bindings.isOpen(wanted), !unify(wanted, with: found, &bindings) { return false }
        case .same(let a, let b):
          let x = a.substituting(bindings.types)
          let y = b.substituting(bindings.types)
          if bindings.isOpen(x), !bindings.isOpen(y) { _ = unify(x, with: y, &bindings) }
          if bindings.isOpen(y), !bindings.isOpen(x) { _ = unify(y, with: x, &bindings) }
        case .conforms, .inherits: break
        }
      }
    }
    return true
  }

  /// Whether the types found meet the constraints; says which does not.
  func satisfied(_ callee: Callee, _ bindings: Bindings, _ site: CallSite) -> Bool {
    guard let problem = unsatisfied(callee, bindings) else { return true }
    let function = callee.function
    let name =
      function.name == "init"
      ? "initializer 'init(\(function.parameters.map { ($0.label ?? "_") + ":" }.joined()))'"
      : "\(kindName(function)) '\(function.fullName)'"
    switch problem {
    case .conforms(let type, let wanted):
      error(
        function.owner == nil || function.genericParameters.contains { bindings.types[$0] == type }
          ? "\(name) requires that '\(type)' conform to '\(wanted.name)'"
          : "referencing \(name) on '\(function.owner?.name ?? "")' requires that '\(type)' conform to '\(wanted.name)'",
        at: site.callee)
    case .same(let a, let b):
      error("\(name) requires the types '\(a)' and '\(b)' be equivalent", at: site.callee)
    case .element(let a, let b):
      if let found = elementType(of: a) {
        error("\(name) requires the types '\(found)' and '\(b)' be equivalent", at: site.callee)
      } else {
        error("\(name) requires that '\(a)' conform to 'Sequence'", at: site.callee)
      }
    case .inherits(let a, let b):
      error("\(name) requires that '\(a)' inherit from '\(b)'", at: site.callee)
    }
    return false
  }

  /// The first demand that is not met, with the types found.
  func unsatisfied(_ callee: Callee, _ bindings: Bindings) -> GenericRequirement? {
    for parameter in callee.openParameters + callee.function.genericParameters {
      guard let type = bindings.types[parameter] else { continue }
      for constraint in parameter.constraints where !conforms(type, constraint) {
        return .conforms(type, constraint)
      }
    }
    for requirement in callee.function.requirements {
      let requirement = substitute(
        substitute(requirement, callee.substitution), bindings.types)
      switch requirement {
      case .conforms(let type, let wanted):
        if !conforms(type, wanted) { return requirement }
      case .same(let a, let b):
        if a != b, !a.isInvalid, !b.isInvalid { return requirement }
      case .element(let sequence, let element):
        guard let found = elementType(of: sequence) else { return requirement }
        if found != element, !element.isInvalid, !found.isInvalid { return requirement }
      case .inherits(let type, let above):
        if conversionCost(type, above) == nil { return requirement }
      }
    }
    return nil
  }
}
