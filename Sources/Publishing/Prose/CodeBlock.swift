/// Code and printed text in a box of their own, which scrolls sideways where it has to.
enum CodeBlock {
  /// Longest line, in characters, that fits a phone: a box with longer ones may scroll, so a keyboard
  /// must be able to reach it. Others need no stop on the way through the page.
  static let lineThatFitsAPhone = 40

  /// A fence that is shown, not run. Swift is coloured, other languages stay plain.
  static func node(text: String, language: String?) -> HTMLNode {
    let text = text.hasSuffix("\n") ? String(text.dropLast()) : text
    let isSwift = language?.lowercased() == "swift"
    let name = language.flatMap { $0.utf8.allSatisfy(isClassNameByte) ? $0 : nil }
    return .element(
      box("Code", text: text, styleClass: "code") {
        Element("code", ["class": name.map { "language-\($0)" }]) {
          if isSwift { SwiftHighlighter.nodes(for: text) } else { text }
        }
      })
  }

  /// A `<pre>` around nodes whose text is `text`.
  static func box(
    _ name: String, text: String, styleClass: String, @HTMLBuilder content: () -> [HTMLNode]
  ) -> Element {
    let scrolls = hasLine(of: text, longerThan: lineThatFitsAPhone)
    return Element(
      "pre",
      [
        "class": styleClass, "role": scrolls ? "group" : nil, "aria-label": scrolls ? name : nil,
        "tabindex": scrolls ? "0" : nil,
      ], content: content)
  }

  private static func hasLine(of text: String, longerThan limit: Int) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "\n")).contains { $0.count > limit }
  }

  private static func isClassNameByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "_")
  }
}
