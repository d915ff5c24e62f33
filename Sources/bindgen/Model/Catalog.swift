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

  /// A declaration that takes an array where `variadic` takes any number of arguments.
  func arrayTwin(of variadic: LibraryDeclaration) -> LibraryDeclaration? {
    modules.lazy.flatMap(\.declarations).first { other in
      other.owner == variadic.owner && other.kind == variadic.kind
        && other.fullName == variadic.fullName && other.isStatic == variadic.isStatic
        && zip(other.parameters, variadic.parameters).allSatisfy {
          !$0.isVariadic && $0.type == ($1.isVariadic ? .array($1.type) : $1.type)
        }
    }
  }
}
