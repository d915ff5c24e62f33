/// Guest code that becomes one function of bytecode: a function, method, initializer, accessor,
/// closure, or the top level of a unit.
public final class FunctionBody {
  /// The name in traces: `Model.callAsFunction(_:)`, `closure in train(_:)`, `cell train`.
  public var name: String
  /// `self` first, where there is one.
  public var parameters: [LocalVariable]
  public var result: Type
  public var canThrow: Bool
  public var statements: [Statement] = []
  /// Variables of enclosing functions that the body uses, its nested functions included.
  public var captures: [LocalVariable] = []
  public var location: SourceLocation
  public var kind: Kind

  public enum Kind {
    case function
    case closure
    /// Parameters are the arguments without self; `self` is made by the caller and passed first. The
    /// body assigns properties; it returns nothing, or for failable ones false (an Int, 0 or 1).
    case classInitializer(self: LocalVariable, isFailable: Bool)
    /// `self` is a local, assembled by the body, and returned (as an Optional when failable).
    case structInitializer(self: LocalVariable, isFailable: Bool)
    case unit
  }

  public init(
    name: String, parameters: [LocalVariable], result: Type, canThrow: Bool = false, kind: Kind,
    at location: SourceLocation
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.canThrow = canThrow
    self.kind = kind
    self.location = location
  }
}

/// A checked unit.
public struct CheckedUnit {
  /// Its top level. A last expression whose value a notebook shows is `displayed`, not a statement.
  public var body: FunctionBody
  public var displayed: Expression?
  /// Global variables the unit declares, in order; the compiler gives them slots.
  public var globals: [GlobalVariable]
  /// Types and functions it declares, for the dump and for the compiler.
  public var types: [NominalDeclaration]
  public var functions: [FunctionDeclaration]
}
