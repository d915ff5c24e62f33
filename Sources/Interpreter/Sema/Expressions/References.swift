import SwiftSyntax

extension Checker {
  func reference(_ node: DeclReferenceExprSyntax, _ expected: Type?) -> Expression {
    let name = Self.unquoted(node.baseName.text)
    switch meaning(of: node) {
    case .value(let value): return value
    case .type(let type):
      return metatype(type, at: ExprSyntax(node), expected)
    case .callees(let callees):
      return functionValue(callees, labels: node.argumentNames, expected, at: ExprSyntax(node))
    case .invalid: return invalid(node)
    case .notFound:
      notFound(name, at: node)
      return invalid(node)
    }
  }

  /// The name of a type where a value is wanted.
  private func metatype(_ type: Type, at node: ExprSyntax, _ expected: Type?) -> Expression {
    if case .metatype? = expected {
    } else {
      if !type.isInvalid {
        error("expected member name or initializer call after type name", at: node)
      }
      return invalid(node)
    }
    return Expression(.metatype(type), .metatype(type), at: location(node))
  }

  func notFound(_ name: String, at node: DeclReferenceExprSyntax) {
    if Self.isOperator(name) {
      error("cannot find operator '\(name)' in scope", at: node)
      return
    }
    if name == "super" { return }
    if name.hasPrefix("$"), Int(name.dropFirst()) != nil {
      error(
        "anonymous closure argument not contained in a closure", at: node)
      return
    }
    if name == "_" {
      error("'_' can only appear in a pattern or on the left side of an assignment", at: node)
      return
    }
    error(
      "cannot find '\(name)' in scope", at: node,
      notes: suggestion(name, among: visibleNames(), at: location(node)))
  }

  static func isOperator(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first else { return false }
    return "+-*/%<>=!&|^~?.".unicodeScalars.contains(first)
  }

  /// Names that swiftc would look at for a correction: those of the guest's own scopes.
  private func visibleNames() -> [String] {
    var names: [String] = []
    var current: Scope? = scope
    while let here = current {
      names += here.names.keys
      if case .type(let declaration) = here.kind {
        names += memberNames(of: declaration.declaredType)
      }
      current = here.parent
    }
    return names
  }

  /// Whether a name stands for a function, so that its type depends on what is wanted.
  func namesFunction(_ node: DeclReferenceExprSyntax) -> Bool {
    if case .callees = meaning(of: node) { return true }
    return false
  }

  // MARK: Names

  func meaning(of node: DeclReferenceExprSyntax, forCall: Bool = false) -> Meaning {
    let place = location(node)
    switch node.baseName.tokenKind {
    case .keyword(.self): return selfValue(at: place).map { .value($0) } ?? missingSelf(node)
    case .keyword(.Self):
      return typeNamed("Self").map { .type($0) } ?? .notFound
    case .keyword(.Any): return .type(.any)
    case .dollarIdentifier: return shorthand(node)
    case .binaryOperator(let name), .prefixOperator(let name), .postfixOperator(let name):
      let found = operatorFunctions(name)
      return found.isEmpty ? .notFound : .callees(found.map(operatorCallee))
    default: break
    }
    return meaning(of: Self.unquoted(node.baseName.text), at: node, forCall: forCall)
  }

  private func missingSelf(_ node: DeclReferenceExprSyntax) -> Meaning {
    error(
      "cannot find 'self' in scope; did you mean to use it in a type or extension context?",
      at: node)
    return .invalid
  }

  /// The value of `self`, where there is one.
  func selfValue(at place: SourceLocation) -> Expression? {
    var current: FunctionContext? = context
    while let here = current {
      if let variable = here.selfVariable {
        use(variable)
        return Expression(
          .place(Place(.local(variable), variable.type, at: place)), variable.type, at: place)
      }
      if here.isStatic, let owner = here.owner, here.kind == .function || here.kind == .accessor {
        let type = owner.declaredType
        return Expression(.metatype(type), .metatype(type), at: place)
      }
      current = here.parent
    }
    return nil
  }

