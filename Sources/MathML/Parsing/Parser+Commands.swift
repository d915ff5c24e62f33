extension Parser {
  /// A command with all that it takes.
  mutating func command(_ name: String) -> Expression {
    let token = current
    guard let command = Command.named[name] else { return unknown(name) }
    advance()
    switch command {
    case .identifier(let text, let upright): return letter(text, upright: upright)
    case .symbol(let symbol): return .symbol(symbol)
    case .function(let text, let limits): return .function(text, limits: limits)
    case .character(let text): return .text(text, .plain)
    case .space(let ems): return .space(ems)
    case .customSpace: return customSpace(name, at: token)
    case .fraction(let style, let hasRule):
      return fraction(name, style: style, hasRule: hasRule, at: token)
    case .root:
      let degree = optionalArgument()
      return .root(argument(of: "`\\\(name)`", at: token), degree: degree)
    case .accent(let accent): return .accent(accent, argument(of: "`\\\(name)`", at: token))
    case .alphabet(let alphabet): return styled(alphabet, name, at: token)
    case .text(let style): return text(style, name, at: token)
    case .operatorName(let limits):
      return .function(word(of: name, at: token), limits: limits)
    case .classed(let kind): return .classed(kind, argument(of: "`\\\(name)`", at: token))
    case .stack(let stacking): return stack(stacking, name, at: token)
    case .labelledArrow(let arrow):
      let under = optionalArgument()
      let over = argument(of: "`\\\(name)`", at: token)
      let base = Expression.symbol(Symbol(text: arrow, kind: .relation))
      return .stack(base: base, over: over, under: under)
    case .negation: return negated(at: token)
    case .style(let style): return .styled(style, row())
    case .left: return fence(at: token)
    case .sizedDelimiter(let size, let kind):
      let delimiter = self.delimiter(of: name, at: token)
      return .sizedDelimiter(delimiter, size: size, Command.side(of: delimiter, orElse: kind))
    case .begin: return environment(at: token)
    case .phantom: return .phantom(argument(of: "`\\\(name)`", at: token))
    case .substack: return substack(at: token)
    case .parenthesisedModulus:
      let modulus = argument(of: "`\\\(name)`", at: token)
      return .row([
        .space(1), .symbol(Symbol(text: "(", kind: .open)), .identifier("mod", upright: true),
        .space(1.0 / 3), modulus, .symbol(Symbol(text: ")", kind: .close)),
      ])
    case .silent: return .nothing
    case .ignored(let arguments):
      for _ in 0..<arguments { _ = rawArgument() }
      note("`\\\(name)` has no effect here", at: token)
      return .nothing
    case .rule: return misplaced(token, "`\\\(name)` belongs between the rows of an array")
    case .right: return misplaced(token, "`\\right` without `\\left`")
    case .middle: return misplaced(token, "`\\middle` outside of `\\left … \\right`")
    case .end:
      let environment = rawArgument() ?? ""
      return misplaced(token, "`\\end{\(environment)}` without `\\begin{\(environment)}`")
    case .limits:
      return misplaced(token, "`\\\(name)` belongs behind an operator such as `\\sum`")
    }
  }

  private mutating func misplaced(_ token: Token, _ message: String) -> Expression {
    note(message, at: token)
    return .unreadable(source(from: token))
  }

  private mutating func unknown(_ name: String) -> Expression {
    if name.isEmpty { return stray("a backslash at the end") }
    let token = current
    advance()
    let near =
      problems.count < Parser.problemLimit ? NearestName.of(name, in: Command.named.keys) : nil
    let hint = near.map { "; did you mean `\\\($0)`?" } ?? ""
    note("unknown command `\\\(name)`" + hint, at: token)
    // Without the blank that ended the name.
    return .unreadable("\\" + name)
  }

  private func letter(_ text: String, upright: Bool) -> Expression {
    guard let alphabet, let character = text.first else {
      return .identifier(text, upright: upright)
    }
    if alphabet == .upright { return .identifier(text, upright: true) }
    let styled = alphabet.styled(character)
    return .identifier(String(styled), upright: upright && styled == character)
  }

  private mutating func fraction(
    _ name: String, style: Style?, hasRule: Bool, at token: Token
  ) -> Expression {
    let numerator = argument(of: "`\\\(name)`", at: token)
    let denominator = argument(of: "`\\\(name)`", at: token)
    let fraction = Expression.fraction(
      Fraction(
        numerator: numerator, denominator: denominator, style: style, hasRule: hasRule))
    return hasRule ? fraction : .fenced(Fence(delimiters: ["(", ")"], parts: [fraction]))
  }

  private mutating func styled(
    _ alphabet: Alphabet, _ name: String, at token: Token
  ) -> Expression {
    let outer = (self.alphabet, alphabetLevel)
    (self.alphabet, alphabetLevel) = (alphabet, openers.count)
    defer { (self.alphabet, alphabetLevel) = outer }
    return argument(of: "`\\\(name)`", at: token)
  }

  private mutating func stack(
    _ stacking: Command.Stacking, _ name: String, at token: Token
  ) -> Expression {
    let note = argument(of: "`\\\(name)`", at: token)
    let base = argument(of: "`\\\(name)`", at: token)
    switch stacking {
    case .over: return .stack(base: base, over: note, under: nil)
    case .under: return .stack(base: base, over: nil, under: note)
    case .relation: return .classed(.relation, .stack(base: base, over: note, under: nil))
    }
  }

  /// `\not` strikes through the symbol behind it.
  private mutating func negated(at token: Token) -> Expression {
    let argument = self.argument(of: "`\\not`", at: token)
    guard case .symbol(var symbol) = argument else {
      note("`\\not` needs a relation behind it", at: token)
      return argument
    }
    // Unicode composes the common ones: = and U+0338 are ≠.
    symbol.text += "\u{338}"
    return .symbol(symbol)
  }

  private mutating func customSpace(_ name: String, at token: Token) -> Expression {
    let raw = (rawArgument() ?? "").filter { !$0.isWhitespace }
    let unit = raw.suffix(2)
    let emsPerUnit = ["em": 1, "mu": 1.0 / 18, "ex": 0.43, "pt": 0.1, "px": 0.075][unit]
    guard let emsPerUnit, let length = Double(raw.dropLast(2)), abs(length) < 1000 else {
      note("`\\\(name)` needs a length such as `{1em}`", at: token)
      return .nothing
    }
    return .space(length * emsPerUnit)
  }
}
