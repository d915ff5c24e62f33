extension Writer {
  /// A matrix or aligned equations.
  ///
  /// MathML Core has no attributes for the columns of a table; the cells carry CSS instead.
  func table(_ table: Table) -> MathNode {
    let rows = table.rows.indices.map { row in
      MathNode(
        "mtr", [:], table.rows[row].indices.map { column in cell(row, column, of: table) })
    }
    switch table.layout {
    case .aligned, .gathered: return MathNode("mtable", ["displaystyle": "true"], rows)
    case .small where style != .script: return MathNode("mtable", ["scriptlevel": "1"], rows)
    case .small, .matrix, .cases: return MathNode("mtable", [:], rows)
    }
  }

  private func cell(_ row: Int, _ column: Int, of table: Table) -> MathNode {
    let content = table.rows[row][column]
    let cellStyle: Style =
      switch table.layout {
      case .aligned, .gathered: .display
      case .small: .script
      case .matrix, .cases: .text
      }
    // The right side of an equation goes on with it: an operator there is no sign.
    let continues = table.layout == .aligned && column % table.columns.count > 0
    let nodes = Writer(style: cellStyle).row(of: content, after: continues ? .ordinary : nil)
    let css = self.css(row, column, of: table)
    return MathNode("mtd", css.isEmpty ? [:] : ["style": css], nodes)
  }

  private func css(_ row: Int, _ column: Int, of table: Table) -> String {
    let pattern = table.columns[column % table.columns.count]
    var rules: [String] = []
    if pattern.alignment != .center { rules.append("text-align:\(pattern.alignment.rawValue)") }
    switch table.layout {
    case .aligned:
      let isFirst = column % table.columns.count == 0
      let isLast = column % table.columns.count == table.columns.count - 1
      if !isFirst { rules.append("padding-left:0") }
      // Each equation but the first stands apart from the one on its left.
      if isFirst, column > 0 { rules.append("padding-left:2em") }
      if !isLast { rules.append("padding-right:0") }
    case .cases where column == 0: rules.append("padding-left:0")
    case .cases, .matrix, .small, .gathered: break
    }
    if pattern.ruleBefore { rules.append("border-left:0.06em solid") }
    if pattern.ruleAfter { rules.append("border-right:0.06em solid") }
    if table.ruledRows.contains(row) { rules.append("border-top:0.06em solid") }
    if row == table.rows.count - 1, table.ruledRows.contains(row + 1) {
      rules.append("border-bottom:0.06em solid")
    }
    return rules.joined(separator: ";")
  }
}
