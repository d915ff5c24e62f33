/// A checked expression. Every implicit step of Swift (conversions, default arguments, wrapping in an
/// optional) stands in the tree, so that the compiler never decides about types.
public struct Expression {
  public var kind: Kind
  public var type: Type
  public var location: SourceLocation

  public init(_ kind: Kind, _ type: Type, at location: SourceLocation) {
    self.kind = kind
    self.type = type
    self.location = location
  }

  public indirect enum Kind {
    // Literals
    case integer(Int)  // of any integer type
    case double(Double)  // of type Double or Float
    case boolean(Bool)
    case string(String)  // of type String or Character
    case none  // nil, of an optional type
    /// `"a \(b) c"`; the parts are of any type, literal text is a `string` of type String.
    case interpolation([Expression])
    case array([Expression])  // of type Array or Set
    case dictionary([(key: Expression, value: Expression)])
    /// A tuple, element by element (labels do not matter any more).
    case tuple([Expression])
    /// `Int.self`
    case metatype(Type)

    // References
    case place(Place)  // reading a variable, stored property, element …
    case closure(FunctionBody)
    /// A function as a value: `xs.map(square)`. With `bound`, a method of that value.
    case functionReference(FunctionDeclaration, typeArguments: [Type], bound: Expression?)

    // Calls
    case call(Call)
    /// Calling a value of function type.
    case callValue(Expression, [Argument])
    /// An enum case; payload in order, labels dropped.
    case enumCase(EnumCase, [Expression])
    /// `super.init(…)` / `self.init(…)` in an initializer of a class.
    case delegateInit(FunctionDeclaration, [Argument], isSuper: Bool)

    // Assignment; of type Void
    case assign(Place, Expression)
    /// `(a, b) = f()`: `nil` is `_`.
    case assignTuple([Place?], Expression)
    /// `_ = f()`
    case discard(Expression)

    // Optionals
    case wrap(Expression)  // T to T?
    case forceUnwrap(Expression)
    /// `a ?? b`: `b` is evaluated only when needed; its type is the result's.
    case coalesce(Expression, Expression)
    /// `a?.b`: evaluates `base`; when it is nil the whole is nil, else `rest` (of an optional type)
    /// with `bound` holding the value.
    case optionalChain(base: Expression, bound: LocalVariable, rest: Expression)
    /// Like `optionalChain` for `a?.count += 1` and `a?.append(x)`: `rest` works on the place
    /// `.optionalPayload(base)`. Of type `Void?` or the result in an optional.
    case optionalChainPlace(base: Place, rest: Expression)

    // Conversions
    case upcast(Expression)  // subclass to superclass
    case toExistential(Expression)  // value to Any or any P
    /// T? to U?, where `convert` turns `bound` (a T) into a U.
    case mapOptional(Expression, bound: LocalVariable, convert: Expression)
    /// [T] to [U], likewise element by element.
    case mapArray(Expression, bound: LocalVariable, convert: Expression)
    /// (A, B) to (C, D), likewise.
    case mapTuple(Expression, bound: [LocalVariable], convert: [Expression])
    /// A function value that needs no change of representation: throwing from non-throwing.
    case convertFunction(Expression)

    // Casts
    case isType(Expression, Type)
    case castConditional(Expression, Type)  // as?; type is Type?
    case castForced(Expression, Type)  // as!

    // Operators with control flow
    case and(Expression, Expression)
    case or(Expression, Expression)
    case ternary(Expression, Expression, Expression)
    /// `if` and `switch` as expressions.
    case conditional([ConditionalBranch], otherwise: Expression)
    case switchExpression(subject: Expression, variable: LocalVariable, [ExpressionCase])

    // Errors
    /// `try`, marks nothing at run time: calls that can throw say so themselves.
    case tryMarker(Expression)
    case tryOptional(Expression)  // try?, of optional type
    case tryForced(Expression)  // try!

    /// Something that was reported; never compiled.
    case invalid
  }

  public struct ConditionalBranch {
    public var conditions: [Condition]
    public var value: Expression
  }

  public struct ExpressionCase {
    public var patterns: [CasePattern]
    public var value: Expression
  }
}

/// A call of a declared function.
public struct Call {
  public var function: FunctionDeclaration
  /// What the generic parameters stand for: those of the owner, then those of the function. All
  /// types are concrete.
  public var typeArguments: [Type]
  /// The value a method is called on. For a mutating method of a value type it is `.inout`.
  public var receiver: Argument?
  /// One a parameter, in order of declaration, defaults filled in; a variadic parameter has one
  /// argument, an array.
  public var arguments: [Argument]
  /// Calls the override of the object's class; false for `super.f()` and what cannot be overridden.
  public var isDynamic: Bool
  /// The call can leave with a guest error (declared `throws`, or `rethrows` with a throwing argument).
  public var canThrow: Bool

  public init(
    _ function: FunctionDeclaration, typeArguments: [Type] = [], receiver: Argument? = nil,
    arguments: [Argument], isDynamic: Bool = false, canThrow: Bool = false
  ) {
    self.function = function
    self.typeArguments = typeArguments
    self.receiver = receiver
    self.arguments = arguments
    self.isDynamic = isDynamic
    self.canThrow = canThrow
  }
}

public enum Argument {
  case value(Expression)
  case `inout`(Place)
  /// An autoclosure argument, already a closure of no parameters.
  case autoclosure(FunctionBody)
}

/// Something that can be read, and usually written, piece by piece.
public struct Place {
  public var kind: Kind
  public var type: Type
  public var location: SourceLocation

  public init(_ kind: Kind, _ type: Type, at location: SourceLocation) {
    self.kind = kind
    self.type = type
    self.location = location
  }

  public indirect enum Kind {
    case local(LocalVariable)
    case global(GlobalVariable)
    /// A stored property of a struct that is itself a place.
    case field(Place, StoredProperty)
    /// A stored property of an object.
    case objectField(Expression, StoredProperty)
    /// A stored property of a struct that is no place (the result of a call): read only.
    case valueField(Expression, StoredProperty)
    case tupleElement(Place, Int)
    case valueTupleElement(Expression, Int)
    /// An element of an array that is itself a place; the index is an Int.
    case element(Place, Expression)
    /// An element of an array that is no place: read only.
    case valueElement(Expression, Expression)
    /// A computed property or a subscript: read with `getter`, written with `setter`. `receiver` is
    /// nil for static ones; it is `.inout` when the setter is mutating.
    case computed(
      ComputedProperty, typeArguments: [Type], receiver: Argument?, arguments: [Expression])
    /// `x!` of an optional place.
    case unwrapped(Place)
    /// The payload of an optional place that is known not to be nil (`optionalChainPlace`).
    case optionalPayload(Place)
    /// The value of an expression, where a place is needed: a read-only receiver.
    case temporary(Expression)
  }
}
