/// What stands between the `---` lines at the top of a notebook.
public struct FrontMatter: Hashable, Sendable {
  public var title: String?
  public var description: String?
  public var author: String?
  /// Place in the course.
  public var order: Int?
  /// Defaults for the options of every cell (`cells:`).
  public var cellDefaults: CellOptions
  /// The block with both `---` lines; empty when there is none.
  public var span: SourceSpan

  public init(
    title: String? = nil, description: String? = nil, author: String? = nil, order: Int? = nil,
    cellDefaults: CellOptions = CellOptions(), span: SourceSpan = 0..<0
  ) {
    self.title = title
    self.description = description
    self.author = author
    self.order = order
    self.cellDefaults = cellDefaults
    self.span = span
  }
}
