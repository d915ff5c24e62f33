extension Block {
  /// A list of items.
  public struct List: Hashable, Sendable {
    /// One item; `isDone` is set for task items (`- [x]`).
    public struct Item: Hashable, Sendable {
      public var isDone: Bool?
      public var blocks: [Block]
      public var span: SourceSpan

      public init(isDone: Bool? = nil, blocks: [Block], span: SourceSpan) {
        self.isDone = isDone
        self.blocks = blocks
        self.span = span
      }
    }

    /// First number of an ordered list; nil for a bullet list.
    public var start: Int?
    /// A tight list shows the paragraphs of its items without `<p>`.
    public var isTight: Bool
    public var items: [Item]

    public init(start: Int? = nil, isTight: Bool, items: [Item]) {
      self.start = start
      self.isTight = isTight
      self.items = items
    }
  }
}
