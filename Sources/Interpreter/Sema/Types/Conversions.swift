extension Checker {
  /// What it costs to turn one type into another without being asked; nil when that is impossible.
  func conversionCost(_ from: Type, _ to: Type, depth: Int = 0) -> Int? {
    if from == to || from.isInvalid || to.isInvalid { return 0 }
    if depth > 16 { return nil }
    if let target = known.wrapped(to) {
      if let source = known.wrapped(from) {
        return conversionCost(source, target, depth: depth + 1)
      }
      return conversionCost(from, target, depth: depth + 1).map { $0 + 2 }
    }
    switch (from, to) {
    case (_, .existential(let protocols)):
      if protocols.isEmpty { return known.isOptional(from) ? 4 : 3 }
      if case .existential(let own) = from, own.isEmpty { return nil }
      return protocols.allSatisfy { conforms(from, $0) } ? 3 : nil
    case (.nominal(let one, let a), .nominal(let other, let b)):
      if one === other {
        guard one === known.array || one === known.dictionary || one === known.set else {
          return nil
        }
        var cost = 1
        for (x, y) in zip(a, b) {
          guard let step = conversionCost(x, y, depth: depth + 1) else { return nil }
          cost += step
        }
        return cost
      }
      return one.isClass && other.isClass && isSubclass(one, of: other) ? 1 : nil
    case (.tuple(let a), .tuple(let b)):
      guard a.count == b.count, !a.isEmpty else { return nil }
      var cost = 0
      for (x, y) in zip(a, b) {
        if let l = x.label, let r = y.label, l != r { return nil }
        guard let step = conversionCost(x.type, y.type, depth: depth + 1) else { return nil }
        cost += step
      }
      return cost
    case (.function(let a), .function(let b)):
      guard a.parameters.count == b.parameters.count, !a.canThrow || b.canThrow else { return nil }
      var cost = a.canThrow == b.canThrow ? 0 : 1
      for (x, y) in zip(a.parameters, b.parameters) {
        guard x.isInout == y.isInout else { return nil }
        if x.type == y.type { continue }
        guard !x.isInout, isFreeConversion(y.type, x.type) else { return nil }
        cost += 1
      }
      if a.result == b.result { return cost }
      if b.result.isVoid && a.result.isVoid { return cost }
      return isFreeConversion(a.result, b.result) ? cost + 1 : nil
    case (.metatype, .metatype(.existential(let protocols))) where protocols.isEmpty: return 3
    case (.metatype(let a), .metatype(let b)):
      if case .nominal(let one, _) = a, case .nominal(let other, _) = b, one.isClass {
        return isSubclass(one, of: other) ? 1 : nil
      }
      return nil
    default: return nil
    }
  }

  /// A conversion that leaves the bits alone, so that a function value needs no wrapper.
  private func isFreeConversion(_ from: Type, _ to: Type) -> Bool {
    if from == to || from.isInvalid || to.isInvalid { return true }
    if case .nominal(let one, _) = from, case .nominal(let other, _) = to {
      return one.isClass && other.isClass && isSubclass(one, of: other)
    }
    if case .tuple(let a) = from, case .tuple(let b) = to {
      return a.count == b.count && zip(a, b).allSatisfy { $0.type == $1.type }
    }
    return false
  }

  /// The expression as a value of another type, with the steps written out; nil when impossible.
  func convert(_ e: Expression, to: Type) -> Expression? {
    let from = e.type
    if from == to || to.isInvalid { return e }
    if from.isInvalid {
      var e = e
      e.type = to
      return e
    }
    guard conversionCost(from, to) != nil else { return nil }
    func make(_ kind: Expression.Kind) -> Expression { Expression(kind, to, at: e.location) }
    if let target = known.wrapped(to) {
      guard let source = known.wrapped(from) else {
        return convert(e, to: target).map { make(.wrap($0)) }
      }
      // A value that is known to be there is converted before it is wrapped.
      if case .wrap(let inner) = e.kind, let inner = convert(inner, to: target) {
        return make(.wrap(inner))
      }
      if case .none = e.kind { return make(.none) }
      return element(source, to: target, at: e.location).map { bound, body in
        make(.mapOptional(e, bound: bound, convert: body))
      }
    }
    switch (from, to) {
    case (_, .existential): return make(.toExistential(e))
    case (.nominal(let one, let a), .nominal(_, let b)):
      if one.isClass { return make(.upcast(e)) }
      if one === known.array, let x = a.first, let y = b.first {
        return element(x, to: y, at: e.location).map { bound, body in
          make(.mapArray(e, bound: bound, convert: body))
        }
      }
      unsupported("converting '\(from)' to '\(to)'", at: e.location)
      return make(.invalid)
    case (.tuple(let a), .tuple(let b)):
      if zip(a, b).allSatisfy({ $0.type == $1.type }) {
        var e = e
        e.type = to
        return e
      }
      if case .tuple(let values) = e.kind, values.count == b.count {
        var converted: [Expression] = []
        for (value, wanted) in zip(values, b) {
          guard let one = convert(value, to: wanted.type) else { return nil }
          converted.append(one)
        }
        return make(.tuple(converted))
      }
      var bound: [LocalVariable] = []
      var bodies: [Expression] = []
      for (x, y) in zip(a, b) {
        guard let (variable, body) = element(x.type, to: y.type, at: e.location) else { return nil }
        bound.append(variable)
        bodies.append(body)
      }
      return make(.mapTuple(e, bound: bound, convert: bodies))
    case (.function, .function): return make(.convertFunction(e))
    case (.metatype, .metatype):
      var e = e
      e.type = to
      return e
    default: return nil
    }
  }

  private func element(
    _ from: Type, to: Type, at location: SourceLocation
  ) -> (LocalVariable, Expression)? {
    let variable = newLocal("element", from, isMutable: false, at: location)
    let value = Expression(
      .place(Place(.local(variable), from, at: location)), from, at: location)
    return convert(value, to: to).map { (variable, $0) }
  }
}
