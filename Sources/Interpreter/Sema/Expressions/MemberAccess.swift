import SwiftSyntax

extension Checker {
  func memberAccess(_ node: MemberAccessExprSyntax, _ expected: Type?) -> Expression {
    let name = Self.unquoted(node.declName.baseName.text)
    let whole = ExprSyntax(node)
    guard let base = node.base else { return implicitMember(name, at: node, expected) }
    if name == "self" {
      if let type = typeExpression(base) {
        return Expression(.metatype(type), .metatype(type), at: location(whole))
      }
      return expression(base, expecting: expected)
    }
    switch memberMeaning(node) {
    case .value(let value): return value
    case .callees(let callees):
      return functionValue(callees, labels: node.declName.argumentNames, expected, at: whole)
    case .type(let type):
      if case .metatype? = expected {
        return Expression(.metatype(type), .metatype(type), at: location(whole))
      }
      error("expected member name or initializer call after type name", at: whole)
      return invalid(node)
    case .invalid, .notFound: return invalid(node)
    }
  }

  /// What `base.name` means; messages about a member that does not exist have been given.
  func memberMeaning(_ node: MemberAccessExprSyntax, forCall: Bool = false) -> Meaning {
    guard let base = node.base else { return .notFound }
    let name = Self.unquoted(node.declName.baseName.text)
    let place = location(ExprSyntax(node))
    if base.is(SuperExprSyntax.self) { return superMember(name, at: node) }
    if let type = typeExpression(base) {
      if let nested = nestedType(name, in: type) { return .type(nested) }
      return staticMember(name, of: type, at: node)
    }
    if let module = base.as(DeclReferenceExprSyntax.self)?.baseName.text,
      visibleModules.contains(module), case .notFound = meaning(of: module, at: node)
    {
      return meaning(of: name, at: node)
    }
    let value = infer(base)
    if value.type.isInvalid { return .invalid }
    if case .metatype(let type) = value.type { return staticMember(name, of: type, at: node) }
    return instanceMember(name, of: value, at: node, place, forCall: forCall)
  }

  private func instanceMember(
    _ name: String, of value: Expression, at node: MemberAccessExprSyntax, _ place: SourceLocation,
    forCall: Bool
  ) -> Meaning {
    if case .tuple(let elements) = value.type {
      let index = Int(name) ?? elements.firstIndex { $0.label == name }
      if let index, elements.indices.contains(index) {
        return .value(tupleElement(value, index, elements[index].type, at: place))
      }
    }
    let found = lookup(name, in: value.type)
    let instance = found.filter { !$0.isStatic }
    if !instance.isEmpty { return memberMeaning(instance, value, at: place, forCall: forCall) }
    if let unwrapped = implicitlyUnwrapped(value), found.isEmpty {
      return instanceMember(name, of: unwrapped, at: node, place, forCall: forCall)
    }
    if !found.isEmpty, case .type(let type)? = found.first?.kind {
      error(
        "static member '\(name)' cannot be used on instance of type '\(value.type)'",
        at: ExprSyntax(node))
      _ = type
      return .invalid
    }
    if name == "init" {
      error(
        "'init' is a member of the type; use 'type(of: ...)' to initialize a new object of the"
          + " same dynamic type", at: ExprSyntax(node))
      return .invalid
    }
    if !found.isEmpty {
      let isCase = found.contains {
        if case .enumCase = $0.kind { return true }
        return false
      }
      error(
        isCase
          ? "enum case '\(name)' cannot be used as an instance member"
          : "static member '\(name)' cannot be used on instance of type '\(value.type)'",
        at: node.base ?? ExprSyntax(node))
      return .invalid
    }
    missingMember(name, of: value, at: node)
    return .invalid
  }

