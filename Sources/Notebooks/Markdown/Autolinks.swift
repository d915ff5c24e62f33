/// Bare addresses as links, as in GFM: `https://…`, `http://…` and `www.…`.
enum Autolinks {
  private static let prefixes = ["https://", "http://", "www."]

  /// A text cut into texts and links.
  static func split(_ text: String) -> [Inline] {
    let bytes = Array(text.utf8)
    guard bytes.firstRange(of: "://") != nil || bytes.firstRange(of: "www.") != nil else {
      return [.text(text)]
    }
    var result: [Inline] = []
    var pending = 0
    var index = 0
    while index < bytes.count {
      guard let end = end(ofAddressAt: index, in: bytes) else {
        index += 1
        continue
      }
      if pending < index { result.append(.text(string(bytes[pending..<index]))) }
      let address = string(bytes[index..<end])
      let destination = bytes[index] == UInt8(ascii: "w") ? "http://" + address : address
      result.append(.link(destination: destination, title: nil, content: [.text(address)]))
      index = end
      pending = end
    }
    if pending < bytes.count { result.append(.text(string(bytes[pending...]))) }
    return result
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  private static func end(ofAddressAt start: Int, in bytes: [UInt8]) -> Int? {
    // GFM: only at the start of a line, behind a space or one of `*`, `_`, `~`, `(`.
    if start > 0, !bytes[start - 1].isSpace, !"*_~(".utf8.contains(bytes[start - 1]) { return nil }
    guard let prefix = prefixes.first(where: { bytes[start...].starts(with: $0.utf8) }) else {
      return nil
    }
    var end = start + prefix.utf8.count
    while end < bytes.count, !bytes[end].isSpace, bytes[end] != UInt8(ascii: "<") { end += 1 }
    end = trimmed(start..<end, in: bytes)
    let domain = bytes[min(end, start + prefix.utf8.count)..<end].prefix { $0 != UInt8(ascii: "/") }
    let isWeb = prefix == "www."
    guard let first = domain.first, first.isLetter || first.isDigit || first > 0x7F,
      isWeb || domain.contains(UInt8(ascii: ".")) || domain.starts(with: "localhost".utf8)
    else { return nil }
    return end
  }

  /// Punctuation at the end belongs to the sentence, and so does a parenthesis that opens nothing.
  private static func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      let last = bytes[end - 1]
      if "?!.,:*_~'\"".utf8.contains(last) {
        end -= 1
      } else if last == UInt8(ascii: ")") {
        let address = bytes[range.lowerBound..<end]
        let opened = address.count { $0 == UInt8(ascii: "(") }
        let closed = address.count { $0 == UInt8(ascii: ")") }
        guard closed > opened else { return end }
        end -= 1
      } else {
        return end
      }
    }
    return end
  }
}
