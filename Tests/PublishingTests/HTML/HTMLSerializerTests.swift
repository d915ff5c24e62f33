import XCTest

@testable import Publishing

final class HTMLSerializerTests: XCTestCase {
  private func html(@HTMLBuilder _ content: () -> [HTMLNode]) -> String {
    HTMLSerializer.fragment(content())
  }

  func testTextIsEscaped() {
    XCTAssertEqual(html { "a < b && c > \"d\"" }, "a &lt; b &amp;&amp; c &gt; \"d\"")
    XCTAssertEqual(html { "<script>alert(1)</script>" }, "&lt;script&gt;alert(1)&lt;/script&gt;")
    XCTAssertEqual(html { "naïve 👩‍👩‍👧 &amp;" }, "naïve 👩‍👩‍👧 &amp;amp;")
  }

  func testAttributesAreEscaped() {
    XCTAssertEqual(
      html { Element("a", ["title": "\"><img src=x onerror='alert(1)'>\n\t&"]) { "x" } },
      "<a title=\"&quot;&gt;&lt;img src=x onerror='alert(1)'&gt;&#10;&#9;&amp;\">x</a>")
  }

  func testAttributesWithoutAValue() {
    XCTAssertEqual(
      html { Element("details", ["open": "", "id": nil, "class": ""]) },
      "<details open class=\"\"></details>\n")
  }

  func testVoidElementsHaveNoEndTag() {
    XCTAssertEqual(html { Element("br") }, "<br>")
    XCTAssertEqual(html { Element("img", ["alt": ""]) }, "<img alt=\"\">")
    XCTAssertEqual(html { Element("span") }, "<span></span>")
  }

  func testALineBreakAtTheStartOfPreSurvives() {
    XCTAssertEqual(
      html { Element("pre") { Element("code") { "\nlet x = 1" } } },
      "<pre>\n<code>\nlet x = 1</code></pre>\n")
    XCTAssertEqual(html { Element("pre") { "a\n\nb" } }, "<pre>a\n\nb</pre>\n")
  }

  func testNothingIsAddedInsidePre() {
    XCTAssertEqual(
      html { Element("pre") { Element("div") { Element("div") { "x" } } } },
      "<pre><div><div>x</div></div></pre>\n")
  }

  func testRawTextCannotEndItsElement() {
    XCTAssertEqual(
      html { Element("style") { "a::after { content: \"</style><script>\"; }" } },
      "<style>a::after { content: \"<\\/style><script>\"; }</style>\n")
  }

  func testControlCharactersShowAsPictures() {
    XCTAssertEqual(html { "a\0b\u{1B}[31mc\u{7F}" }, "a␀b␛[31mc␡")
    XCTAssertEqual(html { "a\r\nb\rc\td" }, "a\nb\nc\td")
  }

  func testTrustedMarkupIsWrittenAsItIs() {
    XCTAssertEqual(html { HTMLNode.trusted("<math><mi>x</mi></math>") }, "<math><mi>x</mi></math>")
  }

  func testDocument() {
    XCTAssertEqual(
      HTMLSerializer.document(Element("html", ["lang": "en"]) { Element("body") { "x" } }),
      "<!DOCTYPE html>\n<html lang=\"en\">\n<body>x</body>\n</html>\n")
  }
}