  private func missingMember(
    _ name: String, of value: Expression, at node: MemberAccessExprSyntax
  ) {
    let whole = ExprSyntax(node)
    if let inner = known.wrapped(value.type), hasMember(name, inner) {
      let base = node.base.map { location($0) } ?? location(whole)
      error(
        "value of optional type '\(value.type)' must be unwrapped to refer to member '\(name)' of"
          + " wrapped base type '\(inner)'", at: base,
        notes: [
          note(
            "chain the optional using '?' to access member '\(name)' only for non-'nil' base values",
            at: base),
          note(
            "force-unwrap using '!' to abort execution if the optional value contains 'nil'",
            at: base),
        ])
      return
    }
    if case .tuple = value.type {
      error("value of tuple type '\(value.type)' has no member '\(name)'", at: whole)
      return
    }
    error(
      "value of type '\(value.type)' has no member '\(name)'", at: whole,
      notes: suggestion(name, among: memberNames(of: value.type), at: location(whole)))
  }

  private func hasMember(_ name: String, _ type: Type) -> Bool {
    if case .tuple(let elements) = type {
      return elements.contains { $0.label == name }
        || Int(name).map(elements.indices.contains) == true
    }
    return !lookup(name, in: type).isEmpty
  }

  func tupleElement(
    _ value: Expression, _ index: Int, _ type: Type, at place: SourceLocation
  ) -> Expression {
    if case .place(let base) = value.kind {
      return Expression(.place(Place(.tupleElement(base, index), type, at: place)), type, at: place)
    }
    return Expression(
      .place(Place(.valueTupleElement(value, index), type, at: place)), type, at: place)
  }

  // MARK: Members of values

  /// What members found under one name mean on a value.
  func memberMeaning(
    _ found: [FoundMember], _ receiver: Expression, at place: SourceLocation,
    isSuper: Bool = false, forCall: Bool = false
  ) -> Meaning {
    var callees: [Callee] = []
    // `xs.first { … }` is the method, `xs.first` the property.
    let isMethod = { (member: FoundMember) in
      if case .function = member.kind { return true }
      return false
    }
    let methods = forCall ? found.filter(isMethod) : []
    for member in methods.isEmpty ? found : methods {
      switch member.kind {
      case .stored(let property):
        if callees.isEmpty || !forCall {
          return .value(stored(property, member, receiver, at: place))
        }
      case .property(let property):
        if callees.isEmpty || !forCall {
          var value = computed(
            property, upcast(receiver, to: member.owner), member.substitution, [], at: place)
          if isSuper { value = markSuper(value) }
          return .value(value)
        }
      case .function(let function):
        var callee = Callee(function)
        callee.substitution = member.substitution
        callee.receiver = upcast(receiver, to: member.owner)
        callee.owner = member.owner
        callee.isSuper = isSuper
        callees.append(callee)
      case .enumCase, .staticVariable, .type: break
      }
    }
    return callees.isEmpty ? .notFound : .callees(callees)
  }

  /// `super.x` reads the superclass's own property.
  private func markSuper(_ value: Expression) -> Expression {
    guard case .place(let place) = value.kind,
      case .computed(let property, let types, let receiver, let arguments) = place.kind,
      arguments.isEmpty
    else { return value }
    return Expression(
      .call(
        Call(
          property.getter, typeArguments: types, receiver: receiver, arguments: [],
          isDynamic: false)), value.type, at: value.location)
  }

  func upcast(_ value: Expression, to owner: Type) -> Expression {
    guard value.type != owner, case .nominal(let declaration, _) = owner, declaration.isClass,
      let converted = convert(value, to: owner)
    else { return value }
    return converted
  }

  private func stored(
    _ property: StoredProperty, _ member: FoundMember, _ receiver: Expression,
    at place: SourceLocation
  ) -> Expression {
    let type = property.type.substituting(member.substitution)
    let kind: Place.Kind
    if property.owner.isClass {
      kind = .objectField(upcast(receiver, to: member.owner), property)
    } else if case .place(let base) = receiver.kind {
      kind = .field(base, property)
    } else {
      kind = .valueField(receiver, property)
    }
    return Expression(.place(Place(kind, type, at: place)), type, at: place)
  }

