import SwiftSyntax

extension Checker {
  /// `let` and `var` inside a type.
  func property(
    _ node: VariableDeclSyntax, of declaration: NominalDeclaration, isExtension: Bool
  ) {
    rejectAttributes(node.attributes)
    var isStatic = false
    for modifier in node.modifiers {
      switch modifier.name.text {
      case "static", "class": isStatic = true
      case "lazy": unsupported("'lazy'", at: modifier)
      case "weak": unsupported("'weak'", at: modifier)
      default: break
      }
    }
    let isMutable = node.bindingSpecifier.tokenKind == .keyword(.var)
    let bindings = Array(node.bindings)
    for (i, binding) in bindings.enumerated() {
      var annotation = binding.typeAnnotation
      if annotation == nil, binding.initializer == nil {
        annotation =
          bindings[(i + 1)...].first { $0.typeAnnotation != nil || $0.initializer != nil }?
          .typeAnnotation
      }
      guard let pattern = binding.pattern.as(IdentifierPatternSyntax.self) else {
        unsupported("a tuple of properties", at: binding.pattern)
        continue
      }
      let name = Self.unquoted(pattern.identifier.text)
      let place = location(pattern)
      if let accessors = binding.accessorBlock, !isObserved(accessors) {
        computedMember(
          name, annotation, accessors, node, of: declaration, isStatic: isStatic, at: place)
        continue
      }
      if isStatic {
        if binding.accessorBlock != nil { unsupported("observing a static property", at: binding) }
        staticProperty(name, annotation, binding, of: declaration, isMutable: isMutable, at: place)
        continue
      }
      if isExtension {
        error("extensions must not contain stored properties", at: place)
        continue
      }
      if declaration.kind == .enum {
        error("enums must not contain stored properties", at: place)
        continue
      }
      storedProperty(name, annotation, binding, of: declaration, isMutable: isMutable, at: place)
    }
  }

  private func computedMember(
    _ name: String, _ annotation: TypeAnnotationSyntax?, _ accessors: AccessorBlockSyntax,
    _ node: VariableDeclSyntax, of declaration: NominalDeclaration, isStatic: Bool,
    at place: SourceLocation
  ) {
    guard let annotation else {
      error("computed property must have an explicit type", at: place)
      return
    }
    if node.bindingSpecifier.tokenKind == .keyword(.let) {
      error("'let' declarations cannot be computed properties", at: place)
    }
    let property = computedProperty(
      name, resolve(annotation.type), accessors, owner: declaration, isStatic: isStatic,
      parameters: [], at: place)
    let isFinal = declaration.isFinal || node.modifiers.contains { $0.name.text == "final" }
    if declaration.isClass, !isStatic {
      property.getter.isOverridable = !isFinal
      property.setter?.isOverridable = !isFinal
      overrideProperty(property, node.modifiers, of: declaration, at: place)
    }
    addMember(name, .property(property), to: declaration)
  }

  private func overrideProperty(
    _ property: ComputedProperty, _ modifiers: DeclModifierListSyntax,
    of declaration: NominalDeclaration, at place: SourceLocation
  ) {
    let keyword = modifiers.contains { $0.name.text == "override" }
    var found: ComputedProperty?
    var foundStored = false
    for member in declaration.superclass.map({ lookup(property.name, in: $0) }) ?? [] {
      if case .property(let above) = member.kind, !above.isStatic { found = above }
      if case .stored = member.kind { foundStored = true }
    }
    guard let found else {
      if foundStored {
        unsupported("overriding a stored property", at: place)
      } else if keyword {
        error("property does not override any property from its superclass", at: place)
      }
      return
    }
    if !keyword { error("overriding declaration requires an 'override' keyword", at: place) }
    property.getter.overrides = found.getter
    property.setter?.overrides = found.setter
    property.getter.isOverridable = true
    property.setter?.isOverridable = true
  }

