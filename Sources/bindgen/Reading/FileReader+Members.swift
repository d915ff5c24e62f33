import SwiftSyntax

extension FileReader {
  /// What functions, initializers and subscripts have in common; nil when it is not public.
  private func start(
    _ kind: LibraryDeclaration.Kind, _ name: String, _ syntax: some SyntaxProtocol,
    _ modifiers: DeclModifierListSyntax, _ attributes: AttributeListSyntax, in scope: Scope
  ) -> LibraryDeclaration? {
    let access = modifiers.access(default: scope.access)
    guard access != .hidden, !name.hasPrefix("_"), !attributes.hidesDeclaration else { return nil }
    var declaration = LibraryDeclaration(kind: kind, name: name, owner: scope.ownerName)
    declaration.isStatic = modifiers.contains(.static) || modifiers.contains(.class)
    declaration.isMutating = modifiers.contains(.mutating)
    declaration.isOpen = access == .open
    declaration.isPackage = access == .package
    declaration.isOverride = modifiers.contains(.override)
    declaration.isConvenience = modifiers.contains(.convenience)
    declaration.isDiscardable = attributes.contains("discardableResult")
    declaration.isDisfavored = attributes.contains("_disfavoredOverload")
    declaration.requirements = scope.requirements
    declaration.documentation = documentation(of: syntax)
    declaration.place = place(of: syntax)
    return declaration
  }

  private func typeReader(
    _ generics: [LibraryDeclaration.GenericParameter], in scope: Scope
  ) -> TypeReader {
    TypeReader(
      generics: scope.generics.union(generics.map(\.name)), selfType: scope.owner)
  }

  private func parameters(
    _ clause: FunctionParameterClauseSyntax, labelled: Bool, _ reader: TypeReader
  ) -> [LibraryDeclaration.Parameter] {
    clause.parameters.map { syntax in
      let first = syntax.firstName.text
      var parameter = LibraryDeclaration.Parameter(
        label: first == "_" || !labelled && syntax.secondName == nil ? nil : first,
        name: syntax.secondName?.text ?? first, type: reader.read(syntax.type))
      parameter.isVariadic = syntax.ellipsis != nil
      if let attributed = syntax.type.as(AttributedTypeSyntax.self) {
        parameter.isInout = attributed.specifiers.trimmedDescription.contains("inout")
        parameter.isAutoclosure = attributed.attributes.contains("autoclosure")
        parameter.isEscaping = attributed.attributes.contains("escaping")
      }
      parameter.defaultText = syntax.defaultValue.map { oneLine($0.value.trimmedDescription) }
      return parameter
    }
  }

  private func effects(_ specifiers: FunctionEffectSpecifiersSyntax?) -> LibraryDeclaration.Effects
  {
    guard let word = specifiers?.throwsClause?.throwsSpecifier.text else { return .none }
    return word == "rethrows" ? .rethrows : .throws
  }

  private func conjunction(_ a: String?, _ clause: GenericWhereClauseSyntax?) -> String? {
    let b = clause.map { oneLine($0.requirements.trimmedDescription) }
    guard let a, let b else { return a ?? b }
    return "\(a), \(b)"
  }

  mutating func readFunction(_ syntax: FunctionDeclSyntax, in scope: Scope) {
    guard
      var function = start(
        .function, syntax.name.text, syntax, syntax.modifiers, syntax.attributes, in: scope),
      syntax.signature.effectSpecifiers?.asyncSpecifier == nil
    else { return }
    if case .identifier = syntax.name.tokenKind {
    } else {
      function.fixity =
        syntax.modifiers.contains(.prefix)
        ? .prefix : syntax.modifiers.contains(.postfix) ? .postfix : .infix
    }
    function.generics = genericParameters(syntax.genericParameterClause)
    function.requirements = conjunction(scope.requirements, syntax.genericWhereClause)
    let reader = typeReader(function.generics, in: scope)
    function.parameters = parameters(syntax.signature.parameterClause, labelled: true, reader)
    function.effects = effects(syntax.signature.effectSpecifiers)
    function.hasTypedThrows = syntax.signature.effectSpecifiers?.throwsClause?.type != nil
    if let result = syntax.signature.returnClause { function.result = reader.read(result.type) }
    module.declarations.append(function)
  }

