/// What stands before the content of a line: spaces and the `>` of quotes.
enum LineMargin {
  /// The content of a line of a block.
  ///
  /// - Parameter quoteDepth: how many `>` belong to the margin; a lazy line may have fewer.
  static func content(
    of line: Range<Int>, in bytes: [UInt8], quoteDepth: Int
  ) -> Range<Int> {
    var start = line.lowerBound
    var quotes = 0
    while start < line.upperBound {
      if bytes[start].isSpace {
        start += 1
      } else if bytes[start] == UInt8(ascii: ">"), quotes < quoteDepth {
        quotes += 1
        start += 1
      } else {
        break
      }
    }
    return start..<line.upperBound
  }

  /// Number of `>` before the content of a line.
  static func quoteDepth(of line: Range<Int>, in bytes: [UInt8]) -> Int {
    let content = content(of: line, in: bytes, quoteDepth: .max)
    return bytes[line.lowerBound..<content.lowerBound].count { $0 == UInt8(ascii: ">") }
  }
}
