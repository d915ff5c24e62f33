import SwiftSyntax

extension Checker {
  /// The type that a piece of syntax names; `.invalid` after saying what is wrong.
  func resolve(_ node: TypeSyntax) -> Type {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting < Self.nestingLimit else {
      error("type is nested too deeply", at: node)
      return .invalid
    }
    switch node.as(TypeSyntaxEnum.self) {
    case .identifierType(let t):
      return named(t.name, arguments: t.genericArgumentClause, at: t)
    case .memberType(let t):
      let base = resolve(t.baseType)
      if t.name.text == "Type" { return .metatype(base) }
      if base.isInvalid { return .invalid }
      if let nested = nestedType(t.name.text, in: base) { return nested }
      if let nominal = base.nominal {
        error(
          "'\(t.name.text)' is not a member type of \(nominal.kind) '\(moduleName).\(base)'",
          at: t.name)
      }
      return .invalid
    case .arrayType(let t): return known.arrayOf(resolve(t.element))
    case .dictionaryType(let t):
      let key = resolve(t.key)
      let value = resolve(t.value)
      requireHashable(key, at: location(t))
      return known.dictionaryOf(key, value)
    case .optionalType(let t): return known.optionalOf(resolve(t.wrappedType))
    case .implicitlyUnwrappedOptionalType(let t): return known.optionalOf(resolve(t.wrappedType))
    case .tupleType(let t):
      if t.elements.count == 1, let only = t.elements.first, only.ellipsis == nil {
        return resolve(only.type)
      }
      return .tuple(
        t.elements.map {
          let label = ($0.secondName ?? $0.firstName)?.text
          return Type.TupleElement(
            $0.colon == nil || label == "_" ? nil : label.map(Self.unquoted), resolve($0.type))
        })
    case .functionType(let t):
      return .function(
        FunctionType(
          t.parameters.map { parameter in
            var made = functionParameter(parameter.type)
            made.isVariadic = parameter.ellipsis != nil
            return made
          }, resolve(t.returnClause.type),
          canThrow: t.effectSpecifiers?.throwsClause != nil))
    case .someOrAnyType(let t):
      if t.someOrAnySpecifier.text == "some" {
        unsupported("'some'", at: t)
        return .invalid
      }
      return resolve(t.constraint)
    case .compositionType(let t):
      var protocols: [ProtocolDeclaration] = []
      for element in t.elements {
        if case .existential(let found) = resolve(element.type) { protocols += found }
      }
      return .existential(protocols)
    case .attributedType(let t): return resolve(t.baseType)
    case .metatypeType(let t): return .metatype(resolve(t.baseType))
    case .missingType: return .invalid
    default:
      unsupported("this kind of type", at: node)
      return .invalid
    }
  }

  func functionParameter(_ node: TypeSyntax) -> FunctionType.Parameter {
    guard let attributed = node.as(AttributedTypeSyntax.self) else {
      return FunctionType.Parameter(resolve(node))
    }
    return FunctionType.Parameter(
      resolve(attributed.baseType), isInout: Self.isInout(attributed),
      isAutoclosure: Self.isAutoclosure(attributed))
  }

  static func isInout(_ node: AttributedTypeSyntax) -> Bool {
    node.specifiers.contains { $0.trimmedDescription == "inout" }
  }

  static func isAutoclosure(_ node: AttributedTypeSyntax) -> Bool {
    node.attributes.contains { $0.trimmedDescription == "@autoclosure" }
  }

  static func isImplicitlyUnwrapped(_ node: TypeSyntax) -> Bool {
    node.is(ImplicitlyUnwrappedOptionalTypeSyntax.self)
  }

  /// The name without backticks.
  static func unquoted(_ name: String) -> String {
    name.hasPrefix("`") && name.hasSuffix("`") && name.count > 2
      ? String(name.dropFirst().dropLast()) : name
  }

  private func named(
    _ name: TokenSyntax, arguments: GenericArgumentClauseSyntax?, at node: some SyntaxProtocol
  ) -> Type {
    let text = Self.unquoted(name.text)
    guard let found = typeNamed(text) else {
      error("cannot find type '\(text)' in scope", at: name)
      return .invalid
    }
    return specialise(found, arguments, at: location(node))
  }

  /// Gives a generic type its arguments.
  func specialise(
    _ type: Type, _ clause: GenericArgumentClauseSyntax?, at location: SourceLocation
  ) -> Type {
    guard case .nominal(let declaration, _) = type else { return type }
    let arguments = clause.map { clause in
      clause.arguments.map { argument -> Type in
        if case .type(let type) = argument.argument { return resolve(type) }
        return .invalid
      }
    }
    let wanted = declaration.genericParameters.count
    guard let arguments else {
      if wanted > 0, type.isGeneric {
        let names = declaration.genericParameters.map(\.name).joined(separator: ", ")
        error(
          "reference to generic type '\(declaration.name)' requires arguments in <...>",
          at: location, notes: names.isEmpty ? [] : [])
        return .invalid
      }
      return type
    }
    guard wanted == arguments.count else {
      error(
        wanted == 0
          ? "cannot specialize non-generic type '\(declaration.name)'"
          : "generic type '\(declaration.name)' specialized with too \(arguments.count < wanted ? "few" : "many")"
            + " type parameters (got \(arguments.count), but expected \(wanted))", at: location)
      return .invalid
    }
    if declaration === known.set || declaration === known.dictionary, let key = arguments.first {
      requireHashable(key, at: location, container: declaration.name)
    }
    return .nominal(declaration, arguments)
  }

  func requireHashable(
    _ key: Type, at location: SourceLocation, container: String = "Dictionary"
  ) {
    guard !key.isInvalid, !key.isGeneric, !conforms(key, to: "Hashable"),
      library.protocolDeclaration("Hashable") != nil
    else { return }
    error("type '\(key)' does not conform to protocol 'Hashable'", at: location)
  }

  /// A type by its name alone, where the checker stands.
  func typeNamed(_ name: String) -> Type? {
    var current: Scope? = scope
    while let here = current {
      for entity in here.here(name) {
        if case .type(let type) = entity { return type }
      }
      if case .type(let declaration) = here.kind {
        if name == "Self" { return declaration.declaredType }
        if let parameter = declaration.genericParameters.first(where: { $0.name == name }) {
          return .parameter(parameter)
        }
        if let nested = nestedType(name, in: declaration.declaredType) { return nested }
      }
      current = here.parent
    }
    switch name {
    case "Any": return .any
    case "Void": return .void
    case "AnyObject": return library.protocolDeclaration(name).map { .existential([$0]) } ?? .any
    default: break
    }
    if let declaration = library.nominal(name), visibleModules.contains(declaration.module) {
      return declaration.declaredType
    }
    if let found = library.protocolDeclaration(name), visibleModules.contains(found.module) {
      return .existential([found])
    }
    return nil
  }

  func nestedType(_ name: String, in type: Type) -> Type? {
    guard case .nominal(let declaration, let arguments) = type else { return nil }
    let map = Dictionary(
      zip(declaration.genericParameters, arguments), uniquingKeysWith: { a, _ in a })
    if let index = declaration.genericParameters.firstIndex(where: { $0.name == name }),
      index < arguments.count
    {
      return arguments[index]
    }
    for member in members(of: declaration, named: name) {
      if case .type(let nested) = member { return nested.substituting(map) }
    }
    return nil
  }

  var moduleName: String { "main" }
}
