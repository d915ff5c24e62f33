/// Writes nodes as HTML. All escaping of this target happens here.
///
/// The serializer writes bytes: pages hold up to a few megabytes of text, and characters that need
/// escaping are all ASCII, so that everything between them is copied in runs.
public struct HTMLSerializer {
  private var bytes: [UInt8] = []
  /// More than 0 inside elements that show white space as it is.
  private var preformattedDepth = 0

  private init() {}

  /// A whole document, with its document type.
  public static func document(_ root: Element) -> String {
    var serializer = HTMLSerializer()
    serializer.write("<!DOCTYPE html>\n")
    serializer.write(element: root)
    return serializer.text
  }

  /// Nodes without a document around them.
  public static func fragment(_ nodes: [HTMLNode]) -> String {
    var serializer = HTMLSerializer()
    for node in nodes { serializer.write(node: node) }
    return serializer.text
  }

  private var text: String { String(decoding: bytes, as: UTF8.self) }

  private mutating func write(_ markup: String) {
    bytes.append(contentsOf: markup.utf8)
  }

  private mutating func write(node: HTMLNode) {
    switch node {
    case .element(let element): write(element: element)
    case .text(let text): write(escaping: text, in: .text)
    case .trusted(let markup): write(markup)
    }
  }

  private mutating func write(element: Element) {
    let name = element.name
    write("<")
    write(name)
    for attribute in element.attributes {
      write(" ")
      write(attribute.name)
      if let value = attribute.value {
        write("=\"")
        write(escaping: value, in: .attribute)
        write("\"")
      }
    }
    write(">")
    if !HTMLVocabulary.voidElements.contains(name) {
      writeContent(of: element)
      write("</")
      write(name)
      write(">")
    }
    if preformattedDepth == 0, HTMLVocabulary.blockElements.contains(name) { write("\n") }
  }

  private mutating func writeContent(of element: Element) {
    if HTMLVocabulary.rawTextElements.contains(element.name) {
      write(rawText: element.children.textContent)
      return
    }
    let isPreformatted = HTMLVocabulary.elementsThatDropALineBreak.contains(element.name)
    if isPreformatted {
      preformattedDepth += 1
      // A parser drops one line break here; a text that begins with one needs a second.
      if element.children.textContent.utf8.first == UInt8(ascii: "\n") { write("\n") }
    } else if preformattedDepth == 0, element.opensALine {
      write("\n")
    }
    for child in element.children { write(node: child) }
    if isPreformatted { preformattedDepth -= 1 }
  }

  /// Raw text cannot be escaped, but in CSS `<\/` inside a string or comment means `</`.
  private mutating func write(rawText: String) {
    var previous: UInt8 = 0
    for byte in rawText.utf8 {
      if byte == UInt8(ascii: "/"), previous == UInt8(ascii: "<") {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(byte)
      previous = byte
    }
  }

  private enum Context { case text, attribute }

  private mutating func write(escaping text: String, in context: Context) {
    var text = text
    text.withUTF8 { source in
      var runStart = 0
      for index in source.indices {
        guard
          let replacement = Self.replacement(
            for: source[index], in: context,
            followedByLineFeed: index + 1 < source.count && source[index + 1] == 0x0A)
        else { continue }
        bytes.append(contentsOf: source[runStart..<index])
        write(replacement)
        runStart = index + 1
      }
      bytes.append(contentsOf: source[runStart...])
    }
  }

  /// What stands for a byte that cannot be written as it is.
  private static func replacement(
    for byte: UInt8, in context: Context, followedByLineFeed: Bool
  ) -> String? {
    switch byte {
    case UInt8(ascii: "&"): return "&amp;"
    case UInt8(ascii: "<"): return "&lt;"
    case UInt8(ascii: ">"): return "&gt;"
    case UInt8(ascii: "\"") where context == .attribute: return "&quot;"
    case UInt8(ascii: "\n") where context == .attribute: return "&#10;"
    case UInt8(ascii: "\t") where context == .attribute: return "&#9;"
    case UInt8(ascii: "\n"), UInt8(ascii: "\t"): return nil
    // HTML has no carriage return: parsers read it as a line break, and so would a reader.
    case UInt8(ascii: "\r"): return followedByLineFeed ? "" : "\n"
    // Other control characters may not stand in HTML in any form; their pictures can.
    case 0..<0x20: return String(Unicode.Scalar(0x2400 + UInt32(byte))!)
    case 0x7F: return "\u{2421}"
    default: return nil
    }
  }
}

extension Element {
  /// Whether a line break after the start tag can be written without showing.
  fileprivate var opensALine: Bool {
    guard HTMLVocabulary.containerElements.contains(name), let first = children.first,
      case .element(let child) = first
    else { return false }
    return HTMLVocabulary.blockElements.contains(child.name)
  }
}
