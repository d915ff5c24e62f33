/// Makes MathML of an expression.
///
/// Most space between atoms comes from the operator dictionary of MathML; the writer says only what
/// the dictionary cannot know: signs, functions, and that scripts are set tight.
struct Writer {
  /// The style of what is being written: it decides where limits stand.
  let style: Style

  /// One element for an expression: an `<mrow>` when there are several things in it.
  func element(_ expression: Expression) -> MathNode {
    let nodes = row(of: expression)
    return nodes.count == 1 ? nodes[0] : MathNode("mrow", [:], nodes)
  }

  /// An element in another style.
  func element(_ expression: Expression, _ style: Style) -> MathNode {
    Writer(style: style).element(expression)
  }

  /// One expression that is no operator in a row; `Writer+Rows.swift` deals with those.
  func node(_ expression: Expression) -> MathNode {
    switch expression {
    case .identifier(let text, let upright): return identifier(text, upright: upright)
    case .number(let text): return MathNode("mn", text: text)
    case .symbol(let symbol): return sign(symbol, .alone)
    case .function(let name, _): return identifier(name, upright: true)
    case .text(let text, let style): return words(text, style)
    case .space(let ems): return space(ems)
    case .row: return element(expression)
    case .fraction(let fraction): return self.fraction(fraction)
    case .root(let radicand, let degree?):
      return MathNode("mroot", [:], [element(radicand), element(degree, .script)])
    case .root(let radicand, nil): return MathNode("msqrt", [:], [element(radicand)])
    case .scripts(let scripts): return self.scripts(scripts)
    case .accent(let accent, let base): return self.accent(accent, on: base)
    case .stack(let base, let over, let under):
      return stacked(
        element(base), under: under.map { element($0, .script) },
        over: over.map { element($0, .script) })
    case .fenced(let fence): return self.fence(fence)
    case .sizedDelimiter(let delimiter, let size, let kind):
      return sizedDelimiter(delimiter, size: size, kind)
    case .table(let table): return self.table(table)
    case .styled(let style, let content):
      return MathNode(
        "mstyle",
        [
          "displaystyle": style == .display ? "true" : "false",
          "scriptlevel": style == .script ? "1" : "0",
        ], [element(content, style)])
    case .classed(let kind, let content): return classed(content, as: kind)
    case .phantom(let content): return MathNode("mphantom", [:], [element(content)])
    case .nothing: return MathNode("mrow")
    case .unreadable(let source): return MathNode("merror", [:], [words(source, .plain)])
    }
  }

  func identifier(_ text: String, upright: Bool) -> MathNode {
    // A single letter is italic unless told; a longer name is upright by itself.
    if upright, text.unicodeScalars.count == 1 {
      return MathNode("mi", ["mathvariant": "normal"], text: text)
    }
    return MathNode("mi", text: text)
  }

  private func words(_ text: String, _ style: TextStyle) -> MathNode {
    // Spaces at the ends would be dropped, as in all of HTML.
    var text = text
    if text.first == " " { text = "\u{A0}" + text.dropFirst() }
    if text.last == " " { text = text.dropLast() + "\u{A0}" }
    switch style {
    case .plain: return MathNode("mtext", text: text)
    case .bold: return MathNode("mtext", ["style": "font-weight:bold"], text: text)
    case .italic: return MathNode("mtext", ["style": "font-style:italic"], text: text)
    case .monospace: return MathNode("mtext", ["style": "font-family:monospace"], text: text)
    case .sansSerif: return MathNode("mtext", ["style": "font-family:sans-serif"], text: text)
    }
  }

  func space(_ ems: Double) -> MathNode {
    MathNode("mspace", ["width": Writer.length(ems)])
  }

  /// A length in em with four decimals at most: `0.1667em`.
  static func length(_ ems: Double) -> String {
    let tenThousandths = Int((abs(ems) * 10_000).rounded())
    var digits = String(tenThousandths % 10_000)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    let sign = ems < 0 && tenThousandths > 0 ? "-" : ""
    return sign + String(tenThousandths / 10_000) + (digits.isEmpty ? "" : "." + digits) + "em"
  }

  private func fraction(_ fraction: Fraction) -> MathNode {
    let parts: Style = (fraction.style ?? style) == .display ? .text : .script
    let node = MathNode(
      "mfrac", fraction.hasRule ? [:] : ["linethickness": "0"],
      [element(fraction.numerator, parts), element(fraction.denominator, parts)])
    guard let chosen = fraction.style else { return node }
    return MathNode(
      "mstyle",
      ["displaystyle": chosen == .display ? "true" : "false", "scriptlevel": "0"], [node])
  }
}
