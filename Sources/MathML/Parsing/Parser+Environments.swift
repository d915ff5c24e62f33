extension Parser {
  /// `\begin{name} … \end{name}`, with `\begin` taken already.
  mutating func environment(at begin: Token) -> Expression {
    guard let name = rawArgument(), !name.isEmpty else {
      note("`\\begin` needs the name of an environment in braces", at: begin)
      return .unreadable("\\begin")
    }
    let known = Environment.named[name]
    if known == nil {
      var message = "unknown environment `\(name)`"
      if let near = NearestName.of(name, in: Environment.named.keys) {
        message += "; did you mean `\(near)`?"
      }
      note(message, at: begin)
    }
    let environment = known ?? Environment(layout: .matrix)
    var columns = environment.columns.map { Table.Column(alignment: $0) }
    if environment.takesColumns { columns = columnSpecification(at: begin) }

    var table = Table(rows: [], layout: environment.layout, columns: columns)
    inside(.environment) { $0.rows(of: &table) }
    endEnvironment(name, at: begin)

    guard let (left, right) = environment.delimiters else { return .table(table) }
    return .fenced(Fence(delimiters: [left, right], parts: [.table(table)]))
  }

  private mutating func rows(of table: inout Table) {
    while true {
      skipSpaces()
      while take(.command("hline")) {
        table.ruledRows.insert(table.rows.count)
        skipSpaces()
      }
      // What follows the last \\ is no row.
      if current.kind == .end || current.kind == .command("end") { break }
      var cells = [row()]
      while take(.cellSeparator) { cells.append(row()) }
      table.rows.append(cells)
      guard take(.rowSeparator) else { break }
      skipRowSkip()
    }
  }

  /// `\\[2pt]` asks for more space; the page has its own.
  private mutating func skipRowSkip() {
    let start = mark
    guard take(.character("[")) else { return }
    while true {
      switch current.kind {
      case .character("]"):
        advance()
        return
      case .character(let part) where part.isNumber || part.isLetter || part == "." || part == "-":
        advance()
      default:
        // A row that begins with a bracket.
        reset(to: start)
        return
      }
    }
  }

  private mutating func endEnvironment(_ name: String, at begin: Token) {
    let end = current
    guard take(.command("end")) else {
      return note("`\\begin{\(name)}` without `\\end{\(name)}`", at: begin)
    }
    let ended = rawArgument() ?? ""
    if ended != name { note("`\\begin{\(name)}` ended by `\\end{\(ended)}`", at: end) }
  }

  /// `{l|cr}`
  private mutating func columnSpecification(at token: Token) -> [Table.Column] {
    guard let letters = rawArgument() else {
      note("`array` needs its columns, such as `{lcr}`", at: token)
      return [Table.Column(alignment: .center)]
    }
    var columns: [Table.Column] = []
    var rule = false
    for letter in letters where !letter.isWhitespace {
      let alignment: Table.Column.Alignment
      switch letter {
      case "l": alignment = .left
      case "c": alignment = .center
      case "r": alignment = .right
      case "|":
        rule = true
        continue
      default:
        note("unknown column `\(letter)`: `l`, `c`, `r` and `|` are known", at: token)
        continue
      }
      columns.append(Table.Column(alignment: alignment, ruleBefore: rule))
      rule = false
    }
    if columns.isEmpty { columns.append(Table.Column(alignment: .center)) }
    if rule { columns[columns.count - 1].ruleAfter = true }
    return columns
  }

  /// `\substack{a \\ b}`
  mutating func substack(at token: Token) -> Expression {
    skipSpaces()
    guard current.kind == .openBrace else { return argument(of: "`\\substack`", at: token) }
    let brace = current
    advance()
    var lines: [[Expression]] = []
    inside(.group) { parser in
      parser.inside(.environment) { parser in
        repeat { lines.append([parser.row()]) } while parser.take(.rowSeparator)
      }
    }
    if !take(.closeBrace) { note("missing `}` for this `{`", at: brace) }
    return .table(Table(rows: lines, layout: .small, columns: [.init(alignment: .center)]))
  }
}
