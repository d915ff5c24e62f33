/// Finds where tags, comments and autolinks end.
struct TagScanner {
  /// A tag may be long (an image within it), but not many that never end.
  private static let patience = 100
  private static let shortLength = 1_000

  private var failures = 0

  /// End of what begins at a `<`, or of the `<` if nothing does.
  mutating func end(in bytes: [UInt8], at start: Int) -> Int {
    let first = start + 1
    guard first < bytes.count,
      bytes[first].isLetter || bytes[first] == UInt8(ascii: "/")
        || bytes[first] == UInt8(ascii: "!")
    else { return first }
    let limit = failures < Self.patience ? bytes.count : min(first + Self.shortLength, bytes.count)
    var quote: UInt8?
    for index in first..<limit {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return index + 1
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "<") {
        return first
      }
    }
    failures += 1
    return first
  }
}
