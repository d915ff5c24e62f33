/// Turns offsets into lines and columns.
struct LineTable {
  private let starts: [Int]
  let unit: Int

  init(_ text: String, unit: Int) {
    var starts = [0]
    var offset = 0
    for byte in text.utf8 {
      offset += 1
      if byte == UInt8(ascii: "\n") { starts.append(offset) }
    }
    self.starts = starts
    self.unit = unit
  }

  /// The place of a UTF-8 offset.
  func location(_ offset: Int) -> SourceLocation {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourceLocation(
      unit: unit, line: low + 1, column: offset - starts[low] + 1, offset: offset)
  }
}
