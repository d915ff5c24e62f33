/// A tokenizer for English: lower case, punctuation as tokens of its own.
///
/// It gives what torchtext's `get_tokenizer("basic_english")` gives: `.`, `,`, `(`, `)`, `!`, `?`
/// and `'` become tokens, double quotes vanish, white space, `;`, `:` and `<br />` separate.
public func basicEnglishTokenizer() -> (String) -> [String] {
  { basicEnglishTokens(of: $0) }
}

private func basicEnglishTokens(of text: String) -> [String] {
  let bytes = lowercasedBytesWithoutQuotes(text)
  return bytes.withUnsafeBufferPointer { bytes in
    var tokens: [String] = []
    var (start, i) = (0, 0)
    /// Ends the word before `i`, and goes on `length` bytes later.
    func separate(_ length: Int, isToken: Bool = false) {
      if start < i { tokens.append(String(decoding: bytes[start..<i], as: UTF8.self)) }
      if isToken { tokens.append(String(decoding: bytes[i..<i + length], as: UTF8.self)) }
      i += length
      start = i
    }
    while i < bytes.count {
      switch bytes[i] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): i += 1
      case UInt8(ascii: "'"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "!"), UInt8(ascii: "?"):
        separate(1, isToken: true)
      case UInt8(ascii: ";"), UInt8(ascii: ":"): separate(1)
      case UInt8(ascii: "<"):
        if bytes[i...].starts(with: lineBreak) { separate(lineBreak.count) } else { i += 1 }
      default:
        let length = whitespaceLength(bytes, i)
        if length > 0 { separate(length) } else { i += 1 }
      }
    }
    separate(0)
    return tokens
  }
}

private let lineBreak = Array("<br />".utf8)

/// The number of bytes of the white space at `i`, 0 when there is none. Python's `str.isspace`.
private func whitespaceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int {
  switch bytes[i] {
  case 0x09...0x0d, 0x1c...0x20: return 1
  case 0xc2: return bytes[i + 1] == 0x85 || bytes[i + 1] == 0xa0 ? 2 : 0
  case 0xe1: return bytes[i + 1] == 0x9a && bytes[i + 2] == 0x80 ? 3 : 0
  case 0xe2:
    switch (bytes[i + 1], bytes[i + 2]) {
    case (0x80, 0x80...0x8a), (0x80, 0xa8), (0x80, 0xa9), (0x80, 0xaf), (0x81, 0x9f): return 3
    default: return 0
    }
  case 0xe3: return bytes[i + 1] == 0x80 && bytes[i + 2] == 0x80 ? 3 : 0
  default: return 0
  }
}

/// The text in lower case as UTF-8, double quotes left out.
private func lowercasedBytesWithoutQuotes(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  var isASCII = true
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
    case UInt8(ascii: "\""): break
    case 0x80...: isASCII = false
    default: bytes.append(byte)
    }
  }
  if isASCII { return bytes }
  return lowercased(text).utf8.filter { $0 != UInt8(ascii: "\"") }
}

/// Python's `str.lower`: the mapping of each scalar, with the sigma that ends a word.
private func lowercased(_ text: String) -> String {
  let scalars = Array(text.unicodeScalars)
  var result = ""
  for (i, scalar) in scalars.enumerated() {
    if scalar == "\u{3a3}" {
      let isLast = endsWord(scalars, i)
      result.unicodeScalars.append(isLast ? "\u{3c2}" : "\u{3c3}")
    } else {
      result += scalar.properties.lowercaseMapping
    }
  }
  return result
}

/// Whether a letter comes before place `i` and none after it, marks left aside.
private func endsWord(_ scalars: [Unicode.Scalar], _ i: Int) -> Bool {
  let before = scalars[..<i].last { !$0.properties.isCaseIgnorable }
  let after = scalars[(i + 1)...].first { !$0.properties.isCaseIgnorable }
  return before?.properties.isCased == true && after?.properties.isCased != true
}
