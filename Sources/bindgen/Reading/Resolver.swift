/// Settles what no single file knows: aliases, which names are protocols, which extension belongs
/// to which type, what iteration yields.
struct Resolver {
  private var kinds: [String: LibraryType.Kind] = [:]
  private var generics: [String: [String]] = [:]
  private var aliases: [String: TypeReference] = [:]

  /// Protocols of the standard library that guest code knows.
  static let knownProtocols: Set<String> = [
    "Error", "Equatable", "Hashable", "Comparable", "CustomStringConvertible", "Sequence",
    "CaseIterable", "RawRepresentable", "Identifiable",
  ]

  static func resolve(_ modules: [LibraryModule]) -> [LibraryModule] {
    var resolver = Resolver()
    for module in modules {
      for type in module.types {
        resolver.kinds[type.name] = type.kind
        resolver.generics[type.name] = type.generics.map(\.name)
      }
      resolver.aliases.merge(module.aliases) { first, _ in first }
    }
    return modules.map(resolver.resolved)
  }

  private func resolved(_ module: LibraryModule) -> LibraryModule {
    var module = module
    module.elements = module.elements.reduce(into: [:]) {
      $0[$1.key] = resolved($1.value, owner: $1.key, [])
    }
    module.declarations = module.declarations.map(resolved)
    var foreign: [LibraryConformance] = []
    for conformance in module.conformances {
      if let index = module.types.firstIndex(where: { $0.name == conformance.type }) {
        // A condition on a library type's parameters holds for all guest values or for none.
        if conformance.requirements == nil {
          module.types[index].protocols += conformance.protocols
        }
      } else {
        foreign.append(conformance)
      }
    }
    module.conformances = foreign.compactMap { conformance in
      var conformance = conformance
      conformance.protocols = conformance.protocols.filter { kinds[$0] == .protocol }
      return conformance.protocols.isEmpty ? nil : conformance
    }
    module.types = module.types.map { resolved($0, in: module) }
    for type in module.types { module.declarations += synthesized(type) }
    return module
  }

  private func resolved(_ type: LibraryType, in module: LibraryModule) -> LibraryType {
    var type = type
    let inherited = type.protocols
    type.superclass = inherited.first { kinds[$0] == .class }
    let isSequence = inherited.contains {
      [
        "Sequence", "Collection", "BidirectionalCollection", "RandomAccessCollection",
        "MutableCollection",
      ].contains($0)
    }
    type.rawType = type.kind == .enum ? inherited.first { ["Int", "String"].contains($0) } : nil
    type.protocols = inherited.filter {
      kinds[$0] == .protocol || Self.knownProtocols.contains($0)
    }
    if isSequence {
      if !type.protocols.contains("Sequence") { type.protocols.append("Sequence") }
      type.element = module.elements[type.name] ?? element(of: type.name, in: module)
    }
    if type.kind == .enum && isPlainEnum(type.name, in: module) {
      // Swift conforms such enums by itself.
      for name in ["Equatable", "Hashable"] where !type.protocols.contains(name) {
        type.protocols.append(name)
      }
    }
    return type
  }

  private func isPlainEnum(_ name: String, in module: LibraryModule) -> Bool {
    module.declarations.allSatisfy {
      $0.owner != name || $0.kind != .enumCase || $0.parameters.isEmpty
    }
  }

  private func element(of name: String, in module: LibraryModule) -> TypeReference? {
    for member in module.declarations where member.owner == name {
      switch (member.name, member.result) {
      case ("next", .optional(let element)): return element
      case ("makeIterator", .named("AnyIterator", let arguments)): return arguments.first
      case ("makeIterator", .named("IndexingIterator", let arguments)):
        if case .array(let element)? = arguments.first { return element }
      case ("subscript", let element):
        if member.parameters.map(\.type) == [.named("Int", [])] { return element }
      default: break
      }
    }
    return nil
  }

  private func resolved(_ declaration: LibraryDeclaration) -> LibraryDeclaration {
    var declaration = declaration
    let own = Set(declaration.generics.map(\.name))
    let owner = declaration.owner
    declaration.result = resolved(declaration.result, owner: owner, own)
    for i in declaration.parameters.indices {
      declaration.parameters[i].type = resolved(declaration.parameters[i].type, owner: owner, own)
    }
    return declaration
  }

  private func resolved(
    _ type: TypeReference, owner: String?, _ own: Set<String>
  ) -> TypeReference {
    let parameters = owner.flatMap { generics[$0] } ?? []
    return type.mapped { part in
      guard case .named(let name, let arguments) = part else { return nil }
      if arguments.isEmpty {
        if own.contains(name) || parameters.contains(name) { return .parameter(name) }
        if let target = aliases[name] { return resolved(target, owner: nil, []) }
        if kinds[name] == .protocol || name == "Error" { return .existential(name) }
        if let names = generics[name], !names.isEmpty, name == owner {
          return .named(name, names.map { .parameter($0) })
        }
      }
      return nil
    }
  }

  /// Members that the compiler writes by itself.
  private func synthesized(_ type: LibraryType) -> [LibraryDeclaration] {
    let own = TypeReference.named(type.name, [])
    var members: [LibraryDeclaration] = []
    if type.protocols.contains("CaseIterable") {
      var all = LibraryDeclaration(kind: .property, name: "allCases", owner: type.name)
      all.isStatic = true
      all.result = .array(own)
      members.append(all)
    }
    if let raw = type.rawType {
      var value = LibraryDeclaration(kind: .property, name: "rawValue", owner: type.name)
      value.result = .named(raw, [])
      var initializer = LibraryDeclaration(kind: .initializer, name: "init", owner: type.name)
      initializer.isFailable = true
      initializer.result = .optional(own)
      initializer.parameters = [
        .init(label: "rawValue", name: "rawValue", type: .named(raw, []))
      ]
      members += [value, initializer]
    }
    for i in members.indices { members[i].place = type.file }
    return members
  }
}
