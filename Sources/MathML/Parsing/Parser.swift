/// Makes an expression of a formula.
///
/// Recursive descent over the tokens. It never gives up: what cannot be read becomes
/// `.unreadable`, a problem is noted, and reading goes on behind it.
struct Parser {
  /// Something that was opened and waits for its end.
  enum Opener: Equatable {
    case group, optional, fence, environment
  }

  /// Deeper nesting than this is refused, so that no formula can exhaust the stack. A level makes up
  /// to four elements, and browsers cut trees of 512.
  static let depthLimit = 60

  /// Problems beyond this many are not noted.
  static let problemLimit = 50

  private(set) var problems: [MathProblem] = []
  /// What is open, the innermost last; it decides which tokens end the current row.
  var openers: [Opener] = []
  /// The alphabet that letters are taken from, inside `\mathbf` and its kin.
  var alphabet: Alphabet?
  /// How many were open at that command: only inside of its own braces do letters make words.
  var alphabetLevel = 0

  private let source: String
  private let tokens: [Token]
  private var position = 0
  private var depth = 0
  /// Whether the formula was too deep, and what is left open is no news.
  private var hasGivenUp = false

  init(_ source: String) {
    self.source = source
    tokens = Lexer.tokens(of: source)
  }

  /// The whole formula. A `\\` outside of every environment starts a new line.
  mutating func formula() -> Expression {
    var lines: [[Expression]] = [[row()]]
    while current.kind == .rowSeparator {
      advance()
      lines.append([row()])
    }
    // A `\\` behind the last line asks for nothing.
    if lines.count > 1, lines.last == [.row([])] { lines.removeLast() }
    if lines.count == 1 { return lines[0][0] }
    return .table(Table(rows: lines, layout: .gathered, columns: [.init(alignment: .center)]))
  }

  // MARK: Tokens

  var current: Token { tokens[position] }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  /// A place to come back to with `reset`.
  var mark: Int { position }

  mutating func reset(to mark: Int) {
    position = mark
  }

  mutating func skipSpaces() {
    while current.kind == .space { advance() }
  }

  /// Steps over the next token if it is this one.
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  /// The source from a token up to where the parser stands.
  func source(from start: Token) -> String {
    let bytes = source.utf8
    let first = bytes.index(bytes.startIndex, offsetBy: start.offset)
    let last = bytes.index(bytes.startIndex, offsetBy: current.offset)
    return String(source[first..<last])
  }

  mutating func note(_ message: @autoclosure () -> String, at token: Token) {
    guard problems.count < Parser.problemLimit, !hasGivenUp else { return }
    // A missing end is only noticed at the end: keep the order of the source.
    let place = problems.lastIndex { $0.offset <= token.offset }.map { $0 + 1 } ?? 0
    problems.insert(MathProblem(message: message(), offset: token.offset), at: place)
  }

  // MARK: Rows

  /// Expressions up to whatever ends the innermost opener.
  mutating func row() -> Expression {
    var items: [Expression] = []
    while true {
      skipSpaces()
      if endsRow() { break }
      let item = scripted()
      if item != .nothing { items.append(item) }
    }
    return items.count == 1 ? items[0] : .row(items)
  }

  /// Whether the current token ends the row. A stray ending token does not: it is read as an atom,
  /// which notes the problem.
  private func endsRow() -> Bool {
    switch current.kind {
    case .end: true
    case .closeBrace: openers.contains(.group)
    case .cellSeparator: openers.last == .environment
    case .rowSeparator: openers.last == .environment || openers.isEmpty
    case .character("]"): openers.last == .optional
    case .command("right"), .command("middle"): openers.contains(.fence)
    case .command("end"): openers.contains(.environment)
    default: false
    }
  }

  /// Reads with something opened.
  mutating func inside<Result>(
    _ opener: Opener, _ body: (inout Parser) -> Result
  ) -> Result {
    openers.append(opener)
    defer { openers.removeLast() }
    return body(&self)
  }

  // MARK: Atoms

  /// Reads one level deeper. Every way down into the formula leads through here.
  mutating func deeper(_ body: (inout Parser) -> Expression) -> Expression {
    depth += 1
    defer { depth -= 1 }
    if depth <= Parser.depthLimit { return body(&self) }
    let start = current
    position = tokens.count - 1
    note("nested deeper than \(Parser.depthLimit) levels", at: start)
    hasGivenUp = true
    return .unreadable(source(from: start))
  }

  /// One expression without scripts.
  mutating func atom() -> Expression {
    deeper { $0.undecoratedAtom() }
  }

  private mutating func undecoratedAtom() -> Expression {
    switch current.kind {
    case .openBrace: return group()
    case .command(let name): return command(name)
    case .character(let character): return self.character(character)
    case .closeBrace: return stray("unmatched `}`")
    case .cellSeparator: return stray("misplaced `&`: it separates the cells of an environment")
    case .rowSeparator: return stray("misplaced `\\\\`: it ends a line of an environment")
    // Scripts without a base stand beside nothing; `scripted` reads them.
    case .superscript, .subscript, .space, .end: return .row([])
    }
  }

  /// The current token, which has no business here, as it stands in the source.
  mutating func stray(_ message: String) -> Expression {
    let token = current
    advance()
    note(message, at: token)
    return .unreadable(source(from: token))
  }

  /// `{ … }`
  mutating func group() -> Expression {
    let brace = current
    advance()
    let content = inside(.group) { $0.row() }
    if !take(.closeBrace) { note("missing `}` for this `{`", at: brace) }
    // Braces make one ordinary atom, whatever is inside.
    if case .row = content { return content }
    return .row([content])
  }

  /// What a command takes: a group, or one atom.
  mutating func argument(of name: String, at token: Token) -> Expression {
    skipSpaces()
    switch current.kind {
    case .openBrace:
      let content = group()
      if case .row(let items) = content, items.count == 1 { return items[0] }
      return content
    case .superscript, .subscript, .rowSeparator, .cellSeparator, .closeBrace, .end:
      break
    case .character("]") where openers.last == .optional:
      break
    case .command("right") where openers.contains(.fence),
      .command("end") where openers.contains(.environment):
      break
    case .character(let digit) where digit.isNumber:
      // One digit only: \frac12 is a half.
      advance()
      return number(String(digit))
    default:
      return atom()
    }
    note("\(name) needs an argument", at: token)
    return .unreadable("?")
  }

  /// `[ … ]` behind a command.
  mutating func optionalArgument() -> Expression? {
    skipSpaces()
    let bracket = current
    guard take(.character("[")) else { return nil }
    let content = inside(.optional) { $0.row() }
    if !take(.character("]")) { note("missing `]` for this `[`", at: bracket) }
    return content
  }
}
