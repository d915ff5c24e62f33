import Notebooks

extension PageContext {
  /// An image inside the page, or a mark in its place where that is not possible.
  ///
  /// - Parameter source: relative to the notebook.
  func image(
    source: String, alternative: String, title: String?, at span: SourceSpan? = nil
  ) -> HTMLNode {
    let source = LinkPolicy.withoutIgnoredCharacters(source)
    if let address = embeddedAddress(of: source, at: span) {
      return .element(
        Element("img", ["src": address, "alt": alternative, "title": title]))
    }
    return absentImage(source: source, alternative: alternative)
  }

  /// The data URI of an image; nil, and a problem reported, when there is none.
  private func embeddedAddress(of source: String, at span: SourceSpan?) -> String? {
    switch LinkPolicy.scheme(of: source) {
    case "data" where Self.isEmbeddedImage(source):
      return source
    case let scheme?:
      let isRemote = scheme == "http" || scheme == "https"
      report(
        isRemote
          ? "image '\(source)' is on another host and is not loaded by the page"
          : "image address '\(source.prefix(80))' is not allowed in a page",
        at: span)
      return nil
    case nil:
      guard !source.isEmpty, !source.hasPrefix("//") else {
        report("image '\(source)' is not a file", at: span)
        return nil
      }
      guard let bytes = file(at: source) else {
        report("cannot read image '\(source)'", at: span)
        return nil
      }
      guard let format = ImageFormat(of: bytes) else {
        report("'\(source)' is no image that a page can show (PNG, JPEG, GIF, WebP, SVG)", at: span)
        return nil
      }
      return "data:\(format.rawValue);base64,\(Base64.encode(bytes))"
    }
  }

  private static func isEmbeddedImage(_ address: String) -> Bool {
    let kind = address.dropFirst("data:".count).prefix { $0 != ";" && $0 != "," }
    return ImageFormat(rawValue: kind.lowercased()) != nil
  }

  /// A file as the notebook names it, from the folder of the notebook.
  private func file(at source: String) -> [UInt8]? {
    let folder = notebook.path.lastIndex(of: "/").map { notebook.path[...$0] } ?? ""
    let written = source.prefix { $0 != "?" && $0 != "#" }
    // A name may hold a `%` of its own, so what is written comes first.
    for path in [source, String(written), Self.percentDecoded(written)] {
      if let bytes = settings.readFile(path.hasPrefix("/") ? path : folder + path) { return bytes }
    }
    return nil
  }

  private static func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What stands in the place of an image that is not in the page: its words, and where it is.
  private func absentImage(source: String, alternative: String) -> HTMLNode {
    let words = alternative.isEmpty ? source : alternative
    let scheme = LinkPolicy.scheme(of: source)
    if scheme == "http" || scheme == "https" {
      let mark = Element("span", ["class": "absent-image", "title": "Not loaded: \(source)"]) {
        words.isEmpty ? "Image" : words
      }
      if isInsideLink { return .element(mark) }
      return .element(Element("a", ["href": source]) { mark })
    }
    return .element(
      Element("span", ["class": "absent-image"]) {
        "Missing image: "
        words
        if !alternative.isEmpty, scheme == nil { " (\(source))" }
      })
  }
}
