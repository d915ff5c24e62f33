import SwiftSyntax

extension Checker {
  /// `let` and `var` outside of types.
  func variables(_ node: VariableDeclSyntax) -> [Statement] {
    rejectAttributes(node.attributes)
    var statements: [Statement] = []
    let isMutable = node.bindingSpecifier.tokenKind == .keyword(.var)
    for modifier in node.modifiers where ["lazy", "weak"].contains(modifier.name.text) {
      if modifier.name.text == "weak" { unsupported("'weak'", at: modifier) }
      if modifier.name.text == "lazy" { unsupported("'lazy'", at: modifier) }
    }
    let bindings = Array(node.bindings)
    for (i, binding) in bindings.enumerated() {
      // `let a, b: Int`: the type counts for both.
      var annotation = binding.typeAnnotation
      if annotation == nil, binding.initializer == nil {
        annotation =
          bindings[(i + 1)...].first { $0.typeAnnotation != nil || $0.initializer != nil }?
          .typeAnnotation
      }
      statements += variable(binding, annotation, isMutable: isMutable)
    }
    return statements
  }

  private func variable(
    _ binding: PatternBindingSyntax, _ annotation: TypeAnnotationSyntax?, isMutable: Bool
  ) -> [Statement] {
    let place = location(binding)
    if let accessors = binding.accessorBlock, !isObserved(accessors) {
      return computedVariable(binding, accessors)
    }
    if binding.accessorBlock != nil {
      unsupported("observing a variable outside of a type", at: binding)
    }
    let isForced = annotation.map { Self.isImplicitlyUnwrapped($0.type) } ?? false
    if let initializer = binding.initializer {
      let value: Expression
      if let annotation {
        if let declaration = openGeneric(annotation.type) {
          value = inferGeneric(declaration, initializer.value, annotation.type)
          let pattern = bindingPattern(binding.pattern, value.type, isMutable: isMutable)
          return [Statement(.binding(pattern, value), at: place)]
        }
        let type = resolve(annotation.type)
        value = check(initializer.value, type, .initialization)
        let pattern = bindingPattern(binding.pattern, type, isMutable: isMutable)
        if isForced { markImplicitlyUnwrapped(pattern) }
        return [Statement(.binding(pattern, value), at: place)]
      }
      value = expression(initializer.value, expecting: shape(binding.pattern, initializer.value))
      var type = value.type
      if type == Self.nilType { type = .invalid }
      if type.isVoid, let name = binding.pattern.as(IdentifierPatternSyntax.self) {
        warning(
          "\(isMutable ? "variable" : "constant") '\(name.identifier.text)' inferred to have type"
            + " '()', which may be unexpected", at: location(name))
      }
      if let tuple = binding.pattern.as(TuplePatternSyntax.self), tuple.elements.count > 1,
        !type.isInvalid, !fits(tuple, type, at: initializer.value)
      {
        type = .invalid
      }
      let pattern = bindingPattern(binding.pattern, type, isMutable: isMutable)
      return [Statement(.binding(pattern, value), at: place)]
    }
    guard let annotation else {
      error("type annotation missing in pattern", at: binding.pattern)
      _ = bindingPattern(binding.pattern, .invalid, isMutable: isMutable)
      return []
    }
    let type = resolve(annotation.type)
    let pattern = bindingPattern(binding.pattern, type, isMutable: isMutable)
    if isForced { markImplicitlyUnwrapped(pattern) }
    if isMutable, known.isOptional(type) {
      return [Statement(.binding(pattern, Expression(.none, type, at: place)), at: place)]
    }
    var locals: [LocalVariable] = []
    collect(pattern, &locals)
    return locals.isEmpty ? [] : [Statement(.declare(locals), at: place)]
  }

  /// `let (a, b) = f(x)` wants a tuple, which chooses among overloads of `f`.
  private func shape(_ pattern: PatternSyntax, _ value: ExprSyntax) -> Type? {
    var value = value
    if let marked = value.as(TryExprSyntax.self) { value = marked.expression }
    guard value.is(FunctionCallExprSyntax.self) else { return nil }
    func type(_ pattern: PatternSyntax) -> Type {
      guard let tuple = pattern.as(TuplePatternSyntax.self) else { return .invalid }
      return .tuple(tuple.elements.map { Type.TupleElement(nil, type($0.pattern)) })
    }
    let found = type(pattern)
    return found.isInvalid ? nil : found
  }

