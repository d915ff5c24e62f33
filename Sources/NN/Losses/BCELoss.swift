#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The cross entropy of probabilities of "yes" and targets from 0 to 1, averaged over all elements:
/// -(y log x + (1 - y) log(1 - x)). The logarithms do not go below -100, so that a wrong certainty
/// is not infinitely bad. Follows `torch.nn.BCELoss`.
public final class BCELoss: Module {
  private let weight: Tensor?
  private let reduction: LossReduction

  /// `weight`: one factor for each element, broadcast to the input.
  public init(weight: Tensor? = nil, reduction: LossReduction = .mean) {
    self.weight = weight
    self.reduction = reduction
    super.init()
  }

  public override var namedChildren: [(name: String, child: ModuleChild)] {
    weight.map { [("weight", .buffer($0))] } ?? []
  }

  /// Two tensors of one shape -> `[]` (the shape itself without reduction). Throws (see `attempt`)
  /// when the shapes differ or an element of the input is not between 0 and 1.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    binaryError(input, target, weight, reduction, place)
  }
}

/// The cross entropy of probabilities and targets from 0 to 1, as `BCELoss`.
/// Follows `torch.nn.functional.binary_cross_entropy`.
public func binaryCrossEntropy(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: LossReduction = .mean
) -> Tensor { binaryError(input, target, weight, reduction, "binaryCrossEntropy") }

/// -(y log x + (1 - y) log(1 - x)), with the slope (x - y) / (x (1 - x)).
private struct BinaryError: PairwiseRule {
  /// The logarithm, not below -100.
  private func logarithm<T: Real>(_ x: T) -> T { max(T.log(x), -100) }

  /// log(1 - x), exact for small x, not below -100.
  private func complement<T: Real>(_ x: T) -> T { max(T(number: log1p(-x.number)), -100) }

  func value<T: Real>(_ x: T, _ y: T, _ p: T) -> T {
    (y - 1) * complement(x) - y * logarithm(x)
  }

  func slope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { (x - y) / max((1 - x) * x, 1e-12) }

  func targetSlope<T: Real>(_ x: T, _ y: T, _ p: T) -> T { complement(x) - logarithm(x) }
}

private func binaryError(
  _ input: Tensor, _ target: Tensor, _ weight: Tensor?, _ reduction: LossReduction, _ place: String
) -> Tensor {
  guarded(input, target) { () throws(TensorError) in
    try checkPair(input, target, place)
    let x = try packedElements(input)
    func check<T: Real>(_ type: T.Type) throws(TensorError) {
      let elements = x.pointer(T.self)
      for i in 0..<x.layout.count where !(elements[i] >= 0 && elements[i] <= 1) {
        throw TensorError(
          place, expected: "probabilities from 0 to 1", actual: "\(elements[i])")
      }
    }
    if x.dtype == .float32 { try check(Float.self) } else { try check(Double.self) }
    return try pairwiseLoss(
      BinaryError(), input, target, weight: weight,
      PairwiseCall(
        place: place, gradientName: "BinaryCrossEntropyBackward0", reduction: reduction))
  }
}
