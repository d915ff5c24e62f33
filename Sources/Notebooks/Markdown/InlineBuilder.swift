import CMark

/// Makes inlines from libcmark's nodes and from the placeholders in their text.
struct InlineBuilder {
  let text: MappedText
  let placeholders: Placeholders
  let definitions: [UInt8]
  let tables: [TableSource]

  private static let deepestNesting = 100

  /// What a paragraph holds: usually inlines alone, or inlines and the table that followed them.
  struct Content {
    var inlines: [Inline]
    var table: Block.Table?
    var tableSpan: SourceSpan?
  }

  func content(of node: CommonMarkNode) -> Content {
    var pieces = pieces(of: node, links: true)
    guard case .table(let index) = pieces.last else {
      return Content(inlines: finished(pieces, links: true))
    }
    pieces.removeLast()
    switch pieces.last {
    case .inline(.softBreak), .inline(.lineBreak): pieces.removeLast()
    default: break
    }
    let source = tables[index]
    let table = Block.Table(
      alignments: source.alignments, header: source.header.map(inlines),
      rows: source.rows.map { $0.map(inlines) })
    return Content(
      inlines: finished(pieces, links: true), table: table, tableSpan: source.span)
  }

  private enum Piece {
    case inline(Inline)
    case tildes(Strikethrough.Delimiter)
    case table(Int)
  }

  private func inlines(of node: CommonMarkNode, links: Bool = true, depth: Int = 0) -> [Inline] {
    // Emphasis may be nested as deep as the text is long; nobody means that.
    guard depth <= Self.deepestNesting else { return [.text(placeholders.restored(node.text))] }
    return finished(pieces(of: node, links: links, depth: depth), links: links)
  }

  private func pieces(of node: CommonMarkNode, links: Bool, depth: Int = 0) -> [Piece] {
    node.children.flatMap { pieces(for: $0, links: links, depth: depth) }
  }

  private func pieces(for node: CommonMarkNode, links: Bool, depth: Int) -> [Piece] {
    switch node.type {
    case CMARK_NODE_TEXT:
      return placeholders.parts(of: node.literal).map { part in
        switch part {
        case .text(let text): .inline(.text(text))
        case .placeholder(.math(let latex, let isDisplay, let span)):
          .inline(.math(latex: latex, isDisplay: isDisplay, span: span))
        case .placeholder(.tildes(let delimiter)): .tildes(delimiter)
        case .placeholder(.table(let index)): .table(index)
        case .placeholder(.character(let character)): .inline(.text(character))
        }
      }
    case CMARK_NODE_SOFTBREAK: return [.inline(.softBreak)]
    case CMARK_NODE_LINEBREAK: return [.inline(.lineBreak)]
    case CMARK_NODE_CODE: return [.inline(.code(placeholders.restored(node.literal)))]
    case CMARK_NODE_HTML_INLINE: return [.inline(.html(placeholders.restored(node.literal)))]
    case CMARK_NODE_EMPH:
      return [.inline(.emphasis(inlines(of: node, links: links, depth: depth + 1)))]
    case CMARK_NODE_STRONG:
      return [.inline(.strong(inlines(of: node, links: links, depth: depth + 1)))]
    case CMARK_NODE_LINK:
      return [
        .inline(
          .link(
            destination: placeholders.restored(node.url), title: title(of: node),
            content: inlines(of: node, links: false, depth: depth + 1)))
      ]
    case CMARK_NODE_IMAGE:
      return [
        .inline(
          .image(
            source: placeholders.restored(node.url), title: title(of: node),
            alt: inlines(of: node, links: false, depth: depth + 1), span: span(ofImage: node)))
      ]
    default: return [.inline(.text(placeholders.restored(node.literal)))]
    }
  }

  private func title(of node: CommonMarkNode) -> String? {
    let title = placeholders.restored(node.title)
    return title.isEmpty ? nil : title
  }

  /// libcmark's columns are wrong on some continuation lines; the line is right.
  private func span(ofImage node: CommonMarkNode) -> SourceSpan {
    let line = text.range(ofLine: node.startLine)
    let start = text.offset(line: node.startLine, column: node.startColumn)
    if text.bytes[start..<line.upperBound].starts(with: "![".utf8) {
      let end =
        node.endLine == node.startLine ? start + node.endColumn - node.startColumn + 1 : start
      return text.origin(of: start..<min(max(start, end), line.upperBound))
    }
    return text.origin(of: line.lowerBound..<line.lowerBound)
  }

  /// Tildes resolved, neighbouring texts joined, bare addresses made links.
  private func finished(_ pieces: [Piece], links: Bool) -> [Inline] {
    let resolved = Strikethrough.resolve(
      pieces.compactMap { piece in
        switch piece {
        case .inline(let inline): .inline(inline)
        case .tildes(let delimiter): .tildes(delimiter)
        // A table always ends its paragraph, where `content(of:)` took it.
        case .table: nil
        }
      })
    return tidy(resolved, links: links)
  }

  private func tidy(_ inlines: [Inline], links: Bool) -> [Inline] {
    var result: [Inline] = []
    for inline in inlines {
      switch (result.last, inline) {
      case (.text(let before), .text(let text)):
        result[result.count - 1] = .text(before + text)
      case (_, .strikethrough(let content)):
        result.append(.strikethrough(tidy(content, links: links)))
      default: result.append(inline)
      }
    }
    guard links else { return result }
    return result.flatMap { inline in
      if case .text(let text) = inline { Autolinks.split(text) } else { [inline] }
    }
  }

  /// The inlines of a cell of a table.
  ///
  /// It is parsed as a heading, in which nothing can begin a block; the `#` behind it keeps those of
  /// the cell.
  private func inlines(of cell: MappedText) -> [Inline] {
    guard !cell.bytes.isEmpty else { return [] }
    let running = RunningText(lines: [0..<cell.bytes.count], of: cell)
    var mask = InlineMask(text: cell, placeholders: Placeholders())
    let edits = mask.edits(in: running)
    var document = MappedText()
    let start = cell.origin(of: 0..<0).lowerBound
    document.append("# ".utf8, for: start..<start)
    let masked = cell.replacing(edits)
    document.append(0..<masked.bytes.count, of: masked)
    let end = cell.origin(of: 0..<cell.bytes.count).upperBound
    document.append(Array(" #\n\n".utf8) + definitions, for: end..<end)
    let root = CommonMarkNode(parsing: document.bytes)
    let builder = InlineBuilder(
      text: document, placeholders: mask.placeholders, definitions: [], tables: [])
    guard let heading = root.children.first(where: { $0.type == CMARK_NODE_HEADING }) else {
      return [.text(cell.string(in: 0..<cell.bytes.count))]
    }
    return builder.inlines(of: heading)
  }
}
