extension Parser {
  /// `\text{…}`: words, in which `$…$` is mathematics again.
  mutating func text(_ style: TextStyle, _ name: String, at token: Token) -> Expression {
    skipSpaces()
    let brace = current
    guard take(.openBrace) else {
      return .text(word(of: name, at: token), style)
    }
    var items: [Expression] = []
    var words = ""
    func flush() {
      if !words.isEmpty { items.append(.text(words, style)) }
      words = ""
    }
    var braces = 1
    while braces > 0 {
      switch current.kind {
      case .end:
        note("missing `}` for this `{`", at: brace)
        braces = 0
        continue
      case .openBrace: braces += 1
      case .closeBrace: braces -= 1
      case .character("$"):
        flush()
        items.append(formulaInText())
        continue
      default: words += textOfCurrent()
      }
      advance()
    }
    flush()
    return items.count == 1 ? items[0] : .row(items)
  }

  /// `$…$` inside of text.
  private mutating func formulaInText() -> Expression {
    let dollar = current
    advance()
    var items: [Expression] = []
    let outer = alphabet
    alphabet = nil
    defer { alphabet = outer }
    inside(.group) { parser in
      while true {
        parser.skipSpaces()
        switch parser.current.kind {
        case .end, .closeBrace:
          return parser.note("missing `$` for this `$`", at: dollar)
        case .character("$"): return parser.advance()
        default: items.append(parser.scripted())
        }
      }
    }
    return .row(items)
  }

  /// The letters of `\operatorname{…}`; spacing commands become spaces.
  mutating func word(of name: String, at token: Token) -> String {
    skipSpaces()
    let brace = current
    guard take(.openBrace) else {
      if case .character = current.kind {
        defer { advance() }
        return textOfCurrent()
      }
      note("`\\\(name)` needs an argument", at: token)
      return "?"
    }
    var word = ""
    var braces = 1
    while braces > 0 {
      switch current.kind {
      case .end:
        note("missing `}` for this `{`", at: brace)
        return word
      case .openBrace: braces += 1
      case .closeBrace: braces -= 1
      case .space: break
      default: word += textOfCurrent()
      }
      advance()
    }
    return word
  }

  /// What follows in braces, to the letter; nil when there are none.
  mutating func rawArgument() -> String? {
    skipSpaces()
    let brace = current
    guard take(.openBrace) else { return nil }
    let start = current
    var braces = 1
    while true {
      switch current.kind {
      case .end:
        note("missing `}` for this `{`", at: brace)
        return source(from: start)
      case .openBrace: braces += 1
      case .closeBrace:
        braces -= 1
        if braces == 0 {
          defer { advance() }
          return source(from: start)
        }
      default: break
      }
      advance()
    }
  }

  /// The current token as words.
  private mutating func textOfCurrent() -> String {
    switch current.kind {
    case .character(let character): return String(character)
    case .space: return " "
    case .superscript: return "^"
    case .subscript: return "_"
    case .cellSeparator: return "&"
    case .rowSeparator: return " "
    case .openBrace, .closeBrace, .end: return ""
    case .command(let name):
      switch Command.named[name] {
      case .character(let text): return text
      case .symbol(let symbol): return symbol.text
      case .identifier(let text, _): return text
      case .space(let ems): return ems > 0 ? "\u{2009}" : ""
      default:
        note("`\\\(name)` is no part of words", at: current)
        return "\\" + name
      }
    }
  }
}
