import SwiftSyntax

/// Where a guest type is declared, until all its members are known.
struct TypeSource {
  var members: MemberBlockItemListSyntax
  /// The scope inside the type.
  var scope: Scope
  var hasInitializer = false
  var inheritance: InheritanceClauseSyntax?
}

extension Checker {
  /// Makes the declaration of a struct, enum or class and its name; members follow later.
  func nominal(_ node: DeclSyntax, in owner: NominalDeclaration? = nil) -> NominalDeclaration? {
    let kind: NominalDeclaration.Kind
    let name: TokenSyntax
    var generics: GenericParameterClauseSyntax?
    let members: MemberBlockItemListSyntax
    var inheritance: InheritanceClauseSyntax?
    var modifiers: DeclModifierListSyntax?
    switch node.as(DeclSyntaxEnum.self) {
    case .structDecl(let d):
      kind = .struct
      (name, generics, members, inheritance) = (
        d.name, d.genericParameterClause, d.memberBlock.members, d.inheritanceClause
      )
      rejectAttributes(d.attributes)
    case .enumDecl(let d):
      kind = .enum
      (name, generics, members, inheritance) = (
        d.name, d.genericParameterClause, d.memberBlock.members, d.inheritanceClause
      )
      rejectAttributes(d.attributes)
    case .classDecl(let d):
      kind = .class
      (name, generics, members, inheritance) = (
        d.name, d.genericParameterClause, d.memberBlock.members, d.inheritanceClause
      )
      modifiers = d.modifiers
      rejectAttributes(d.attributes)
    case .protocolDecl(let d):
      register(Self.unquoted(d.name.text), .type(.invalid), owner)
      return nil
    case .actorDecl(let d):
      register(Self.unquoted(d.name.text), .type(.invalid), owner)
      return nil
    default: return nil
    }
    let text = Self.unquoted(name.text)
    if let generics {
      unsupported("a generic type", at: generics)
      register(text, .type(.invalid), owner)
      return nil
    }
    let declaration = NominalDeclaration(text, kind, module: moduleName)
    declaration.location = location(name)
    declaration.isFinal = modifiers?.contains { $0.name.text == "final" } ?? false
    if owner == nil,
      scope.here(text).contains(where: { if case .type = $0 { true } else { false } })
    {
      redeclared(text, at: location(name))
    }
    register(text, .type(declaration.declaredType), owner)
    unfinished[declaration] = TypeSource(
      members: members, scope: Scope(.type(declaration), parent: scope), inheritance: inheritance)
    types.append(declaration)
    return declaration
  }

  private func register(_ name: String, _ entity: Entity, _ owner: NominalDeclaration?) {
    guard let owner else {
      scope.declare(name, entity)
      return
    }
    if case .type(let type) = entity { owner.members[name, default: []].append(.type(type)) }
  }

  /// Types inside a type.
  func declareNested(_ declaration: NominalDeclaration, _ node: DeclSyntax) {
    guard let source = unfinished[declaration] else { return }
    let outer = scope
    scope = source.scope
    defer { scope = outer }
    nesting += 1
    defer { nesting -= 1 }
    guard nesting < Self.nestingLimit else { return }
    declareNested(source.members, in: declaration)
  }

  func declareNested(_ members: MemberBlockItemListSyntax, in declaration: NominalDeclaration) {
    var made: [(NominalDeclaration, DeclSyntax)] = []
    for item in members {
      if let nested = nominal(item.decl, in: declaration) { made.append((nested, item.decl)) }
    }
    for (nested, node) in made { declareNested(nested, node) }
    nestedTypes[declaration, default: []] += made
  }

  /// Superclass, protocols, raw type.
  func declareInheritance(_ declaration: NominalDeclaration, _ node: DeclSyntax) {
    guard let source = unfinished[declaration] else { return }
    let outer = scope
    scope = source.scope
    for alias in source.members.compactMap({ $0.decl.as(TypeAliasDeclSyntax.self) }) {
      declaration.members[Self.unquoted(alias.name.text), default: []].append(
        .type(resolve(alias.initializer.value)))
    }
    scope = source.scope.parent ?? outer
    for (i, item) in (source.inheritance?.inheritedTypes ?? []).enumerated() {
      inherit(declaration, item.type, isFirst: i == 0)
    }
    scope = outer
    for (nested, node) in nestedTypes[declaration] ?? [] { declareInheritance(nested, node) }
  }

