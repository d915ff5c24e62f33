/// A table that was found, its cells still text.
struct TableSource {
  var alignments: [Block.Table.Alignment]
  var header: [MappedText]
  var rows: [[MappedText]]
  var span: SourceSpan

  /// More cells than this are not filled in for rows that are too short: a wide header over many short
  /// rows would otherwise grow with the square of its size.
  private static let fillLimit = 100_000

  /// - Parameter rows: header, delimiter row and rows, as ranges in `text` without margins.
  init(match: TableScanner.Match, rows lines: [Range<Int>], text: MappedText) {
    alignments = match.alignments
    header = Self.cells(of: lines[0], in: text)
    span = text.origin(of: lines[0].lowerBound..<lines[lines.count - 1].upperBound)
    var budget = Self.fillLimit
    let width = match.alignments.count
    rows = lines.dropFirst(2).map { line in
      var cells = Array(Self.cells(of: line, in: text).prefix(width))
      let missing = width - cells.count
      budget -= missing
      if budget > 0 { cells += Array(repeating: MappedText(), count: missing) }
      return cells
    }
  }

  private static func cells(of line: Range<Int>, in text: MappedText) -> [MappedText] {
    TableScanner.cells(of: text.bytes[line]).map { cell in
      var result = MappedText()
      var start = cell.lowerBound
      for index in cell
      where text.bytes[index] == UInt8(ascii: "\\") && index + 1 < cell.upperBound
        && text.bytes[index + 1] == UInt8(ascii: "|")
      {
        result.append(start..<index, of: text)
        start = index + 1
      }
      result.append(start..<cell.upperBound, of: text)
      return result
    }
  }
}
