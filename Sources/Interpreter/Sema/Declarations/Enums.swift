import SwiftSyntax

extension Checker {
  func enumCases(_ node: EnumCaseDeclSyntax, of declaration: NominalDeclaration) {
    guard declaration.kind == .enum else {
      error("enum 'case' is not allowed outside of an enum", at: node)
      return
    }
    for element in node.elements {
      let name = Self.unquoted(element.name.text)
      if declaration.cases.contains(where: { $0.name == name }) {
        redeclared(name, at: location(element.name))
        continue
      }
      let payload = (element.parameterClause?.parameters ?? []).map { parameter in
        let label = parameter.firstName.map { Self.unquoted($0.text) }
        return Type.TupleElement(label == "_" ? nil : label, resolve(parameter.type))
      }
      if let parameter = element.parameterClause?.parameters.first(where: { $0.defaultValue != nil }
      ) {
        unsupported("a default value of an enum case", at: parameter)
      }
      let made = EnumCase(
        name, tag: declaration.cases.count, payload: Array(payload), owner: declaration)
      declaration.cases.append(made)
      rawValue(made, element, declaration)
    }
  }

  private func rawValue(
    _ made: EnumCase, _ element: EnumCaseElementSyntax, _ declaration: NominalDeclaration
  ) {
    let place = location(element.name)
    guard let raw = declaration.rawType else {
      if let value = element.rawValue {
        error(
          "enum case cannot have a raw value if the enum does not have a raw type", at: value.value)
      }
      return
    }
    if let value = element.rawValue {
      made.rawValue = check(value.value, raw, .initialization)
      return
    }
    if raw == known.string {
      made.rawValue = Expression(.string(made.name), raw, at: place)
    } else if known.isInteger(raw) {
      var next = 0
      if made.tag > 0, case .integer(let before)? = declaration.cases[made.tag - 1].rawValue?.kind {
        next = before + 1
      }
      made.rawValue = Expression(.integer(next), raw, at: place)
    } else {
      error(
        "enum case must declare a raw value when the preceding raw value is not an integer",
        at: place)
    }
  }

  /// `rawValue`, `init(rawValue:)`, `allCases`: written as guest code.
  func finishEnum(_ declaration: NominalDeclaration) {
    let place = declaration.location ?? lines.location(0)
    if let raw = declaration.rawType {
      if !known.isInteger(raw), !known.isFloating(raw), raw != known.string, raw != known.character
      {
        error(
          "raw type '\(raw)' is not expressible by a string, integer, or floating-point literal",
          at: place)
        return
      }
      rawValueProperty(declaration, raw, at: place)
      rawValueInitializer(declaration, raw, at: place)
      for name in ["Equatable", "Hashable", "RawRepresentable"] {
        if let found = library.protocolDeclaration(name) { declaration.protocols.insert(found) }
      }
    }
    guard declaration.protocols.contains(where: { $0.name == "CaseIterable" }) else { return }
    guard declaration.cases.allSatisfy({ $0.payload.isEmpty }) else {
      error("type '\(declaration.name)' does not conform to protocol 'CaseIterable'", at: place)
      return
    }
    let type = known.arrayOf(declaration.declaredType)
    let getter = FunctionDeclaration(
      "allCases", result: type, owner: declaration, implementation: .none)
    getter.isStatic = true
    getter.location = place
    let (body, _) = makeBody(
      getter, declaration, kind: .accessor, name: "\(declaration.name).allCases", parent: nil)
    let values = declaration.cases.map {
      Expression(.enumCase($0, []), declaration.declaredType, at: place)
    }
    body.statements = [Statement(.return(Expression(.array(values), type, at: place)), at: place)]
    functions.append(getter)
    addMember(
      "allCases", .property(ComputedProperty("allCases", type, getter: getter)), to: declaration)
  }