  func inherit(_ declaration: NominalDeclaration, _ node: TypeSyntax, isFirst: Bool) {
    let type = resolve(node)
    switch type {
    case .existential(let protocols): declaration.protocols.formUnion(protocols)
    case .nominal(let above, _) where above.isClass:
      guard declaration.isClass else {
        error(
          "non-class type '\(declaration.name)' cannot inherit from class '\(above.name)'", at: node
        )
        return
      }
      guard isFirst else {
        error("superclass '\(above.name)' must appear first in the inheritance clause", at: node)
        return
      }
      if above.isFinal {
        error(
          "inheritance from a final class '\(above.name)'",
          at: declaration.location ?? location(node))
        return
      }
      if let native = above.native, !native.isOpen {
        error(
          "cannot inherit from non-open class '\(above.name)' outside of its defining module",
          at: declaration.location ?? location(node))
        return
      }
      if isSubclass(above, of: declaration) {
        error("'\(declaration.name)' inherits from itself", at: node)
        return
      }
      declaration.superclass = type
    case .nominal where declaration.kind == .enum && isFirst: declaration.rawType = type
    case .invalid: break
    default: error("inheritance from non-protocol, non-class type '\(type)'", at: node)
    }
  }

  // MARK: Extensions

  /// The declaration that an extension extends.
  private func extended(_ node: ExtensionDeclSyntax, report: Bool) -> NominalDeclaration? {
    let mark = diagnostics.count
    var type = Type.invalid
    if let identifier = node.extendedType.as(IdentifierTypeSyntax.self),
      identifier.genericArgumentClause == nil
    {
      if let found = typeNamed(Self.unquoted(identifier.name.text)) {
        type = found
      } else if report {
        error("cannot find type '\(identifier.name.text)' in scope", at: identifier)
      }
    } else {
      type = resolve(node.extendedType)
    }
    if !report { diagnostics.removeSubrange(mark...) }
    guard case .nominal(let declaration, let arguments) = type else {
      if report, !type.isInvalid { unsupported("extending '\(type)'", at: node.extendedType) }
      return nil
    }
    if node.genericWhereClause != nil
      || !arguments.isEmpty && arguments != declaration.genericParameters.map({ .parameter($0) })
    {
      if report { unsupported("an extension with conditions", at: node.extendedType) }
      return nil
    }
    return declaration
  }

  func declareExtensionConformance(_ node: ExtensionDeclSyntax) {
    guard let declaration = extended(node, report: true) else { return }
    for item in node.inheritanceClause?.inheritedTypes ?? [] {
      inherit(declaration, item.type, isFirst: false)
    }
    let outer = scope
    scope = Scope(.type(declaration), parent: outer)
    declareNested(node.memberBlock.members, in: declaration)
    scope = outer
  }

  func declareExtension(_ node: ExtensionDeclSyntax) {
    guard let declaration = extended(node, report: false) else { return }
    let outer = scope
    scope = Scope(.type(declaration), parent: outer)
    defer { scope = outer }
    for (nested, _) in nestedTypes[declaration] ?? [] where unfinished[nested] != nil {
      declareMembers(nested, DeclSyntax(node))
      finishType(nested)
    }
    for item in node.memberBlock.members { member(item.decl, of: declaration, isExtension: true) }
  }

  // MARK: Members

  func declareMembers(_ declaration: NominalDeclaration, _ node: DeclSyntax) {
    guard let source = unfinished[declaration] else { return }
    let outer = scope
    scope = source.scope
    defer { scope = outer }
    for (nested, inner) in nestedTypes[declaration] ?? [] { declareMembers(nested, inner) }
    for item in source.members { member(item.decl, of: declaration, isExtension: false) }
  }

  func addMember(_ name: String, _ member: Member, to declaration: NominalDeclaration) {
    if declaration.native != nil {
      extensions[declaration, default: [:]][name, default: []].append(member)
    } else {
      declaration.members[name, default: []].append(member)
    }
  }

  private func member(_ node: DeclSyntax, of declaration: NominalDeclaration, isExtension: Bool) {
    switch node.as(DeclSyntaxEnum.self) {
    case .variableDecl(let d): property(d, of: declaration, isExtension: isExtension)
    case .functionDecl(let d): method(d, of: declaration)
    case .initializerDecl(let d): initializer(d, of: declaration, isExtension: isExtension)
    case .deinitializerDecl(let d): deinitializer(d, of: declaration)
    case .subscriptDecl(let d): subscripted(d, of: declaration)
    case .enumCaseDecl(let d): enumCases(d, of: declaration)
    case .typeAliasDecl(let d):
      if isExtension {
        addMember(
          Self.unquoted(d.name.text), .type(resolve(d.initializer.value)), to: declaration)
      }
    case .structDecl, .enumDecl, .classDecl, .missingDecl: break
    case .protocolDecl(let d): unsupported("declaring a protocol", at: d.name)
    case .actorDecl(let d): unsupported("an actor", at: d.name)
    case .ifConfigDecl: unsupported("'#if'", at: node)
    default: unsupported("this kind of member", at: node)
    }
  }

