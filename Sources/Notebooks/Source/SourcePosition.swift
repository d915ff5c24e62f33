/// A place in a text file as people count it.
public struct SourcePosition: Hashable, Comparable, Codable, Sendable {
  /// Line, from 1.
  public var line: Int
  /// Column in UTF-8 bytes, from 1.
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of a source as offsets in UTF-8 bytes; `SourceText` turns offsets into positions.
public typealias SourceSpan = Range<Int>
