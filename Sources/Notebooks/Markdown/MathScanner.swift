/// Finds where a formula ends, by Pandoc's rules with balanced braces.
///
/// - `$…$`: no space after the opening dollar, none before the closing one, no digit behind it. The
///   first dollar that is not escaped and not inside braces has to be that closing one, so
///   "$20 and $30" stays text.
/// - `$$…$$`: anything without a blank line.
/// - A backslash takes the next character with it; a brace too many means it is no formula.
enum MathScanner {
  private static let dollar = UInt8(ascii: "$")
  /// No formula is longer; a text of many `${` would otherwise be read to its end for each.
  private static let longest = 10_000

  /// - Parameter start: index of the opening dollar.
  /// - Returns: the range between the dollars, if this opens a formula.
  static func formula(in text: [UInt8], at start: Int) -> (content: Range<Int>, isDisplay: Bool)? {
    if start + 1 < text.count, text[start + 1] == dollar {
      return display(in: text, from: start + 2).map { ($0, true) }
    }
    return inline(in: text, from: start + 1).map { ($0, false) }
  }

  private static func inline(in text: [UInt8], from start: Int) -> Range<Int>? {
    guard start < text.count, !text[start].isSpace else { return nil }
    guard let end = firstDollar(in: text, from: start), end > start, !text[end - 1].isSpace else {
      return nil
    }
    if end + 1 < text.count, text[end + 1].isDigit { return nil }
    return start..<end
  }

  private static func display(in text: [UInt8], from start: Int) -> Range<Int>? {
    var end = firstDollar(in: text, from: start)
    while let at = end {
      if at + 1 < text.count, text[at + 1] == dollar {
        let content = start..<at
        return text[content].allSatisfy(\.isSpace) ? nil : content
      }
      end = firstDollar(in: text, from: at + 1)
    }
    return nil
  }

  /// The first dollar outside braces; nil at a blank line or at a brace that closes nothing.
  private static func firstDollar(in text: [UInt8], from start: Int) -> Int? {
    var depth = 0
    var index = start
    while index < min(text.count, start + longest) {
      switch text[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth < 0 { return nil }
      case UInt8(ascii: "\n"): if isBlankLine(in: text, at: index + 1) { return nil }
      case dollar: if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func isBlankLine(in text: [UInt8], at start: Int) -> Bool {
    var index = start
    while index < text.count, text[index] != UInt8(ascii: "\n") {
      if !text[index].isSpace { return false }
      index += 1
    }
    return index < text.count
  }
}

extension UInt8 {
  /// Space, tab or line end.
  var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  var isPunctuation: Bool {
    (self >= 0x21 && self <= 0x2F) || (self >= 0x3A && self <= 0x40)
      || (self >= 0x5B && self <= 0x60) || (self >= 0x7B && self <= 0x7E)
  }
}
