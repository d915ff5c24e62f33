import Notebooks
import XCTest

@testable import Publishing

/// Raw HTML of a notebook as it comes out on the page.
final class RawHTMLTests: XCTestCase {
  private func context() -> PageContext {
    var settings = PageSettings()
    settings.readFile = { _ in nil }
    return PageContext(notebook: Notebook(path: "a.md", source: SourceText("")), settings: settings)
  }

  private func flow(_ blocks: String...) -> String {
    var content = ContentBuilder(.flow, context: context())
    for block in blocks { content.append(rawHTML: block) }
    return HTMLSerializer.fragment(content.finish())
  }

  private func phrasing(_ html: String) -> String {
    var content = ContentBuilder(.phrasing, context: context())
    content.append(rawHTML: html)
    return HTMLSerializer.fragment(content.finish())
  }

  // MARK: What is kept

  func testTextMarkupStays() {
    XCTAssertEqual(
      phrasing("H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>m</mark><br/>"),
      "H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>m</mark><br>")
  }

  func testDetailsAroundMarkdown() {
    var content = ContentBuilder(.flow, context: context())
    content.append(rawHTML: "<details>\n<summary>More</summary>\n")
    content.append(.element(Element("p") { "Markdown" }))
    content.append(rawHTML: "</details>\n")
    content.append(.element(Element("p") { "after" }))
    XCTAssertEqual(
      HTMLSerializer.fragment(content.finish()),
      "<details>\n<summary>More</summary>\n\n<p>Markdown</p>\n</details>\n\n<p>after</p>\n")
  }

  func testTablesGetTheirMissingParts() {
    XCTAssertEqual(
      flow("<table><tr><td>a<td align=right>b<tr><td colspan=2>c</table>"),
      """
      <div class="table" role="region" aria-label="Table" tabindex="0">
      <table>
      <tbody>
      <tr>
      <td>a</td>
      <td class="align-right">b</td>
      </tr>
      <tr>
      <td colspan="2">c</td>
      </tr>
      </tbody>
      </table>
      </div>

      """)
  }