  private func shorthand(_ node: DeclReferenceExprSyntax) -> Meaning {
    guard let index = Int(node.baseName.text.dropFirst()) else { return .notFound }
    guard context.kind == .closure else { return .notFound }
    guard index < context.shorthand.count else {
      return context.shorthand.isEmpty ? .notFound : .invalid
    }
    let variable = context.shorthand[index]
    return .value(read(variable, at: location(node)))
  }

  func read(_ variable: LocalVariable, at place: SourceLocation) -> Expression {
    use(variable)
    return Expression(
      .place(Place(.local(variable), variable.type, at: place)), variable.type, at: place)
  }

  func meaning(of name: String, at node: some SyntaxProtocol, forCall: Bool = false) -> Meaning {
    let place = location(node)
    var callees: [Callee] = []
    var current: Scope? = scope
    while let here = current {
      if case .type(let declaration) = here.kind {
        if name == declaration.name, here.here(name).isEmpty {
          return .type(declaration.declaredType)
        }
        let found = lookup(name, in: declaration.declaredType).filter {
          if case .type = $0.kind { return true }
          return name != "init"
        }
        if !found.isEmpty {
          return implicitMember(found, name, of: declaration, at: node, forCall: forCall)
        }
        if let type = declaration.genericParameters.first(where: { $0.name == name }) {
          return .type(.parameter(type))
        }
      }
      for entity in here.here(name) {
        switch entity {
        case .local(let variable): return .value(read(variable, at: place))
        case .global(let variable):
          guard callees.isEmpty else { break }
          pendingProperties.removeValue(forKey: ObjectIdentifier(variable))?()
          return .value(
            Expression(
              .place(Place(.global(variable), variable.type, at: place)), variable.type, at: place))
        case .function(let function):
          var callee = Callee(function)
          callee.rank = callees.isEmpty ? 0 : 1
          // A later unit's function replaces one of the same signature.
          if !callees.contains(where: { sameSignature($0.function, function) }) {
            callees.append(callee)
          }
        case .localFunction(let function, let variable):
          var callee = Callee(function)
          callee.kind = .localFunction(variable)
          callees.append(callee)
        case .type(let type):
          if callees.isEmpty { return .type(type) }
        case .property(let property):
          if callees.isEmpty { return .value(computed(property, nil, [:], [], at: place)) }
        case .invalid: return .invalid
        }
      }
      if !callees.isEmpty, case .block = here.kind { return .callees(callees) }
      current = here.parent
    }
    for function in library.functions(name)
    where library.module(of: function).map(visibleModules.contains) ?? true {
      var callee = Callee(function)
      callee.rank = callees.isEmpty ? 0 : 1
      callees.append(callee)
    }
    if !callees.isEmpty { return .callees(callees) }
    if let property = library.variable(name) {
      return .value(computed(property, nil, [:], [], at: place))
    }
    if let type = typeNamed(name) { return .type(type) }
    return .notFound
  }

  func sameSignature(_ a: FunctionDeclaration, _ b: FunctionDeclaration) -> Bool {
    a.parameters.count == b.parameters.count
      && zip(a.parameters, b.parameters).allSatisfy { $0.label == $1.label && $0.type == $1.type }
  }

  /// A member named without `self.`.
  private func implicitMember(
    _ found: [FoundMember], _ name: String, of declaration: NominalDeclaration,
    at node: some SyntaxProtocol, forCall: Bool
  ) -> Meaning {
    let place = location(node)
    if let member = found.first, case .type(let type) = member.kind { return .type(type) }
    if let receiver = selfValue(at: place), case .metatype = receiver.type {
      // In a static method `self` is the type.
      let statics = found.filter(\.isStatic)
      if statics.isEmpty {
        error("instance member '\(name)' cannot be used on type '\(declaration.name)'", at: node)
        return .invalid
      }
      return staticMeaning(statics, of: declaration.declaredType, at: place)
    } else if let receiver = selfValue(at: place) {
      let instance = found.filter { !$0.isStatic }
      if instance.isEmpty {
        let what =
          found.contains {
            if case .enumCase = $0.kind { return true }
            return false
          } ? "enum case" : "static member"
        error(
          what == "enum case"
            ? "enum case '\(name)' cannot be used as an instance member"
            : "static member '\(name)' cannot be used on instance of type '\(declaration.name)'",
          at: node)
        return .invalid
      }
      return memberMeaning(instance, receiver, at: place, forCall: forCall)
    }
    let statics = found.filter(\.isStatic)
    if !statics.isEmpty { return staticMeaning(statics, of: declaration.declaredType, at: place) }
    error(
      "cannot use instance member '\(name)' within property initializer; property initializers run"
        + " before 'self' is available", at: node)
    return .invalid
  }

