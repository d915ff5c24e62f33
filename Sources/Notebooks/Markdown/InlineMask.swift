/// Replaces in running text what libcmark does not know (formulas, strikethrough) by placeholders.
///
/// It goes from left to right once and passes over code spans, autolinks and tags, so that whichever
/// begins first wins: a dollar in a code span is code, a backtick in a formula is mathematics.
struct InlineMask {
  typealias Edit = (range: Range<Int>, with: [UInt8])

  let text: MappedText
  var placeholders: Placeholders

  /// The edits of one running text, in order.
  mutating func edits(in running: RunningText) -> [Edit] {
    let bytes = running.bytes
    var codeSpans = CodeSpanScanner()
    var tags = TagScanner()
    var edits: [Edit] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        index += 2
      case UInt8(ascii: "`"):
        let end = codeSpans.end(in: bytes, at: index)
        maskReserved(in: index..<end, of: running, into: &edits)
        index = end
      case UInt8(ascii: "<"):
        let end = tags.end(in: bytes, at: index)
        maskReserved(in: index..<end, of: running, into: &edits)
        index = end
      case UInt8(ascii: "$"):
        guard let (content, isDisplay) = MathScanner.formula(in: bytes, at: index) else {
          index = Self.end(ofRunAt: index, in: bytes)
          continue
        }
        let end = content.upperBound + (isDisplay ? 2 : 1)
        let placeholder = Placeholder.math(
          latex: String(decoding: bytes[content], as: UTF8.self), isDisplay: isDisplay,
          span: text.origin(of: running.range(of: content)))
        replace(index..<end, of: running, by: placeholder, in: &edits)
        index = end
      case UInt8(ascii: "~"):
        let end = Self.end(ofRunAt: index, in: bytes)
        if let delimiter = Strikethrough.Delimiter(run: index..<end, in: bytes) {
          replace(index..<end, of: running, by: .tildes(delimiter), in: &edits)
        }
        index = end
      case 0xEE:
        let end = min(index + 3, bytes.count)
        maskReserved(in: index..<end, of: running, into: &edits)
        index = end
      default:
        index += 1
      }
    }
    return edits
  }

  private mutating func replace(
    _ range: Range<Int>, of running: RunningText, by placeholder: Placeholder,
    in edits: inout [Edit]
  ) {
    let source = String(decoding: running.bytes[range], as: UTF8.self)
    edits.append((running.range(of: range), placeholders.add(placeholder, source: source)))
  }

  private mutating func maskReserved(
    in range: Range<Int>, of running: RunningText, into edits: inout [Edit]
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      // What is no copy is a placeholder of an earlier round.
      if Placeholders.isReserved(running.bytes[index..<range.upperBound]),
        text.isCopy(at: running.range(of: index..<index + 1).lowerBound)
      {
        let character = String(decoding: running.bytes[index..<index + 3], as: UTF8.self)
        replace(index..<index + 3, of: running, by: .character(character), in: &edits)
        index += 3
      } else {
        index += 1
      }
    }
  }

  static func end(ofRunAt start: Int, in bytes: [UInt8]) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == bytes[start] { end += 1 }
    return end
  }
}