  func testListItemsEndEachOther() {
    XCTAssertEqual(
      flow("<ul><li>a<li>b</ul>"),
      "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    )
  }

  func testWhatStandsBetweenRowsComesOutInFront() {
    let html = flow("<table>text<tr><td>x</td></tr></table>")
    XCTAssertTrue(html.hasPrefix("text<div class=\"table\""), html)
  }

  func testOldElementsBecomeNewOnes() {
    XCTAssertEqual(flow("<center>x</center>"), "<div class=\"align-center\">x</div>\n")
    XCTAssertEqual(flow("<h1 align='center'>x</h1>"), "<h2 class=\"align-center\">x</h2>\n")
    XCTAssertEqual(phrasing("<tt>x</tt><strike>y</strike>"), "<code>x</code><s>y</s>")
  }

  func testForgottenEndTagsEndWithTheirBlock() {
    XCTAssertEqual(
      flow("<b>bold", "<p>next</p>"), "<b>bold</b><p>next</p>\n")
  }

  func testEndTagsWithoutAStartAreNothing() {
    XCTAssertEqual(flow("</div></b></p>x</table>"), "x")
  }

  func testBlocksDoNotGetIntoRunningText() {
    XCTAssertEqual(phrasing("a <div>b</div> <table>c</table>"), "a b c")
  }

  func testLinksDoNotNest() {
    XCTAssertEqual(
      phrasing("<a href='x'>a<a href='y'>b</a></a>"), "<a href=\"x\">a</a><a href=\"y\">b</a>")
  }

  func testIdsStayUnique() {
    XCTAssertEqual(
      flow("<a name=x></a><b id=x>y</b><i id='page:main'>z</i>"),
      "<a id=\"x\"></a><b>y</b><i>z</i>")
  }

  func testDeepNestingEnds() {
    let html = flow(String(repeating: "<div>", count: 100_000) + "x")
    XCTAssertLessThan(html.utf8.count, 1_500)
    XCTAssertTrue(html.contains("x"))
  }

  // MARK: What is dropped

  /// Input that tries to get a script to run, or the page to load or hide something, and what is
  /// left of it.
  func testHostileInput() {
    let cases: [(String, String)] = [
      ("<script>alert(1)</script>x", "x"),
      ("<SCRIPT SRC=//evil.example/x.js></SCRIPT>x", "x"),
      ("<script <b>>alert(1)</script>x", "x"),
      ("<scr<script>ipt>alert(1)</script>x", "ipt&gt;alert(1)x"),
      ("<script/x>alert(1)</script>x", "x"),
      ("<<script>alert(1)//<</script>x", "&lt;x"),
      ("<img src=x onerror=alert(1)>", "<span class=\"absent-image\">Missing image: x</span>"),
      ("<b onclick=alert(1) style='x:expression(1)'>b</b>", "<b>b</b>"),
      ("<b/onmouseover=alert(1)>b</b>", "<b>b</b>"),
      ("<a href='javascript:alert(1)'>x</a>", "<a>x</a>"),
      ("<a href=' \u{1}JaVaScRiPt:alert(1)'>x</a>", "<a>x</a>"),
      ("<a href='java\nscript:alert(1)'>x</a>", "<a>x</a>"),
      ("<a href='java&#10;script&#58;alert(1)'>x</a>", "<a>x</a>"),
      ("<a href='&#x6A;avascript:alert(1)'>x</a>", "<a>x</a>"),
      ("<a href='javascript&colon;alert(1)'>x</a>", "<a>x</a>"),
      ("<a href='java&Tab;script:alert(1)'>x</a>", "<a>x</a>"),
      ("<a href='vbscript:x'>x</a>", "<a>x</a>"),
      ("<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<a>x</a>"),
      ("<a href='file:///etc/passwd'>x</a>", "<a>x</a>"),
      ("<a href='blob:x'>x</a>", "<a>x</a>"),
      ("<a href='\\\\host\\share'>x</a>", "<a href=\"https://host\\share\">x</a>"),
      ("<a href='//host/x'>x</a>", "<a href=\"https://host/x\">x</a>"),
      ("<a href=x target=_blank ping=y download>x</a>", "<a href=\"x\">x</a>"),
      ("<iframe src='javascript:alert(1)'></iframe>x", "x"),
      ("<iframe srcdoc='<script>alert(1)</script>'>x</iframe>y", "y"),
      ("<object data=x><b>y</b></object>z", "z"),
      ("<embed src=x>z", "z"),
      ("<svg onload=alert(1)><script>alert(1)</script></svg>x", "x"),
      ("<svg><p><style><!--</style><img src=x onerror=alert(1)>--></style></svg>x", "x"),
      ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></math>x", "x"),
      ("<style>body{display:none}</style>x", "x"),
      ("<link rel=stylesheet href=x>x", "x"),
      ("<meta http-equiv=refresh content='0;url=//evil.example'>x", "x"),
      ("<base href='//evil.example'>x", "x"),
      ("<form action=x><input name=y><button>z</button></form>x", "x"),
      ("<input autofocus onfocus=alert(1)>x", "x"),
      ("<textarea></textarea><b>x</b>", "<b>x</b>"),
      (
        "<noscript><p title='</noscript><img src=y onerror=alert(1)>'>x",
        "<span class=\"absent-image\">Missing image: y</span>'&gt;x"
      ),
      ("<title><a href='</title><b onclick=alert(1)>x", "<b>x</b>"),
      ("<details open ontoggle=alert(1)>x</details>", "<details open>x</details>\n"),
      ("<video src=x onerror=alert(1)></video>x", "x"),
      ("<audio src=x></audio>x", "x"),
      ("<template><b>y</b></template>x", "x"),
      ("<x-custom onclick=alert(1)>x</x-custom>", "x"),
      ("<div class='banner fault' id='a b' tabindex=1 role=alert>x</div>", "<div>x</div>\n"),
      ("<td>x", "x"), ("<li>x", "x"), ("<summary>x", "x"),
      (
        "<img src='data:text/html;base64,x' alt=y>",
        "<span class=\"absent-image\">Missing image: y</span>"
      ),
      (
        "<img src='https://evil.example/pixel.gif' alt=y>",
        "<a href=\"https://evil.example/pixel.gif\"><span class=\"absent-image\" "
          + "title=\"Not loaded: https://evil.example/pixel.gif\">y</span></a>"
      ),
      ("<!--[if gte IE 4]><script>alert(1)</script><![endif]-->x", "x"),
      ("<b \u{0}onclick=alert(1)>x</b>", "<b>x</b>"),
      ("<plaintext>x", "x"),
    ]
    for (input, expected) in cases {
      XCTAssertEqual(flow(input), expected, input)
    }
  }

  func testDroppedThingsAreReportedOnce() {
    let context = context()
    var content = ContentBuilder(.flow, context: context)
    content.append(rawHTML: "<script>1</script><script>2</script><a href='javascript:x'>y</a>")
    _ = content.finish()
    XCTAssertEqual(
      context.problems.map(\.message),
      [
        "<script> is not allowed in a page and was left out",
        "a link to 'javascript:x' is not allowed in a page and was left out",
      ])
  }

  /// Whatever the input, what comes out consists of allowed tags, properly nested.
  func testMutilatedInputGivesAllowedTagsProperlyNested() {
    let seeds = [
      "<table><tr><td onclick=x>a<td><b>b</table><script>x</script><p>y<div>z</p>",
      "<details open><summary>a<p>b</summary><ul><li>c<li>d</details><a href=javascript:x>e<a>",
      "<!-- x --><svg><style></svg></style><ruby>a<rt>b</ruby><dl><dt>a<dd>b</dl><pre>\n\nx",
    ]
    var random = RepeatableRandom(state: 7)
    for round in 0..<3_000 {
      var bytes = Array(seeds[round % seeds.count].utf8)
      for _ in 0..<(round % 12) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch random.next() % 3 {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(Array("<>/'\"= a&;!-".utf8).randomElement(using: &random)!, at: index)
        default: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &random))
        }
      }
      let input = String(decoding: bytes, as: UTF8.self)
      assertIsSafe(flow(input), from: input)
    }
  }

  private func assertIsSafe(_ html: String, from input: String) {
    let ownAttributes: Set<String> = ["class", "role", "aria-label", "tabindex", "href", "alt"]
    var open: [String] = []
    for token in HTMLTokenizer.tokens(of: html) {
      switch token {
      case .startTag(let name, let attributes, _):
        XCTAssertTrue(
          AllowList.phrasing.contains(name) || AllowList.flow.contains(name), "\(name): \(input)")
        for attribute in attributes {
          let isAllowed =
            ownAttributes.contains(attribute.name)
            || AllowList.globalAttributes.contains(attribute.name)
            || AllowList.attributes[name]?.contains(attribute.name) == true
          XCTAssertTrue(isAllowed, "\(attribute.name): \(input)")
        }
        if !HTMLVocabulary.voidElements.contains(name) { open.append(name) }
      case .endTag(let name):
        XCTAssertEqual(open.popLast(), name, input)
      case .text: break
      case .comment: XCTFail("a comment in the output of \(input)")
      }
    }
    XCTAssertEqual(open, [], input)
  }
}

/// Random numbers that are the same on every run (xorshift).
struct RepeatableRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
