import SwiftIDEUtils
import SwiftParser
import SwiftSyntax

/// Colours Swift code by what the parser takes each token for.
///
/// The text of the result is the code to the letter, whatever the code is: what no token claims stays
/// plain, so that copying from the page gives what was written.
enum SwiftHighlighter {
  /// A stretch of code of one kind; its class is nil where it is plain.
  struct Run: Equatable {
    var text: Substring
    var styleClass: String?
  }

  /// The nodes of `<code>`.
  ///
  /// - Parameter markedLines: lines (from 1) to stand out, as the place of an error.
  static func nodes(for code: String, markedLines: Set<Int> = []) -> [HTMLNode] {
    let runs = runs(of: code)
    guard !markedLines.isEmpty else { return runs.map(node) }
    var nodes: [HTMLNode] = []
    for (index, line) in lines(of: runs).enumerated() {
      guard markedLines.contains(index + 1) else {
        nodes += line.map(node)
        continue
      }
      // The line end stays outside, so that it ends the line on the page as it does in the code.
      var marked = line
      if let last = marked.last, last.text.utf8.last == UInt8(ascii: "\n") {
        let end = last.text.utf8.index(before: last.text.endIndex)
        marked[marked.count - 1].text = last.text[..<end]
        marked.removeAll { $0.text.isEmpty }
        nodes.append(.element(Element("mark", ["class": "fault-line"]) { marked.map(node) }))
        nodes.append(node(for: Run(text: last.text[end...], styleClass: nil)))
      } else {
        nodes.append(.element(Element("mark", ["class": "fault-line"]) { marked.map(node) }))
      }
    }
    return nodes
  }

  /// The code in stretches, one after the other without gaps.
  static func runs(of code: String) -> [Run] {
    var code = code
    code.makeContiguousUTF8()
    let utf8 = code.utf8
    var runs: [Run] = []
    var end = utf8.startIndex
    func append(upTo index: String.Index, styleClass: String?) {
      guard index > end else { return }
      if let last = runs.last, last.styleClass == styleClass {
        runs[runs.count - 1].text = code[last.text.startIndex..<index]
      } else {
        runs.append(Run(text: code[end..<index], styleClass: styleClass))
      }
      end = index
    }
    for range in Parser.parse(source: code).classifications {
      let lower = range.range.lowerBound.utf8Offset
      let upper = range.range.upperBound.utf8Offset
      guard upper <= utf8.count else { break }
      let start = utf8.index(utf8.startIndex, offsetBy: lower)
      let next = utf8.index(utf8.startIndex, offsetBy: upper)
      append(upTo: start, styleClass: nil)
      append(upTo: next, styleClass: styleClass(of: range.kind, text: code[start..<next]))
    }
    append(upTo: utf8.endIndex, styleClass: nil)
    return runs
  }

  /// The class of a token in the style sheet. Names of variables and punctuation stay plain: a page
  /// in which everything is coloured shows nothing.
  private static func styleClass(
    of kind: SyntaxClassification, text: Substring
  ) -> String? {
    switch kind {
    case .keyword, .ifConfigDirective: return "k"
    case .attribute: return "a"
    case .type: return "t"
    case .stringLiteral, .regexLiteral: return "s"
    case .integerLiteral, .floatLiteral: return "n"
    case .lineComment, .blockComment, .docLineComment, .docBlockComment: return "c"
    // The parser does not know what a name stands for. In Swift, types begin with a capital.
    case .identifier: return text.first?.isUppercase == true ? "t" : nil
    case .argumentLabel, .dollarIdentifier, .editorPlaceholder, .none, .operator: return nil
    }
  }

  private static func node(for run: Run) -> HTMLNode {
    let text = HTMLNode.text(String(run.text))
    guard let styleClass = run.styleClass else { return text }
    return .element(Element("span", ["class": styleClass]) { text })
  }

  /// The runs by lines; a line end belongs to the line it ends.
  private static func lines(of runs: [Run]) -> [[Run]] {
    var lines: [[Run]] = [[]]
    for run in runs {
      var rest = run.text[...]
      while let lineEnd = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) {
        let next = rest.utf8.index(after: lineEnd)
        lines[lines.count - 1].append(Run(text: rest[..<next], styleClass: run.styleClass))
        lines.append([])
        rest = rest[next...]
      }
      if !rest.isEmpty {
        lines[lines.count - 1].append(Run(text: rest, styleClass: run.styleClass))
      }
    }
    return lines
  }
}
