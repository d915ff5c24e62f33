/// A checked statement.
public struct Statement {
  public var kind: Kind
  public var location: SourceLocation

  public init(_ kind: Kind, at location: SourceLocation) {
    self.kind = kind
    self.location = location
  }

  public indirect enum Kind {
    case expression(Expression)  // the value is dropped
    /// `let`/`var`: binds the names of the pattern, which cannot fail.
    case binding(Pattern, Expression)
    /// `let x: Int`, given a value later.
    case declare([LocalVariable])
    case localFunction(LocalVariable, FunctionBody)
    case `if`([Condition], then: [Statement], otherwise: [Statement])
    /// `otherwise` never falls through; what the conditions bind stays visible after.
    case `guard`([Condition], otherwise: [Statement])
    case `while`([Condition], body: [Statement], LoopLabel)
    case repeatWhile(body: [Statement], Expression, LoopLabel)
    case forIn(ForIn)
    case `switch`(subject: Expression, variable: LocalVariable, [SwitchCase], LoopLabel)
    case `break`(LoopLabel)
    case `continue`(LoopLabel)
    case `fallthrough`
    case `return`(Expression?)
    case `throw`(Expression)  // of type any Error
    case doCatch(body: [Statement], error: LocalVariable, [CatchClause])
    case `do`([Statement], LoopLabel)
    case `defer`([Statement])
    /// An initial value of a type's stored properties starts here: `self` of an initializer gets
    /// the values that the declarations give.
    case initializeProperties(LocalVariable, NominalDeclaration)
  }

  public struct ForIn {
    public var pattern: Pattern
    public var sequence: Sequence
    public var condition: Expression?
    public var body: [Statement]
    public var label: LoopLabel
  }

  /// How a `for` loop gets its elements.
  public enum Sequence {
    /// `a..<b` or `a...b` of Int, written in the loop itself: no range is made.
    case range(Expression, Expression, isClosed: Bool)
    case array(Expression, element: Type)
    /// Anything else that is a sequence, through its iterator.
    case iterator(Expression, element: Type)
  }
}

/// A statement that `break` and `continue` can name; identity counts.
public final class LoopLabel {
  public let name: String?

  public init(_ name: String? = nil) { self.name = name }
}

public enum Condition {
  case expression(Expression)
  /// `if let`, `if case`, `if var`: matches the value, binds names.
  case pattern(Pattern, Expression)
}

public struct SwitchCase {
  /// Empty: `default`.
  public var patterns: [CasePattern]
  public var body: [Statement]
}

public struct CasePattern {
  public var pattern: Pattern
  public var condition: Expression?
}

public struct CatchClause {
  /// Empty: catches everything. Patterns match the error variable, which is `any Error`.
  public var patterns: [CasePattern]
  public var body: [Statement]
}

/// A checked pattern; `type` is the type of the value it is matched against.
public struct Pattern {
  public var kind: Kind
  public var type: Type
  public var location: SourceLocation

  public init(_ kind: Kind, _ type: Type, at location: SourceLocation) {
    self.kind = kind
    self.type = type
    self.location = location
  }

  public indirect enum Kind {
    case any  // _
    case local(LocalVariable)  // let x, var x
    case global(GlobalVariable)  // the same at the top level of a unit
    case tuple([Pattern])
    case enumCase(EnumCase, [Pattern])  // one a payload element
    case some(Pattern)  // x?, .some(x)
    case none  // nil, .none
    /// An expression that is compared: `matches` is of type Bool and uses `value`.
    case expression(value: LocalVariable, matches: Expression)
    case isType(Type)  // is T
    case cast(Type, Pattern)  // p as T
  }
}