  /// A computed property or subscript of a receiver (nil for static and global ones).
  func computed(
    _ property: ComputedProperty, _ receiver: Expression?, _ substitution: [GenericParameter: Type],
    _ arguments: [Expression], own: [Type] = [], at place: SourceLocation
  ) -> Expression {
    let type = property.type.substituting(substitution)
    let owner = property.getter.owner?.genericParameters ?? []
    let types = owner.map { substitution[$0] ?? .parameter($0) } + own
    let isStatic = property.isStatic
    var argument: Argument?
    if let receiver, !isStatic {
      argument = .value(receiver)
      if case .place(let base) = receiver.kind, !isReference(receiver.type),
        property.setter?.isMutating == true || property.getter.isMutating, isWritable(base)
      {
        argument = .inout(base)
      }
    }
    if property.getter.effects == .throws { noteThrowing(at: place) }
    return Expression(
      .place(
        Place(
          .computed(property, typeArguments: types, receiver: argument, arguments: arguments),
          type, at: place)), type, at: place)
  }

  // MARK: Members of types

  private func staticMember(
    _ name: String, of type: Type, at node: MemberAccessExprSyntax
  ) -> Meaning {
    let place = location(ExprSyntax(node))
    if type.isInvalid { return .invalid }
    let found = lookup(name, in: type)
    let statics = found.filter(\.isStatic)
    if !statics.isEmpty { return staticMeaning(statics, of: type, at: place) }
    if !found.isEmpty {
      // An instance method as a function of the instance is not offered.
      error(
        "instance member '\(name)' cannot be used on type '\(type)'; did you mean to use a value of"
          + " this type instead?", at: node.base ?? ExprSyntax(node))
      return .invalid
    }
    if name == "init" { return .callees([]) }
    missingImplicitMember(name, type, at: ExprSyntax(node))
    return .invalid
  }

  func displayName(_ type: Type) -> String {
    if case .existential(let protocols) = type, protocols.count == 1 {
      return "any \(protocols[0].name)"
    }
    return type.description
  }

  func staticMeaning(_ found: [FoundMember], of type: Type, at place: SourceLocation) -> Meaning {
    var callees: [Callee] = []
    for member in found {
      switch member.kind {
      case .enumCase(let enumCase):
        if callees.isEmpty && enumCase.payload.isEmpty {
          if type.isGeneric, !isInsideGeneric { return .invalid }
          if let constructor = enumCase.constructor {
            let call = Call(constructor, typeArguments: type.genericArguments, arguments: [])
            return .value(Expression(.call(call), type, at: place))
          }
          return .value(Expression(.enumCase(enumCase, []), type, at: place))
        }
        callees.append(caseCallee(enumCase, member, type))
      case .staticVariable(let variable):
        if callees.isEmpty {
          let type = variable.type.substituting(member.substitution)
          return .value(
            Expression(.place(Place(.global(variable), type, at: place)), type, at: place))
        }
      case .property(let property):
        if callees.isEmpty {
          return .value(computed(property, nil, member.substitution, [], at: place))
        }
      case .function(let function):
        var callee = Callee(function)
        callee.owner = member.owner
        openOwner(&callee, type, member)
        callees.append(callee)
      case .type(let nested): return .type(nested)
      case .stored: break
      }
    }
    return callees.isEmpty ? .notFound : .callees(callees)
  }

  /// Generic parameters of a type named without arguments are found by the call.
  private func openOwner(_ callee: inout Callee, _ type: Type, _ member: FoundMember) {
    callee.substitution = member.substitution
    guard type.isGeneric, case .nominal(let declaration, let arguments) = type,
      arguments == declaration.genericParameters.map({ .parameter($0) }), !isInsideGeneric
    else { return }
    callee.substitution = [:]
    callee.openParameters = declaration.genericParameters
  }

  var isInsideGeneric: Bool { context.owner?.genericParameters.isEmpty == false }

  func caseCallee(_ enumCase: EnumCase, _ member: FoundMember, _ type: Type) -> Callee {
    let id = ObjectIdentifier(enumCase)
    let function =
      caseFunctions[id]
      ?? {
        let made = FunctionDeclaration(
          enumCase.name,
          parameters: enumCase.payload.enumerated().map { i, element in
            ParameterDeclaration(
              label: element.label, name: element.label ?? "value\(i)", type: element.type)
          }, result: enumCase.owner.declaredType, owner: enumCase.owner, implementation: .none)
        made.isStatic = true
        caseFunctions[id] = made
        return made
      }()
    var callee = Callee(function)
    callee.kind = .enumCase(enumCase)
    callee.owner = type
    openOwner(&callee, type, member)
    return callee
  }
}
