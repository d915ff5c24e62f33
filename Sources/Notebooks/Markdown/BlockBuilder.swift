import CMark

/// Makes blocks and cells from libcmark's nodes.
struct BlockBuilder {
  let path: String
  let source: SourceText
  let text: MappedText
  let inlines: InlineBuilder
  let cellDefaults: CellOptions
  private(set) var cells: [Cell] = []
  private(set) var problems: [NotebookProblem] = []
  /// Lines on which a code block begins; such a line closes no other.
  private var codeStarts: Set<Int> = []
  private var depth = 0
  private var isTooDeep = false

  /// Quotes and lists within each other; everybody who walks a notebook may use recursion.
  static let deepestNesting = 100

  init(
    path: String, source: SourceText, text: MappedText, inlines: InlineBuilder,
    cellDefaults: CellOptions
  ) {
    self.path = path
    self.source = source
    self.text = text
    self.inlines = inlines
    self.cellDefaults = cellDefaults
  }

  mutating func document(_ root: CommonMarkNode) -> [Block] {
    noteCodeStarts(in: root)
    return blocks(of: root)
  }

  private mutating func noteCodeStarts(in node: CommonMarkNode, depth: Int = 0) {
    for child in node.children {
      switch child.type {
      case CMARK_NODE_CODE_BLOCK: codeStarts.insert(child.startLine)
      case CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_LIST, CMARK_NODE_ITEM:
        if depth <= Self.deepestNesting { noteCodeStarts(in: child, depth: depth + 1) }
      default: break
      }
    }
  }

  private mutating func blocks(of node: CommonMarkNode) -> [Block] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestNesting else {
      if !isTooDeep {
        problems.append(
          NotebookProblem(
            .error, "quotes and lists are nested too deeply here", path: path, source: source,
            span: span(of: node)))
      }
      isTooDeep = true
      return []
    }
    var blocks: [Block] = []
    for child in node.children { blocks += self.blocks(for: child) }
    return blocks
  }

  private mutating func blocks(for node: CommonMarkNode) -> [Block] {
    let span = span(of: node)
    switch node.type {
    case CMARK_NODE_PARAGRAPH: return paragraph(node, span: span)
    case CMARK_NODE_HEADING:
      let content = inlines.content(of: node).inlines
      check(content, span: span)
      return [Block(.heading(level: node.headingLevel, id: "", content: content), span: span)]
    case CMARK_NODE_LIST: return [Block(.list(list(node)), span: span)]
    case CMARK_NODE_BLOCK_QUOTE: return [Block(.quote(blocks(of: node)), span: span)]
    case CMARK_NODE_CODE_BLOCK: return [code(node)]
    case CMARK_NODE_HTML_BLOCK: return [Block(.html(node.literal), span: span)]
    case CMARK_NODE_THEMATIC_BREAK: return [Block(.thematicBreak, span: span)]
    default: return blocks(of: node)
    }
  }

  private mutating func paragraph(_ node: CommonMarkNode, span: SourceSpan) -> [Block] {
    let content = inlines.content(of: node)
    check(content.inlines, span: span)
    var blocks: [Block] = []
    if case .math(let latex, true, let latexSpan) = content.inlines.first,
      content.inlines.count == 1
    {
      blocks = [Block(.displayMath(latex: latex, latexSpan: latexSpan), span: span)]
    } else if !content.inlines.isEmpty {
      let end = content.tableSpan.map { source.endOfLine(before: $0.lowerBound) } ?? span.upperBound
      blocks = [
        Block(.paragraph(content.inlines), span: span.lowerBound..<max(span.lowerBound, end))
      ]
    }
    if let table = content.table, let tableSpan = content.tableSpan {
      for cell in [table.header] + table.rows {
        for content in cell { check(content, span: tableSpan) }
      }
      blocks.append(Block(.table(table), span: tableSpan))
    }
    return blocks
  }

  private mutating func list(_ node: CommonMarkNode) -> Block.List {
    let items = node.children.map { item -> Block.List.Item in
      var content = blocks(of: item)
      let isDone = Self.takeTaskMark(from: &content)
      return Block.List.Item(isDone: isDone, blocks: content, span: span(of: item))
    }
    return Block.List(
      start: node.isOrdered ? node.listStart : nil, isTight: node.isTight, items: items)
  }

  /// `[ ] ` or `[x] ` at the beginning of an item's first paragraph.
  private static func takeTaskMark(from blocks: inout [Block]) -> Bool? {
    guard case .paragraph(var inlines) = blocks.first?.kind, case .text(let text) = inlines.first
    else { return nil }
    let mark = text.prefix(4)
    guard mark == "[ ] " || mark.lowercased() == "[x] " else { return nil }
    inlines[0] = .text(String(text.dropFirst(4)))
    blocks[0].kind = .paragraph(inlines)
    return mark != "[ ] "
  }

  private mutating func code(_ node: CommonMarkNode) -> Block {
    let fence = Fence(node, in: text)
    let literal = node.literal
    guard let fence else {
      return Block(.code(language: nil, text: literal), span: span(of: node))
    }
    let info = node.fenceInfo
    let language = info.split(whereSeparator: { $0 == " " || $0 == "\t" }).first.map(String.init)
    let lineCount = literal.utf8.count { $0 == UInt8(ascii: "\n") }
    let closing = node.startLine + lineCount + 1
    let isClosed = fence.isClosed(by: closing, in: text) && !codeStarts.contains(closing)
    let start = text.offset(line: node.startLine, column: node.startColumn)
    let last = isClosed ? closing : closing - 1
    let span = text.origin(of: start..<max(start, text.range(ofLine: last).upperBound))
    if !isClosed {
      let opening = text.origin(of: start..<text.range(ofLine: node.startLine).upperBound)
      problems.append(
        NotebookProblem(
          .error,
          "this fence is never closed: a line '\(fence.marks)' is missing", path: path,
          source: source, span: opening))
    }
    guard language == "swift" else {
      return Block(.code(language: language, text: literal), span: span)
    }
    addCell(code: literal, firstLine: node.startLine + 1, span: span)
    return Block(.cell(cells.count - 1), span: span)
  }

  private mutating func addCell(code: String, firstLine: Int, span: SourceSpan) {
    let lineMap = LineMap(of: code, firstLine: firstLine, text: text, source: source)
    var parser = CellOptionsParser(path: path, source: source, defaults: cellDefaults)
    let optionLineCount = parser.parse(code: code, lineMap: lineMap)
    problems += parser.problems
    let label = parser.options.label ?? "cell-\(cells.count + 1)"
    cells.append(
      Cell(
        index: cells.count, label: label, options: parser.options, code: code,
        optionLineCount: optionLineCount, lineMap: lineMap, span: span))
  }

  private mutating func check(_ inlines: [Inline], span: SourceSpan) {
    problems += UnsupportedInlines.problems(
      in: inlines, of: span, path: path, source: source)
  }

  /// From the first letter of a block to the end of its last line that is not blank.
  private func span(of node: CommonMarkNode) -> SourceSpan {
    let start = text.offset(line: node.startLine, column: node.startColumn)
    var last = node.endColumn == 0 ? node.endLine - 1 : node.endLine
    while last > node.startLine,
      LineMargin.content(of: text.range(ofLine: last), in: text.bytes, quoteDepth: .max).isEmpty
    {
      last -= 1
    }
    return text.origin(of: start..<max(start, text.range(ofLine: last).upperBound))
  }
}

extension SourceText {
  /// End of the line before the one an offset stands on.
  fileprivate func endOfLine(before offset: Int) -> Int {
    span(ofLine: position(at: offset).line - 1).upperBound
  }
}
