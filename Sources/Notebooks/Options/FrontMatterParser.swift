/// Reads what stands between `---` lines at the top of a notebook.
struct FrontMatterParser {
  let path: String
  let source: SourceText
  private(set) var frontMatter = FrontMatter()
  private(set) var problems: [NotebookProblem] = []

  private static let keys = [
    "title", "description", "author", "order", "parameters", "profiles", "cells",
  ]

  init(path: String, source: SourceText) {
    self.path = path
    self.source = source
  }

  /// - Returns: the first line behind it, from 1.
  mutating func parse() -> Int {
    guard isMark(1, ["---"]) else { return 1 }
    guard
      let end = stride(from: 2, through: source.lineCount, by: 1)
        .first(where: { isMark($0, ["---", "..."]) })
    else {
      report(
        .error, "this front matter is never closed: a line '---' is missing",
        at: source.span(ofLine: 1))
      return source.lineCount + 1
    }
    frontMatter.span = source.span(ofLine: 1).lowerBound..<source.span(ofLine: end).upperBound
    let lines = (2..<max(2, end)).map(source.span(ofLine:))
    do {
      if let node = try YAMLText(lines: lines, source: source).parse() { apply(node) }
    } catch {
      report(.error, error.message, at: error.span)
    }
    return end + 1
  }

  private func isMark(_ line: Int, _ marks: [String]) -> Bool {
    guard line <= source.lineCount else { return false }
    var text = source.line(line)[...]
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return marks.contains(String(text))
  }

  private mutating func apply(_ node: YAMLNode) {
    guard case .mapping(let pairs) = node.value else {
      report(.error, "front matter is written 'key: value'", at: node.span)
      return
    }
    for (key, value) in pairs {
      switch key.text ?? "" {
      case "title": frontMatter.title = text(value, of: key)
      case "description": frontMatter.description = text(value, of: key)
      case "author": frontMatter.author = text(value, of: key)
      case "order":
        frontMatter.order = value.int
        if value.int == nil { reportWrong(value, of: key, expected: "a whole number") }
      case "cells":
        var parser = CellOptionsParser(path: path, source: source)
        parser.apply(value, allowsLabel: false)
        frontMatter.cellDefaults = parser.options
        problems += parser.problems
      case "parameters", "profiles":
        // Running without them would show numbers that are not those of the author.
        report(.error, "'\(key.text ?? "")' are not supported yet", at: key.span)
      case let name:
        let hint = NearestName.hint(for: name, among: Self.keys)
        report(.warning, "unknown key '\(name)' in the front matter; \(hint)", at: key.span)
      }
    }
  }

  private mutating func text(_ value: YAMLNode, of key: YAMLNode) -> String? {
    if let text = value.text, !value.isNull { return text }
    reportWrong(value, of: key, expected: "text")
    return nil
  }

  private mutating func reportWrong(_ value: YAMLNode, of key: YAMLNode, expected: String) {
    report(
      .error, "'\(key.text ?? "")' takes \(expected), not \(value.described)",
      at: value.isNull ? key.span : value.span)
  }

  private mutating func report(
    _ severity: NotebookProblem.Severity, _ message: String, at span: SourceSpan
  ) {
    problems.append(NotebookProblem(severity, message, path: path, source: source, span: span))
  }
}
