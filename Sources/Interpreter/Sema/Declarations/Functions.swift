import SwiftSyntax

extension Checker {
  // MARK: Signatures

  /// A function from its signature; its body is checked later.
  func signature(
    _ name: String, _ node: FunctionSignatureSyntax, owner: NominalDeclaration?,
    at place: SourceLocation
  ) -> FunctionDeclaration {
    let function = FunctionDeclaration(name, owner: owner, implementation: .none)
    function.location = place
    let isOperator = Self.isOperator(name)
    function.parameters = parameters(node.parameterClause, of: function, isOperator: isOperator)
    function.result = node.returnClause.map { resolve($0.type) } ?? .void
    if node.effectSpecifiers?.asyncSpecifier != nil {
      unsupported("'async'", at: node)
    }
    if let clause = node.effectSpecifiers?.throwsClause {
      function.effects = clause.throwsSpecifier.text == "rethrows" ? .rethrows : .throws
    }
    return function
  }

  func parameters(
    _ clause: FunctionParameterClauseSyntax, of function: FunctionDeclaration,
    isOperator: Bool = false, labelsDefaultToNames: Bool = true
  ) -> [ParameterDeclaration] {
    var made: [ParameterDeclaration] = []
    for (i, node) in clause.parameters.enumerated() {
      rejectAttributes(node.attributes)
      let first = Self.unquoted(node.firstName.text)
      let second = node.secondName.map { Self.unquoted($0.text) }
      var label: String? = first == "_" ? nil : first
      if isOperator || (second == nil && !labelsDefaultToNames) { label = nil }
      let type = functionParameter(node.type)
      var parameter = ParameterDeclaration(
        label: label, name: second ?? first, type: type.type, isInout: type.isInout,
        isVariadic: node.ellipsis != nil, isAutoclosure: type.isAutoclosure)
      if let initial = node.defaultValue?.value {
        parameter.defaultValue = .expression(invalid(initial, type.type))
        let outer = scope
        let owner = context
        pendingDefaults[DefaultKey(function: ObjectIdentifier(function), index: i)] = {
          [unowned self, unowned function] in
          let saved = (self.scope, self.context, self.isTopLevel)
          self.scope = outer
          self.context = owner
          self.isTopLevel = false
          defer { (self.scope, self.context, self.isTopLevel) = saved }
          let value = self.check(initial, type.type, .defaultArgument)
          function.parameters[i].defaultValue = .expression(value)
          return value
        }
      }
      made.append(parameter)
    }
    return made
  }

  /// A function at top level; one in a block becomes a local function.
  func declareFunction(_ node: FunctionDeclSyntax) {
    let name = Self.unquoted(node.name.text)
    guard isSupported(node) else {
      scope.declare(name, .invalid)
      return
    }
    let place = location(node.name)
    let function = signature(name, node.signature, owner: nil, at: place)
    honour(node.attributes, node.modifiers, function)
    if Self.isOperator(name) {
      function.fixity = fixity(node.modifiers)
      guestOperators[name, default: []].insert(function, at: 0)
    }
    if isTopLevel, case .unit = scope.kind {
      for entity in scope.here(name) {
        if case .function(let other) = entity, sameSignature(other, function),
          other.result == function.result,
          !Self.isOperator(name)
        {
          error(
            "invalid redeclaration of '\(function.fullName)'", at: place,
            notes: other.location.map {
              [note("'\(function.fullName)' previously declared here", at: $0)]
            } ?? [])
        }
      }
      scope.declare(name, .function(function))
      functions.append(function)
      prepareBody(
        function, node.body, nil, kind: .function, what: "global function", name: function.fullName)
    } else {
      let variable = newLocal(name, functionType(function), isMutable: false, at: place)
      localFunctions[node.id] = (function, variable)
      scope.declare(name, .localFunction(function, variable))
    }
  }

  func fixity(_ modifiers: DeclModifierListSyntax) -> FunctionDeclaration.Fixity? {
    for modifier in modifiers {
      if modifier.name.text == "prefix" { return .prefix }
      if modifier.name.text == "postfix" { return .postfix }
    }
    return nil
  }

  func isSupported(_ node: FunctionDeclSyntax) -> Bool {
    if node.genericParameterClause != nil {
      unsupported("a generic function", at: node.name)
      return false
    }
    rejectAttributes(node.attributes)
    return true
  }

