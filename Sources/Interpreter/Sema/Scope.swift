/// What a name can mean where it stands alone.
enum Entity {
  case local(LocalVariable)
  case global(GlobalVariable)
  case function(FunctionDeclaration)
  /// A nested function: it is called through the variable that holds its closure.
  case localFunction(FunctionDeclaration, LocalVariable)
  /// A type; of a generic one the declared type, whose arguments are still its own parameters.
  case type(Type)
  /// A computed variable at module level.
  case property(ComputedProperty)
  /// Something whose declaration was in error.
  case invalid
}

/// The names of a block, a function, a type or a unit.
final class Scope {
  enum Kind {
    case unit
    case block
    /// Inside a type: names are looked up among its members too.
    case type(NominalDeclaration)
  }

  let parent: Scope?
  let kind: Kind
  private(set) var names: [String: [Entity]] = [:]

  init(_ kind: Kind, parent: Scope?) {
    self.kind = kind
    self.parent = parent
  }

  func declare(_ name: String, _ entity: Entity) {
    guard name != "_" else { return }
    switch entity {
    case .function, .localFunction: names[name, default: []].append(entity)
    default: names[name] = [entity]
    }
  }

  func here(_ name: String) -> [Entity] { names[name] ?? [] }
}

/// The function whose body is being checked.
final class FunctionContext {
  enum Kind { case unit, function, closure, initializer, accessor }

  let kind: Kind
  let parent: FunctionContext?
  /// What `return` gives; nil while a closure's is still to be found.
  var result: Type?
  /// Errors may leave the function.
  var canThrow: Bool
  /// A closure's body let an error out.
  var throwsErrors = false
  var selfVariable: LocalVariable?
  /// The type whose member this is; closures and nested functions have their enclosing one's.
  var owner: NominalDeclaration?
  var isStatic = false
  var isMutating = false
  var isInitializer = false
  var isConvenience = false
  var captures: [LocalVariable] = []
  /// Statements that `break`, `continue` can leave, innermost last.
  var labels: [OpenStatement] = []
  /// How many `if` and `do` statements the place is inside of.
  var blocks = 0
  /// How errors thrown here are handled, innermost last.
  var handlers: [ErrorHandling] = []
  /// Inside `try`, `try?` or `try!`.
  var isCoveredByTry = false
  /// Where that `try` stands.
  var tryLocation: SourceLocation?
  /// `$0`, `$1` … of a closure.
  var shorthand: [LocalVariable] = []
  /// How many throwing calls it has made, so that a needless `try` is noticed.
  var throwCount = 0
  /// Where it is declared.
  var location: SourceLocation?
  /// Name for traces.
  var name: String

  struct OpenStatement {
    enum Kind { case loop, `switch`, `do`, `if` }
    var label: LoopLabel
    var kind: Kind
  }

  init(_ kind: Kind, name: String, parent: FunctionContext?, result: Type?, canThrow: Bool) {
    self.kind = kind
    self.name = name
    self.parent = parent
    self.result = result
    self.canThrow = canThrow
    owner = parent?.owner
    isStatic = parent?.isStatic ?? false
  }
}

enum ErrorHandling {
  /// A `do` whose clauses catch everything, `try?` or `try!`.
  case handled
  /// A `do` whose clauses may all fail to match.
  case notExhaustive
}
