import XCTest

@testable import Publishing

final class HTMLTokenizerTests: XCTestCase {
  private func tokens(_ html: String) -> [HTMLTokenizer.Token] { HTMLTokenizer.tokens(of: html) }

  private func start(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], closed: Bool = false
  ) -> HTMLTokenizer.Token {
    .startTag(
      name: name, attributes: attributes.map { .init(name: $0, value: $1) }, isSelfClosing: closed)
  }

  func testTags() {
    XCTAssertEqual(tokens("<b>x</b>"), [start("b"), .text("x"), .endTag(name: "b")])
    XCTAssertEqual(tokens("<BR/>"), [start("br", closed: true)])
    XCTAssertEqual(tokens("</b foo=bar>"), [.endTag(name: "b")])
    XCTAssertEqual(tokens("<a\n\thref\n=\n'x'>"), [start("a", ["href": "x"])])
  }

  func testAttributes() {
    XCTAssertEqual(
      tokens("<a href=x title='a \"b\"' open class=\"&lt;&#x41;&#66;\">"),
      [start("a", ["href": "x", "title": "a \"b\"", "open": nil, "class": "<AB"])])
    XCTAssertEqual(tokens("<a x=1 X=2>"), [start("a", ["x": "1"])])
    XCTAssertEqual(tokens("<a/onclick=1/href=y>"), [start("a", ["onclick": "1/href=y"])])
    XCTAssertEqual(tokens("<a =b>"), [start("a", ["=b": nil])])
    XCTAssertEqual(tokens("<a b=c/>"), [start("a", ["b": "c/"], closed: true)])
  }

  func testWhatIsNoTagIsText() {
    XCTAssertEqual(tokens("a < b <3 <"), [.text("a < b <3 <")])
    XCTAssertEqual(tokens("</"), [.text("</")])
  }

  func testATagThatNeverEndsIsNothing() {
    XCTAssertEqual(tokens("x<a href='y"), [.text("x")])
    XCTAssertEqual(tokens("x<img src=x onerror=alert(1) "), [.text("x")])
  }

  func testComments() {
    XCTAssertEqual(tokens("<!-- <b> -->x"), [.comment, .text("x")])
    XCTAssertEqual(tokens("<!-->x"), [.comment, .text("x")])
    XCTAssertEqual(tokens("<!--->x"), [.comment, .text("x")])
    XCTAssertEqual(tokens("<!-- a --!>x"), [.comment, .text("x")])
    XCTAssertEqual(tokens("<!-- never closed <b>"), [.comment])
    XCTAssertEqual(tokens("<!DOCTYPE html><?php x ?>y"), [.comment, .comment, .text("y")])
    XCTAssertEqual(tokens("</ x>y"), [.comment, .text("y")])
  }

  func testRawText() {
    XCTAssertEqual(
      tokens("<script>if (a<b) '</scripty>'</SCRIPT >x"),
      [start("script"), .text("if (a<b) '</scripty>'"), .endTag(name: "script"), .text("x")])
    XCTAssertEqual(tokens("<style><b>"), [start("style"), .text("<b>")])
  }

  func testCharacterReferences() {
    XCTAssertEqual(tokens("&amp;&eacute;&#8212;&hellip;"), [.text("&é—…")])
    XCTAssertEqual(tokens("&nosuchname; &amp &"), [.text("&nosuchname; &amp &")])
    XCTAssertEqual(
      tokens("&#0;&#xD800;&#x110000;&#99999999999;"), [.text("\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}")])
    XCTAssertEqual(tokens("&#106avascript"), [.text("javascript")])
    XCTAssertEqual(tokens("&#x;&#;"), [.text("&#x;&#;")])
  }
}