  // MARK: Types as expressions

  /// The type that an expression names, if it names one.
  func typeExpression(_ node: ExprSyntax, depth: Int = 0) -> Type? {
    if depth > 30 { return nil }
    switch node.as(ExprSyntaxEnum.self) {
    case .declReferenceExpr(let e):
      guard e.argumentNames == nil else { return nil }
      switch e.baseName.tokenKind {
      case .keyword(.Self): return typeNamed("Self")
      case .keyword(.Any): return .any
      case .identifier(let name): return typeMeaning(Self.unquoted(name))
      default: return nil
      }
    case .memberAccessExpr(let e):
      guard let base = e.base, let outer = typeExpression(base, depth: depth + 1) else {
        // Swift.Int, NN.Tensor
        if let base = e.base?.as(DeclReferenceExprSyntax.self),
          visibleModules.contains(base.baseName.text), typeMeaning(base.baseName.text) == nil
        {
          return typeNamed(e.declName.baseName.text)
        }
        return nil
      }
      return nestedType(e.declName.baseName.text, in: outer)
    case .genericSpecializationExpr(let e):
      guard let base = typeExpression(e.expression, depth: depth + 1) else { return nil }
      return specialise(base, e.genericArgumentClause, at: location(e))
    case .arrayExpr(let e):
      guard e.elements.count == 1, let only = e.elements.first,
        let element = typeExpression(only.expression, depth: depth + 1)
      else { return nil }
      return known.arrayOf(element)
    case .dictionaryExpr(let e):
      guard case .elements(let pairs) = e.content, pairs.count == 1, let only = pairs.first,
        let key = typeExpression(only.key, depth: depth + 1),
        let value = typeExpression(only.value, depth: depth + 1)
      else { return nil }
      return known.dictionaryOf(key, value)
    case .optionalChainingExpr(let e):
      return typeExpression(e.expression, depth: depth + 1).map { known.optionalOf($0) }
    case .tupleExpr(let e):
      var elements: [Type.TupleElement] = []
      for element in e.elements {
        guard let type = typeExpression(element.expression, depth: depth + 1) else { return nil }
        elements.append(Type.TupleElement(element.label?.text, type))
      }
      if elements.count == 1 { return elements[0].type }
      return elements.isEmpty ? nil : .tuple(elements)
    case .infixOperatorExpr(let e):
      guard e.operator.is(ArrowExprSyntax.self),
        let result = typeExpression(e.rightOperand, depth: depth + 1)
          ?? (e.rightOperand.as(TupleExprSyntax.self).flatMap { $0.elements.isEmpty ? .void : nil }),
        let parameters = e.leftOperand.as(TupleExprSyntax.self)
      else { return nil }
      var types: [FunctionType.Parameter] = []
      for element in parameters.elements {
        guard let type = typeExpression(element.expression, depth: depth + 1) else { return nil }
        types.append(FunctionType.Parameter(type))
      }
      return .function(FunctionType(types, result))
    case .typeExpr(let e): return resolve(e.type)
    default: return nil
    }
  }

  /// A type, unless a variable or function of that name is nearer.
  private func typeMeaning(_ name: String) -> Type? {
    var current: Scope? = scope
    while let here = current {
      if let entity = here.here(name).first {
        if case .type(let type) = entity { return type }
        return nil
      }
      if case .type(let declaration) = here.kind {
        if declaration.name == name { return declaration.declaredType }
        if let nested = nestedType(name, in: declaration.declaredType) { return nested }
        if !lookup(name, in: declaration.declaredType).isEmpty { return nil }
      }
      current = here.parent
    }
    return typeNamed(name)
  }
}
