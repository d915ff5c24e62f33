extension Theme {
  /// On paper everything is unfolded, nothing scrolls, and links say where they lead.
  static let print = """
    @page { margin: 2cm; }
    @media print {
      body, body.with-contents { display: block; max-width: none; padding: 0; font-size: 10.5pt; }
      .skip, .course, .contents, .neighbours, .anchor { display: none; }
      p, ul, ol, dl, blockquote, h1, h2, h3, h4, h5, h6 { max-width: none; }
      h1, h2, h3, h4, h5, h6 { break-after: avoid; }
      h1 { font-size: 20pt; }
      h2 { font-size: 15pt; }
      h3 { font-size: 12pt; }
      pre { font-size: 8.5pt; white-space: pre-wrap; overflow: visible; }
      pre, table, figure, .fault, .formula { break-inside: avoid; }
      .table { overflow: visible; }
      details::details-content { content-visibility: visible; block-size: auto; }
      p a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .85em; }
    }
    """
}
