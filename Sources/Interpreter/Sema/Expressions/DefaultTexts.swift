import Foundation
import SwiftOperators
import SwiftParser
import SwiftSyntax

/// Default values of native declarations as syntax, parsed once each.
enum DefaultTexts {
  private static let lock = NSLock()
  nonisolated(unsafe) private static var parsed: [String: ExprSyntax] = [:]

  static func parse(_ text: String) -> ExprSyntax {
    lock.lock()
    defer { lock.unlock() }
    if let known = parsed[text] { return known }
    let file = Parser.parse(source: text)
    let folded = OperatorTable.standardOperators.foldAll(file) { _ in }
    let node: ExprSyntax
    if case .expr(let found)? = folded.as(SourceFileSyntax.self)?.statements.first?.item {
      node = found
    } else {
      node = ExprSyntax(MissingExprSyntax(placeholder: .identifier("<#expression#>")))
    }
    parsed[text] = node
    return node
  }
}
