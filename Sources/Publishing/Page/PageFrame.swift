/// What all pages have around their content: the head with the theme, and the body.
struct PageFrame {
  var language: String
  var title: String
  var description: String?
  var author: String?
  var skipLink: (id: String, words: String)?

  /// Nothing is loaded and nothing is run, whatever may have got into the content.
  private static let securityPolicy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
    + "form-action 'none'"

  func document(styleClass: String, @HTMLBuilder content: () -> [HTMLNode]) -> Element {
    Element("html", ["lang": language]) {
      Element("head") {
        Element("meta", ["charset": "utf-8"])
        Element(
          "meta", ["http-equiv": "Content-Security-Policy", "content": Self.securityPolicy])
        Element(
          "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        Element("meta", ["name": "color-scheme", "content": "light dark"])
        Element("title") { title }
        if let description {
          Element("meta", ["name": "description", "content": description])
        }
        if let author { Element("meta", ["name": "author", "content": author]) }
        Element("meta", ["name": "generator", "content": "Lectern"])
        // Without this, browsers ask the server for an icon.
        Element("link", ["rel": "icon", "href": "data:,"])
        Element("style") { Theme.styleSheet }
      }
      Element("body", ["class": styleClass]) {
        if let skipLink {
          Element("a", ["class": "skip", "href": "#\(skipLink.id)"]) { skipLink.words }
        }
        content()
      }
    }
  }
}
