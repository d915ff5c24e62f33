/// A piece of source that is parsed, checked and run as one: a cell of a notebook, or a script.
///
/// Units of a session share their top-level declarations: a later unit sees what earlier ones
/// declared and may declare a name again.
public struct SourceUnit: Sendable {
  /// The name in messages and traces: a cell's label, or a script's file name.
  public var name: String
  /// The Swift source, UTF-8.
  public var text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// A place in a unit.
public struct SourceLocation: Hashable, Sendable {
  /// Index of the unit in the session.
  public var unit: Int
  /// Line, from 1.
  public var line: Int
  /// Column in UTF-8 bytes, from 1.
  public var column: Int
  /// Offset in UTF-8 bytes from the start of the unit.
  public var offset: Int

  public init(unit: Int, line: Int, column: Int, offset: Int) {
    self.unit = unit
    self.line = line
    self.column = column
    self.offset = offset
  }
}
