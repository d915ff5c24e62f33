import SwiftSyntax

extension Checker {
  // MARK: Collections

  func array(_ node: ArrayExprSyntax, _ expected: Type?) -> Expression {
    let place = location(node)
    if let type = typeExpression(ExprSyntax(node)) {
      return Expression(.metatype(type), .metatype(type), at: place)
    }
    let target = expected.map { known.fullyUnwrapped($0) }
    if case .nominal(let declaration, let arguments)? = target,
      declaration === known.array || declaration === known.set, let element = arguments.first
    {
      let values = node.elements.map { check($0.expression, element, .arrayElement) }
      return Expression(.array(values), .nominal(declaration, [element]), at: place)
    }
    if let target, let made = arrayLiteral(node, target) { return made }
    if node.elements.isEmpty {
      if target == nil || target == .any {
        error("empty collection literal requires an explicit type", at: node)
        return invalid(node)
      }
      return Expression(.array([]), known.arrayOf(.any), at: place)
    }
    let elements = node.elements.map(\.expression)
    guard let (type, values) = join(elements, describe: "collection") else {
      return Expression(.array([]), known.arrayOf(.invalid), at: place)
    }
    return Expression(.array(values), known.arrayOf(type), at: place)
  }

  /// A type that makes itself from an array literal: `init(arrayLiteral:)`.
  private func arrayLiteral(_ node: ArrayExprSyntax, _ target: Type) -> Expression? {
    guard let declaration = target.nominal else { return nil }
    if declaration.native != nil, let element = elementType(of: target), !element.isGeneric,
      declaration.name == "ArraySlice"
    {
      let values = node.elements.map { check($0.expression, element, .arrayElement) }
      let list = Expression(.array(values), known.arrayOf(element), at: location(node))
      return made(target, from: list, at: ExprSyntax(node))
    }
    for found in lookup("init", in: target) {
      guard case .function(let function) = found.kind,
        function.parameters.first?.label == "arrayLiteral"
      else { continue }
      let element = function.parameters[0].type.substituting(found.substitution)
      let values = node.elements.map { check($0.expression, element, .arrayElement) }
      let list = Expression(.array(values), known.arrayOf(element), at: location(node))
      return Expression(
        .call(Call(function, typeArguments: target.genericArguments, arguments: [.value(list)])),
        target, at: location(node))
    }
    return nil
  }

  /// A value of a type from one of another type, by an initializer without label.
  private func made(_ type: Type, from value: Expression, at node: ExprSyntax) -> Expression? {
    let place = location(node)
    guard
      case .callees(let callees) = staticMeaning(lookup("init", in: type), of: type, at: place)
    else { return nil }
    var arguments = [
      CallArgument(
        label: nil, place: place, node: node, isTrailing: false, isOpen: false, typed: value)
    ]
    let site = CallSite(
      node: node, callee: node, opening: place, closing: place, place: place, expected: type)
    let result = attempt { self.resolve(callees, &arguments, site) as Expression? }
    return result?.type == type ? result : nil
  }

  /// A type that several expressions can have, and the expressions as values of it.
  func join(_ nodes: [ExprSyntax], describe: String) -> (Type, [Expression])? {
    // Expressions with a type of their own decide; literals follow.
    var common: Type?
    var typed: [Int: Expression] = [:]
    var hasNil = false
    for (i, node) in nodes.enumerated() where !isOpen(node) {
      let found = infer(node)
      typed[i] = found
      if found.type.isInvalid { continue }
      common = common.map { combine($0, found.type) ?? .any } ?? found.type
    }
    let literals = nodes.enumerated().filter { typed[$0.offset] == nil }
    for (_, node) in literals where node.is(NilLiteralExprSyntax.self) { hasNil = true }
    if let found = common, literals.isEmpty == false {
      for (i, node) in literals where !node.is(NilLiteralExprSyntax.self) {
        if isImplicitMember(node) { continue }
        if let value = attempt({ check(node, common ?? found, .arrayElement) }) {
          typed[i] = value
          continue
        }
        let alone = infer(node)
        typed[i] = alone
        common = combine(common ?? found, alone.type) ?? .any
      }
    } else if common == nil {
      var kinds: [Type] = []
      for (i, node) in literals where !node.is(NilLiteralExprSyntax.self) && !isImplicitMember(node)
      {
        // An empty list says nothing; the others do.
        if nodes.count > 1, isEmptyCollection(node) { continue }
        let alone = infer(node)
        typed[i] = alone
        if !alone.type.isInvalid { kinds.append(alone.type) }
      }
      for type in kinds {
        common =
          common.map { known in
            // 1 and 2.5 together are doubles.
            if known == self.known.int && type == self.known.double { return type }
            if known == self.known.double && type == self.known.int { return known }
            return combine(known, type) ?? deepJoin(known, type) ?? .any
          } ?? type
      }
    }
    guard var type = common else {
      if typed.isEmpty, let first = nodes.first { _ = infer(first) }
      return nil
    }
    if hasNil && !known.isOptional(type) { type = known.optionalOf(type) }
    if type == .any, !typed.values.contains(where: { $0.type == .any }), let first = nodes.first {
      error(
        "heterogeneous \(describe) literal could only be inferred to '\(describe == "collection" ? "[Any]" : "Any")';"
          + " add explicit type annotation if this is intentional",
        at: lines.location(first.positionAfterSkippingLeadingTrivia.utf8Offset - 1))
      return nil
    }
    var values: [Expression] = []
    for (i, node) in nodes.enumerated() {
      // What is right already is not looked at again: nested lists would double at each level.
      if let found = typed[i], found.type == type {
        values.append(found)
      } else if let found = typed[i], !isOpen(node) {
        values.append(coerce(found, to: type, .arrayElement, at: node))
      } else {
        values.append(check(node, type, .arrayElement))
      }
    }
    return (type, values)
  }