  private func staticProperty(
    _ name: String, _ annotation: TypeAnnotationSyntax?, _ binding: PatternBindingSyntax,
    of declaration: NominalDeclaration, isMutable: Bool, at place: SourceLocation
  ) {
    let variable = GlobalVariable(
      name, annotation.map { resolve($0.type) } ?? .invalid, isMutable: isMutable)
    variable.location = place
    globals.append(variable)
    addMember(name, .staticVariable(variable), to: declaration)
    guard let initializer = binding.initializer else {
      if isMutable, known.isOptional(variable.type) {
        variable.lazyInitialValue = Expression(.none, variable.type, at: place)
      } else {
        error(
          "'static \(isMutable ? "var" : "let")' declaration requires an initializer expression or"
            + " an explicitly stated getter", at: place)
      }
      return
    }
    pend(ObjectIdentifier(variable), initializer.value, annotation, declaration, isStatic: true) {
      value in
      if annotation == nil { variable.type = value.type == Self.nilType ? .invalid : value.type }
      variable.lazyInitialValue = value
    }
  }

  private func storedProperty(
    _ name: String, _ annotation: TypeAnnotationSyntax?, _ binding: PatternBindingSyntax,
    of declaration: NominalDeclaration, isMutable: Bool, at place: SourceLocation
  ) {
    if declaration.storedProperties.contains(where: { $0.name == name }) {
      redeclared(name, at: place)
      return
    }
    if declaration.isClass, let above = declaration.superclass,
      lookup(name, in: above).contains(where: {
        !$0.isStatic && { if case .function = $0.kind { false } else { true } }($0)
      })
    {
      error("cannot override with a stored property '\(name)'", at: place)
    }
    let type = annotation.map { resolve($0.type) } ?? .invalid
    let property = StoredProperty(name, type, isMutable: isMutable, owner: declaration)
    property.location = place
    declaration.storedProperties.append(property)
    let isForced = annotation.map { Self.isImplicitlyUnwrapped($0.type) } ?? false
    if isForced { implicitlyUnwrapped.insert(ObjectIdentifier(property)) }
    if let initializer = binding.initializer {
      // A property with an initial value has one, even before that value is looked at.
      property.initialValue = invalid(initializer.value, type)
      pend(ObjectIdentifier(property), initializer.value, annotation, declaration, isStatic: false)
      {
        value in
        if annotation == nil { property.type = value.type == Self.nilType ? .invalid : value.type }
        property.initialValue = value
      }
    } else if annotation == nil {
      error("type annotation missing in pattern", at: place)
    } else if isMutable, known.isOptional(type) {
      property.initialValue = Expression(.none, type, at: place)
    }
    if let accessors = binding.accessorBlock { observers(accessors, property, declaration) }
  }

  /// Looks at an initial value when its type is needed, at the latest where it stands.
  private func pend(
    _ id: ObjectIdentifier, _ node: ExprSyntax, _ annotation: TypeAnnotationSyntax?,
    _ declaration: NominalDeclaration, isStatic: Bool, _ finish: @escaping (Expression) -> Void
  ) {
    let outer = scope
    let finishHere = { [unowned self] in
      let saved = (self.scope, self.nesting)
      self.scope = outer
      let inner = FunctionContext(
        .initializer, name: "\(declaration.name).init", parent: nil, result: nil, canThrow: false)
      inner.owner = declaration
      inner.isStatic = isStatic
      let value = self.withContext(inner) { () -> Expression in
        if let annotation {
          let mark = self.diagnostics.count
          let type = self.resolve(annotation.type)
          self.diagnostics.removeSubrange(mark...)
          return self.check(node, type, .initialization)
        }
        return self.infer(node)
      }
      (self.scope, self.nesting) = saved
      finish(value)
    }
    pendingProperties[id] = finishHere
    propertyOrder.append((id, declaration))
  }

