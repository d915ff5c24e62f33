/// Finds pipe tables in the lines of a paragraph, by GFM's rules.
///
/// Rows are cut at pipes before anything else is read, even inside code and formulas; `\|` is a pipe
/// that does not cut.
enum TableScanner {
  /// Where a table begins among the lines of a paragraph; it goes on to the last of them.
  struct Match {
    var headerLine: Int
    var alignments: [Block.Table.Alignment]
  }

  /// - Parameter lines: the lines without margins.
  static func table(in lines: [ArraySlice<UInt8>]) -> Match? {
    for line in lines.indices.dropFirst() {
      guard let alignments = alignments(of: lines[line]),
        cells(of: lines[line - 1]).count == alignments.count
      else { continue }
      return Match(headerLine: line - 1, alignments: alignments)
    }
    return nil
  }

  /// The columns of a delimiter row (`| :-- | --: |`), if it is one.
  static func alignments(of line: ArraySlice<UInt8>) -> [Block.Table.Alignment]? {
    var result: [Block.Table.Alignment] = []
    for cell in cells(of: line) {
      let bytes = line[cell]
      let left = bytes.first == UInt8(ascii: ":")
      let right = bytes.count > 1 && bytes.last == UInt8(ascii: ":")
      let dashes = bytes.dropFirst(left ? 1 : 0).dropLast(right ? 1 : 0)
      guard !dashes.isEmpty, dashes.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
      switch (left, right) {
      case (true, true): result.append(.center)
      case (true, false): result.append(.left)
      case (false, true): result.append(.right)
      case (false, false): result.append(.none)
      }
    }
    return result.isEmpty ? nil : result
  }

  /// The cells of a row, without the spaces around them; outer pipes are optional.
  static func cells(of line: ArraySlice<UInt8>) -> [Range<Int>] {
    let row = trimmed(line.startIndex..<line.endIndex, in: line)
    guard !row.isEmpty else { return [] }
    var cells: [Range<Int>] = []
    var start = row.lowerBound
    if line[start] == UInt8(ascii: "|") { start += 1 }
    var index = start
    while index < row.upperBound {
      if line[index] == UInt8(ascii: "|"),
        index == line.startIndex || line[index - 1] != UInt8(ascii: "\\")
      {
        cells.append(trimmed(start..<index, in: line))
        start = index + 1
      }
      index += 1
    }
    if start < row.upperBound { cells.append(trimmed(start..<row.upperBound, in: line)) }
    return cells
  }

  private static func trimmed(_ range: Range<Int>, in line: ArraySlice<UInt8>) -> Range<Int> {
    var range = range
    while let first = range.first, line[first].isSpace { range = range.dropFirst() }
    while let last = range.last, line[last].isSpace { range = range.dropLast() }
    return range
  }
}
