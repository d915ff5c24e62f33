import CMark

/// Where in a text there is running text and where there is code.
struct LeafBlocks {
  /// A paragraph or heading: its lines without their margins.
  struct Running {
    var lines: [Range<Int>]
    var isParagraph: Bool
  }

  private(set) var running: [Running] = []
  /// Lines (from 1) of fences, indented code and raw HTML.
  private(set) var codeLines: Set<Int> = []
  /// Link reference definitions, for text that is parsed apart from the document.
  private(set) var definitions: [UInt8] = []

  init(of root: CommonMarkNode, in text: MappedText) {
    visit(root, depth: 0, quoteDepth: 0, in: text)
    findDefinitions(in: text)
  }

  private mutating func visit(
    _ node: CommonMarkNode, depth: Int, quoteDepth: Int, in text: MappedText
  ) {
    guard depth <= BlockBuilder.deepestNesting else { return }
    for child in node.children {
      switch child.type {
      case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING:
        let first = child.startLine
        let last = max(first, child.endColumn == 0 ? child.endLine - 1 : child.endLine)
        let start = text.offset(line: first, column: child.startColumn)
        var lines = [start..<max(start, text.range(ofLine: first).upperBound)]
        for line in first..<last {
          lines.append(
            LineMargin.content(
              of: text.range(ofLine: line + 1), in: text.bytes, quoteDepth: quoteDepth))
        }
        running.append(Running(lines: lines, isParagraph: child.type == CMARK_NODE_PARAGRAPH))
      case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
        codeLines.formUnion(child.startLine...max(child.startLine, child.endLine))
      default:
        visit(
          child, depth: depth + 1,
          quoteDepth: quoteDepth + (child.type == CMARK_NODE_BLOCK_QUOTE ? 1 : 0), in: text)
      }
    }
  }

  /// libcmark keeps definitions to itself; a line that looks like one is harmless where it is none.
  private mutating func findDefinitions(in text: MappedText) {
    for line in stride(from: 1, through: text.lineCount, by: 1) where !codeLines.contains(line) {
      let content = LineMargin.content(
        of: text.range(ofLine: line), in: text.bytes, quoteDepth: .max)
      let bytes = text.bytes[content]
      guard bytes.first == UInt8(ascii: "["), let close = bytes.firstIndex(of: UInt8(ascii: "]")),
        bytes[bytes.index(after: close)...].first == UInt8(ascii: ":")
      else { continue }
      definitions += Array(bytes) + [UInt8(ascii: "\n")]
    }
  }
}