  /// Looks at the initial values of a type's properties.
  func finishProperties(of node: DeclSyntax) {
    let waiting = propertyOrder
    propertyOrder = []
    for (id, _) in waiting { pendingProperties.removeValue(forKey: id)?() }
  }

  private func observers(
    _ block: AccessorBlockSyntax, _ property: StoredProperty, _ declaration: NominalDeclaration
  ) {
    guard case .accessors(let list) = block.accessors else { return }
    for accessor in list {
      let kind = accessor.accessorSpecifier.text
      let name = accessor.parameters?.name.text ?? (kind == "willSet" ? "newValue" : "oldValue")
      let function = FunctionDeclaration(
        property.name,
        parameters: [ParameterDeclaration(label: nil, name: name, type: property.type)],
        owner: declaration, implementation: .none)
      function.location = location(accessor)
      function.isMutating = !declaration.isClass
      if kind == "willSet" { property.willSet = function } else { property.didSet = function }
      functions.append(function)
      let owner = property
      let outer = scope
      guard let body = accessor.body else { continue }
      pendingBodies.append { [unowned self] in
        function.parameters[0].type = owner.type
        let (made, inner) = self.makeBody(
          function, declaration, kind: .accessor, name: "\(declaration.name).\(owner.name).\(kind)",
          parent: nil)
        self.scope = outer
        self.fill(made, inner, body.statements, end: self.location(body.rightBrace), what: kind)
      }
    }
  }

  // MARK: Computed properties

  func computedProperty(
    _ name: String, _ type: Type, _ block: AccessorBlockSyntax, owner: NominalDeclaration?,
    isStatic: Bool, parameters: [ParameterDeclaration], at place: SourceLocation
  ) -> ComputedProperty {
    let path = owner.map { "\($0.name).\(name)" } ?? name
    let getter = FunctionDeclaration(
      name, parameters: parameters, result: type, owner: owner, implementation: .none)
    getter.location = place
    getter.isStatic = isStatic
    functions.append(getter)
    let property = ComputedProperty(name, type, getter: getter)
    switch block.accessors {
    case .getter(let items):
      body(
        of: getter, owner, items, end: location(block.rightBrace),
        what: name == "subscript" ? "getter" : "getter", name: path)
    case .accessors(let list):
      for accessor in list {
        let isMutating = accessor.modifier?.name.text
        switch accessor.accessorSpecifier.text {
        case "get":
          getter.isMutating = isMutating == "mutating"
          if let clause = accessor.effectSpecifiers?.throwsClause {
            getter.effects = .throws
            _ = clause
          }
          guard let code = accessor.body else { continue }
          body(
            of: getter, owner, code.statements, end: location(code.rightBrace), what: "getter",
            name: path)
        case "set":
          let value = ParameterDeclaration(
            label: nil, name: accessor.parameters?.name.text ?? "newValue", type: type)
          let setter = FunctionDeclaration(
            name, parameters: parameters + [value], owner: owner, implementation: .none)
          setter.location = place
          setter.isStatic = isStatic
          setter.isMutating =
            owner != nil && !isStatic && owner?.isClass == false && isMutating != "nonmutating"
          functions.append(setter)
          property.setter = setter
          guard let code = accessor.body else { continue }
          body(
            of: setter, owner, code.statements, end: location(code.rightBrace), what: "setter",
            name: "\(path).setter")
        default: unsupported("the accessor '\(accessor.accessorSpecifier.text)'", at: accessor)
        }
      }
    }
    return property
  }

  private func body(
    of function: FunctionDeclaration, _ owner: NominalDeclaration?,
    _ items: CodeBlockItemListSyntax, end: SourceLocation, what: String, name: String
  ) {
    let (body, inner) = makeBody(function, owner, kind: .accessor, name: name, parent: nil)
    let outer = scope
    pendingBodies.append { [unowned self] in
      self.scope = outer
      self.fill(body, inner, items, end: end, what: what)
    }
  }
}
