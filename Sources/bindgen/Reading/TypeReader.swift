import SwiftSyntax

/// Turns the syntax of a type into a `TypeReference`.
struct TypeReader {
  /// Names of generic parameters in scope.
  var generics: Set<String> = []
  /// What `Self` stands for.
  var selfType: TypeReference?

  func read(_ syntax: TypeSyntax) -> TypeReference {
    if let type = syntax.as(IdentifierTypeSyntax.self) {
      return named(type.name.text, type.genericArgumentClause)
    }
    if let type = syntax.as(OptionalTypeSyntax.self) { return .optional(read(type.wrappedType)) }
    if let type = syntax.as(ArrayTypeSyntax.self) { return .array(read(type.element)) }
    if let type = syntax.as(DictionaryTypeSyntax.self) {
      return .named("Dictionary", [read(type.key), read(type.value)])
    }
    if let type = syntax.as(TupleTypeSyntax.self) {
      let elements = type.elements.map {
        TypeReference.Element(label: $0.firstName?.text, type: read($0.type))
      }
      if elements.count == 1 { return elements[0].type }
      return .tuple(elements)
    }
    if let type = syntax.as(FunctionTypeSyntax.self) {
      guard type.parameters.allSatisfy({ !$0.type.trimmedDescription.hasPrefix("inout ") }),
        type.effectSpecifiers?.asyncSpecifier == nil
      else { return .other(syntax.trimmedDescription) }
      return .function(
        type.parameters.map { read($0.type) }, result: read(type.returnClause.type),
        canThrow: type.effectSpecifiers?.throwsClause != nil)
    }
    if let type = syntax.as(AttributedTypeSyntax.self) { return read(type.baseType) }
    if let type = syntax.as(SomeOrAnyTypeSyntax.self),
      let name = type.constraint.as(IdentifierTypeSyntax.self), name.genericArgumentClause == nil
    {
      return .existential(name.name.text)
    }
    if let type = syntax.as(MemberTypeSyntax.self), type.baseType.trimmedDescription == "Swift" {
      return named(type.name.text, type.genericArgumentClause)
    }
    return .other(syntax.trimmedDescription)
  }

  private func named(_ name: String, _ arguments: GenericArgumentClauseSyntax?) -> TypeReference {
    let arguments: [TypeReference] =
      arguments?.arguments.map { argument in
        if case .type(let type) = argument.argument { return read(type) }
        return .other(argument.trimmedDescription)
      } ?? []
    switch (name, arguments.count) {
    case ("Void", 0): return .void
    case ("Any", 0): return .existential("Any")
    case ("Self", 0): return selfType ?? .other("Self")
    case ("Array", 1): return .array(arguments[0])
    case ("Optional", 1): return .optional(arguments[0])
    default: return generics.contains(name) ? .parameter(name) : .named(name, arguments)
    }
  }
}
