/// What a cell printed.
enum PrintedText {
  static func node(for text: String) -> HTMLNode {
    // The line end that `print` adds ends the last line; it does not begin another one.
    let text = text.hasSuffix("\n") ? String(text.dropLast()) : text
    return .element(
      CodeBlock.box("Printed text", text: text, styleClass: "printed") {
        Element("samp") { text }
      })
  }
}

/// The value of the last expression of a cell, with its type.
enum ValueOutput {
  static func node(for text: String, typeName: String) -> HTMLNode {
    .element(
      Element("div", ["class": "value"]) {
        CodeBlock.box("Value", text: text, styleClass: "shown") {
          Element("output") { text }
        }
        Element("p", ["class": "type"]) {
          Element("code") { typeName }
        }
      })
  }
}

/// A note in the place of printed text that was too much for a page.
enum Omission {
  static func node(lines: Int, bytes: Int) -> HTMLNode {
    .element(
      Element("p", ["class": "omission"]) {
        "⋯ \(grouped(lines)) \(lines == 1 ? "line" : "lines") (\(size(bytes))) left out here ⋯"
      })
  }

  /// `1234567` as `1,234,567`.
  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  private static func size(_ bytes: Int) -> String {
    switch bytes {
    case ..<1_000: return "\(bytes) bytes"
    case ..<1_000_000: return "\((bytes + 500) / 1_000) kB"
    default: return "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
    }
  }
}
