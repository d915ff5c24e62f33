extension Writer {
  /// An operator, with what the operator dictionary has to be told.
  func sign(_ symbol: Symbol, _ position: Position) -> MathNode {
    let operation = MathNode("mo", text: symbol.text)
    switch symbol.kind {
    case .open, .close:
      if symbol.text == "!" || symbol.text == "?" { return operation }
      // Only \left and \right make delimiters grow.
      guard Writer.symmetric.contains(symbol.text) else {
        return operation.with("stretchy", "false")
      }
      return operation.with("form", symbol.kind == .open ? "prefix" : "postfix")
        .with("stretchy", "false")
    case .ordinary:
      if Writer.symmetric.contains(symbol.text) {
        return operation.with("form", "prefix").with("stretchy", "false")
      }
      return symbol.text == "/" || symbol.text == "\\" ? tight(operation) : operation
    case .binary where position == .sign && Writer.signs.contains(symbol.text):
      return operation.with("form", "prefix")
    case .binary where symbol.text.count > 1 && style != .script:
      return spaced(operation, 4.0 / 18)
    case .binary where position == .sign || position == .letter:
      return tight(operation)
    case .binary, .relation, .punctuation:
      if position == .letter || style == .script && position != .alone { return tight(operation) }
      // As punctuation a colon has space behind it only.
      let isColon = symbol.kind == .punctuation && symbol.text == ":"
      return isColon
        ? operation.with("lspace", "0em").with("rspace", Writer.length(3.0 / 18)) : operation
    case .largeOperator, .function, .inner:
      return operation
    }
  }

  /// Delimiters that look the same on both sides.
  private static let symmetric: Set<String> = ["|", "‖"]

  private func tight(_ operation: MathNode) -> MathNode {
    operation.with("lspace", "0em").with("rspace", "0em")
  }

  private func spaced(_ operation: MathNode, _ ems: Double) -> MathNode {
    operation.with("lspace", Writer.length(ems)).with("rspace", Writer.length(ems))
  }

  /// `\mathbin`, `\mathrel` and their kin: the space of the class, whatever is inside.
  func classed(_ content: Expression, as kind: AtomClass) -> MathNode {
    let width =
      switch kind {
      case .binary where style != .script: 4.0 / 18
      case .relation where style != .script: 5.0 / 18
      default: 0.0
      }
    if case .symbol(let symbol) = content, kind != .largeOperator {
      return spaced(MathNode("mo", text: symbol.text), width)
    }
    // What has the class already brings its own space.
    guard width > 0, atomClass(content) != kind else { return element(content) }
    return MathNode("mrow", [:], [space(width), element(content), space(width)])
  }

  /// `\left … \right`
  func fence(_ fence: Fence) -> MathNode {
    var nodes: [MathNode] = []
    for (index, delimiter) in fence.delimiters.enumerated() {
      let isFirst = index == 0
      let isLast = index == fence.delimiters.count - 1
      if !delimiter.isEmpty {
        let form = isFirst ? "prefix" : isLast ? "postfix" : "infix"
        let operation = MathNode("mo", ["form": form, "stretchy": "true"], text: delimiter)
        nodes.append(isFirst || isLast ? operation : tight(operation))
      }
      if index < fence.parts.count { nodes += row(of: fence.parts[index]) }
    }
    return MathNode("mrow", [:], nodes)
  }

  /// `\big(`
  func sizedDelimiter(_ delimiter: String, size: Double, _ kind: AtomClass) -> MathNode {
    if delimiter.isEmpty { return space(0) }
    let form = kind == .open ? "prefix" : kind == .close ? "postfix" : "infix"
    let length = Writer.length(size)
    let operation = MathNode(
      "mo", ["form": form, "stretchy": "true", "minsize": length, "maxsize": length],
      text: delimiter)
    switch kind {
    case .open, .close: return operation
    case .relation: return spaced(operation, 5.0 / 18)
    default: return tight(operation)
    }
  }
}
