/// What stands between `\begin{name}` and `\end{name}`.
struct Environment {
  var layout: Table.Layout
  /// The alignment of the columns, repeated as often as needed.
  var columns: [Table.Column.Alignment] = [.center]
  var delimiters: (left: String, right: String)?
  /// Whether an argument such as `{l|cr}` follows the name.
  var takesColumns = false

  static let named: [String: Environment] = {
    let plain = Environment(layout: .matrix)
    let aligned = Environment(layout: .aligned, columns: [.right, .left])
    let gathered = Environment(layout: .gathered)
    func matrix(_ left: String, _ right: String) -> Environment {
      Environment(layout: .matrix, delimiters: (left, right))
    }
    return [
      "matrix": plain, "pmatrix": matrix("(", ")"), "bmatrix": matrix("[", "]"),
      "Bmatrix": matrix("{", "}"), "vmatrix": matrix("|", "|"), "Vmatrix": matrix("‖", "‖"),
      "smallmatrix": Environment(layout: .small),
      "array": Environment(layout: .matrix, takesColumns: true),
      "cases": Environment(layout: .cases, columns: [.left], delimiters: ("{", "")),
      "rcases": Environment(layout: .cases, columns: [.left], delimiters: ("", "}")),
      "aligned": aligned, "align": aligned, "align*": aligned, "split": aligned,
      "eqnarray": Environment(layout: .aligned, columns: [.right, .center, .left]),
      "gathered": gathered, "gather": gathered, "gather*": gathered,
      "equation": gathered, "equation*": gathered,
    ]
  }()
}
