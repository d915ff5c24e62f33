/// Anything that can be called by name: functions, methods, initializers, accessors, operators.
public final class FunctionDeclaration {
  /// The base name: `matmul`, `init`, `+`.
  public let name: String
  public var parameters: [ParameterDeclaration]
  /// For initializers the type they make, `Optional` of it when they can fail.
  public var result: Type
  public var effects: Effects
  /// The type it is a member of.
  public var owner: NominalDeclaration?
  public var isStatic = false
  public var isMutating = false
  /// Can be replaced by a subclass and is therefore called through the object's class.
  public var isOverridable = false
  /// The method of a superclass that this one replaces.
  public var overrides: FunctionDeclaration?
  /// Its own generic parameters, besides those of the owner.
  public var genericParameters: [GenericParameter] = []
  /// Conditions of its `where` clause that are not constraints of `genericParameters`.
  public var requirements: [GenericRequirement] = []
  /// Of a unary operator.
  public var fixity: Fixity?
  public var implementation: Implementation
  public var isDiscardable = false
  /// `@_disfavoredOverload`: meant only where no other function of the name fits.
  public var isDisfavored = false
  public var documentation: String?
  public var location: SourceLocation?

  public enum Effects { case none, `throws`, `rethrows` }
  public enum Fixity { case prefix, postfix }

  public enum Implementation {
    /// Guest code. The body is set once it has been checked.
    case guest(FunctionBody)
    /// Machine code of its own: `+` of `Int`.
    case intrinsic(Intrinsic)
    /// A native function.
    case native(NativeFunction)
    /// The memberwise initializer of a guest struct: one parameter a stored property.
    case memberwise
    /// Declared, not yet known (while checking).
    case none
  }

  public init(
    _ name: String, parameters: [ParameterDeclaration] = [], result: Type = .void,
    effects: Effects = .none, owner: NominalDeclaration? = nil, implementation: Implementation
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.effects = effects
    self.owner = owner
    self.implementation = implementation
  }

  /// `matmul(_:)`, as messages and traces write it.
  public var fullName: String {
    "\(name)(\(parameters.map { ($0.label ?? "_") + ":" }.joined()))"
  }

  /// Whether a value of the owner comes first among the arguments at run time.
  public var takesSelf: Bool { owner != nil && !isStatic && name != "init" }
}

extension FunctionDeclaration: Hashable {
  public static func == (a: FunctionDeclaration, b: FunctionDeclaration) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

public struct ParameterDeclaration {
  /// The argument label; nil for `_`.
  public var label: String?
  /// The name inside the function.
  public var name: String
  /// The declared type; for a variadic parameter the element type.
  public var type: Type
  public var isInout = false
  public var isVariadic = false
  public var isAutoclosure = false
  public var defaultValue: DefaultValue?

  public enum DefaultValue {
    /// Guest code: checked in the scope of the declaration, evaluated at each call.
    case expression(Expression)
    /// Native code: Swift text (`nil`, `0.1`, `.float32`), checked against the parameter's type at
    /// first use.
    case text(String)
  }

  public init(
    label: String?, name: String, type: Type, isInout: Bool = false, isVariadic: Bool = false,
    isAutoclosure: Bool = false, defaultValue: DefaultValue? = nil
  ) {
    self.label = label
    self.name = name
    self.type = type
    self.isInout = isInout
    self.isVariadic = isVariadic
    self.isAutoclosure = isAutoclosure
    self.defaultValue = defaultValue
  }
}

/// A computed property or a subscript (which has parameters).
public final class ComputedProperty {
  public let name: String
  public var type: Type
  public var getter: FunctionDeclaration
  /// Takes the subscript's parameters, then the new value.
  public var setter: FunctionDeclaration?
  public var isStatic: Bool { getter.isStatic }

  public init(
    _ name: String, _ type: Type, getter: FunctionDeclaration, setter: FunctionDeclaration? = nil
  ) {
    self.name = name
    self.type = type
    self.getter = getter
    self.setter = setter
  }
}
