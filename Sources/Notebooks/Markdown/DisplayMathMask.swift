/// Takes `$$…$$` blocks out of a document before its blocks are parsed.
///
/// CommonMark would make lists, headings and quotes of the lines of a formula that begin with `-`,
/// `#` or `>`. A line that begins with `$$` opens a block that nothing of that interrupts: when the
/// dollars stand alone on their line, up to the next line that ends in `$$`, else up to the next
/// `$$` without a blank line in between. A fence ends the search: a formula that was never closed must
/// not swallow the cells behind it.
struct DisplayMathMask {
  let text: MappedText
  /// Lines (from 1) of fences, indented code and raw HTML.
  let codeLines: Set<Int>
  var placeholders: Placeholders
  /// Opening dollars on lines of their own without a partner, as offsets in the file.
  private(set) var unclosed: [SourceSpan] = []

  init(text: MappedText, codeLines: Set<Int>, placeholders: Placeholders) {
    self.text = text
    self.codeLines = codeLines
    self.placeholders = placeholders
  }

  /// The text with a placeholder for each such formula.
  mutating func masked() -> MappedText {
    var edits: [InlineMask.Edit] = []
    var line = 1
    while line <= text.lineCount {
      defer { line += 1 }
      guard !codeLines.contains(line) else { continue }
      let range = text.range(ofLine: line)
      let depth = LineMargin.quoteDepth(of: range, in: text.bytes)
      let start = Self.contentStart(of: range, in: text.bytes)
      guard text.bytes[start..<range.upperBound].starts(with: "$$".utf8) else { continue }
      let standsAlone = text.bytes[(start + 2)..<range.upperBound].allSatisfy(\.isSpace)
      let formula =
        standsAlone
        ? block(openedOn: line, quoteDepth: depth)
        : formula(openedOn: line, at: start, quoteDepth: depth)
      guard let formula else {
        if standsAlone { unclosed.append(text.origin(of: start..<start + 2)) }
        continue
      }
      let source = text.string(in: start..<formula.end)
      let span = text.origin(of: start + 2..<formula.end - 2)
      let placeholder = Placeholder.math(latex: formula.latex, isDisplay: true, span: span)
      edits.append((start..<formula.end, placeholders.add(placeholder, source: source)))
      line = text.line(at: formula.end - 1)
    }
    return text.replacing(edits)
  }

  private typealias Formula = (latex: String, end: Int)

  private func block(openedOn opening: Int, quoteDepth: Int) -> Formula? {
    var line = opening + 1
    var content: [Range<Int>] = []
    while line <= text.lineCount, !codeLines.contains(line) {
      let range = LineMargin.content(
        of: text.range(ofLine: line), in: text.bytes, quoteDepth: quoteDepth)
      if let end = Self.endOfClosing(range, in: text.bytes) {
        content.append(range.lowerBound..<end - 2)
        let latex = content.map(text.string).joined(separator: "\n")
        return latex.utf8.allSatisfy(\.isSpace) ? nil : ("\n" + latex, end)
      }
      content.append(range)
      line += 1
    }
    return nil
  }

  private func formula(openedOn line: Int, at start: Int, quoteDepth: Int) -> Formula? {
    var lines = [start..<text.range(ofLine: line).upperBound]
    var next = line + 1
    while next <= text.lineCount, !codeLines.contains(next) {
      let range = text.range(ofLine: next)
      let content = LineMargin.content(of: range, in: text.bytes, quoteDepth: quoteDepth)
      if content.isEmpty { break }
      lines.append(content)
      next += 1
    }
    let running = RunningText(lines: lines, of: text)
    guard let (content, isDisplay) = MathScanner.formula(in: running.bytes, at: 0), isDisplay else {
      return nil
    }
    let latex = String(decoding: running.bytes[content], as: UTF8.self)
    return (latex, running.range(of: content).upperBound + 2)
  }

  /// Where `$$` at the end of a line ends, spaces behind it left out.
  private static func endOfClosing(_ line: Range<Int>, in bytes: [UInt8]) -> Int? {
    var end = line.upperBound
    while end > line.lowerBound, bytes[end - 1].isSpace { end -= 1 }
    let dollar = UInt8(ascii: "$")
    guard end - line.lowerBound >= 2, bytes[end - 1] == dollar, bytes[end - 2] == dollar else {
      return nil
    }
    return end
  }

  /// Behind the margin, and behind the bullet or number of an item that begins on the line.
  private static func contentStart(of line: Range<Int>, in bytes: [UInt8]) -> Int {
    let content = LineMargin.content(of: line, in: bytes, quoteDepth: .max)
    var index = content.lowerBound
    if index < content.upperBound, "-+*".utf8.contains(bytes[index]) {
      index += 1
    } else {
      while index < content.upperBound, bytes[index].isDigit { index += 1 }
      guard index > content.lowerBound, index < content.upperBound,
        bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")")
      else { return content.lowerBound }
      index += 1
    }
    guard index < content.upperBound, bytes[index].isSpace else { return content.lowerBound }
    return LineMargin.content(of: index..<content.upperBound, in: bytes, quoteDepth: 0).lowerBound
  }
}
