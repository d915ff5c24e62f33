import SwiftSyntax

extension Checker {
  func initializer(
    _ node: InitializerDeclSyntax, of declaration: NominalDeclaration, isExtension: Bool
  ) {
    if node.genericParameterClause != nil {
      unsupported("a generic initializer", at: node)
      return
    }
    rejectAttributes(node.attributes)
    let isConvenience = node.modifiers.contains { $0.name.text == "convenience" }
    if !isExtension, !isConvenience { unfinished[declaration]?.hasInitializer = true }
    let place = location(node.initKeyword)
    let function = FunctionDeclaration("init", owner: declaration, implementation: .none)
    function.location = place
    function.parameters = parameters(node.signature.parameterClause, of: function)
    if let clause = node.signature.effectSpecifiers?.throwsClause {
      function.effects = clause.throwsSpecifier.text == "rethrows" ? .rethrows : .throws
    }
    let isFailable = node.optionalMark != nil
    function.result =
      isFailable ? known.optionalOf(declaration.declaredType) : declaration.declaredType
    if isConvenience { convenienceInitializers.insert(function) }
    if declaration.isClass, !isConvenience { overrideInitializer(function, node, declaration) }
    addMember("init", .function(function), to: declaration)
    functions.append(function)
    guard let code = node.body else { return }
    let delegates = isConvenience || DelegationFinder.delegates(code)
    let (body, inner) = initializerBody(
      function, declaration, isFailable: isFailable, isConvenience: delegates)
    let outer = scope
    pendingBodies.append { [unowned self] in
      self.scope = outer
      self.fillInitializer(
        body, inner, declaration, code, delegates: delegates, end: self.location(code.rightBrace))
    }
  }

  private func overrideInitializer(
    _ function: FunctionDeclaration, _ node: InitializerDeclSyntax,
    _ declaration: NominalDeclaration
  ) {
    guard let above = declaration.superclass else {
      if node.modifiers.contains(where: { $0.name.text == "override" }) {
        error(
          "initializer does not override a designated initializer from its superclass",
          at: node.initKeyword)
      }
      return
    }
    let same = lookup("init", in: above).contains { found in
      guard case .function(let other) = found.kind, !convenienceInitializers.contains(other) else {
        return false
      }
      return sameSignature(other, function)
    }
    let keyword = node.modifiers.contains { $0.name.text == "override" }
    if same, !keyword {
      error("overriding declaration requires an 'override' keyword", at: node.initKeyword)
    } else if !same, keyword {
      error(
        "initializer does not override a designated initializer from its superclass",
        at: node.initKeyword)
    }
  }

  /// The body of an initializer, with its parameters and `self`.
  func initializerBody(
    _ function: FunctionDeclaration, _ declaration: NominalDeclaration, isFailable: Bool,
    isConvenience: Bool
  ) -> (FunctionBody, FunctionContext) {
    let name = "\(declaration.name).\(function.fullName)"
    let (body, inner) = makeBody(function, declaration, kind: .initializer, name: name, parent: nil)
    inner.isInitializer = true
    inner.isConvenience = isConvenience
    let outer = context
    context = inner
    let variable = newLocal(
      "self", declaration.declaredType, isMutable: !declaration.isClass,
      at: function.location ?? lines.location(0))
    context = outer
    inner.selfVariable = variable
    body.kind =
      declaration.isClass
      ? .classInitializer(self: variable, isFailable: isFailable)
      : .structInitializer(self: variable, isFailable: isFailable)
    return (body, inner)
  }

