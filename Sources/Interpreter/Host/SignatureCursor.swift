/// Reads the words of a Swift declaration from UTF-8 bytes.
///
/// The bytes belong to the caller (`String.withUTF8`) and must outlive the cursor.
struct SignatureCursor {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  /// The next byte that is not a space, without consuming it; 0 at the end.
  mutating func peek() -> UInt8 {
    skipSpace()
    return byte(at: 0)
  }

  /// Consumes the symbol if it comes next.
  mutating func take(_ symbol: StaticString) -> Bool {
    skipSpace()
    let length = symbol.utf8CodeUnitCount
    if position + length > bytes.count { return false }
    for i in 0..<length where bytes[position + i] != symbol.utf8Start[i] { return false }
    position += length
    return true
  }

  /// Consumes the word if it comes next as a whole word.
  mutating func takeWord(_ word: StaticString) -> Bool {
    let start = position
    if take(word) && !Self.isWordByte(byte(at: 0)) { return true }
    position = start
    return false
  }

  /// An identifier, backquotes removed; empty if there is none.
  mutating func word() -> String {
    skipSpace()
    if byte(at: 0) == UInt8(ascii: "`") {
      position += 1
      let start = position
      while !isAtEnd && byte(at: 0) != UInt8(ascii: "`") { position += 1 }
      defer { position += 1 }
      return text(from: start)
    }
    let start = position
    while Self.isWordByte(byte(at: 0)) { position += 1 }
    return text(from: start)
  }

  /// The characters of an operator; empty if there are none.
  mutating func operatorName() -> String {
    skipSpace()
    let start = position
    while Self.isOperatorByte(byte(at: 0)) { position += 1 }
    return text(from: start)
  }

  /// Whether a name follows the dot that comes next.
  mutating func takeDotBeforeWord() -> Bool {
    guard byte(at: 0) == UInt8(ascii: "."), Self.isWordByte(byte(at: 1)) else { return false }
    position += 1
    return true
  }

  /// Source text up to a comma or closing parenthesis of the current nesting.
  mutating func expressionText() -> String {
    skipSpace()
    let start = position
    var depth = 0
    loop: while !isAtEnd {
      switch byte(at: 0) {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")") where depth == 0, UInt8(ascii: ",") where depth == 0: break loop
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "\""): skipString()
      default: break
      }
      position += 1
    }
    var end = position
    while end > start && bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Skips a parenthesised group, if one comes next.
  mutating func skipParentheses() {
    guard peek() == UInt8(ascii: "(") else { return }
    position += 1
    while !isAtEnd && byte(at: 0) != UInt8(ascii: ")") {
      _ = expressionText()
      if byte(at: 0) == UInt8(ascii: ",") { position += 1 }
    }
    position += 1
  }

  /// What is left, for messages.
  var rest: String { String(decoding: bytes[min(position, bytes.count)...], as: UTF8.self) }

  private mutating func skipString() {
    position += 1
    while !isAtEnd && byte(at: 0) != UInt8(ascii: "\"") {
      position += byte(at: 0) == UInt8(ascii: "\\") ? 2 : 1
    }
  }

  private mutating func skipSpace() {
    while byte(at: 0) == UInt8(ascii: " ") || byte(at: 0) == UInt8(ascii: "\n") { position += 1 }
  }

  private func byte(at offset: Int) -> UInt8 {
    let i = position + offset
    return i < bytes.count ? bytes[i] : 0
  }

  private func text(from start: Int) -> String {
    String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self)
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }

  static func isOperatorByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "%"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "^"),
      UInt8(ascii: "~"), UInt8(ascii: "?"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
