/// What the format promises for running text and this version does not do yet: said to the author
/// rather than passed over.
enum UnsupportedInlines {
  static func problems(
    in inlines: [Inline], of span: SourceSpan, path: String, source: SourceText
  ) -> [NotebookProblem] {
    inlines.flatMap { inline -> [NotebookProblem] in
      switch inline {
      case .code(let code) where code.hasPrefix("{swift}"):
        let place = source.firstOccurrence(of: code, in: span) ?? span.lowerBound..<span.lowerBound
        return [
          NotebookProblem(
            .warning, "expressions in running text are not evaluated yet", path: path,
            source: source, span: place)
        ]
      case .text(let text) where text.utf8.firstRange(of: "[^") != nil:
        guard let place = source.firstOccurrence(of: "[^", in: span) else { return [] }
        return [
          NotebookProblem(
            .warning, "footnotes are not supported yet", path: path, source: source, span: place)
        ]
      case .emphasis(let content), .strong(let content), .strikethrough(let content),
        .link(_, _, let content):
        return problems(in: content, of: span, path: path, source: source)
      default: return []
      }
    }
  }
}

extension SourceText {
  /// Where a text stands in a span for the first time.
  fileprivate func firstOccurrence(of text: String, in span: SourceSpan) -> SourceSpan? {
    bytes[span].firstRange(ofBytes: text.utf8)
  }
}
