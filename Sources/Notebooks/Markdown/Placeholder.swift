/// What stands in the text given to libcmark for something it must not see.
///
/// A placeholder is `U+E000 n U+E001`: private-use characters are neither space nor punctuation to
/// CommonMark, so emphasis around a formula parses as around a letter.
enum Placeholder {
  case math(latex: String, isDisplay: Bool, span: SourceSpan)
  case tildes(Strikethrough.Delimiter)
  /// Index into the tables that were found.
  case table(Int)
  /// A private-use character of the author's own, who may use them too.
  case character(String)
}

/// The placeholders of a document and what each stands for.
struct Placeholders {
  private static let opening: Unicode.Scalar = "\u{E000}"
  private static let closing: Unicode.Scalar = "\u{E001}"

  private var entries: [(placeholder: Placeholder, source: String)] = []

  /// Whether UTF-8 that begins here is one of the two characters.
  static func isReserved(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count >= 3 && bytes.prefix(2).elementsEqual([0xEE, 0x80])
      && (bytes[bytes.startIndex + 2] == 0x80 || bytes[bytes.startIndex + 2] == 0x81)
  }

  /// - Parameter source: what the author wrote, for places that are not running text.
  /// - Returns: the bytes that stand for it.
  mutating func add(_ placeholder: Placeholder, source: String) -> [UInt8] {
    entries.append((placeholder, source))
    return Array("\u{E000}\(entries.count - 1)\u{E001}".utf8)
  }

  /// A text cut at its placeholders.
  enum Part {
    case text(String)
    case placeholder(Placeholder)
  }

  func parts(of text: String) -> [Part] {
    guard text.utf8.contains(0xEE) else { return [.text(text)] }
    var parts: [Part] = []
    var plain = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == Self.opening, let end = rest.firstIndex(of: Self.closing),
        let number = Int(String(rest[..<end])), entries.indices.contains(number)
      else {
        plain.append(scalar)
        continue
      }
      rest = rest[rest.index(after: end)...]
      if case .character(let own) = entries[number].placeholder {
        plain.append(contentsOf: own.unicodeScalars)
      } else {
        if !plain.isEmpty { parts.append(.text(String(plain))) }
        plain = String.UnicodeScalarView()
        parts.append(.placeholder(entries[number].placeholder))
      }
    }
    if !plain.isEmpty { parts.append(.text(String(plain))) }
    return parts
  }

  /// A text with what the author wrote in place of placeholders: for code, addresses and HTML.
  func restored(_ text: String) -> String {
    guard text.utf8.contains(0xEE) else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == Self.opening, let end = rest.firstIndex(of: Self.closing),
        let number = Int(String(rest[..<end])), entries.indices.contains(number)
      else {
        result.append(scalar)
        continue
      }
      rest = rest[rest.index(after: end)...]
      result.append(contentsOf: entries[number].source.unicodeScalars)
    }
    return String(result)
  }
}
