import Notebooks

/// A table may be wider than a phone: it scrolls in a container of its own, which a keyboard can
/// reach and a screen reader can name.
enum TableContainer {
  static func node(around table: Element) -> HTMLNode {
    .element(
      Element(
        "div", ["class": "table", "role": "region", "aria-label": "Table", "tabindex": "0"]
      ) { table })
  }

  /// The class that aligns a cell or a paragraph.
  static func alignmentClass(named name: String) -> String? {
    switch name.lowercased() {
    case "left": return "align-left"
    case "center", "middle": return "align-center"
    case "right": return "align-right"
    default: return nil
    }
  }
}
