/// What is wrong with the header of a file, as the end of a sentence.
struct HeaderProblem: Error {
  let words: String
  init(_ words: String) { self.words = words }
}

/// The JSON that a header of tensors is made of. Numbers other than integers are not looked at.
enum HeaderValue {
  case object([(name: String, value: HeaderValue)])
  case array([HeaderValue])
  case text(String)
  case integer(Int)
  case other
}

/// Reads JSON (RFC 8259) and trusts nothing: any bytes give a value or a problem.
struct HeaderParser {
  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value the bytes hold; only white space may follow it.
  mutating func parse() throws(HeaderProblem) -> HeaderValue {
    guard bytes.first == UInt8(ascii: "{") else { throw HeaderProblem("does not begin with {") }
    let value = try value()
    skipSpace()
    guard place == bytes.count else { throw problem("has text after its end") }
    return value
  }

  private func problem(_ words: String) -> HeaderProblem {
    HeaderProblem("\(words) (byte \(place))")
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      place += 1
    }
  }

  /// Steps over `character` if it comes next, after white space.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func value() throws(HeaderProblem) -> HeaderValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"):
      return try nested { (parser) throws(HeaderProblem) in
        .object(try parser.members())
      }
    case UInt8(ascii: "["):
      return try nested { (parser) throws(HeaderProblem) in
        .array(try parser.items())
      }
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true")
    case UInt8(ascii: "f"): return try word("false")
    case UInt8(ascii: "n"): return try word("null")
    default: return try number()
    }
  }

  private mutating func nested(
    _ read: (inout HeaderParser) throws(HeaderProblem) -> HeaderValue
  ) throws(HeaderProblem) -> HeaderValue {
    guard depth < 100 else { throw problem("is nested too deeply") }
    depth += 1
    place += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  private mutating func members() throws(HeaderProblem) -> [(name: String, value: HeaderValue)] {
    var members: [(name: String, value: HeaderValue)] = []
    var names: Set<String> = []
    if take("}") { return members }
    repeat {
      skipSpace()
      let name = try text()
      guard names.insert(name).inserted else { throw problem("has the name \(name) twice") }
      guard take(":") else { throw problem("lacks a colon") }
      members.append((name, try value()))
    } while take(",")
    guard take("}") else { throw problem("lacks a closing brace") }
    return members
  }

  private mutating func items() throws(HeaderProblem) -> [HeaderValue] {
    var items: [HeaderValue] = []
    if take("]") { return items }
    repeat { items.append(try value()) } while take(",")
    guard take("]") else { throw problem("lacks a closing bracket") }
    return items
  }

  private mutating func word(_ word: String) throws(HeaderProblem) -> HeaderValue {
    guard bytes[place...].starts(with: word.utf8) else { throw problem("is not JSON") }
    place += word.utf8.count
    return .other
  }

  private mutating func number() throws(HeaderProblem) -> HeaderValue {
    let start = place
    while let byte = next, isPartOfNumber(byte) { place += 1 }
    let digits = bytes[start..<place]
    guard let first = digits.first, let last = digits.last, isDigit(last),
      isDigit(first) || first == UInt8(ascii: "-")
    else { throw problem("is not JSON") }
    let whole = digits.allSatisfy(isDigit) && (digits.count == 1 || first != UInt8(ascii: "0"))
    if let number = Int(String(decoding: digits, as: UTF8.self)), whole { return .integer(number) }
    return .other
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private func isPartOfNumber(_ byte: UInt8) -> Bool {
    isDigit(byte) || "+-.eE".utf8.contains(byte)
  }

  private mutating func text() throws(HeaderProblem) -> String {
    guard next == UInt8(ascii: "\"") else { throw problem("lacks a quoted name") }
    place += 1
    var out: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: out, as: UTF8.self) else {
          throw problem("is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): try escape(&out)
      case 0..<0x20: throw problem("has a control character in a text")
      default: out.append(byte)
      }
    }
    throw problem("ends inside a text")
  }

  private mutating func escape(_ out: inout [UInt8]) throws(HeaderProblem) {
    guard let byte = next else { throw problem("ends inside a text") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if code & 0xFC00 == 0xD800, bytes[place...].starts(with: "\\u".utf8) {
        place += 2
        let low = try hexadecimal()
        guard low & 0xFC00 == 0xDC00 else { throw problem("has half a surrogate pair") }
        code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
      }
      guard let scalar = Unicode.Scalar(code) else { throw problem("has half a surrogate pair") }
      out += String(Character(scalar)).utf8
    default: throw problem("has an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(HeaderProblem) -> UInt32 {
    let digits = bytes[place...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ isDigit($0) || isLetterDigit($0) }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("has an unknown escape") }
    place += 4
    return code
  }

  private func isLetterDigit(_ byte: UInt8) -> Bool {
    (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}
