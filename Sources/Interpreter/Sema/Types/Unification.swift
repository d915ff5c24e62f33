/// What has been found out about the generic parameters of a call.
struct Bindings {
  /// The parameters that are to be found.
  var open: Set<GenericParameter> = []
  var types: [GenericParameter: Type] = [:]

  func isOpen(_ type: Type) -> Bool {
    !open.isEmpty && type.isGeneric && mentionsUnbound(type)
  }

  private func mentionsUnbound(_ type: Type) -> Bool {
    switch type {
    case .nominal(_, let arguments): arguments.contains(where: mentionsUnbound)
    case .tuple(let elements): elements.contains { mentionsUnbound($0.type) }
    case .function(let function):
      mentionsUnbound(function.result) || function.parameters.contains { mentionsUnbound($0.type) }
    case .metatype(let type): mentionsUnbound(type)
    case .parameter(let parameter): open.contains(parameter) && types[parameter] == nil
    case .existential, .invalid: false
    }
  }
}

extension Checker {
  /// Finds generic parameters of `pattern` such that a value of type `actual` can be passed for it.
  func unify(_ pattern: Type, with actual: Type, _ bindings: inout Bindings, depth: Int = 0) -> Bool
  {
    if !pattern.isGeneric { return true }
    if depth > 32 { return false }
    if actual.isInvalid {
      settle(pattern, &bindings)
      return true
    }
    switch pattern {
    case .parameter(let parameter):
      guard bindings.open.contains(parameter) else { return pattern == actual }
      guard let bound = bindings.types[parameter] else {
        bindings.types[parameter] = actual
        return true
      }
      if conversionCost(actual, bound) != nil { return true }
      guard depth == 0, conversionCost(bound, actual) != nil else { return false }
      bindings.types[parameter] = actual
      return true
    case .nominal(let declaration, let arguments):
      if case .nominal(let other, let given) = actual, other === declaration {
        for (x, y) in zip(arguments, given)
        where !unify(x, with: y, &bindings, depth: depth + 1) { return false }
        return true
      }
      if declaration === known.optional, let inner = arguments.first {
        return unify(inner, with: actual, &bindings, depth: depth)
      }
      if case .nominal(let other, let given) = actual, let above = other.superclass {
        let map = Dictionary(
          zip(other.genericParameters, given), uniquingKeysWith: { a, _ in a })
        return unify(pattern, with: above.substituting(map), &bindings, depth: depth + 1)
      }
      return false
    case .tuple(let elements):
      guard case .tuple(let given) = actual, given.count == elements.count else { return false }
      for (x, y) in zip(elements, given)
      where !unify(x.type, with: y.type, &bindings, depth: depth + 1) { return false }
      return true
    case .function(let function):
      guard case .function(let given) = actual else { return false }
      guard given.parameters.count == function.parameters.count else {
        // A closure of one tuple parameter takes a function of its elements.
        return false
      }
      for (x, y) in zip(function.parameters, given.parameters)
      where !unify(x.type, with: y.type, &bindings, depth: depth + 1) { return false }
      return unify(function.result, with: given.result, &bindings, depth: depth + 1)
    case .metatype(let type):
      guard case .metatype(let given) = actual else { return false }
      return unify(type, with: given, &bindings, depth: depth + 1)
    case .existential, .invalid: return true
    }
  }

  /// After an error parameters stand for anything.
  private func settle(_ pattern: Type, _ bindings: inout Bindings) {
    switch pattern {
    case .parameter(let parameter):
      if bindings.open.contains(parameter), bindings.types[parameter] == nil {
        bindings.types[parameter] = .invalid
      }
    case .nominal(_, let arguments): for type in arguments { settle(type, &bindings) }
    case .tuple(let elements): for element in elements { settle(element.type, &bindings) }
    case .function(let function):
      for parameter in function.parameters { settle(parameter.type, &bindings) }
      settle(function.result, &bindings)
    case .metatype(let type): settle(type, &bindings)
    case .existential, .invalid: break
    }
  }
}
