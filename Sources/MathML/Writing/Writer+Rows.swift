extension Writer {
  /// How an operator stands among its neighbours.
  enum Position {
    /// With an operand on both sides.
    case between
    /// A sign in front of its operand.
    case sign
    /// Like a letter: it has no operands here.
    case letter
    /// Not in a row at all, where nothing adds space.
    case alone
  }

  /// The elements of a row.
  ///
  /// - Parameter previous: The class of what stands before the row, when the row goes on a formula:
  ///   in aligned equations the right side continues the left one.
  func row(of expression: Expression, after previous: AtomClass? = nil) -> [MathNode] {
    let items: [Expression]
    if case .row(let several) = expression { items = several } else { items = [expression] }
    if items.count == 1, previous == nil { return [node(items[0])] }

    let classes = items.map(atomClass)
    var previous = previous
    var nodes: [MathNode] = []
    for (index, item) in items.enumerated() {
      guard let kind = classes[index] else {
        nodes.append(node(item))
        continue
      }
      let next = classes[(index + 1)...].lazy.compactMap { $0 }.first
      nodes += functionSpace(between: previous, and: kind)
      let position = self.position(of: kind, after: previous, before: next)
      nodes.append(placed(item, position, isFirst: nodes.isEmpty))
      previous = kind == .binary && position != .between ? .ordinary : kind
    }
    return nodes
  }

  /// What stands between a function and its neighbours: the invisible operator of application in
  /// front of its argument, and TeX's thin space unless a parenthesis follows.
  private func functionSpace(between previous: AtomClass?, and kind: AtomClass) -> [MathNode] {
    let application = MathNode("mo", text: "\u{2061}")
    switch (previous, kind) {
    case (.function, .ordinary), (.function, .function): return [application, space(3.0 / 18)]
    case (.function, .open), (.function, .inner): return [application]
    case (.ordinary, .function), (.close, .function), (.inner, .function):
      return [space(3.0 / 18)]
    default: return []
    }
  }

  /// A binary operator without an operand on one side is none (TeX's rule for signs).
  private func position(
    of kind: AtomClass, after previous: AtomClass?, before next: AtomClass?
  ) -> Position {
    guard kind == .binary else { return .between }
    switch next {
    case nil, .relation, .close, .punctuation: return .letter
    default: break
    }
    switch previous {
    case .ordinary, .close, .inner: return .between
    default: return .sign
    }
  }

  /// An item of a row. With braces around it, an operator is an ordinary atom: `1{,}5`.
  private func placed(_ item: Expression, _ position: Position, isFirst: Bool) -> MathNode {
    switch item {
    case .symbol(let symbol):
      let node = sign(symbol, position)
      // First in its row an operator would be taken for a sign.
      let isSign = Writer.signs.contains(symbol.text)
      return isFirst && isSign && position == .between ? node.with("form", "infix") : node
    case .row(let items):
      if items.count == 1, case .symbol(let symbol) = items[0] { return sign(symbol, .letter) }
      return MathNode("mrow", [:], items.isEmpty ? [] : row(of: item))
    default:
      return node(item)
    }
  }

  /// The operators that the dictionary knows as signs, too.
  static let signs: Set<String> = ["+", "−", "±", "∓"]

  /// The class of an atom; nil for what does not count, such as space.
  func atomClass(_ expression: Expression) -> AtomClass? {
    switch expression {
    case .symbol(let symbol): return symbol.kind
    case .function: return .function
    case .space, .nothing: return nil
    case .scripts(let scripts): return atomClass(scripts.base) ?? .ordinary
    case .stack(let base, _, _): return atomClass(base)
    case .classed(.largeOperator, let content):
      // A name given as an operator is spaced as a function is.
      if case .symbol = content { return .largeOperator }
      return .function
    case .sizedDelimiter(_, _, let kind), .classed(let kind, _): return kind
    case .fenced: return .inner
    case .row, .styled, .identifier, .number, .text, .fraction, .root, .accent, .table, .phantom,
      .unreadable:
      return .ordinary
    }
  }
}