  private func rawValueProperty(
    _ declaration: NominalDeclaration, _ raw: Type, at place: SourceLocation
  ) {
    let getter = FunctionDeclaration(
      "rawValue", result: raw, owner: declaration, implementation: .none)
    getter.location = place
    let (body, inner) = makeBody(
      getter, declaration, kind: .accessor, name: "\(declaration.name).rawValue", parent: nil)
    guard let receiver = inner.selfVariable else { return }
    let type = declaration.declaredType
    let subject = Expression(.place(Place(.local(receiver), type, at: place)), type, at: place)
    let outer = context
    context = inner
    let variable = newLocal("subject", type, isMutable: false, at: place)
    context = outer
    body.statements = [
      Statement(
        .switch(
          subject: subject, variable: variable,
          declaration.cases.map { item in
            SwitchCase(
              patterns: [
                CasePattern(
                  pattern: Pattern(.enumCase(item, []), type, at: place), condition: nil)
              ],
              body: [Statement(.return(item.rawValue ?? invalid(at: place, raw)), at: place)])
          }, LoopLabel()), at: place)
    ]
    functions.append(getter)
    addMember(
      "rawValue", .property(ComputedProperty("rawValue", raw, getter: getter)), to: declaration)
  }

  private func rawValueInitializer(
    _ declaration: NominalDeclaration, _ raw: Type, at place: SourceLocation
  ) {
    if declaration.members["init"]?.contains(where: {
      if case .function(let function) = $0 { return function.parameters.first?.label == "rawValue" }
      return false
    }) == true {
      return
    }
    let type = declaration.declaredType
    let function = FunctionDeclaration(
      "init", parameters: [ParameterDeclaration(label: "rawValue", name: "rawValue", type: raw)],
      result: known.optionalOf(type), owner: declaration, implementation: .none)
    function.location = place
    let (body, inner) = initializerBody(
      function, declaration, isFailable: true, isConvenience: false)
    guard let receiver = inner.selfVariable, let parameter = body.parameters.first else { return }
    func assign(_ item: EnumCase) -> [Statement] {
      [
        Statement(
          .expression(
            Expression(
              .assign(
                Place(.local(receiver), type, at: place),
                Expression(.enumCase(item, []), type, at: place)), .void, at: place)), at: place),
        Statement(.return(nil), at: place),
      ]
    }
    let value = Expression(.place(Place(.local(parameter), raw, at: place)), raw, at: place)
    let outer = (context, scope)
    context = inner
    scope = Scope(.block, parent: nil)
    for item in declaration.cases {
      guard let literal = item.rawValue,
        let matches = operation(
          "==", value, literal, at: ExprSyntax(NilLiteralExprSyntax()))
      else { continue }
      body.statements.append(
        Statement(.if([.expression(matches)], then: assign(item), otherwise: []), at: place))
    }
    (context, scope) = outer
    body.statements.append(
      Statement(.return(Expression(.none, known.optionalOf(type), at: place)), at: place))
    functions.append(function)
    addMember("init", .function(function), to: declaration)
  }

  /// What a protocol asks for and the type does not have.
  func checkConformances(_ declaration: NominalDeclaration) {
    let place = declaration.location ?? lines.location(0)
    /// Members that the protocol's own extensions give do not count.
    func lacks(_ name: String) -> Bool {
      declaration.members[name] == nil && !declaration.storedProperties.contains { $0.name == name }
        && declaration.superclass.map { lookup(name, in: $0).isEmpty } ?? true
    }
    for found in declaration.protocols.sorted(by: { $0.name < $1.name }) {
      let isMissing: Bool
      switch found.name {
      case "CustomStringConvertible": isMissing = lacks("description")
      case "Comparable": isMissing = declaration.members["<"] == nil && declaration.kind != .enum
      default: isMissing = false
      }
      if isMissing {
        error("type '\(declaration.name)' does not conform to protocol '\(found.name)'", at: place)
      }
    }
  }
}
