/// The colours of a page, each for a light and for a dark screen.
///
/// A test holds every text colour against the surfaces it stands on: contrast 4.5 to 1 at least
/// (WCAG 2, AA).
enum Palette {
  struct Color {
    /// Name of the CSS variable.
    var name: String
    var light: String
    var dark: String
  }

  // Surfaces
  static let paper = Color(name: "paper", light: "#fcfcfa", dark: "#15181c")
  static let surface = Color(name: "surface", light: "#f3f4f0", dark: "#1e2228")
  static let valueSurface = Color(name: "value-surface", light: "#edf3fa", dark: "#1a2430")
  static let faultSurface = Color(name: "fault-surface", light: "#fdf0ee", dark: "#2b1c1d")
  static let noticeSurface = Color(name: "notice-surface", light: "#faf4e1", dark: "#272314")
  static let faultLine = Color(name: "fault-line", light: "#fbdcd7", dark: "#4a2527")

  // Lines
  static let rule = Color(name: "rule", light: "#dcdfd8", dark: "#343a42")
  static let outputRule = Color(name: "output-rule", light: "#b9c6d6", dark: "#42546a")
  static let faultRule = Color(name: "fault-rule", light: "#d4584c", dark: "#c9605a")
  static let noticeRule = Color(name: "notice-rule", light: "#c99a2e", dark: "#a88a3c")

  // Text
  static let ink = Color(name: "ink", light: "#23272d", dark: "#dde1e6")
  static let strongInk = Color(name: "strong-ink", light: "#101418", dark: "#f4f6f8")
  static let quiet = Color(name: "quiet", light: "#59626c", dark: "#9ea8b3")
  static let accent = Color(name: "accent", light: "#1a5a9e", dark: "#86b8f4")
  static let fault = Color(name: "fault", light: "#9c1f1a", dark: "#ff9d94")
  static let notice = Color(name: "notice", light: "#6f4d00", dark: "#e5c06c")

  // Code
  static let keyword = Color(name: "keyword", light: "#8b2a8a", dark: "#e391dd")
  static let type = Color(name: "type", light: "#11656c", dark: "#74cfc3")
  static let string = Color(name: "string", light: "#a33420", dark: "#f0a184")
  static let number = Color(name: "number", light: "#2149b5", dark: "#9cbcff")
  static let comment = Color(name: "comment", light: "#58674f", dark: "#97a58e")
  static let attribute = Color(name: "attribute", light: "#7a4e0c", dark: "#dbb36f")

  static let surfaces = [paper, surface, valueSurface, faultSurface, noticeSurface, faultLine]
  static let lines = [rule, outputRule, faultRule, noticeRule]
  static let texts = [ink, strongInk, quiet, accent, fault, notice]
  static let code = [keyword, type, string, number, comment, attribute]

  /// The variables of both schemes; dark follows the reader's system.
  static var variables: String {
    func declarations(_ shade: (Color) -> String) -> String {
      (surfaces + lines + texts + code)
        .map { "  --\($0.name): \(shade($0));" }.joined(separator: "\n")
    }
    return """
      :root {
        color-scheme: light dark;
      \(declarations(\.light))
      }
      @media screen and (prefers-color-scheme: dark) {
      :root {
      \(declarations(\.dark))
      }
      }
      """
  }
}