  private func fillInitializer(
    _ body: FunctionBody, _ inner: FunctionContext, _ declaration: NominalDeclaration,
    _ code: CodeBlockSyntax, delegates: Bool, end: SourceLocation
  ) {
    guard let variable = inner.selfVariable else { return }
    if !delegates {
      body.statements.append(
        Statement(.initializeProperties(variable, declaration), at: body.location))
    }
    withContext(inner) {
      withScope {
        for parameter in body.parameters { scope.declare(parameter.name, .local(parameter)) }
        body.statements += withScope { block(code.statements) }
        if declaration.isClass, !delegates, declaration.superclass != nil,
          !DelegationFinder.callsSuper(code)
        {
          callSuper(body, declaration, at: end)
        }
      }
    }
    body.captures = inner.captures
    checkInitialization(body, declaration, variable, delegates: delegates, end: end)
  }

  /// A designated initializer that does not call `super.init` ends in a call of `super.init()`.
  private func callSuper(
    _ body: FunctionBody, _ declaration: NominalDeclaration, at end: SourceLocation
  ) {
    guard let above = declaration.superclass else { return }
    for found in lookup("init", in: above) {
      guard case .function(let function) = found.kind,
        function.parameters.allSatisfy({ $0.defaultValue != nil })
      else { continue }
      let arguments = function.parameters.indices.map { i in
        Argument.value(
          defaultValue(
            function, i, function.parameters[i].type.substituting(found.substitution), at: end))
      }
      body.statements.append(
        Statement(
          .expression(
            Expression(.delegateInit(function, arguments, isSuper: true), .void, at: end)), at: end)
      )
      return
    }
    error("'super.init' isn't called on all paths before returning from initializer", at: end)
  }

  // MARK: Initializers that nobody writes

  /// Memberwise, inherited and default initializers; what enums get by themselves.
  func finishType(_ declaration: NominalDeclaration) {
    guard let source = unfinished.removeValue(forKey: declaration) else { return }
    for (nested, _) in nestedTypes[declaration] ?? [] { finishType(nested) }
    let outer = scope
    scope = source.scope
    defer { scope = outer }
    switch declaration.kind {
    case .struct: if !source.hasInitializer { memberwise(declaration) }
    case .class: if !source.hasInitializer { inheritInitializers(declaration) }
    case .enum: finishEnum(declaration)
    }
    checkConformances(declaration)
  }

  private func memberwise(_ declaration: NominalDeclaration) {
    let place = declaration.location ?? lines.location(0)
    let properties = declaration.storedProperties.filter {
      $0.isMutable || $0.initialValue == nil
    }
    let isComplete = properties.count == declaration.storedProperties.count
    let function = FunctionDeclaration(
      "init", result: declaration.declaredType, owner: declaration,
      implementation: .memberwise)
    function.location = place
    function.parameters = properties.map { property in
      ParameterDeclaration(
        label: property.name, name: property.name, type: property.type,
        defaultValue: property.initialValue.map { .expression($0) })
    }
    // Types and values of properties may only be known later.
    for (i, property) in properties.enumerated() where property.initialValue != nil {
      pendingDefaults[DefaultKey(function: ObjectIdentifier(function), index: i)] = {
        [unowned self] in
        self.pendingProperties.removeValue(forKey: ObjectIdentifier(property))?()
        function.parameters[i].type = property.type
        let value = property.initialValue ?? self.invalid(at: place)
        function.parameters[i].defaultValue = .expression(value)
        return value
      }
    }
    memberwiseInitializers[ObjectIdentifier(function)] = properties
    addMember("init", .function(function), to: declaration)
    functions.append(function)
    if isComplete { return }
    // Some properties already have their final value: written as guest code.
    let (body, inner) = initializerBody(
      function, declaration, isFailable: false, isConvenience: false)
    guard let variable = inner.selfVariable else { return }
    body.statements = [Statement(.initializeProperties(variable, declaration), at: place)]
    pendingBodies.append { [unowned self] in
      let target = Place(.local(variable), variable.type, at: place)
      for (property, parameter) in zip(properties, body.parameters) {
        parameter.type = property.type
        body.statements.append(
          Statement(
            .expression(
              Expression(
                .assign(
                  Place(.field(target, property), property.type, at: place),
                  Expression(
                    .place(Place(.local(parameter), property.type, at: place)), property.type,
                    at: place)), .void, at: place)), at: place))
      }
      _ = self
    }
  }

