// A matrix as nested Swift arrays, as `tolist` gives them. The elements in one row are in
// `Tensor+Values.swift`; the planes of a tensor of three dimensions are its parts: `x.map(\.intRows)`.

extension Tensor {
  private final func rows<T>(_ elements: [T]) -> [[T]] {
    guarded([self], or: []) { () throws(TensorError) in
      guard layout.shape.count == 2 else {
        throw TensorError("rows", expected: "a matrix", actual: "shape \(layout.shape)")
      }
      let width = layout.shape[1]
      return (0..<layout.shape[0]).map { Array(elements[$0 * width..<($0 + 1) * width]) }
    }
  }

  /// The rows of a matrix as Doubles (`torch.Tensor.tolist`).
  /// Throws (see `attempt`) for another number of dimensions.
  public final var doubleRows: [[Double]] { rows(doubles) }

  /// The rows of a matrix as Floats. Throws (see `attempt`) for another number of dimensions.
  public final var floatRows: [[Float]] { rows(floats) }

  /// The rows of a matrix as integers, floats truncated towards zero.
  /// Throws (see `attempt`) for another number of dimensions.
  public final var intRows: [[Int]] { rows(ints) }

  /// The rows of a matrix as truth values. Throws (see `attempt`) for another number of dimensions.
  public final var boolRows: [[Bool]] { rows(bools) }
}
