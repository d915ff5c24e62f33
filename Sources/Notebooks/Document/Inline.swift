/// A piece of running text.
public indirect enum Inline: Hashable, Sendable {
  case text(String)
  case code(String)
  case emphasis([Inline])
  case strong([Inline])
  case strikethrough([Inline])
  /// `destination` as written (percent encoding and entities resolved by CommonMark's rules);
  /// autolinks are links as well.
  case link(destination: String, title: String?, content: [Inline])
  /// `source` is relative to the notebook; `alt` is what the image shows, in words.
  case image(source: String, title: String?, alt: [Inline], span: SourceSpan)
  /// `$…$`, or `$$…$$` within running text; `span` is where the formula stands in the file.
  case math(latex: String, isDisplay: Bool, span: SourceSpan)
  case softBreak
  case lineBreak
  /// Raw HTML, as it was written: one tag, or one comment.
  case html(String)
}

extension Sequence where Element == Inline {
  /// The words alone, as for a title or an `alt` text; a formula gives its LaTeX.
  public var plainText: String { map(\.plainText).joined() }
}

extension Inline {
  fileprivate var plainText: String {
    switch self {
    case .text(let text), .code(let text): text
    case .emphasis(let content), .strong(let content), .strikethrough(let content),
      .link(_, _, let content), .image(_, _, let content, _):
      content.plainText
    case .math(let latex, _, _): latex
    case .softBreak, .lineBreak: " "
    case .html: ""
    }
  }
}
