import SwiftSyntax

extension Checker {
  func switchStatement(_ node: SwitchExprSyntax, label: String?) -> [Statement] {
    let place = location(node)
    let loop = LoopLabel(label)
    let subject = infer(node.subject)
    let variable = newLocal("subject", subject.type, isMutable: false, at: place)
    var cases: [SwitchCase] = []
    for item in node.cases {
      guard case .switchCase(let branch) = item else {
        unsupported("'#if'", at: item)
        continue
      }
      withScope {
        let patterns = caseLabel(branch.label, subject.type)
        let body = inside(loop, .switch) { withScope { block(branch.statements) } }
        if branch.statements.isEmpty {
          let text: String =
            if case .default = branch.label { "default" } else { "case" }
          error(
            "'\(text)' label in a 'switch' must have at least one executable statement",
            at: branch.label)
        }
        cases.append(SwitchCase(patterns: patterns, body: body))
      }
    }
    if node.cases.isEmpty, !subject.type.isInvalid {
      error("'switch' statement body must have at least one 'case' or 'default' block", at: node)
    }
    checkExhaustive(
      cases.map(\.patterns), subject.type, hasDefault: hasDefault(node), at: place)
    return [Statement(.switch(subject: subject, variable: variable, cases, loop), at: place)]
  }

  func hasDefault(_ node: SwitchExprSyntax) -> Bool {
    node.cases.contains {
      if case .switchCase(let branch) = $0, case .default = branch.label { return true }
      return false
    }
  }

  /// The patterns of a label; none for `default`.
  func caseLabel(_ label: SwitchCaseSyntax.Label, _ type: Type) -> [CasePattern] {
    switch label {
    case .default: return []
    case .case(let node):
      return node.caseItems.map { item in
        let pattern = casePattern(item.pattern, type, nil)
        let condition = item.whereClause.map { check($0.condition, known.bool, .condition) }
        return CasePattern(pattern: pattern, condition: condition)
      }
    }
  }
}
