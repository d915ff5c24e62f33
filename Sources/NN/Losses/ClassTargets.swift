/// Scores `[batch, classes, …]` or `[classes]` with one class number for each sample: what
/// `CrossEntropyLoss` and `NLLLoss` have in common.
struct ClassTargets {
  /// Scores (N, C, I), where I is the product of what follows the classes.
  let outer, classes, inner: Int
  /// int64 (N, I), contiguous.
  let numbers: Tensor
  /// One factor for each class, contiguous, in the dtype of the scores.
  let weight: Tensor?
  /// Targets of this number do not count.
  let ignoreIndex: Int

  /// Throws unless the target has the shape of the scores without the classes, and every number is
  /// a class or the ignored one.
  init(
    _ scores: Tensor, _ target: Tensor, _ weight: Tensor?, _ ignoreIndex: Int, _ place: String
  ) throws(TensorError) {
    let shape = scores.layout.shape
    guard target.dtype == .int64 else {
      throw TensorError(
        place, expected: "int64 class numbers", actual: "\(target.dtype); use long()")
    }
    let dim = shape.count == 1 ? 0 : 1
    let expected = reducedShape(shape, dim, keepDim: false)
    guard target.layout.shape == expected else {
      throw TensorError(
        place, expected: "a target of shape \(expected) for scores of shape \(shape)",
        actual: "\(target.layout.shape)")
    }
    (outer, classes, inner) = factors(shape, dim)
    numbers = try packedElements(target)
    let elements = numbers.pointer(Int.self)
    for i in 0..<numbers.layout.count {
      let number = elements[i]
      guard number >= 0 && number < classes || number == ignoreIndex else {
        throw TensorError(
          place, expected: "class numbers from 0 to \(classes - 1)", actual: "\(number)")
      }
    }
    self.weight = try classWeights(weight, classes, scores.dtype, place)
    self.ignoreIndex = ignoreIndex
  }

  /// PyTorch's name of the gradient of the chosen log-probabilities.
  func gradientName(_ scores: Tensor, _ reduction: LossReduction) -> String {
    let rank = scores.layout.shape.count
    if rank <= 2 { return "NllLossBackward0" }
    return reduction == .none && rank != 4 ? "ViewBackward0" : "NllLoss2DBackward0"
  }
}

/// Throws unless `scores` are floating-point and have classes.
func checkScores(_ scores: Tensor, _ place: String) throws(TensorError) {
  let shape = scores.layout.shape
  guard shape.count > 0, scores.dtype.isFloatingPoint, shape[min(shape.count - 1, 1)] > 0 else {
    throw TensorError(
      place, expected: "floating-point scores of shape [batch, classes]",
      actual: "\(scores.dtype) of shape \(shape)")
  }
}

/// The class weights, contiguous, as `dtype`, without their history.
func classWeights(
  _ weight: Tensor?, _ classes: Int, _ dtype: DType, _ place: String
) throws(TensorError) -> Tensor? {
  guard let weight else { return nil }
  guard weight.layout.shape == Extents(classes), weight.dtype.isFloatingPoint else {
    throw TensorError(
      place, expected: "\(classes) class weights", actual: "shape \(weight.layout.shape)")
  }
  let packed = try packedElements(cast(weight, dtype))
  return packed.view(packed.layout)
}
