/// One thing a cell put out. The outputs of a cell stand in the order in which they came.
public enum CellOutput: Hashable, Sendable {
  /// Printed text; what was printed in a row is one output.
  case text(String)
  /// The value of the last expression, as text, and its type as Swift writes it.
  case value(text: String, typeName: String)
  /// The error that ended the cell.
  case error(CellError)
  /// Printed text that was left out here because the cell printed too much.
  case omitted(lines: Int, bytes: Int)
}