  func honour(
    _ attributes: AttributeListSyntax, _ modifiers: DeclModifierListSyntax,
    _ function: FunctionDeclaration
  ) {
    function.isDiscardable = attributes.contains {
      $0.trimmedDescription.hasPrefix("@discardableResult")
    }
    for modifier in modifiers {
      switch modifier.name.text {
      case "static", "class": function.isStatic = true
      case "mutating": function.isMutating = true
      default: break
      }
    }
  }

  // MARK: Bodies

  /// Gives a function a body that is checked when every declaration is known.
  func prepareBody(
    _ function: FunctionDeclaration, _ node: CodeBlockSyntax?, _ owner: NominalDeclaration?,
    kind: FunctionContext.Kind, what: String, name: String
  ) {
    guard let node else {
      error(
        "expected '{' in body of function declaration", at: function.location ?? lines.location(0))
      return
    }
    let (body, inner) = makeBody(function, owner, kind: kind, name: name, parent: nil)
    let outer = scope
    pendingBodies.append { [unowned self] in
      self.scope = outer
      self.fill(body, inner, node.statements, end: self.location(node.rightBrace), what: what)
    }
  }

  /// The body of a function, with its parameters, still without statements.
  func makeBody(
    _ function: FunctionDeclaration, _ owner: NominalDeclaration?, kind: FunctionContext.Kind,
    name: String, parent: FunctionContext?
  ) -> (FunctionBody, FunctionContext) {
    let place = function.location ?? lines.location(0)
    let inner = FunctionContext(
      kind, name: name, parent: parent, result: function.result,
      canThrow: function.effects != .none)
    inner.location = place
    if let owner { inner.owner = owner }
    inner.isStatic = owner == nil ? inner.isStatic : function.isStatic
    inner.isMutating = function.isMutating
    let body = FunctionBody(
      name: name, parameters: [], result: function.result, canThrow: function.effects != .none,
      kind: .function, at: place)
    let outer = context
    context = inner
    if let owner, function.takesSelf {
      let isValue = !owner.isClass
      let variable = newLocal(
        "self", owner.declaredType, isMutable: isValue && function.isMutating, at: place)
      variable.isInout = isValue && function.isMutating
      inner.selfVariable = variable
      body.parameters.append(variable)
    }
    for parameter in function.parameters {
      let type = parameter.isVariadic ? known.arrayOf(parameter.type) : parameter.type
      let variable = newLocal(parameter.name, type, isMutable: parameter.isInout, at: place)
      variable.isInout = parameter.isInout
      body.parameters.append(variable)
    }
    context = outer
    function.implementation = .guest(body)
    return (body, inner)
  }

  /// Checks the statements of a body, in the scope where the function stands.
  func fill(
    _ body: FunctionBody, _ inner: FunctionContext, _ items: CodeBlockItemListSyntax,
    end: SourceLocation, what: String
  ) {
    withContext(inner) {
      withScope {
        for variable in body.parameters where variable !== inner.selfVariable {
          scope.declare(variable.name, .local(variable))
        }
        bodyStatements(body, inner, items, end: end, what: what)
      }
    }
    body.captures = inner.captures
  }

  func bodyStatements(
    _ body: FunctionBody, _ inner: FunctionContext, _ items: CodeBlockItemListSyntax,
    end: SourceLocation, what: String
  ) {
    let result = body.result
    work = speculation == 0 ? 0 : work
    if items.count == 1, let only = items.first, let node = singleExpression(only), !result.isVoid,
      !inner.isInitializer
    {
      let saved = hoisted
      hoisted = []
      var value = check(node, result, .returned)
      if value.type == known.never { value = retyped(value, result) }
      body.statements += hoisted + [Statement(.return(value), at: value.location)]
      hoisted = saved
    } else {
      body.statements += withScope { block(items) }
    }
    checkFlow(
      body,
      missingReturn: result.isVoid || result.isInvalid || inner.isInitializer
        ? nil : (what, end))
  }

  // MARK: Local functions

  func localFunction(_ node: FunctionDeclSyntax) -> [Statement] {
    guard let (function, variable) = localFunctions.removeValue(forKey: node.id) else { return [] }
    guard let block = node.body else { return [] }
    let name = "\(function.fullName) in \(context.name)"
    let (body, inner) = makeBody(function, nil, kind: .function, name: name, parent: context)
    inner.isMutating = context.isMutating
    let hoistedBefore = hoisted
    hoisted = []
    fill(body, inner, block.statements, end: location(block.rightBrace), what: "local function")
    hoisted = hoistedBefore
    return [Statement(.localFunction(variable, body), at: location(node))]
  }
}
