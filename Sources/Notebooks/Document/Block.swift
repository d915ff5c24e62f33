/// A block of prose, a cell, or a container of blocks.
public struct Block: Hashable, Sendable {
  /// What kinds of blocks there are.
  public indirect enum Kind: Hashable, Sendable {
    /// `id` is unique among all ids of the page, labels of cells included.
    case heading(level: Int, id: String, content: [Inline])
    case paragraph([Inline])
    case list(List)
    case quote([Block])
    /// A fence of another language, or indented code: shown, never run.
    /// `language` is the first word of the info string.
    case code(language: String?, text: String)
    /// A `swift` fence: an index into `Notebook.cells`.
    case cell(Int)
    case table(Table)
    /// `$$…$$` that stands alone; `latexSpan` is where the formula stands in the file.
    case displayMath(latex: String, latexSpan: SourceSpan)
    case thematicBreak
    /// Raw HTML, as it was written: the page passes it through its allow-list.
    case html(String)
  }

  public var kind: Kind
  /// Where the block stands in the file, to the end of its last line (without the line end).
  public var span: SourceSpan

  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}
