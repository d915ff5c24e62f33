/// What HTML itself says about names, as far as writing and reading pages needs it.
enum HTMLVocabulary {
  /// Elements without content and without an end tag.
  static let voidElements: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
  ]

  /// Elements whose content is read as it stands, without character references.
  static let rawTextElements: Set<String> = ["script", "style"]

  /// Elements whose first line break, directly after the start tag, a parser drops.
  static let elementsThatDropALineBreak: Set<String> = ["pre", "textarea", "listing"]

  /// Attributes that say yes by being there.
  static let booleanAttributes: Set<String> = [
    "hidden", "open", "reversed", "checked", "disabled", "itemscope", "controls", "defer",
  ]

  /// Elements after which white space means nothing: a line break there keeps the source readable.
  static let blockElements: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "caption", "col", "colgroup", "dd",
    "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "li", "link", "main", "meta", "nav", "ol", "p", "pre",
    "script", "section", "style", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "title", "tr", "ul",
  ]

  /// Elements whose start tag stands on a line of its own when blocks follow.
  static let containerElements: Set<String> = [
    "article", "aside", "blockquote", "body", "details", "div", "dl", "figure", "footer", "head",
    "header", "html", "main", "nav", "ol", "section", "table", "tbody", "thead", "tr", "ul",
  ]
}
