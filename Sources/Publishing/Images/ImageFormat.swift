/// Formats of images that browsers show, told by their first bytes: a file is what it holds, not
/// what it is called, and only images get into a page.
enum ImageFormat: String {
  case png = "image/png"
  case jpeg = "image/jpeg"
  case gif = "image/gif"
  case webp = "image/webp"
  case avif = "image/avif"
  case svg = "image/svg+xml"

  init?(of bytes: [UInt8]) {
    func begins(with text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if begins(with: "PNG\r\n", at: 1), bytes[0] == 0x89 {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if begins(with: "GIF87a") || begins(with: "GIF89a") {
      self = .gif
    } else if begins(with: "RIFF"), begins(with: "WEBP", at: 8) {
      self = .webp
    } else if begins(with: "ftypavi", at: 4) {
      self = .avif
    } else if Self.isSVG(bytes) {
      self = .svg
    } else {
      return nil
    }
  }

  /// The first element of the document is `svg`, after any declaration, comment and document type.
  private static func isSVG(_ bytes: [UInt8]) -> Bool {
    let start = String(decoding: bytes.prefix(4096), as: UTF8.self)
    for case .startTag(let name, _, _) in HTMLTokenizer.tokens(of: start) { return name == "svg" }
    return false
  }
}
