import Notebooks

/// Something the checker said about a cell, drawn with its line and a mark below the place.
enum Finding {
  static func element(for problem: NotebookProblem) -> Element {
    let isError = problem.severity == .error
    return Element("div", ["class": isError ? "fault" : "fault warning"]) {
      Element("p", ["class": "headline"]) {
        Element("strong") { isError ? "Compile error" : "Warning" }
        Element("span", ["class": "message"]) { problem.message }
      }
      place(of: problem, withMessage: false)
    }
  }

  /// Where it is: the place in words, the line with its mark, and notes.
  static func place(of problem: NotebookProblem, withMessage: Bool) -> [HTMLNode] {
    var nodes: [HTMLNode] = []
    if withMessage {
      nodes.append(.element(Element("p", ["class": "message"]) { problem.message }))
    }
    if let excerpt = problem.excerpt {
      nodes.append(.element(excerptElement(excerpt, of: problem)))
    }
    for note in problem.notes {
      nodes.append(
        .element(
          Element("p", ["class": "note"]) {
            Element("strong") { "note:" }
            " \(note.message)"
            if let position = note.position { " (line \(position.line))" }
          }))
    }
    return nodes
  }

  private static func excerptElement(_ excerpt: String, of problem: NotebookProblem) -> Element {
    let lines = excerpt.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    return Element("div", ["class": "excerpt"]) {
      if let position = problem.position {
        Element("p", ["class": "place"]) { "line \(position.line)" }
      }
      CodeBlock.box("Source line", text: String(lines[0]), styleClass: "line") {
        Element("code") {
          SwiftHighlighter.nodes(for: String(lines[0]))
          "\n"
          Element("span", ["class": "caret"]) { lines.count > 1 ? String(lines[1]) : "^" }
        }
      }
    }
  }
}
