/// What raw HTML of a notebook may put on a page: text markup, tables, images, details.
///
/// Everything here is allowed by name; whatever is not named is dropped. There is no list of
/// forbidden things that a new browser feature could outgrow.
enum AllowList {
  /// Elements that may stand in running text.
  static let phrasing: Set<String> = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img",
    "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub",
    "sup", "time", "u", "var", "wbr",
  ]

  /// Elements that stand between paragraphs.
  static let flow: Set<String> = [
    "address", "article", "aside", "blockquote", "caption", "col", "colgroup", "dd", "details",
    "div", "dl", "dt", "figcaption", "figure", "footer", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
  ]

  /// Old or page-level elements and what they become.
  static let replacements: [String: String] = [
    "acronym": "abbr", "big": "span", "center": "div", "font": "span", "h1": "h2", "main": "div",
    "nav": "div", "strike": "s", "tt": "code",
  ]

  /// Elements that go together with their content: it is no prose.
  static let droppedWithContent: Set<String> = [
    "applet", "audio", "canvas", "embed", "form", "frameset", "iframe", "math", "noembed",
    "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
    "title", "video", "xmp",
  ]

  /// Attributes that say something about any element without acting or styling.
  static let globalAttributes: Set<String> = ["dir", "id", "lang", "title"]

  static let attributes: [String: Set<String>] = [
    "a": ["href", "name"],
    "col": ["span"], "colgroup": ["span"],
    "del": ["datetime"], "ins": ["datetime"], "time": ["datetime"],
    "details": ["open"],
    "img": ["alt", "height", "src", "width"],
    "ol": ["reversed", "start", "type"],
    "td": ["colspan", "rowspan"],
    "th": ["abbr", "colspan", "rowspan", "scope"],
  ]

  /// Attributes whose value is a whole number, as the page writes it.
  static let numericAttributes: Set<String> = [
    "colspan", "height", "rowspan", "span", "start", "width",
  ]

  /// Elements that only make sense directly inside certain others.
  static let requiredParents: [String: Set<String>] = [
    "caption": ["table"], "col": ["colgroup"], "colgroup": ["table"],
    "dd": ["dl"], "dt": ["dl"], "figcaption": ["figure"], "li": ["ol", "ul"],
    "rp": ["ruby"], "rt": ["ruby"], "summary": ["details"],
    "tbody": ["table"], "td": ["tr"], "tfoot": ["table"], "th": ["tr"], "thead": ["table"],
    "tr": ["tbody", "tfoot", "thead"],
  ]

  /// Elements that hold nothing but certain children: text inside them is moved out.
  static let structural: Set<String> = [
    "colgroup", "dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul",
  ]

  /// Elements that end by themselves when another one cannot stand inside them.
  static let endImplicitly: Set<String> = [
    "caption", "colgroup", "dd", "dt", "li", "p", "rp", "rt", "summary", "tbody", "td", "tfoot",
    "th", "thead", "tr",
  ]

  /// Flow elements that hold running text only.
  static let phrasingContainers: Set<String> = [
    "h2", "h3", "h4", "h5", "h6", "p", "pre", "summary",
  ]
}
