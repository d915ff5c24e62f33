/// How tensors are printed; the same for all of them (`torch.set_printoptions`).
struct PrintOptions {
  /// Digits after the point.
  var precision = 4
  /// A tensor with more elements than this is printed by its ends.
  var threshold = 1000
  /// How many elements of each end of a dimension are printed then.
  var edgeItems = 3
  /// The columns of a line.
  var lineWidth = 80
  /// Whether numbers have exponents: always, never, or, when nil, where they need them.
  var scientific: Bool?

  nonisolated(unsafe) static var current = PrintOptions()
}

/// Sets how tensors are printed from now on; what is left out is as it is by default
/// (`torch.set_printoptions`).
///
/// `precision` is the number of digits after the point; a tensor with more than `threshold` elements
/// is printed by the `edgeItems` first and last parts of each dimension; lines have `lineWidth`
/// columns; `scientific` writes exponents always or never, and where numbers need them when it is nil.
/// Throws (see `attempt`) when a number is negative or the precision is above 64.
public func setPrintOptions(
  precision: Int = 4, threshold: Int = 1000, edgeItems: Int = 3, lineWidth: Int = 80,
  scientific: Bool? = nil
) {
  guard precision >= 0, precision <= 64, threshold >= 0, edgeItems >= 0, lineWidth >= 0 else {
    return record(
      TensorError(
        "setPrintOptions",
        "expected a precision from 0 to 64 and numbers of 0 or more, got precision \(precision), "
          + "threshold \(threshold), edgeItems \(edgeItems), lineWidth \(lineWidth)"))
  }
  PrintOptions.current = PrintOptions(
    precision: precision, threshold: threshold, edgeItems: edgeItems, lineWidth: lineWidth,
    scientific: scientific)
}
