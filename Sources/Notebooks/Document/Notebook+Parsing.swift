extension Notebook {
  /// Reads a notebook from its text; whatever is wrong with it stands in `problems`.
  ///
  /// - Parameter path: begins every message.
  public init(parsing source: SourceText, path: String) {
    var frontMatter = FrontMatterParser(path: path, source: source)
    let firstLine = frontMatter.parse()
    var markdown = MarkdownParser(
      path: path, source: source, cellDefaults: frontMatter.frontMatter.cellDefaults)
    let result = markdown.parse(fromLine: firstLine)
    self.init(
      path: path, source: source, frontMatter: frontMatter.frontMatter, blocks: result.blocks,
      cells: result.cells)
    problems = frontMatter.problems + result.problems + duplicateLabels()
    problems.sort { ($0.position ?? .start) < ($1.position ?? .start) }
  }

  /// Reads a notebook from its text.
  public init(parsing text: String, path: String = "notebook.md") {
    self.init(parsing: SourceText(text), path: path)
  }

  /// Reads a notebook from a file.
  ///
  /// - Throws: why there is no text; what is wrong with the text stands in `problems`.
  public init(contentsOf path: String) throws(NotebookProblem) {
    self.init(parsing: try SourceFile.read(path), path: path)
  }

  /// A label names one cell; `cell-N` may have been given by hand as well.
  private func duplicateLabels() -> [NotebookProblem] {
    var first: [String: Cell] = [:]
    var problems: [NotebookProblem] = []
    for cell in cells.sorted(by: {
      ($0.options.label == nil ? 1 : 0) < ($1.options.label == nil ? 1 : 0)
    }) {
      guard let other = first[cell.label] else {
        first[cell.label] = cell
        continue
      }
      // The one that was given by hand can be changed.
      let named = cell.options.label == nil ? other : cell
      let taken = source.position(at: (cell.options.label == nil ? cell : other).span.lowerBound)
      problems.append(
        NotebookProblem(
          .error, "'\(cell.label)' is already the label of the cell on line \(taken.line)",
          path: path, source: source, span: labelSpan(of: named)))
    }
    return problems
  }

  private func labelSpan(of cell: Cell) -> SourceSpan {
    let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.prefix(cell.optionLineCount).enumerated() {
      guard line.drop(while: { "/| ".contains($0) }).hasPrefix("label:") else { continue }
      let start = source.offset(of: cell.lineMap.position(line: index + 1, column: 1))
      return start..<start + line.utf8.count
    }
    return cell.span
  }
}

extension SourcePosition {
  fileprivate static let start = SourcePosition(line: 1, column: 1)
}
