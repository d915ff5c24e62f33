/// The opening line of a fence, to find out whether it was ever closed: libcmark does not tell.
struct Fence {
  /// The marks that open it: at least as many of them close it.
  let marks: String
  private let quoteDepth: Int

  /// - Returns: nil for indented code.
  init?(_ node: CommonMarkNode, in text: MappedText) {
    let line = text.range(ofLine: node.startLine)
    let start = text.offset(line: node.startLine, column: node.startColumn)
    let bytes = text.bytes[start..<line.upperBound].drop(while: \.isSpace)
    guard let mark = bytes.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
      return nil
    }
    let run = bytes.prefix { $0 == mark }
    guard run.count >= 3 else { return nil }
    marks = String(decoding: run, as: UTF8.self)
    quoteDepth = text.bytes[line.lowerBound..<start].count { $0 == UInt8(ascii: ">") }
  }

  /// Whether a line looks like the end of this fence.
  func isClosed(by line: Int, in text: MappedText) -> Bool {
    guard line <= text.lineCount else { return false }
    let range = text.range(ofLine: line)
    guard LineMargin.quoteDepth(of: range, in: text.bytes) == quoteDepth else { return false }
    let content = LineMargin.content(of: range, in: text.bytes, quoteDepth: quoteDepth)
    let mark = marks.utf8.first
    let run = text.bytes[content].prefix { $0 == mark }
    return run.count >= marks.utf8.count
      && text.bytes[run.endIndex..<content.upperBound].allSatisfy(\.isSpace)
  }
}