  private func method(_ node: FunctionDeclSyntax, of declaration: NominalDeclaration) {
    let name = Self.unquoted(node.name.text)
    guard isSupported(node) else { return }
    let place = location(node.name)
    let function = signature(name, node.signature, owner: declaration, at: place)
    honour(node.attributes, node.modifiers, function)
    let isOperator = Self.isOperator(name)
    if isOperator {
      function.fixity = fixity(node.modifiers)
      guestOperators[name, default: []].insert(function, at: 0)
    }
    if function.isMutating, declaration.isClass {
      error("'mutating' is not valid on instance methods in classes", at: node.name)
      function.isMutating = false
    }
    let isFinal = declaration.isFinal || node.modifiers.contains { $0.name.text == "final" }
    function.isOverridable = declaration.isClass && !isFinal && !function.isStatic
    override(
      function, node.modifiers, of: declaration, what: "method", at: place)
    if !function.isStatic || !isOperator || true {
      addMember(name, .function(function), to: declaration)
    }
    functions.append(function)
    prepareBody(
      function, node.body, declaration, kind: .function,
      what: function.isStatic ? "static method" : "instance method",
      name: "\(declaration.name).\(function.fullName)")
  }

  /// Links a member with the one that it replaces, and checks the keyword.
  func override(
    _ function: FunctionDeclaration, _ modifiers: DeclModifierListSyntax,
    of declaration: NominalDeclaration, what: String, at place: SourceLocation
  ) {
    let keyword = modifiers.first { $0.name.text == "override" }
    guard !function.isStatic else { return }
    guard let above = declaration.superclass else {
      if keyword != nil {
        error("\(what) does not override any \(what) from its superclass", at: place)
      }
      return
    }
    let candidates = lookup(function.name, in: above).compactMap { found -> FunctionDeclaration? in
      guard case .function(let other) = found.kind, !other.isStatic else { return nil }
      let types = other.parameters.map { $0.type.substituting(found.substitution) }
      return other.parameters.map(\.label) == function.parameters.map(\.label)
        && types == function.parameters.map(\.type) ? other : nil
    }
    guard let found = candidates.first else {
      if keyword != nil {
        error("\(what) does not override any \(what) from its superclass", at: place)
      }
      return
    }
    if keyword == nil {
      // What an extension of a protocol gives to a library class is hidden, not overridden.
      if found.owner?.native != nil, !found.isOverridable { return }
      error("overriding declaration requires an 'override' keyword", at: place)
    }
    if found.owner?.native != nil, !found.isOverridable {
      error("overriding non-open instance method outside of its defining module", at: place)
    } else if !found.isOverridable {
      error("instance method overrides a 'final' instance method", at: place)
    }
    function.overrides = found
    function.isOverridable = !declaration.isFinal || true
  }

  private func deinitializer(_ node: DeinitializerDeclSyntax, of declaration: NominalDeclaration) {
    guard declaration.isClass else {
      error(
        "deinitializers may only be declared within a class, actor, or noncopyable type", at: node)
      return
    }
    let function = FunctionDeclaration("deinit", owner: declaration, implementation: .none)
    function.location = location(node)
    declaration.deinitializer = function
    functions.append(function)
    prepareBody(
      function, node.body, declaration, kind: .function, what: "deinitializer",
      name: "\(declaration.name).deinit")
  }

  private func subscripted(_ node: SubscriptDeclSyntax, of declaration: NominalDeclaration) {
    if node.genericParameterClause != nil {
      unsupported("a generic subscript", at: node)
      return
    }
    guard let accessors = node.accessorBlock else { return }
    let isStatic = node.modifiers.contains { ["static", "class"].contains($0.name.text) }
    if isStatic {
      unsupported("a static subscript", at: node)
      return
    }
    let scratch = FunctionDeclaration("subscript", owner: declaration, implementation: .none)
    let parameters = parameters(
      node.parameterClause, of: scratch, labelsDefaultToNames: false)
    scratch.parameters = parameters
    let property = computedProperty(
      "subscript", resolve(node.returnClause.type), accessors, owner: declaration,
      isStatic: false, parameters: parameters, at: location(node))
    // Default values belong to the getter, which calls are resolved against.
    for i in parameters.indices {
      let key = DefaultKey(function: ObjectIdentifier(scratch), index: i)
      if let pending = pendingDefaults.removeValue(forKey: key) {
        pendingDefaults[DefaultKey(function: ObjectIdentifier(property.getter), index: i)] = {
          let value = pending()
          property.getter.parameters[i].defaultValue = .expression(value)
          return value
        }
        defaultOwners.append(scratch)
      }
    }
    addMember("subscript", .property(property), to: declaration)
  }
}
