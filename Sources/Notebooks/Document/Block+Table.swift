extension Block {
  /// A pipe table: every row has as many cells as the header.
  public struct Table: Hashable, Sendable {
    /// How a column is set.
    public enum Alignment: String, Hashable, Sendable {
      case none, left, center, right
    }

    public var alignments: [Alignment]
    public var header: [[Inline]]
    public var rows: [[[Inline]]]

    public init(alignments: [Alignment], header: [[Inline]], rows: [[[Inline]]]) {
      self.alignments = alignments
      self.header = header
      self.rows = rows
    }
  }
}
