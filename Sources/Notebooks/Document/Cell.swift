/// A `swift` fence.
public struct Cell: Hashable, Sendable {
  /// Place among the cells of the notebook, from 0.
  public var index: Int
  /// Name in messages, records and links, unique in the notebook: `label:`, or `cell-N` from 1.
  public var label: String
  public var options: CellOptions
  /// What stands between the fences, option lines included, lines ended by LF: the interpreter gets
  /// this, so that its line numbers are those of the fence.
  public var code: String
  /// Number of lines at the top of `code` that hold options (`//|`).
  public var optionLineCount: Int
  /// Where the lines of `code` stand in the file.
  public var lineMap: LineMap
  /// The fence, both its lines included.
  public var span: SourceSpan

  public init(
    index: Int, label: String, options: CellOptions = CellOptions(), code: String,
    optionLineCount: Int = 0, lineMap: LineMap, span: SourceSpan
  ) {
    self.index = index
    self.label = label
    self.options = options
    self.code = code
    self.optionLineCount = optionLineCount
    self.lineMap = lineMap
    self.span = span
  }

  /// The code as the page shows it: to the letter, without the option lines.
  public var displayedCode: String {
    guard optionLineCount > 0 else { return code }
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.dropFirst(optionLineCount).joined(separator: "\n")
  }
}
