/// All types of all modules that are bound together, by name.
struct Catalog {
  let modules: [LibraryModule]
  private(set) var types: [String: LibraryType] = [:]
  /// Conforming types of each protocol of the library.
  private(set) var conforming: [String: [Conformer]] = [:]

  struct Conformer {
    var type: String
    /// `Bound == Int`
    var requirements: String?
  }

  init(_ modules: [LibraryModule]) {
    self.modules = modules
    for module in modules {
      for type in module.types { types[type.name] = type }
    }
    for module in modules {
      for type in module.types {
        for name in type.protocols {
          conforming[name, default: []].append(Conformer(type: type.name))
        }
      }
      for conformance in module.conformances {
        for name in conformance.protocols {
          conforming[name, default: []].append(
            Conformer(type: conformance.type, requirements: conformance.requirements))
        }
      }
    }
  }

  /// The classes from a class up to its root.
  func ancestors(of name: String) -> [LibraryType] {
    var result: [LibraryType] = []
    var next: String? = name
    while let name = next, let type = types[name] {
      result.append(type)
      next = type.superclass
    }
    return result
  }

  /// The declarations of the members of a type.
  func members(of type: String) -> [LibraryDeclaration] {
    modules.flatMap { $0.declarations.filter { $0.owner == type } }
  }

  /// Declarations of the same name and labels in the same type.
  private func namesakes(of declaration: LibraryDeclaration) -> [LibraryDeclaration] {
    modules.flatMap(\.declarations).filter { other in
      other.owner == declaration.owner && other.kind == declaration.kind
        && other.fullName == declaration.fullName && other.isStatic == declaration.isStatic
        && other.place != declaration.place
    }
  }

  /// A declaration that takes an array where this one takes any number of arguments, or pairs where
  /// it takes `KeyValuePairs`, which only a literal can make.
  func arrayTwin(of declaration: LibraryDeclaration) -> LibraryDeclaration? {
    namesakes(of: declaration).first { other in
      zip(other.parameters, declaration.parameters).allSatisfy {
        !$0.isVariadic && $0.type == ($1.isVariadic ? .array($1.type) : $1.type.pairs ?? $1.type)
      }
    }
  }

  /// Whether only the type of what is wanted tells the declaration from another one.
  func isOverloadedByResult(_ declaration: LibraryDeclaration) -> Bool {
    declaration.kind != .initializer
      && namesakes(of: declaration).contains { other in
        other.result != declaration.result && other.fixity == declaration.fixity
          && other.parameters.map(\.type) == declaration.parameters.map(\.type)
          && other.parameters.map(\.isVariadic) == declaration.parameters.map(\.isVariadic)
      }
  }
}