  private func isEmptyCollection(_ node: ExprSyntax) -> Bool {
    if let list = node.as(ArrayExprSyntax.self) { return list.elements.isEmpty }
    if let list = node.as(DictionaryExprSyntax.self), case .colon = list.content { return true }
    return false
  }

  /// `[Int]` and `[Double]`, both from literals, are arrays of doubles.
  private func deepJoin(_ a: Type, _ b: Type) -> Type? {
    if a == b { return a }
    if a == known.int && b == known.double || a == known.double && b == known.int {
      return known.double
    }
    if let x = known.element(ofArray: a), let y = known.element(ofArray: b) {
      return deepJoin(x, y).map { known.arrayOf($0) }
    }
    if case .tuple(let x) = a, case .tuple(let y) = b, x.count == y.count {
      var elements: [Type.TupleElement] = []
      for (p, q) in zip(x, y) {
        guard let type = deepJoin(p.type, q.type) else { return nil }
        elements.append(Type.TupleElement(p.label == q.label ? p.label : nil, type))
      }
      return .tuple(elements)
    }
    return combine(a, b)
  }

  /// The narrowest type that both can be converted to.
  func combine(_ a: Type, _ b: Type) -> Type? {
    if conversionCost(b, a) != nil { return a }
    if conversionCost(a, b) != nil { return b }
    if case .nominal(let one, _) = a, one.isClass, case .nominal(let other, _) = b, other.isClass {
      var above = one.superclass
      for _ in 0..<64 {
        guard let type = above else { return nil }
        if conversionCost(b, type) != nil { return type }
        above = type.nominal?.superclass
      }
    }
    if let x = known.wrapped(a) { return combine(x, b).map { known.optionalOf($0) } }
    if let y = known.wrapped(b) { return combine(a, y).map { known.optionalOf($0) } }
    return nil
  }

  func dictionary(_ node: DictionaryExprSyntax, _ expected: Type?) -> Expression {
    let place = location(node)
    if let type = typeExpression(ExprSyntax(node)) {
      return Expression(.metatype(type), .metatype(type), at: place)
    }
    let target = expected.map { known.fullyUnwrapped($0) }
    guard case .elements(let elements) = node.content else {
      if case .nominal(let declaration, let arguments)? = target, known.isDictionary(declaration) {
        return Expression(.dictionary([]), .nominal(declaration, arguments), at: place)
      }
      if target == nil || target == .any {
        error("empty collection literal requires an explicit type", at: node)
        return invalid(node)
      }
      return Expression(.dictionary([]), known.dictionaryOf(.any, .any), at: place)
    }
    if case .nominal(let declaration, let arguments)? = target, known.isDictionary(declaration),
      arguments.count == 2
    {
      let pairs = elements.map {
        (
          key: check($0.key, arguments[0], .dictionaryKey),
          value: check($0.value, arguments[1], .dictionaryValue)
        )
      }
      return Expression(.dictionary(pairs), .nominal(declaration, arguments), at: place)
    }
    guard let (keyType, keys) = join(elements.map(\.key), describe: "collection"),
      let (valueType, values) = join(elements.map(\.value), describe: "collection")
    else { return invalid(node) }
    requireHashable(keyType, at: place)
    return Expression(
      .dictionary(zip(keys, values).map { (key: $0, value: $1) }),
      known.dictionaryOf(keyType, valueType), at: place)
  }

  // MARK: Tuples

  func tuple(_ node: TupleExprSyntax, _ expected: Type?, _ purpose: Purpose) -> Expression {
    if node.elements.count == 1, let only = node.elements.first, only.label == nil {
      return expression(only.expression, expecting: expected, purpose: purpose)
    }
    var wanted: [Type.TupleElement] = []
    if let expected, case .tuple(let elements) = known.fullyUnwrapped(expected),
      elements.count == node.elements.count
    {
      wanted = elements
    }
    var values: [Expression] = []
    var elements: [Type.TupleElement] = []
    for (i, element) in node.elements.enumerated() {
      let label = element.label.map { Self.unquoted($0.text) }
      var value = expression(
        element.expression, expecting: wanted.isEmpty ? nil : wanted[i].type, purpose: purpose)
      if !wanted.isEmpty, let converted = convert(value, to: wanted[i].type) { value = converted }
      if value.type == Self.nilType, wanted.isEmpty { value.type = .invalid }
      values.append(value)
      elements.append(Type.TupleElement(label, value.type))
    }
    return Expression(.tuple(values), .tuple(elements), at: location(node))
  }
}
