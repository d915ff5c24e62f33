import Notebooks
import XCTest

@testable import Publishing

final class ImageTests: XCTestCase {
  private let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private func image(
    _ source: String, notebook: String = "lessons/a.md", files: [String: [UInt8]] = [:]
  ) -> (html: String, problems: [String]) {
    var settings = PageSettings()
    settings.readFile = { files[$0] }
    let context = PageContext(
      notebook: Notebook(path: notebook, source: SourceText("")), settings: settings)
    let node = context.image(source: source, alternative: "words", title: nil)
    return (HTMLSerializer.fragment([node]), context.problems.map(\.message))
  }

  func testImagesAreReadBesideTheNotebook() {
    let embedded = "<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"words\">"
    XCTAssertEqual(image("x.png", files: ["lessons/x.png": png]).html, embedded)
    XCTAssertEqual(image("x.png", notebook: "a.md", files: ["x.png": png]).html, embedded)
    XCTAssertEqual(image("../x.png", files: ["lessons/../x.png": png]).html, embedded)
    XCTAssertEqual(image("/x.png", files: ["/x.png": png]).html, embedded)
    XCTAssertEqual(image("a%20b.png", files: ["lessons/a b.png": png]).html, embedded)
    XCTAssertEqual(image("100%.png", files: ["lessons/100%.png": png]).html, embedded)
    XCTAssertEqual(image("x.png?raw=true", files: ["lessons/x.png": png]).html, embedded)
  }

  func testOnlyImagesGetIntoAPage() {
    let (html, problems) = image("/etc/passwd", files: ["/etc/passwd": Array("root:x:0".utf8)])
    XCTAssertFalse(html.contains("root"))
    XCTAssertEqual(problems.count, 1)
  }

  func testFormats() {
    let formats: [([UInt8], ImageFormat?)] = [
      (png, .png), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg), (Array("GIF89a".utf8), .gif),
      (Array("RIFF1234WEBPVP8 ".utf8), .webp), (Array("1234ftypavif".utf8), .avif),
      (Array("<?xml version='1.0'?>\n<!-- x --><!DOCTYPE svg><svg>".utf8), .svg),
      (Array("<html><svg>".utf8), nil), ([], nil), (Array("text".utf8), nil),
    ]
    for (bytes, format) in formats { XCTAssertEqual(ImageFormat(of: bytes), format) }
  }

  func testMissingImagesShowAndAreReported() {
    let (html, problems) = image("x.png")
    XCTAssertEqual(
      html, "<span class=\"absent-image\">Missing image: words (x.png)</span>")
    XCTAssertEqual(problems, ["cannot read image 'x.png'"])
  }

  func testBase64() {
    let cases = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg=="]
    for (text, expected) in cases { XCTAssertEqual(Base64.encode(Array(text.utf8)), expected) }
  }

  func testFilesThatAreNoneAreNotRead() {
    XCTAssertNil(FileReader.bytes(ofFile: "/dev/zero", atMost: 100))
    XCTAssertNil(FileReader.bytes(ofFile: "/", atMost: 100))
    XCTAssertNil(FileReader.bytes(ofFile: "/no/such/file", atMost: 100))
    XCTAssertNil(FileReader.bytes(ofFile: #filePath, atMost: 100))
    XCTAssertNotNil(FileReader.bytes(ofFile: #filePath, atMost: 1 << 20))
  }
}
