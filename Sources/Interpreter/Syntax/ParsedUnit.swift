import SwiftDiagnostics
import SwiftOperators
import SwiftParser
import SwiftParserDiagnostics
import SwiftSyntax

/// A unit as a syntax tree with operators folded, and what the parser had to say.
struct ParsedUnit {
  let tree: SourceFileSyntax
  let lines: LineTable
  let diagnostics: [Diagnostic]

  /// After a syntax error most of what follows is noise.
  static let errorLimit = 3

  init(_ unit: SourceUnit, index: Int, operators: inout OperatorTable) {
    let lines = LineTable(unit.text, unit: index)
    var diagnostics: [Diagnostic] = []
    var text = unit.text
    if let excess = BracketDepth.excess(in: text) {
      diagnostics.append(
        Diagnostic(.error, "brackets are nested too deeply", at: lines.location(excess)))
      text = ""
    }
    let parsed = Parser.parse(source: text)
    for found in ParseDiagnosticsGenerator.diagnostics(for: parsed)
    where found.diagMessage.severity == .error && diagnostics.count < Self.errorLimit {
      var position = found.position.utf8Offset
      let message = ParserWording.swiftc(found.message)
      if message == ParserWording.unclosedBrace { position = unit.text.utf8.count }
      diagnostics.append(Diagnostic(.error, message, at: lines.location(position)))
    }
    operators.addSourceFile(parsed) { _ in }
    var folded = parsed
    var unknown: [(String, Int)] = []
    let rewritten = operators.foldAll(parsed) { error in
      if case .missingOperator(let name, let referenced) = error {
        unknown.append((name, referenced.positionAfterSkippingLeadingTrivia.utf8Offset))
      } else if case .incomparableOperators(_, _, _, _) = error, diagnostics.isEmpty {
        diagnostics.append(
          Diagnostic(
            .error, error.message, at: lines.location(0)))
      }
    }
    if let file = rewritten.as(SourceFileSyntax.self) { folded = file }
    if diagnostics.isEmpty {
      for (name, offset) in unknown.prefix(Self.errorLimit) {
        diagnostics.append(
          Diagnostic(
            .error, "cannot find operator '\(name)' in scope", at: lines.location(offset),
            length: name.utf8.count))
      }
    }
    self.tree = folded
    self.lines = lines
    self.diagnostics = diagnostics
  }
}

/// The parser library words a few messages differently from the compiler, which has a parser of its
/// own.
enum ParserWording {
  static let unclosedBrace = "expected '}' at end of brace statement"

  static func swiftc(_ message: String) -> String {
    if message.hasPrefix("expected '}' to end "), !message.contains("class"),
      !message.contains("struct"), !message.contains("enum")
    {
      return unclosedBrace
    }
    return switch message {
    case "expected '}' to end struct": "expected '}' in struct"
    case "expected '}' to end class": "expected '}' in class"
    case "expected '}' to end enum": "expected '}' in enum"
    case "expected ')' to end function call": "expected ',' separator"
    case "consecutive statements on a line must be separated by newline or ';'":
      "consecutive statements on a line must be separated by ';'"
    default: message
    }
  }
}
