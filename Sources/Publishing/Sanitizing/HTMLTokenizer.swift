/// Splits raw HTML, as an author or an attacker wrote it, into tokens.
///
/// It follows the tokenizer of the HTML standard (13.2.5) as far as tags, attributes, comments and
/// raw text go: what it takes for a tag is what a browser takes for one. It never fails; whatever
/// is left over at the end of the input is text or is dropped, as the standard says.
struct HTMLTokenizer {
  enum Token: Equatable {
    case startTag(name: String, attributes: [Element.Attribute], isSelfClosing: Bool)
    case endTag(name: String)
    /// Characters, references already replaced.
    case text(String)
    /// A comment, a document type or a processing instruction: nothing a reader sees.
    case comment
  }

  private let bytes: [UInt8]
  private var position = 0
  /// Set after the start tag of a raw text element: everything up to its end tag is text.
  private var rawTextElement: String?

  init(_ html: String) {
    bytes = Array(html.utf8)
  }

  /// All tokens of a piece of HTML.
  static func tokens(of html: String) -> [Token] {
    var tokenizer = HTMLTokenizer(html)
    var tokens: [Token] = []
    while let token = tokenizer.next() { tokens.append(token) }
    return tokens
  }

  private mutating func next() -> Token? {
    guard position < bytes.count else { return nil }
    if let name = rawTextElement {
      rawTextElement = nil
      let end = endOfRawText(closedBy: name)
      if end > position { return text(upTo: end, decodingReferences: false) }
    }
    guard bytes[position] == UInt8(ascii: "<") else { return text(upTo: nextTagOpening()) }
    switch byte(at: position + 1) {
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      skipDeclaration()
      return .comment
    case UInt8(ascii: "/"):
      guard let letter = byte(at: position + 2) else { return text(upTo: bytes.count) }
      if letter.isLetter { return endTag() }
      skip(past: UInt8(ascii: ">"))
      return .comment
    case let letter? where letter.isLetter:
      return startTag()
    default:
      return text(upTo: nextTagOpening())
    }
  }

  // MARK: Text

  private mutating func text(upTo end: Int, decodingReferences: Bool = true) -> Token {
    defer { position = end }
    let run = bytes[position..<end]
    return .text(
      decodingReferences ? CharacterReferences.decode(run) : String(decoding: run, as: UTF8.self))
  }

  /// The next `<` that begins something other than text.
  private func nextTagOpening() -> Int {
    var index = position + 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), let following = byte(at: index + 1),
        following.isLetter || following == UInt8(ascii: "/") || following == UInt8(ascii: "!")
          || following == UInt8(ascii: "?")
      {
        return index
      }
      index += 1
    }
    return bytes.count
  }

  private func endOfRawText(closedBy name: String) -> Int {
    let endTag = Array("</\(name)".utf8)
    var index = position
    while index + endTag.count <= bytes.count {
      let matches = zip(bytes[index...], endTag).allSatisfy { $0.lowercased == $1 }
      let following = byte(at: index + endTag.count) ?? UInt8(ascii: ">")
      if matches, following.isHTMLSpace || following == UInt8(ascii: ">") || following == 0x2F {
        return index
      }
      index += 1
    }
    return bytes.count
  }

  // MARK: Tags

  private mutating func startTag() -> Token? {
    position += 1
    let name = tagName()
    guard let (attributes, isSelfClosing) = attributes() else { return nil }
    if Self.rawTextElements.contains(name) { rawTextElement = name }
    return .startTag(name: name, attributes: attributes, isSelfClosing: isSelfClosing)
  }

  private mutating func endTag() -> Token? {
    position += 2
    let name = tagName()
    return attributes() == nil ? nil : .endTag(name: name)
  }

  private mutating func tagName() -> String {
    let start = position
    while let byte = byte(at: position), !byte.isHTMLSpace, byte != 0x2F, byte != 0x3E {
      position += 1
    }
    return lowercasedText(start..<position)
  }

  /// Attributes up to and with the closing `>`; nil when the input ends inside the tag.
  private mutating func attributes() -> ([Element.Attribute], isSelfClosing: Bool)? {
    var attributes: [Element.Attribute] = []
    while let byte = byte(at: position) {
      switch byte {
      case UInt8(ascii: ">"):
        position += 1
        return (attributes, position >= 2 && bytes[position - 2] == UInt8(ascii: "/"))
      case UInt8(ascii: "/"):
        position += 1
      case _ where byte.isHTMLSpace:
        position += 1
      default:
        let attribute = attribute()
        // The first one counts, as in browsers.
        if !attributes.contains(where: { $0.name == attribute.name }) {
          attributes.append(attribute)
        }
      }
    }
    return nil
  }

  private mutating func attribute() -> Element.Attribute {
    let start = position
    position += 1  // A name may begin with `=`.
    while let byte = byte(at: position),
      !byte.isHTMLSpace, byte != 0x2F, byte != 0x3E, byte != 0x3D
    {
      position += 1
    }
    let name = lowercasedText(start..<position)
    let endOfName = position
    skipSpaces()
    guard byte(at: position) == UInt8(ascii: "=") else {
      position = endOfName
      return .init(name: name, value: nil)
    }
    position += 1
    skipSpaces()
    return .init(name: name, value: attributeValue())
  }

  private mutating func attributeValue() -> String {
    let quote = byte(at: position)
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      position += 1
      let start = position
      while let byte = byte(at: position), byte != quote { position += 1 }
      defer { position = min(position + 1, bytes.count) }
      return CharacterReferences.decode(bytes[start..<position])
    }
    let start = position
    while let byte = byte(at: position), !byte.isHTMLSpace, byte != 0x3E { position += 1 }
    return CharacterReferences.decode(bytes[start..<position])
  }

  // MARK: Comments

  private mutating func skipDeclaration() {
    guard byte(at: position + 2) == 0x2D, byte(at: position + 3) == 0x2D else {
      return skip(past: UInt8(ascii: ">"))
    }
    position += 4
    // `<!-->` and `<!--->` are whole comments.
    if byte(at: position) == 0x3E { return position += 1 }
    if byte(at: position) == 0x2D, byte(at: position + 1) == 0x3E { return position += 2 }
    while position < bytes.count {
      if bytes[position...].starts(with: "-->".utf8) { return position += 3 }
      if bytes[position...].starts(with: "--!>".utf8) { return position += 4 }
      position += 1
    }
  }

  private mutating func skip(past byte: UInt8) {
    while position < bytes.count, bytes[position] != byte { position += 1 }
    position = min(position + 1, bytes.count)
  }

  private mutating func skipSpaces() {
    while let byte = byte(at: position), byte.isHTMLSpace { position += 1 }
  }

  private func byte(at index: Int) -> UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  private func lowercasedText(_ range: Range<Int>) -> String {
    String(decoding: bytes[range].map(\.lowercased), as: UTF8.self)
  }

  /// Elements whose content browsers read as text only, when scripting is on.
  private static let rawTextElements: Set<String> = [
    "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea",
    "title", "xmp",
  ]
}

extension UInt8 {
  /// Space, tab, line feed, form feed or carriage return.
  var isHTMLSpace: Bool {
    self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0C || self == 0x0D
  }

  var isLetter: Bool { lowercased >= UInt8(ascii: "a") && lowercased <= UInt8(ascii: "z") }

  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var lowercased: UInt8 {
    self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self + 0x20 : self
  }
}
