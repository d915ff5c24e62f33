/// Which addresses a link may lead to.
enum LinkPolicy {
  /// Where a link leads.
  enum Destination: Equatable {
    /// Another host, a mail program: written as it is.
    case absolute(String)
    /// A place on the same page, `#` included.
    case fragment(String)
    /// A file beside the notebook: path, and `?…` or `#…` behind it.
    case relative(path: String, suffix: String)
  }

  private static let schemes: Set<String> = ["ftp", "http", "https", "mailto", "tel"]

  /// The destination of a link, or nil when a page must not carry it (`javascript:`, `data:`).
  static func destination(of address: String) -> Destination? {
    let address = withoutIgnoredCharacters(address)
    if address.first == "#" { return .fragment(address) }
    if let scheme = scheme(of: address) {
      return schemes.contains(scheme) ? .absolute(address) : nil
    }
    // `//host/path` takes the scheme of the page: for a page on disk, `file:`. Browsers read `\` as
    // `/` here.
    let start = address.utf8.prefix(2)
    if start.count == 2, start.allSatisfy({ $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }) {
      return .absolute("https://" + address.dropFirst(2))
    }
    let end = address.firstIndex { $0 == "?" || $0 == "#" } ?? address.endIndex
    return .relative(path: String(address[..<end]), suffix: String(address[end...]))
  }

  /// The scheme in lower case, if the address has one.
  static func scheme(of address: String) -> String? {
    var scheme: [UInt8] = []
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: ":"):
        return scheme.isEmpty ? nil : String(decoding: scheme, as: UTF8.self)
      case _ where byte.isLetter:
        scheme.append(byte.lowercased)
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        _ where byte.isDigit:
        if scheme.isEmpty { return nil }
        scheme.append(byte)
      default:
        return nil
      }
    }
    return nil
  }

  /// Browsers drop tabs and line breaks anywhere, and control characters and spaces at both ends,
  /// before they look at an address.
  static func withoutIgnoredCharacters(_ address: String) -> String {
    let inner = address.unicodeScalars.filter {
      $0 != "\t" && $0 != "\n" && $0 != "\r" && $0.value != 0
    }
    let isIgnored = { (scalar: Unicode.Scalar) in scalar.value <= 0x20 }
    let start = inner.drop(while: isIgnored)
    let end = start.lastIndex { !isIgnored($0) }.map { start.index(after: $0) } ?? start.startIndex
    return String(String.UnicodeScalarView(start[..<end]))
  }
}
