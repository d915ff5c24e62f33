import Notebooks

/// Draws a cell: its code, what it put out below it, and what became of it.
struct CellRenderer {
  let run: NotebookRun
  let context: PageContext

  func nodes(forCell index: Int) -> [HTMLNode] {
    let cell = run.notebook.cells[index]
    let cellRun = run.cells[index]
    let findings = run.problems.filter { isFinding($0, in: cell) }
    // What went wrong is shown whatever the author wanted to show.
    let wentWrong = cellRun.status == .failed || findings.hasError
    let showsCode = wentWrong || cell.options.show == .all || cell.options.show == .code
    let showsOutput = wentWrong || cell.options.show == .all || cell.options.show == .output

    let code =
      showsCode ? [codeNode(of: cell, status: cellRun.status, isOpen: wentWrong)] : []
    var output = showsOutput ? outputNodes(of: cell, cellRun) : []
    output += findings.map { .element(Finding.element(for: $0)) }
    guard !code.isEmpty || !output.isEmpty else { return [] }

    return [
      .element(
        Element("div", ["class": Self.styleClass(of: cellRun.status), "id": cell.label]) {
          if cell.options.solution {
            Element("details", ["class": "solution", "open": wentWrong ? "" : nil]) {
              Element("summary") { "Solution" }
              code
              output
            }
          } else {
            code
            output
          }
        })
    ]
  }

  private static func styleClass(of status: CellRun.Status) -> String {
    switch status {
    case .succeeded, .skipped: return "cell"
    case .notRun: return "cell not-run"
    case .failedAsExpected: return "cell failed-as-expected"
    case .failed, .interrupted: return "cell failed"
    }
  }

  /// Whether the checker, or the parser of options, said this about a line of the cell.
  private func isFinding(_ problem: NotebookProblem, in cell: Cell) -> Bool {
    guard let position = problem.position, problem.severity != .note else { return false }
    let first = run.notebook.source.position(at: cell.span.lowerBound).line
    let last = run.notebook.source.position(at: max(cell.span.upperBound - 1, 0)).line
    return (first...max(first, last)).contains(position.line)
  }

  // MARK: Code

  private func codeNode(of cell: Cell, status: CellRun.Status, isOpen: Bool) -> HTMLNode {
    var text = cell.displayedCode
    if text.hasSuffix("\n") { text.removeLast() }
    let faultLines = faultLines(of: cell)
    let code = Element("div", ["class": "source"]) {
      CodeBlock.box("Code of cell \(cell.label)", text: text, styleClass: "code") {
        Element("code", ["class": "language-swift"]) {
          SwiftHighlighter.nodes(for: text, markedLines: faultLines)
        }
      }
      Element("p", ["class": "tag"]) {
        if let mark = Self.mark(for: status) { Element("span", ["class": "mark"]) { mark } }
        Element("a", ["href": "#\(cell.label)", "aria-label": "Link to cell \(cell.label)"]) {
          cell.label
        }
      }
    }
    guard case .folded(let summary) = cell.options.fold, !cell.options.solution else {
      return .element(code)
    }
    return .element(
      Element("details", ["class": "fold", "open": isOpen ? "" : nil]) {
        Element("summary") { summary ?? "Code" }
        code
      })
  }

  private static func mark(for status: CellRun.Status) -> String? {
    switch status {
    case .notRun, .skipped: return "not run"
    case .interrupted: return "interrupted"
    case .failed: return "failed"
    case .failedAsExpected: return "fails on purpose"
    case .succeeded: return nil
    }
  }

  /// Lines of the displayed code that an error points at.
  private func faultLines(of cell: Cell) -> Set<Int> {
    let problems =
      (run.cells[cell.index].error?.problems ?? [])
      + run.problems.filter { isFinding($0, in: cell) }
    let lines = problems.compactMap { problem -> Int? in
      guard let position = problem.position, problem.severity == .error,
        let index = cell.lineMap.lines.firstIndex(where: { $0.line == position.line })
      else { return nil }
      return index + 1 - cell.optionLineCount
    }
    return Set(lines.filter { $0 > 0 })
  }

  // MARK: Outputs

  private func outputNodes(of cell: Cell, _ cellRun: CellRun) -> [HTMLNode] {
    guard !cellRun.outputs.isEmpty || cell.options.caption != nil else { return [] }
    let isExpected = cellRun.status == .failedAsExpected
    let content = cellRun.outputs.map { output -> HTMLNode in
      switch output {
      case .text(let text): return PrintedText.node(for: text)
      case .value(let text, let typeName): return ValueOutput.node(for: text, typeName: typeName)
      case .omitted(let lines, let bytes): return Omission.node(lines: lines, bytes: bytes)
      case .error(let error):
        return .element(ErrorOutput(error: error, isExpected: isExpected).element)
      }
    }
    let attributes: KeyValuePairs<String, String?> = [
      "class": "output", "role": "group", "aria-label": "Output of cell \(cell.label)",
    ]
    guard let caption = cell.options.caption else {
      return [.element(Element("div", attributes) { content })]
    }
    return [
      .element(
        Element("figure", attributes) {
          content
          Element("figcaption") { caption }
        })
    ]
  }
}
