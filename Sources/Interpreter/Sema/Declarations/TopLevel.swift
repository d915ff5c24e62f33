import SwiftSyntax

extension Checker {
  /// Checks a whole unit: its declarations first, then its statements, then the bodies.
  func checkTopLevel(_ tree: SourceFileSyntax) -> CheckedUnit {
    let start = lines.location(0)
    let body = FunctionBody(
      name: unitName, parameters: [], result: .void, canThrow: true, kind: .unit, at: start)
    isTopLevel = true
    for item in tree.statements {
      if case .decl(let node) = item.item, let imported = node.as(ImportDeclSyntax.self) {
        importModule(imported)
      }
    }
    noteLaterNames(tree.statements)
    hoistDeclarations(tree.statements)
    var displayed: Expression?
    let last = tree.statements.last?.id
    for item in tree.statements {
      if item.id == last, let node = displayable(item) {
        work = 0
        isDisplayed = true
        let outer = hoisted
        hoisted = []
        let value = infer(node)
        body.statements += hoisted
        hoisted = outer
        isDisplayed = false
        if value.type.isVoid || value.type == known.never || isVoidChain(value.type)
          || value.type == Self.nilType
        {
          body.statements.append(Statement(.expression(value), at: value.location))
        } else if !value.type.isInvalid {
          displayed = value
        }
        continue
      }
      body.statements += statement(item)
    }
    finishBodies()
    checkFlow(body, missingReturn: nil)
    isTopLevel = false
    return CheckedUnit(
      body: body, displayed: displayed, globals: globals, types: types, functions: functions)
  }

  private func isVoidChain(_ type: Type) -> Bool { known.wrapped(type)?.isVoid ?? false }

  /// The expression whose value a notebook shows; assignments and statements show nothing.
  private func displayable(_ item: CodeBlockItemSyntax) -> ExprSyntax? {
    guard case .expr(let node) = item.item else { return nil }
    if node.is(IfExprSyntax.self) || node.is(SwitchExprSyntax.self) { return nil }
    return node
  }

  /// Bodies of functions see every declaration of the unit.
  func finishBodies() {
    var next = 0
    while next < pendingBodies.count {
      work = 0
      pendingBodies[next]()
      next += 1
    }
    pendingBodies = []
    let properties = pendingProperties
    pendingProperties = [:]
    for (_, finish) in properties { finish() }
    let defaults = pendingDefaults
    pendingDefaults = [:]
    for (_, finish) in defaults { _ = finish() }
  }

  private func importModule(_ node: ImportDeclSyntax) {
    let name = node.path.map(\.name.text).joined(separator: ".")
    guard let visible = library.modules(importedBy: name) else {
      error("no such module '\(name)'", at: node.path)
      return
    }
    visibleModules.formUnion(visible)
  }

  /// Names of variables of the unit, with where they are declared.
  private func noteLaterNames(_ items: CodeBlockItemListSyntax) {
    for item in items {
      guard case .decl(let node) = item.item, let variable = node.as(VariableDeclSyntax.self) else {
        continue
      }
      for binding in variable.bindings {
        if let name = binding.pattern.as(IdentifierPatternSyntax.self) {
          laterNames[name.identifier.text] = name.position.utf8Offset
        }
      }
    }
  }

  // MARK: Declarations of a block

