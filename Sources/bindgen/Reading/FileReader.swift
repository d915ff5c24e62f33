import SwiftParser
import SwiftSyntax

/// Collects the public declarations of one source file into a module.
struct FileReader {
  let file: String
  let converter: SourceLocationConverter
  var module: LibraryModule

  init(file: String, source: String, into module: LibraryModule) {
    let tree = Parser.parse(source: source)
    self.file = file
    self.module = module
    converter = SourceLocationConverter(fileName: file, tree: tree)
    for statement in tree.statements {
      if case .decl(let declaration) = statement.item { read(declaration, in: Scope()) }
    }
  }

  /// Where a declaration stands.
  struct Scope {
    var owner: TypeReference?
    var ownerName: String?
    var generics: Set<String> = []
    var requirements: String?
    var access = Access.hidden
    var isProtocol = false
    var isOpenClass = false
  }

  mutating func read(_ declaration: DeclSyntax, in scope: Scope) {
    switch declaration.as(DeclSyntaxEnum.self) {
    case .structDecl(let type): readType(type, .struct, type.genericParameterClause, in: scope)
    case .classDecl(let type): readType(type, .class, type.genericParameterClause, in: scope)
    case .enumDecl(let type): readType(type, .enum, type.genericParameterClause, in: scope)
    case .protocolDecl(let type): readType(type, .protocol, nil, in: scope)
    case .extensionDecl(let type): readExtension(type)
    case .functionDecl(let function): readFunction(function, in: scope)
    case .initializerDecl(let initializer): readInitializer(initializer, in: scope)
    case .subscriptDecl(let declaration): readSubscript(declaration, in: scope)
    case .variableDecl(let variable): readVariable(variable, in: scope)
    case .enumCaseDecl(let cases): readCases(cases, in: scope)
    case .typeAliasDecl(let alias): readAlias(alias, in: scope)
    case .operatorDecl(let declaration):
      module.operators.append(declaration.trimmedDescription)
    case .precedenceGroupDecl(let declaration):
      module.operators.append(oneLine(declaration.trimmedDescription))
    case .importDecl(let declaration):
      if declaration.attributes.contains("_exported") {
        module.reexports.append(declaration.path.trimmedDescription)
      }
    default: break
    }
  }

  private mutating func readType(
    _ syntax: some DeclGroupSyntax & NamedDeclSyntax, _ kind: LibraryType.Kind,
    _ clause: GenericParameterClauseSyntax?, in scope: Scope
  ) {
    let access = syntax.modifiers.access(default: scope.access)
    let name = syntax.name.text
    guard access == .public || access == .open, !syntax.attributes.hidesDeclaration,
      !name.hasPrefix("_")
    else { return }
    if let owner = scope.ownerName {
      module.nested.append(.init(name: "\(owner).\(name)", place: place(of: syntax)))
      readIterator(syntax, of: owner, in: scope)
      return
    }
    let generics = genericParameters(clause)
    var type = LibraryType(name: name, kind: kind, module: module.name, file: file)
    type.generics = generics
    type.protocols = inherited(syntax.inheritanceClause)
    type.isOpen = access == .open
    type.documentation = documentation(of: syntax)
    module.types.append(type)
    var inner = Scope()
    inner.generics = Set(generics.map(\.name))
    inner.owner = .named(name, generics.map { .parameter($0.name) })
    inner.ownerName = name
    inner.isProtocol = kind == .protocol
    inner.access = kind == .protocol ? .public : .hidden
    inner.isOpenClass = type.isOpen
    for member in syntax.memberBlock.members { read(member.decl, in: inner) }
  }

  /// What a nested iterator's `next` yields is what iteration over its owner yields.
  private mutating func readIterator(
    _ syntax: some DeclGroupSyntax, of owner: String, in scope: Scope
  ) {
    for member in syntax.memberBlock.members {
      guard let function = member.decl.as(FunctionDeclSyntax.self), function.name.text == "next",
        let result = function.signature.returnClause
      else { continue }
      let reader = TypeReader(generics: scope.generics, selfType: nil)
      if case .optional(let element) = reader.read(result.type) { module.elements[owner] = element }
    }
  }

  private mutating func readExtension(_ syntax: ExtensionDeclSyntax) {
    guard !syntax.attributes.hidesDeclaration else { return }
    let name = syntax.extendedType.trimmedDescription
    let requirements = syntax.genericWhereClause?.requirements.trimmedDescription
    let protocols = inherited(syntax.inheritanceClause)
    if !protocols.isEmpty {
      module.conformances.append(
        LibraryConformance(type: name, protocols: protocols, requirements: requirements))
    }
    var scope = Scope()
    scope.ownerName = name
    scope.requirements = requirements
    scope.access = syntax.modifiers.access(default: .hidden)
    // The parameters of library types are known only when all files have been read.
    scope.owner = .named(name, [])
    for member in syntax.memberBlock.members { read(member.decl, in: scope) }
  }

  private mutating func readAlias(_ alias: TypeAliasDeclSyntax, in scope: Scope) {
    let reader = TypeReader(generics: scope.generics, selfType: scope.owner)
    let type = reader.read(alias.initializer.value)
    if let owner = scope.ownerName {
      if alias.name.text == "Element" { module.elements[owner] = type }
    } else if alias.modifiers.access(default: .hidden) == .public,
      alias.genericParameterClause == nil
    {
      module.aliases[alias.name.text] = type
    }
  }

  func inherited(_ clause: InheritanceClauseSyntax?) -> [String] {
    clause?.inheritedTypes.map { inherited in
      var type = inherited.type
      while let attributed = type.as(AttributedTypeSyntax.self) { type = attributed.baseType }
      return type.trimmedDescription
    } ?? []
  }

  func genericParameters(
    _ clause: GenericParameterClauseSyntax?
  ) -> [LibraryDeclaration.GenericParameter] {
    clause?.parameters.map { parameter in
      .init(
        name: parameter.name.text,
        constraints: parameter.inheritedType.map {
          $0.trimmedDescription.split(separator: "&").map {
            $0.trimmingSpaces
          }
        } ?? [])
    } ?? []
  }

  func place(of syntax: some SyntaxProtocol) -> String {
    let start = syntax.positionAfterSkippingLeadingTrivia
    return "\(file):\(converter.location(for: start).line)"
  }

  func oneLine(_ text: String) -> String {
    text.split(whereSeparator: { $0.isNewline || $0 == " " }).joined(separator: " ")
  }
}

extension StringProtocol {
  var trimmingSpaces: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
