/// Finds source that the parser would take too long for.
///
/// Before each `[` the parser tries whether a type begins there, at every level anew, so that its time
/// doubles with each level of brackets (swift-syntax 603). Nobody writes this many.
enum BracketDepth {
  static let limit = 16

  /// The offset of the first `[` that is nested too deeply.
  static func excess(in text: String) -> Int? {
    var depth = 0
    var isInString = false
    var isInComment = false
    var previous: UInt8 = 0
    for (offset, byte) in text.utf8.enumerated() {
      defer { previous = byte }
      switch byte {
      case UInt8(ascii: "\n"):
        isInString = false
        isInComment = false
      case _ where isInComment: continue
      case UInt8(ascii: "\""): if previous != UInt8(ascii: "\\") { isInString.toggle() }
      case _ where isInString: continue
      case UInt8(ascii: "/"): if previous == byte { isInComment = true }
      case UInt8(ascii: "["):
        depth += 1
        if depth > limit { return offset }
      case UInt8(ascii: "]"): depth = max(0, depth - 1)
      default: break
      }
    }
    return nil
  }
}
