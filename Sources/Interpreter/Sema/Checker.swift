import SwiftOperators
import SwiftParser
import SwiftSyntax

/// Finds the types of a session's units, one after another, and says what is wrong with them.
///
/// Declarations of earlier units stay visible; a later unit may declare a name again.
final class Checker {
  let library: Library
  let known: KnownTypes
  var operators: OperatorTable

  // Session
  /// Top levels of the units so far, linked by `parent`.
  var session: Scope
  /// Members that guest code adds to types of the library.
  var extensions: [NominalDeclaration: [String: [Member]]] = [:]
  /// Operators that guest code declares, by name.
  var guestOperators: [String: [FunctionDeclaration]] = [:]
  var visibleModules: Set<String> = ["Swift"]

  // The unit
  var diagnostics: [Diagnostic] = []
  /// Messages of the flow analysis, which count only when types are right.
  var flowDiagnostics: [Diagnostic] = []
  var lines = LineTable("", unit: 0)
  var unitName = ""
  var unit = 0
  var isTopLevel = false
  var globals: [GlobalVariable] = []
  var types: [NominalDeclaration] = []
  var functions: [FunctionDeclaration] = []
  /// Bodies that wait until every declaration of the unit is known.
  var pendingBodies: [() -> Void] = []
  /// Properties whose type follows from an initial value not yet looked at.
  var pendingProperties: [ObjectIdentifier: () -> Void] = [:]
  var pendingDefaults: [DefaultKey: () -> Expression] = [:]
  var decodedDefaults: [DefaultKey: Expression] = [:]
  /// Names that the unit declares at its top level further down.
  var laterNames: [String: Int] = [:]

  // The place
  var scope: Scope
  var context: FunctionContext
  var owners: [LocalVariable: FunctionContext] = [:]
  var chains: [OptionalChain] = []
  var nesting = 0
  var work = 0
  var speculation = 0
  var isComparingTuples = false
  var caseFunctions: [ObjectIdentifier: FunctionDeclaration] = [:]
  /// Statements that an expression needs before it: values of capture lists.
  var hoisted: [Statement] = []
  /// Local functions of the blocks being checked, until their statement is reached.
  var localFunctions: [SyntaxIdentifier: (FunctionDeclaration, LocalVariable)] = [:]
  /// Types whose members wait for later steps.
  var unfinished: [NominalDeclaration: TypeSource] = [:]
  var nestedTypes: [NominalDeclaration: [(NominalDeclaration, DeclSyntax)]] = [:]
  /// Properties with an initial value that has not been looked at, in order.
  var propertyOrder: [(ObjectIdentifier, NominalDeclaration)] = []
  var convenienceInitializers: Set<FunctionDeclaration> = []
  var memberwiseInitializers: [ObjectIdentifier: [StoredProperty]] = [:]
  var defaultOwners: [FunctionDeclaration] = []
  /// The expression being checked is the unit's last, whose value is shown.
  var isDisplayed = false
  /// Comparisons of tuples that an operand stands for.
  var tupleComparison: [ObjectIdentifier: Expression] = [:]
  /// Payloads of optional chains, with what they are the payload of.
  var chainBound: [LocalVariable: Expression] = [:]
  /// Variables and properties declared with `!`.
  var implicitlyUnwrapped: Set<ObjectIdentifier> = []
  /// Constants declared without a value, which gets assigned once.
  var uninitialized: Set<ObjectIdentifier> = []
  /// Locals that a `let` declares, as against parameters and pattern variables.
  var declaredWithLet: Set<ObjectIdentifier> = []

  struct DefaultKey: Hashable {
    var function: ObjectIdentifier
    var index: Int
  }

  /// Expressions may be this deep before the checker gives up on them.
  static let nestingLimit = 120
  /// Expressions looked at for one statement before the checker gives up on it.
  static let workLimit = 60_000

  init(library: Library) {
    self.library = library
    known = KnownTypes(library)
    session = Scope(.unit, parent: nil)
    scope = session
    context = FunctionContext(.unit, name: "", parent: nil, result: nil, canThrow: true)
    operators = OperatorTable.standardOperators
    for text in [Self.pointwiseOperators] + library.operatorDeclarations {
      operators.addSourceFile(Parser.parse(source: text)) { _ in }
    }
  }