  /// Properties whose type follows from a value that nobody has looked at yet.
  func settle(_ function: FunctionDeclaration) {
    guard let properties = memberwiseInitializers[ObjectIdentifier(function)] else { return }
    for (i, property) in properties.enumerated() {
      pendingProperties.removeValue(forKey: ObjectIdentifier(property))?()
      function.parameters[i].type = property.type
      if let value = property.initialValue {
        function.parameters[i].defaultValue = .expression(value)
      }
    }
    memberwiseInitializers.removeValue(forKey: ObjectIdentifier(function))
  }

  private func inheritInitializers(_ declaration: NominalDeclaration) {
    let place = declaration.location ?? lines.location(0)
    if let missing = declaration.storedProperties.first(where: { $0.initialValue == nil }) {
      error(
        "class '\(declaration.name)' has no initializers", at: place,
        notes: declaration.storedProperties.filter { $0.initialValue == nil }.map {
          note(
            "stored property '\($0.name)' without initial value prevents synthesized initializers",
            at: $0.location ?? place)
        })
      _ = missing
      return
    }
    guard let above = declaration.superclass else {
      synthesize(declaration, like: nil, at: place)
      return
    }
    for found in lookup("init", in: above) {
      if case .function(let function) = found.kind {
        synthesize(declaration, like: function, at: place)
      }
    }
  }

  /// An initializer that passes its arguments on to the superclass's.
  private func synthesize(
    _ declaration: NominalDeclaration, like above: FunctionDeclaration?, at place: SourceLocation
  ) {
    let isFailable = above.map { known.isOptional($0.result) } ?? false
    let function = FunctionDeclaration(
      "init", parameters: above?.parameters ?? [],
      result: isFailable ? known.optionalOf(declaration.declaredType) : declaration.declaredType,
      effects: above?.effects ?? .none, owner: declaration, implementation: .none)
    function.location = place
    if let above, convenienceInitializers.contains(above) {
      convenienceInitializers.insert(function)
    }
    let (body, inner) = initializerBody(
      function, declaration, isFailable: isFailable, isConvenience: false)
    guard let variable = inner.selfVariable else { return }
    body.statements = [Statement(.initializeProperties(variable, declaration), at: place)]
    if let above {
      let arguments = zip(above.parameters, body.parameters).map {
        parameter, variable -> Argument in
        let target = Place(.local(variable), variable.type, at: place)
        return parameter.isInout
          ? .inout(target) : .value(Expression(.place(target), variable.type, at: place))
      }
      body.statements.append(
        Statement(
          .expression(
            Expression(.delegateInit(above, arguments, isSuper: true), .void, at: place)),
          at: place))
    }
    addMember("init", .function(function), to: declaration)
    functions.append(function)
  }
}

/// Looks for `self.init` and `super.init` in the body of an initializer.
final class DelegationFinder: SyntaxVisitor {
  private var toSelf = false
  private var toSuper = false

  static func delegates(_ body: CodeBlockSyntax) -> Bool {
    let finder = DelegationFinder(viewMode: .sourceAccurate)
    finder.walk(body)
    return finder.toSelf
  }

  static func callsSuper(_ body: CodeBlockSyntax) -> Bool {
    let finder = DelegationFinder(viewMode: .sourceAccurate)
    finder.walk(body)
    return finder.toSuper
  }

  override func visit(_ node: MemberAccessExprSyntax) -> SyntaxVisitorContinueKind {
    if node.declName.baseName.tokenKind == .keyword(.`init`) {
      if node.base?.is(SuperExprSyntax.self) == true { toSuper = true }
      if node.base?.as(DeclReferenceExprSyntax.self)?.baseName.tokenKind == .keyword(.self) {
        toSelf = true
      }
    }
    return .visitChildren
  }
}