  mutating func readInitializer(_ syntax: InitializerDeclSyntax, in scope: Scope) {
    guard
      var initializer = start(
        .initializer, "init", syntax, syntax.modifiers, syntax.attributes, in: scope)
    else { return }
    initializer.isFailable = syntax.optionalMark != nil
    initializer.generics = genericParameters(syntax.genericParameterClause)
    initializer.requirements = conjunction(scope.requirements, syntax.genericWhereClause)
    let reader = typeReader(initializer.generics, in: scope)
    initializer.parameters = parameters(syntax.signature.parameterClause, labelled: true, reader)
    initializer.effects = effects(syntax.signature.effectSpecifiers)
    if let owner = scope.owner {
      initializer.result = initializer.isFailable ? .optional(owner) : owner
    }
    module.declarations.append(initializer)
  }

  mutating func readSubscript(_ syntax: SubscriptDeclSyntax, in scope: Scope) {
    guard
      var declaration = start(
        .subscript, "subscript", syntax, syntax.modifiers, syntax.attributes, in: scope)
    else { return }
    declaration.generics = genericParameters(syntax.genericParameterClause)
    declaration.requirements = conjunction(scope.requirements, syntax.genericWhereClause)
    let reader = typeReader(declaration.generics, in: scope)
    declaration.parameters = parameters(syntax.parameterClause, labelled: false, reader)
    declaration.result = reader.read(syntax.returnClause.type)
    declaration.isSettable =
      hasSetter(syntax.accessorBlock) && !syntax.modifiers.restrictsSetter
    module.declarations.append(declaration)
  }

  mutating func readVariable(_ syntax: VariableDeclSyntax, in scope: Scope) {
    let reader = typeReader([], in: scope)
    // `let kernel, stride: Int` states the type once, after the last name.
    var annotated: TypeReference?
    var declarations: [LibraryDeclaration] = []
    for binding in syntax.bindings.reversed() {
      guard let pattern = binding.pattern.as(IdentifierPatternSyntax.self),
        var property = start(
          .property, pattern.identifier.text, syntax, syntax.modifiers, syntax.attributes, in: scope
        )
      else { continue }
      annotated =
        binding.typeAnnotation.map { reader.read($0.type) }
        ?? binding.initializer.flatMap { literalType($0.value) } ?? annotated
      property.result = annotated ?? .other("an inferred type")
      property.isSettable =
        syntax.bindingSpecifier.tokenKind == .keyword(.var) && !syntax.modifiers.restrictsSetter
        && (binding.accessorBlock == nil || hasSetter(binding.accessorBlock))
      declarations.append(property)
    }
    module.declarations += declarations.reversed()
  }

  private func literalType(_ value: ExprSyntax) -> TypeReference? {
    switch value.kind {
    case .integerLiteralExpr: return .named("Int", [])
    case .floatLiteralExpr: return .named("Double", [])
    case .booleanLiteralExpr: return .named("Bool", [])
    case .stringLiteralExpr: return .named("String", [])
    case .functionCallExpr:
      let callee = value.as(FunctionCallExprSyntax.self)?.calledExpression.trimmedDescription ?? ""
      return callee.first?.isUppercase == true && !callee.contains(".") ? .named(callee, []) : nil
    default: return nil
    }
  }

  private func hasSetter(_ block: AccessorBlockSyntax?) -> Bool {
    guard case .accessors(let accessors)? = block?.accessors else { return false }
    return accessors.contains {
      switch $0.accessorSpecifier.tokenKind {
      case .keyword(.set), .keyword(._modify), .keyword(.didSet), .keyword(.willSet): true
      default: false
      }
    }
  }

  mutating func readCases(_ syntax: EnumCaseDeclSyntax, in scope: Scope) {
    let reader = typeReader([], in: scope)
    for element in syntax.elements {
      var enumCase = LibraryDeclaration(
        kind: .enumCase, name: element.name.text, owner: scope.ownerName)
      enumCase.isStatic = true
      enumCase.result = scope.owner ?? .void
      enumCase.documentation = documentation(of: syntax)
      enumCase.place = place(of: element)
      enumCase.parameters =
        element.parameterClause?.parameters.map {
          .init(
            label: $0.firstName.flatMap { $0.text == "_" ? nil : $0.text },
            name: $0.firstName?.text ?? "_", type: reader.read($0.type))
        } ?? []
      module.declarations.append(enumCase)
    }
  }
}
