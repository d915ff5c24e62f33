/// A matrix, or aligned equations.
struct Table: Equatable {
  var rows: [[Expression]]
  var layout: Layout

  /// How each column is aligned; columns beyond take the last pattern again.
  var columns: [Column]

  /// Rows with a rule above them (`\hline`); `rows.count` is the rule at the end.
  var ruledRows: Set<Int> = []

  enum Layout: Equatable {
    case matrix
    /// Small, for a matrix in running text.
    case small
    case cases
    /// Pairs of columns without a gap, around a relation.
    case aligned
    /// Formulas one above the other.
    case gathered
  }

  struct Column: Equatable {
    enum Alignment: String {
      case left, center, right
    }
    var alignment: Alignment
    var ruleBefore = false
    var ruleAfter = false
  }
}