  /// Operators of the standard library that the parser library's table leaves out.
  private static let pointwiseOperators = """
    infix operator .==: ComparisonPrecedence
    infix operator .!=: ComparisonPrecedence
    infix operator .<: ComparisonPrecedence
    infix operator .<=: ComparisonPrecedence
    infix operator .>: ComparisonPrecedence
    infix operator .>=: ComparisonPrecedence
    infix operator .&: LogicalConjunctionPrecedence
    infix operator .^: LogicalDisjunctionPrecedence
    infix operator .|: LogicalDisjunctionPrecedence
    """

  /// A constant that exists before the first unit: a parameter of the notebook.
  func declareConstant(name: String, type: Type) -> GlobalVariable {
    let variable = GlobalVariable(name, type, isMutable: false)
    session.declare(name, .global(variable))
    return variable
  }

  /// Checks the next unit.
  ///
  /// - Returns: the typed unit, nil when there is an error; and everything there is to say.
  func check(_ source: SourceUnit, index: Int) -> (unit: CheckedUnit?, diagnostics: [Diagnostic]) {
    LargeStack.run { self.checkHere(source, index: index) }
  }

  private func checkHere(
    _ source: SourceUnit, index: Int
  ) -> (unit: CheckedUnit?, diagnostics: [Diagnostic]) {
    begin(source, index)
    let parsed = ParsedUnit(source, index: index, operators: &operators)
    lines = parsed.lines
    diagnostics = parsed.diagnostics
    // After a syntax error the tree is a guess; its declarations still count, its errors do not.
    let syntaxErrors = diagnostics
    let checked = checkTopLevel(parsed.tree)
    if !syntaxErrors.isEmpty { diagnostics = syntaxErrors }
    if !diagnostics.contains(where: { $0.severity == .error }) { diagnostics += flowDiagnostics }
    let found = diagnostics.sorted { $0.location.offset < $1.location.offset }
    return (found.contains { $0.severity == .error } ? nil : checked, found)
  }

  private func begin(_ source: SourceUnit, _ index: Int) {
    unitName = source.name
    unit = index
    diagnostics = []
    flowDiagnostics = []
    globals = []
    types = []
    functions = []
    pendingBodies = []
    pendingProperties = [:]
    laterNames = [:]
    chains = []
    nesting = 0
    speculation = 0
    session = Scope(.unit, parent: session)
    scope = session
    context = FunctionContext(
      .unit, name: source.name, parent: nil, result: .void, canThrow: true)
  }

  // MARK: Speculation

  /// Tries something whose messages count only when it succeeds.
  func attempt<T>(_ body: () -> T?) -> T? {
    let mark = diagnostics.count
    let covered = context.isCoveredByTry
    let threw = context.throwsErrors
    let throwCount = context.throwCount
    let hoistedCount = hoisted.count
    let bodies = pendingBodies.count
    speculation += 1
    defer { speculation -= 1 }
    let result = body()
    let failed = diagnostics.dropFirst(mark).contains { $0.severity == .error }
    if result == nil || failed {
      diagnostics.removeSubrange(mark...)
      context.isCoveredByTry = covered
      context.throwsErrors = threw
      context.throwCount = throwCount
      if hoisted.count > hoistedCount { hoisted.removeSubrange(hoistedCount...) }
      if pendingBodies.count > bodies { pendingBodies.removeSubrange(bodies...) }
      return nil
    }
    return result
  }

  // MARK: Scopes

  func withScope<T>(_ kind: Scope.Kind = .block, _ body: () -> T) -> T {
    let outer = scope
    scope = Scope(kind, parent: outer)
    defer { scope = outer }
    return body()
  }

  func withContext<T>(_ inner: FunctionContext, _ body: () -> T) -> T {
    let outer = context
    let outerTop = isTopLevel
    let outerChains = chains
    context = inner
    isTopLevel = false
    chains = []
    defer {
      context = outer
      isTopLevel = outerTop
      chains = outerChains
    }
    return body()
  }

  func newLocal(
    _ name: String, _ type: Type, isMutable: Bool, at location: SourceLocation
  ) -> LocalVariable {
    let variable = LocalVariable(name, type, isMutable: isMutable)
    variable.location = location
    owners[variable] = context
    return variable
  }

  /// Notes that the current function uses a variable, perhaps one of an enclosing function.
  func use(_ variable: LocalVariable) {
    guard let owner = owners[variable], owner !== context else { return }
    variable.isCaptured = true
    var current: FunctionContext? = context
    while let here = current, here !== owner {
      if !here.captures.contains(variable) { here.captures.append(variable) }
      current = here.parent
    }
  }
}
