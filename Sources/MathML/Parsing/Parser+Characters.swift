extension Parser {
  /// Letters, digits and signs that stand for themselves.
  mutating func character(_ first: Character) -> Expression {
    if first.isNumber { return digits() }
    if first == "'" || first == "’" { return .row([]) }
    if let symbol = Command.characters[first] {
      advance()
      return .symbol(symbol)
    }
    if let letter = Command.letterCharacters[first] {
      advance()
      return letter
    }
    if first.isLetter { return letters(first) }
    if first == "$" {
      return stray("`$` inside of a formula; write `\\$` for a dollar")
    }
    advance()
    return .text(String(first), .plain)
  }

  /// A number, with its decimals.
  private mutating func digits() -> Expression {
    var text = ""
    while case .character(let digit) = current.kind, digit.isNumber || digit == "." {
      if digit == "." {
        let point = mark
        advance()
        // A full stop at the end of a sentence is no part of the number.
        guard case .character(let next) = current.kind, next.isNumber, !text.contains(".") else {
          reset(to: point)
          break
        }
        text.append(".")
      } else {
        text.append(digit)
        advance()
      }
    }
    return number(text)
  }

  func number(_ text: String) -> Expression {
    guard let alphabet else { return .number(text) }
    return .number(String(text.map(alphabet.styled)))
  }

  private mutating func letters(_ first: Character) -> Expression {
    advance()
    guard let alphabet else { return .identifier(String(first), upright: false) }
    var word = String(alphabet.styled(first))
    // Without braces the command takes one letter.
    if alphabet.makesWords, openers.count > alphabetLevel {
      while case .character(let next) = current.kind, next.isLetter {
        word.append(alphabet.styled(next))
        advance()
      }
    }
    return .identifier(word, upright: alphabet == .upright)
  }
}