  /// Whether a tuple of names can take a value apart.
  private func fits(_ pattern: TuplePatternSyntax, _ type: Type, at node: ExprSyntax) -> Bool {
    let count = pattern.elements.count
    guard case .tuple(let elements) = type else {
      let blanks = Array(repeating: "_", count: count).joined(separator: ", ")
      error("cannot convert value of type '\(type)' to specified type '(\(blanks))'", at: node)
      return false
    }
    guard elements.count != count else { return true }
    let shown = (0..<count).map { $0 < elements.count ? elements[$0].type.description : "_" }
    error(
      "'\(type)' is not convertible to '(\(shown.joined(separator: ", ")))', tuples have a different"
        + " number of elements", at: node)
    return false
  }

  /// The generic type that an annotation names without its arguments: `let s: Set = [1, 2]`.
  func openGeneric(_ node: TypeSyntax) -> NominalDeclaration? {
    guard let name = node.as(IdentifierTypeSyntax.self), name.genericArgumentClause == nil,
      case .nominal(let declaration, let arguments)? = typeNamed(Self.unquoted(name.name.text)),
      !arguments.isEmpty, arguments == declaration.genericParameters.map({ .parameter($0) }),
      !isInsideGeneric
    else { return nil }
    return declaration
  }

  /// A value whose type is a generic type with arguments that follow from the value.
  func inferGeneric(
    _ declaration: NominalDeclaration, _ node: ExprSyntax, _ annotation: TypeSyntax
  ) -> Expression {
    if declaration === known.set, let list = node.as(ArrayExprSyntax.self), !list.elements.isEmpty {
      guard let (element, _) = join(list.elements.map(\.expression), describe: "collection") else {
        return invalid(node)
      }
      return check(node, .nominal(declaration, [element]), .initialization)
    }
    let value = infer(node)
    if value.type.isInvalid || value.type.nominal === declaration { return value }
    if declaration === known.optional {
      let type = known.optionalOf(value.type)
      return Expression(.wrap(value), type, at: value.location)
    }
    mismatch(value.type, declaration.declaredType, .initialization, at: location(node))
    return invalid(node)
  }

  /// Variables that get their value later.
  private func collect(_ pattern: Pattern, _ locals: inout [LocalVariable]) {
    switch pattern.kind {
    case .local(let variable):
      uninitialized.insert(ObjectIdentifier(variable))
      locals.append(variable)
    case .global(let variable): uninitialized.insert(ObjectIdentifier(variable))
    case .tuple(let parts): for part in parts { collect(part, &locals) }
    default: break
    }
  }

  private func markImplicitlyUnwrapped(_ pattern: Pattern) {
    switch pattern.kind {
    case .local(let variable): implicitlyUnwrapped.insert(ObjectIdentifier(variable))
    case .global(let variable): implicitlyUnwrapped.insert(ObjectIdentifier(variable))
    default: break
    }
  }

  func isObserved(_ block: AccessorBlockSyntax) -> Bool {
    guard case .accessors(let list) = block.accessors else { return false }
    return list.contains { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
  }

  /// `var x: Int { … }` outside of a type.
  private func computedVariable(
    _ binding: PatternBindingSyntax, _ accessors: AccessorBlockSyntax
  ) -> [Statement] {
    guard let name = binding.pattern.as(IdentifierPatternSyntax.self),
      let annotation = binding.typeAnnotation
    else {
      error("computed property must have an explicit type", at: binding.pattern)
      return []
    }
    guard isTopLevel, case .unit = scope.kind else {
      unsupported("a computed variable inside a function", at: binding)
      scope.declare(Self.unquoted(name.identifier.text), .invalid)
      return []
    }
    let property = computedProperty(
      Self.unquoted(name.identifier.text), resolve(annotation.type), accessors, owner: nil,
      isStatic: false, parameters: [], at: location(binding))
    scope.declare(property.name, .property(property))
    return []
  }

  /// Property wrappers and other attributes that change meaning.
  func rejectAttributes(_ list: AttributeListSyntax) {
    for element in list {
      guard case .attribute(let attribute) = element else { continue }
      let name = attribute.attributeName.trimmedDescription
      let harmless: Set<String> = [
        "discardableResult", "inlinable", "inline", "usableFromInline", "available", "frozen",
        "MainActor", "Sendable", "escaping", "autoclosure", "preconcurrency",
        "warn_unqualified_access",
        "nonobjc", "objc", "_optimize", "_transparent", "unknown",
      ]
      if !harmless.contains(name) { unsupported("the attribute '@\(name)'", at: attribute) }
    }
  }
}
