import SwiftSyntax

extension Checker {
  func location(_ node: some SyntaxProtocol) -> SourceLocation {
    lines.location(node.positionAfterSkippingLeadingTrivia.utf8Offset)
  }

  func location(_ node: ExprSyntax) -> SourceLocation {
    lines.location(Self.anchor(node).positionAfterSkippingLeadingTrivia.utf8Offset)
  }

  /// The token that swiftc points at when it speaks about an expression: the operator of `a + b`,
  /// the name in `a.b`, the bracket of `a[b]`, the callee of a call.
  static func anchor(_ node: ExprSyntax) -> Syntax {
    var node = node
    for _ in 0..<1000 {
      switch node.as(ExprSyntaxEnum.self) {
      case .infixOperatorExpr(let e): return Syntax(e.operator)
      case .memberAccessExpr(let e): return Syntax(e.declName.baseName)
      case .functionCallExpr(let e): node = e.calledExpression
      case .subscriptCallExpr(let e): return Syntax(e.leftSquare)
      case .forceUnwrapExpr(let e): return Syntax(e.exclamationMark)
      case .optionalChainingExpr(let e): return Syntax(e.questionMark)
      case .ternaryExpr(let e): return Syntax(e.questionMark)
      case .asExpr(let e): return Syntax(e.asKeyword)
      case .isExpr(let e): return Syntax(e.isKeyword)
      case .tryExpr(let e): node = e.expression
      case .postfixOperatorExpr(let e): return Syntax(e.operator)
      default: return Syntax(node)
      }
    }
    return Syntax(node)
  }
}
