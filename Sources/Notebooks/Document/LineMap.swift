/// Where each line of a cell's code stands in the file.
///
/// A fence in a list item or a quote has something before its lines, and not the same on each (a
/// lazy author writes `>` and `> `), so every line has a shift of its own.
public struct LineMap: Hashable, Sendable {
  /// One line of code.
  public struct Line: Hashable, Sendable {
    /// Line of the file, from 1.
    public var line: Int
    /// How many bytes stand before the code on that line. Negative where a tab that was cut in two
    /// by the margin became spaces.
    public var shift: Int

    public init(line: Int, shift: Int) {
      self.line = line
      self.shift = shift
    }
  }

  public var lines: [Line]

  public init(lines: [Line]) {
    self.lines = lines
  }

  /// The place in the file of a place in the code; one past the last line follows on from it.
  public func position(line: Int, column: Int) -> SourcePosition {
    guard let last = lines.last, line >= 1 else { return SourcePosition(line: 1, column: 1) }
    let place =
      line <= lines.count
      ? lines[line - 1]
      : Line(line: last.line + line - lines.count, shift: last.shift)
    return SourcePosition(line: place.line, column: max(1, column + place.shift))
  }
}