  /// Makes known the types and functions that a block declares, before its statements.
  func hoistDeclarations(_ items: CodeBlockItemListSyntax) {
    var declared: [(NominalDeclaration, DeclSyntax)] = []
    var extended: [ExtensionDeclSyntax] = []
    var aliases: [TypeAliasDeclSyntax] = []
    var functionNodes: [FunctionDeclSyntax] = []
    for item in items {
      guard case .decl(let node) = item.item else { continue }
      if let made = nominal(node) {
        declared.append((made, node))
      } else if let alias = node.as(TypeAliasDeclSyntax.self) {
        aliases.append(alias)
      } else if let found = node.as(ExtensionDeclSyntax.self) {
        extended.append(found)
      } else if let function = node.as(FunctionDeclSyntax.self) {
        functionNodes.append(function)
      }
    }
    guard !declared.isEmpty || !aliases.isEmpty || !extended.isEmpty || !functionNodes.isEmpty
    else {
      return
    }
    declareAliases(aliases)
    for (declaration, node) in declared { declareNested(declaration, node) }
    for (declaration, node) in declared { declareInheritance(declaration, node) }
    for node in extended { declareExtensionConformance(node) }
    for (declaration, node) in sortedBySuperclass(declared) { declareMembers(declaration, node) }
    for node in extended { declareExtension(node) }
    for (declaration, _) in sortedBySuperclass(declared) { finishType(declaration) }
    for node in functionNodes { declareFunction(node) }
  }

  private func declareAliases(_ nodes: [TypeAliasDeclSyntax]) {
    // An alias may name one that is declared after it.
    let names = Set(nodes.map(\.name.text))
    var waiting = nodes
    for _ in 0...nodes.count where !waiting.isEmpty {
      var later: [TypeAliasDeclSyntax] = []
      for node in waiting {
        if node.genericParameterClause != nil {
          unsupported("a generic type alias", at: node)
          scope.declare(node.name.text, .invalid)
          continue
        }
        let refersToWaiting = waiting.contains { other in
          other.name.text != node.name.text && names.contains(other.name.text)
            && node.initializer.value.description.contains(other.name.text)
            && typeNamed(other.name.text) == nil
        }
        if refersToWaiting {
          later.append(node)
        } else {
          scope.declare(Self.unquoted(node.name.text), .type(resolve(node.initializer.value)))
        }
      }
      if later.count == waiting.count {
        for node in later { scope.declare(node.name.text, .type(resolve(node.initializer.value))) }
        return
      }
      waiting = later
    }
  }

  /// Superclasses before their subclasses.
  private func sortedBySuperclass(
    _ declared: [(NominalDeclaration, DeclSyntax)]
  ) -> [(NominalDeclaration, DeclSyntax)] {
    var done: Set<NominalDeclaration> = []
    var sorted: [(NominalDeclaration, DeclSyntax)] = []
    func visit(_ entry: (NominalDeclaration, DeclSyntax)) {
      guard done.insert(entry.0).inserted else { return }
      if let above = entry.0.superclass?.nominal,
        let other = declared.first(where: { $0.0 === above })
      {
        visit(other)
      }
      sorted.append(entry)
    }
    declared.forEach(visit)
    return sorted
  }

  // MARK: Declarations as statements

  /// What a declaration does where it stands.
  func declaration(_ node: DeclSyntax) -> [Statement] {
    switch node.as(DeclSyntaxEnum.self) {
    case .variableDecl(let d): return variables(d)
    case .functionDecl(let d): return localFunction(d)
    case .structDecl, .enumDecl, .classDecl, .extensionDecl, .typeAliasDecl:
      finishProperties(of: node)
      return []
    case .importDecl:
      if !isTopLevel { error("declaration is only valid at file scope", at: node) }
      return []
    case .operatorDecl, .precedenceGroupDecl, .missingDecl: return []
    case .protocolDecl(let d): unsupported("declaring a protocol", at: d.name)
    case .actorDecl(let d): unsupported("an actor", at: d.name)
    case .macroDecl(let d): unsupported("declaring a macro", at: d.name)
    case .macroExpansionDecl(let d): unsupported("the macro '#\(d.macroName.text)'", at: d)
    case .ifConfigDecl: unsupported("'#if'", at: node)
    case .initializerDecl: error("initializers may only be declared within a type", at: node)
    case .deinitializerDecl:
      error(
        "deinitializers may only be declared within a class, actor, or noncopyable type", at: node)
    case .subscriptDecl: error("'subscript' functions may only be declared within a type", at: node)
    case .enumCaseDecl: error("enum 'case' is not allowed outside of an enum", at: node)
    default: unsupported("this kind of declaration", at: node)
    }
    return []
  }
}
