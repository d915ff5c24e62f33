/// Everything that native modules declare, by name. Members are decoded from their signatures when
/// they are first asked for.
public final class Library {
  public let modules: [NativeModule]

  public init(modules: [NativeModule]) {
    self.modules = modules
  }

  /// The modules that `import name` makes visible (itself and what it re-exports); nil if there is
  /// no such module.
  public func modules(importedBy name: String) -> [String]? { nil }

  /// A type by name: its declaration, with the module that `import` must name.
  public func nominal(_ name: String) -> NominalDeclaration? { nil }

  public func protocolDeclaration(_ name: String) -> ProtocolDeclaration? { nil }

  /// Functions at module level: `print`, `cat`. Check `module(of:)` for visibility.
  public func functions(_ name: String) -> [FunctionDeclaration] { [] }

  /// Variables at module level: `Double.pi` is none, but a module may declare some.
  public func variable(_ name: String) -> ComputedProperty? { nil }

  /// All functions that implement an operator, of whatever type or module.
  public func operators(_ name: String) -> [FunctionDeclaration] { [] }

  /// Members that a native type declares itself, by name (`init`, `subscript` included); static ones
  /// too. Not those of the superclass.
  public func members(of type: NominalDeclaration, named name: String) -> [Member] { [] }

  /// Members of a protocol's extensions.
  public func members(of type: ProtocolDeclaration, named name: String) -> [Member] { [] }

  /// All names of members, for "did you mean".
  public func memberNames(of type: NominalDeclaration) -> [String] { [] }

  /// All names at module level, for "did you mean".
  public var names: [String] { [] }

  /// The module of a function or variable at module level or of an operator.
  public func module(of function: FunctionDeclaration) -> String? { nil }

  /// Source text of operator declarations of all modules.
  public var operatorDeclarations: [String] { [] }
}
