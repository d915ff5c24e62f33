// What else can stand in a subscript besides integers and ranges.

/// Every so-many-th element of a dimension, written `.every(2)` or `.every(2, from: 1, to: 7)`.
public struct StridedIndices: TensorIndexing {
  let step: Int
  let lower: Int?
  let upper: Int?

  /// The index `.every(step, from: lower, to: upper)`.
  public init(_ step: Int, from lower: Int? = nil, to upper: Int? = nil) {
    self.step = step
    self.lower = lower
    self.upper = upper
  }

  /// The places `lower`, `lower + step`, … below `upper`.
  public var tensorIndex: TensorIndex { .strided(lower: lower, upper: upper, step: step) }
}

extension TensorIndexing where Self == StridedIndices {
  /// Every `step`-th element, PyTorch's `lower:upper:step`; the bounds count from the end when
  /// negative, and are the ends when left out.
  public static func every(
    _ step: Int, from lower: Int? = nil, to upper: Int? = nil
  ) -> StridedIndices { StridedIndices(step, from: lower, to: upper) }
}

/// All dimensions that the other indices leave, written `.ellipsis`.
public struct Ellipsis: TensorIndexing {
  /// The index `.ellipsis`.
  public init() {}
  /// As many whole dimensions as are left.
  public var tensorIndex: TensorIndex { .ellipsis }
}

extension TensorIndexing where Self == Ellipsis {
  /// All dimensions that the other indices leave, PyTorch's `...`.
  public static var ellipsis: Ellipsis { Ellipsis() }
}

/// A new dimension of size 1, written `.newAxis`.
public struct NewAxis: TensorIndexing {
  /// The index `.newAxis`.
  public init() {}
  /// A dimension of size 1.
  public var tensorIndex: TensorIndex { .newAxis }
}

extension TensorIndexing where Self == NewAxis {
  /// A new dimension of size 1, PyTorch's `None`.
  public static var newAxis: NewAxis { NewAxis() }
}

extension Tensor: TensorIndexing {
  /// Places when it is int64, a mask when it is bool.
  public final var tensorIndex: TensorIndex { .tensor(self) }
}

extension Array: TensorIndexing where Element == Int {
  /// The places in the array.
  public var tensorIndex: TensorIndex { .tensor(Tensor(self)) }
}

extension StrideTo: TensorIndexing where Element == Int {
  /// The places of a stride that goes upwards, such as `stride(from: 0, to: 6, by: 2)`.
  public var tensorIndex: TensorIndex { strided(self) }
}

extension StrideThrough: TensorIndexing where Element == Int {
  /// The places of a stride that goes upwards, such as `stride(from: 0, through: 6, by: 2)`.
  public var tensorIndex: TensorIndex { strided(self) }
}

/// A stride tells its parts only by being walked. Bounds are checked when the dimension is known, so
/// a few places are enough to see an upward step; the end is the last place.
private func strided(_ places: some Sequence<Int>) -> TensorIndex {
  var (first, second, last) = (Int?.none, Int?.none, 0)
  for place in places {
    if first == nil { first = place } else if second == nil { second = place }
    last = place
    // No dimension is this long: the bounds check will say so.
    if place > 1 << 56 || place < 0 { break }
  }
  guard let first else { return .range(lower: 0, upper: 0) }
  let step = second.map { $0 &- first } ?? 1
  return .strided(lower: first, upper: last == -1 ? nil : last &+ 1, step: step)
}
