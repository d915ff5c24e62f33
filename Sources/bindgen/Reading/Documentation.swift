import SwiftSyntax

/// The doc comment before a declaration, without its slashes; nil if there is none.
func documentation(of syntax: some SyntaxProtocol) -> String? {
  var lines: [String] = []
  for piece in syntax.leadingTrivia {
    switch piece {
    case .docLineComment(let text):
      lines.append(String(text.dropFirst(3).drop { $0 == " " }))
    case .newlines(let count) where count > 1: lines = []  // a comment on something else
    default: break
    }
  }
  return lines.isEmpty ? nil : lines.joined(separator: "\n")
}
