extension Parser {
  /// An atom with its scripts, primes and limits.
  mutating func scripted() -> Expression {
    let first = current
    let base = atom()
    var below: [Expression] = []
    var above: [Expression] = []
    var primes = ""
    var placement = Scripts.Placement.automatic
    scripts: while true {
      skipSpaces()
      let token = current
      switch token.kind {
      case .superscript:
        advance()
        if !above.isEmpty {
          note("double superscript; use braces to say what belongs to what", at: token)
        }
        above.append(deeper { $0.argument(of: "`^`", at: token) })
      case .subscript:
        advance()
        if !below.isEmpty {
          note("double subscript; use braces to say what belongs to what", at: token)
        }
        below.append(deeper { $0.argument(of: "`_`", at: token) })
      case .character("'"), .character("’"):
        advance()
        primes.append("′")
      case .command(let name):
        guard case .limits(let asked)? = Command.named[name] else { break scripts }
        advance()
        if !takesLimits(base) {
          note("`\\\(name)` belongs behind an operator such as `\\sum`", at: token)
        }
        placement = asked
      default:
        break scripts
      }
    }
    // What is no atom and was no script would be read for ever.
    if current == first { advance() }

    if !primes.isEmpty {
      above.insert(.symbol(Symbol(text: joined(primes: primes), kind: .ordinary)), at: 0)
    }
    if below.isEmpty, above.isEmpty, placement == .automatic { return base }
    return .scripts(
      Scripts(
        base: base, subscript: together(below), superscript: together(above),
        placement: placement))
  }

  private func together(_ scripts: [Expression]) -> Expression? {
    scripts.count > 1 ? .row(scripts) : scripts.first
  }

  /// Two to four primes are one character each.
  private func joined(primes: String) -> String {
    switch primes.count {
    case 2: "″"
    case 3: "‴"
    case 4: "⁗"
    default: primes
    }
  }

  private func takesLimits(_ base: Expression) -> Bool {
    switch base {
    case .symbol(let symbol): symbol.kind == .largeOperator
    case .function: true
    case .classed(let kind, _): kind == .largeOperator
    case .accent(let accent, _): accent.takesNote
    default: false
    }
  }
}
