/// A notebook as its author wrote it: a pure value, made from the text alone.
///
/// Whoever walks `blocks` meets cells as `.cell(index)`, an index into `cells` and into
/// `NotebookRun.cells`.
public struct Notebook: Hashable, Sendable {
  /// The path as the user gave it; messages begin with it.
  public var path: String
  public var source: SourceText
  public var frontMatter: FrontMatter
  /// The prose and the cells, in order.
  public var blocks: [Block]
  /// Every `swift` fence, in order, wherever it stands: in a list item or a quote as well.
  public var cells: [Cell]
  /// What the parser has to say, in source order. A notebook with an error in here is not run.
  public var problems: [NotebookProblem]

  public init(
    path: String, source: SourceText, frontMatter: FrontMatter = FrontMatter(),
    blocks: [Block] = [], cells: [Cell] = [], problems: [NotebookProblem] = []
  ) {
    self.path = path
    self.source = source
    self.frontMatter = frontMatter
    self.blocks = blocks
    self.cells = cells
    self.problems = problems
  }

  /// File name without folder and extension: `output/NAME.html` is the page.
  public var name: String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }

  /// The title of the front matter, else the first heading, else the file's name.
  public var title: String {
    if let title = frontMatter.title { return title }
    for block in blocks {
      if case .heading(_, _, let content) = block.kind { return content.plainText }
    }
    return name
  }
}
