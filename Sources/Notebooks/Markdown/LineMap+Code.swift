extension LineMap {
  /// Finds the lines of a fence's code in the file.
  ///
  /// libcmark has taken the margin away; what is left of a line stands at the end of the file's line,
  /// so the difference in length is the shift. The line behind the code, that of the closing marks,
  /// is mapped as well: that is where the compiler misses a brace.
  ///
  /// - Parameter firstLine: line of the code's first line in `text`.
  init(of code: String, firstLine: Int, text: MappedText, source: SourceText) {
    var lines: [Line] = []
    let codeLines = code.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, codeLine) in codeLines.enumerated() {
      let range = text.range(ofLine: firstLine + index)
      let origin = text.origin(of: range.lowerBound..<range.lowerBound).lowerBound
      let line = source.position(at: origin).line
      let fileLine = source.bytes[source.span(ofLine: line)]
      let isClosing = index == codeLines.count - 1
      lines.append(
        Line(line: line, shift: isClosing ? 0 : Self.shift(of: codeLine.utf8, in: fileLine)))
    }
    self.init(lines: lines)
  }

  private static func shift(of code: Substring.UTF8View, in line: ArraySlice<UInt8>) -> Int {
    // A tab that the margin cut in two became spaces.
    var spaces = 0
    var rest = code
    while !line.suffix(rest.count).elementsEqual(rest), rest.first == UInt8(ascii: " ") {
      rest = rest.dropFirst()
      spaces += 1
    }
    return line.count - rest.count - spaces
  }
}
