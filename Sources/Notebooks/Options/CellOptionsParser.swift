/// Reads the `//|` lines of a cell, and the `cells:` of the front matter.
struct CellOptionsParser {
  let path: String
  let source: SourceText
  private(set) var options: CellOptions
  private(set) var problems: [NotebookProblem] = []

  init(path: String, source: SourceText, defaults: CellOptions = CellOptions()) {
    self.path = path
    self.source = source
    options = defaults
  }

  /// - Returns: how many lines at the top of the code hold options.
  mutating func parse(code: String, lineMap: LineMap) -> Int {
    guard code.utf8.firstRange(of: "//|") != nil else { return 0 }
    var lines: [SourceSpan] = []
    for (index, line) in code.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.hasPrefix("//|") {
      let prefix = line.hasPrefix("//| ") ? 4 : 3
      let start = source.offset(of: lineMap.position(line: index + 1, column: 1 + prefix))
      if index == lines.count {
        lines.append(start..<max(start, start + line.utf8.count - prefix))
      } else {
        report(
          .warning, "options stand at the top of a cell; this line is a comment",
          at: start - prefix..<start)
      }
    }
    do {
      if let node = try YAMLText(lines: lines, source: source).parse() {
        apply(node, allowsLabel: true)
      }
    } catch {
      report(.error, error.message, at: error.span)
    }
    return lines.count
  }

  /// Puts the keys of a mapping into the options.
  ///
  /// - Parameter allowsLabel: a label belongs to one cell, never to all of them.
  mutating func apply(_ node: YAMLNode, allowsLabel: Bool) {
    guard case .mapping(let pairs) = node.value else {
      report(.error, "an option is written 'key: value'", at: node.span)
      return
    }
    let names = CellOption.allCases.map(\.rawValue).filter { allowsLabel || $0 != "label" }
    for (key, value) in pairs {
      let name = key.text ?? ""
      guard allowsLabel || name != "label" else {
        report(.error, "a label is the name of one cell, not of all", at: key.span)
        continue
      }
      guard let option = CellOption(rawValue: name) else {
        let hint = NearestName.hint(for: name, among: names)
        report(.error, "unknown option '\(name)'; \(hint)", at: key.span)
        continue
      }
      do {
        try option.set(value, in: &options)
      } catch {
        let wrong = error.part ?? value
        var message = "'\(name)' takes \(error.expected), not \(wrong.described)"
        if let text = wrong.text, !error.names.isEmpty {
          let hint = NearestName.hint(for: text, among: error.names)
          if hint.hasPrefix("did") { message += "; \(hint)" }
        }
        report(.error, message, at: wrong.isNull ? key.span : wrong.span)
      }
    }
  }

  private mutating func report(
    _ severity: NotebookProblem.Severity, _ message: String, at span: SourceSpan
  ) {
    problems.append(
      NotebookProblem(severity, message, path: path, source: source, span: span))
  }
}
