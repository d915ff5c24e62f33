/// Cuts a formula into tokens; the last one is always `.end`.
struct Lexer {
  private var rest: Substring
  private var offset = 0

  static func tokens(of source: String) -> [Token] {
    var lexer = Lexer(rest: source[...])
    var tokens: [Token] = []
    repeat { tokens.append(lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private mutating func next() -> Token {
    let start = offset
    guard let first = rest.first else { return Token(kind: .end, offset: start) }
    if first.isWhitespace || first == "%" {
      skipSpace()
      return Token(kind: .space, offset: start)
    }
    take()
    let kind: Token.Kind =
      switch first {
      case "\\": command()
      case "{": .openBrace
      case "}": .closeBrace
      case "^": .superscript
      case "_": .subscript
      case "&": .cellSeparator
      case "~": .command(" ")
      default: .character(first)
      }
    return Token(kind: kind, offset: start)
  }

  /// What follows a backslash.
  private mutating func command() -> Token.Kind {
    var name = ""
    while let next = rest.first, next.isASCII, next.isLetter {
      name.append(next)
      take()
    }
    if !name.isEmpty {
      // A starred name is a name of its own, as in \operatorname*.
      if name == "operatorname", rest.first == "*" {
        take()
        name.append("*")
      }
      return .command(name)
    }
    guard let symbol = rest.first else { return .command("") }
    take()
    if symbol == "\\" { return .rowSeparator }
    return .command(symbol.isWhitespace ? " " : String(symbol))
  }

  /// Skips white space, and each comment from its `%` to the end of the line.
  private mutating func skipSpace() {
    while let next = rest.first {
      if next == "%" {
        while rest.first?.isNewline == false { take() }
      } else if next.isWhitespace {
        take()
      } else {
        return
      }
    }
  }

  private mutating func take() {
    offset += rest.removeFirst().utf8.count
  }
}
