import CMark

/// Makes the blocks of a notebook from its Markdown.
///
/// libcmark knows no tables and no formulas, and damages those it meets. So it reads the text up to
/// three times (it is fast: see the measurements in the README):
///
/// 1. for the lines that are code; then `$$` blocks are replaced by placeholders;
/// 2. for the paragraphs and headings; in these, tables and formulas are replaced by placeholders;
/// 3. for the tree that the notebook is made from.
struct MarkdownParser {
  /// What comes out: the blocks, and what they need to be read.
  struct Result {
    var blocks: [Block]
    var cells: [Cell]
    var problems: [NotebookProblem]
  }

  let path: String
  let source: SourceText
  let cellDefaults: CellOptions
  private var placeholders = Placeholders()
  private var problems: [NotebookProblem] = []

  init(path: String, source: SourceText, cellDefaults: CellOptions) {
    self.path = path
    self.source = source
    self.cellDefaults = cellDefaults
  }

  /// Parses from a line (the first behind the front matter) to the end.
  mutating func parse(fromLine firstLine: Int) -> Result {
    let text = withoutDisplayMath(MappedText(source, fromLine: firstLine))
    let leaves = LeafBlocks(of: CommonMarkNode(parsing: text.bytes), in: text)
    var mask = InlineMask(text: text, placeholders: placeholders)
    var edits: [InlineMask.Edit] = []
    var tables: [TableSource] = []
    for leaf in leaves.running {
      let contents = leaf.lines.map { text.bytes[$0] }
      var prose = leaf.lines
      if leaf.isParagraph, let match = TableScanner.table(in: contents) {
        prose = Array(leaf.lines[..<match.headerLine])
        edits += mask.edits(in: RunningText(lines: prose, of: text))
        let rows = Array(leaf.lines[match.headerLine...])
        let range = rows[0].lowerBound..<rows[rows.count - 1].upperBound
        let stand = mask.placeholders.add(.table(tables.count), source: text.string(in: range))
        edits.append((range, stand))
        tables.append(TableSource(match: match, rows: rows, text: text))
      } else {
        edits += mask.edits(in: RunningText(lines: prose, of: text))
      }
    }
    placeholders = mask.placeholders
    let masked = text.replacing(edits)
    let root = CommonMarkNode(parsing: masked.bytes)
    let inlines = InlineBuilder(
      text: masked, placeholders: placeholders, definitions: leaves.definitions, tables: tables)
    var builder = BlockBuilder(
      path: path, source: source, text: masked, inlines: inlines, cellDefaults: cellDefaults)
    let blocks = builder.document(root)
    return Result(
      blocks: HeadingIDs.assign(to: blocks, reserved: builder.cells.map(\.label)),
      cells: builder.cells, problems: problems + builder.problems)
  }

  private mutating func withoutDisplayMath(_ text: MappedText) -> MappedText {
    guard text.bytes.contains(UInt8(ascii: "$")) else { return text }
    let leaves = LeafBlocks(of: CommonMarkNode(parsing: text.bytes), in: text)
    var mask = DisplayMathMask(
      text: text, codeLines: leaves.codeLines, placeholders: placeholders)
    let masked = mask.masked()
    placeholders = mask.placeholders
    problems += mask.unclosed.map {
      NotebookProblem(
        .warning, "this formula has no closing '$$'", path: path, source: source, span: $0)
    }
    return masked
  }
}
