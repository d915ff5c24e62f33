extension Parser {
  /// `\left … \middle … \right`, with `\left` taken already.
  mutating func fence(at left: Token) -> Expression {
    var delimiters = [delimiter(of: "left", at: left)]
    var parts: [Expression] = []
    inside(.fence) { parser in
      parts.append(parser.row())
      while parser.current.kind == .command("middle") {
        let middle = parser.current
        parser.advance()
        delimiters.append(parser.delimiter(of: "middle", at: middle))
        parts.append(parser.row())
      }
    }
    let right = current
    if take(.command("right")) {
      delimiters.append(delimiter(of: "right", at: right))
    } else {
      note("`\\left` without `\\right`", at: left)
      delimiters.append("")
    }
    return .fenced(Fence(delimiters: delimiters, parts: parts))
  }

  /// The delimiter behind `\left`, `\big` and their kin; empty for a dot.
  mutating func delimiter(of name: String, at token: Token) -> String {
    skipSpaces()
    switch current.kind {
    case .character(let character):
      if let delimiter = Command.delimiter(character) {
        advance()
        return delimiter
      }
    case .command(let command):
      if let delimiter = Command.delimiter(command: command) {
        advance()
        return delimiter
      }
    default: break
    }
    note("`\\\(name)` needs a delimiter such as `(`, `[`, `\\{`, `|` or `.`", at: token)
    return ""
  }
}
