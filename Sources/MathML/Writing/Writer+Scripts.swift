extension Writer {
  /// Scripts beside their base, or under and over it.
  func scripts(_ scripts: Scripts) -> MathNode {
    let below = scripts.subscript.map { element($0, .script) }
    let above = scripts.superscript.map { element($0, .script) }
    var base = element(scripts.base)
    if usesLimits(scripts) {
      // In running text a sum would move its limits beside itself.
      if style != .display, case .symbol(let symbol) = scripts.base, symbol.limits {
        base = base.with("movablelimits", "false")
      }
      return stacked(base, under: below, over: above)
    }
    switch (below, above) {
    case (let below?, let above?): return MathNode("msubsup", [:], [base, below, above])
    case (let below?, nil): return MathNode("msub", [:], [base, below])
    case (nil, let above?): return MathNode("msup", [:], [base, above])
    case (nil, nil): return base
    }
  }

  private func usesLimits(_ scripts: Scripts) -> Bool {
    if case .accent(let accent, _) = scripts.base, accent.takesNote { return true }
    switch scripts.placement {
    case .limits: return true
    case .beside: return false
    case .automatic: break
    }
    guard style == .display else { return false }
    switch scripts.base {
    case .symbol(let symbol): return symbol.limits
    case .function(_, let limits): return limits
    case .classed(let kind, _): return kind == .largeOperator
    default: return false
    }
  }

  /// Something under a base, over it, or both.
  func stacked(_ base: MathNode, under: MathNode?, over: MathNode?) -> MathNode {
    switch (under, over) {
    case (let under?, let over?): return MathNode("munderover", [:], [base, under, over])
    case (let under?, nil): return MathNode("munder", [:], [base, under])
    case (nil, let over?): return MathNode("mover", [:], [base, over])
    case (nil, nil): return base
    }
  }

  /// A hat, a bar, a brace.
  func accent(_ accent: Accent, on base: Expression) -> MathNode {
    let mark = MathNode(
      "mo", ["stretchy": accent.stretches ? "true" : "false"], text: accent.mark)
    return accent.isBelow
      ? MathNode("munder", ["accentunder": "true"], [element(base), mark])
      : MathNode("mover", ["accent": "true"], [element(base), mark])
  }
}
