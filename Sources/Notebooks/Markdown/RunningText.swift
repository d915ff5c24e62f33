/// The text of a paragraph or heading without the margins of its lines, each byte with its offset in
/// the mapped text.
struct RunningText {
  private(set) var bytes: [UInt8] = []
  private var offsets: [Int] = []

  /// - Parameter lines: ranges in `text`, each without margin and line end.
  init(lines: [Range<Int>], of text: MappedText) {
    for (number, line) in lines.enumerated() {
      if number > 0 {
        bytes.append(UInt8(ascii: "\n"))
        offsets.append(lines[number - 1].upperBound)
      }
      bytes.append(contentsOf: text.bytes[line])
      offsets.append(contentsOf: line)
    }
  }

  /// Where a range of `bytes` stands in the mapped text, margins in between included.
  func range(of range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else {
      let at =
        range.lowerBound < offsets.count ? offsets[range.lowerBound] : (offsets.last ?? -1) + 1
      return at..<at
    }
    return offsets[range.lowerBound]..<(offsets[range.upperBound - 1] + 1)
  }
}
