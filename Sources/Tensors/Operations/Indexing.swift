// Parts of a tensor: subscripts, narrow, split, chunk. All are views.

/// One place of a subscript, after its Swift spelling has been read.
public enum TensorIndex {
  /// One element, from the end when negative; the dimension disappears.
  case element(Int)
  /// The elements from `lower` up to, not including, `upper`; nil stands for the ends.
  case range(lower: Int?, upper: Int?)
  /// Every `step`-th element from `lower` up to, not including, `upper`.
  case strided(lower: Int?, upper: Int?, step: Int)
  /// All dimensions that the other indices leave.
  case ellipsis
  /// A new dimension of size 1.
  case newAxis
  /// Chosen elements: int64 places, or a bool mask over as many dimensions as it has.
  case tensor(Tensor)
}

/// What can stand in a tensor's subscript: an integer, a range, `.all`, `.every(2)`, `.ellipsis`,
/// `.newAxis`, a tensor or an array of places, a bool tensor as a mask.
public protocol TensorIndexing {
  /// The meaning of this value as an index.
  var tensorIndex: TensorIndex { get }
}

/// The whole of a dimension, written `.all`.
public struct AllIndices: TensorIndexing {
  /// The index `.all`.
  public init() {}
  /// From the first to the last.
  public var tensorIndex: TensorIndex { .range(lower: nil, upper: nil) }
}

extension TensorIndexing where Self == AllIndices {
  /// The whole of a dimension, PyTorch's `:`.
  public static var all: AllIndices { AllIndices() }
}

extension Int: TensorIndexing {
  /// One element.
  public var tensorIndex: TensorIndex { .element(self) }
}

extension Range: TensorIndexing where Bound == Int {
  /// A half-open range.
  public var tensorIndex: TensorIndex { .range(lower: lowerBound, upper: upperBound) }
}

extension ClosedRange: TensorIndexing where Bound == Int {
  /// A range with its end.
  public var tensorIndex: TensorIndex {
    .range(lower: lowerBound, upper: upperBound == -1 ? nil : upperBound &+ 1)
  }
}

extension PartialRangeFrom: TensorIndexing where Bound == Int {
  /// From a place to the end; `(-2)...` are the last two.
  public var tensorIndex: TensorIndex { .range(lower: lowerBound, upper: nil) }
}

extension PartialRangeUpTo: TensorIndexing where Bound == Int {
  /// From the start up to a place.
  public var tensorIndex: TensorIndex { .range(lower: nil, upper: upperBound) }
}

extension PartialRangeThrough: TensorIndexing where Bound == Int {
  /// From the start through a place.
  public var tensorIndex: TensorIndex {
    .range(lower: nil, upper: upperBound == -1 ? nil : upperBound &+ 1)
  }
}

extension Layout {
  /// Element `index` of dimension `dim`; the dimension is dropped.
  func selecting(_ index: Int, _ dim: Int) throws(TensorError) -> Layout {
    let size = shape[dim]
    guard index >= -size && index < size else {
      throw TensorError(
        "subscript", "index \(index) is out of bounds for dimension \(dim) of size \(size)")
    }
    var (sizes, steps) = (shape, strides)
    sizes.remove(at: dim)
    steps.remove(at: dim)
    return Layout(
      shape: sizes, strides: steps,
      offset: offset + (index < 0 ? index + size : index) * strides[dim])
  }

  /// `length` elements of dimension `dim` from `start`, which must be inside.
  package func narrowed(_ dim: Int, _ start: Int, _ length: Int) -> Layout {
    var sizes = shape
    sizes[dim] = length
    return Layout(shape: sizes, strides: strides, offset: offset + start * strides[dim])
  }

  /// The elements of dimension `dim` from `lower` up to `upper`, every `step`-th of them.
  func slicing(
    _ lower: Int?, _ upper: Int?, _ step: Int, _ dim: Int
  ) throws(TensorError) -> Layout {
    let size = shape[dim]
    let from = lower.map { $0 < 0 ? $0 &+ size : $0 } ?? 0
    let to = upper.map { $0 < 0 ? $0 &+ size : $0 } ?? size
    guard from >= 0 && from <= to && to <= size else {
      throw TensorError(
        "subscript",
        "range \(lower ?? 0)..<\(upper ?? size) is out of bounds for dimension \(dim) of size "
          + "\(size)")
    }
    let part = narrowed(dim, from, to - from)
    if step == 1 { return part }
    guard step > 0 else {
      throw TensorError("subscript", "expected a step above 0, got \(step); flip(\(dim)) reverses")
    }
    var (sizes, steps) = (part.shape, part.strides)
    sizes[dim] = to > from ? (to - from - 1) / step + 1 : 0
    steps[dim] = sizes[dim] > 1 ? strides[dim] * step : strides[dim]
    return Layout(shape: sizes, strides: steps, offset: part.offset)
  }
}

/// The gradient of a part is the gradient there and zero elsewhere.
final class PartNode: Node {
  let shape: Extents
  let part: Layout
  let operation: String
  override var name: String { operation }

  /// `part` is the part's layout inside a contiguous tensor of the shape of `x`.
  init(_ x: Tensor, _ part: Layout, _ operation: String) {
    shape = x.layout.shape
    self.part = part
    self.operation = operation
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let whole = try Tensor.filled(shape, gradient.dtype, 0)
    try assign(gradient, into: whole.view(part))
    try Tape.send(whole, to: first)
  }
}

/// Writes the elements of `source` into a tensor of the same shape and dtype that may have gaps.
package func assign(_ source: Tensor, into target: Tensor) throws(TensorError) {
  let source = try packedElements(source)
  switch source.dtype {
  case .float32: write(source.pointer(Float.self), target)
  case .float64: write(source.pointer(Double.self), target)
  case .int64: write(source.pointer(Int.self), target)
  case .bool: write(source.pointer(Bool.self), target)
  }
}

private func write<T: StoredElement>(_ source: UnsafePointer<T>, _ target: Tensor) {
  let out: UnsafeMutablePointer<T> = target.pointer()
  let shape = target.layout.shape
  let strides = target.layout.strides
  let step = shape.count == 0 ? 0 : strides.last
  forEachRow(shape, strides, strides) { offset, start, _ in
    for i in 0..<shape.last { out[start + i * step] = source[offset + i] }
  }
}

extension Tensor {
  final func part(
    _ name: String, _ choose: (Layout) throws(TensorError) -> Layout
  ) throws(TensorError) -> Tensor {
    let out = view(try choose(layout)).asView(of: self)
    guard records(self) else { return out }
    let inside = try choose(Layout(contiguous: layout.shape))
    return out.made(by: PartNode(self, inside, name))
  }

  /// The part at `index` of the first dimension, from the end when negative: a view. Assigning
  /// writes into it, broadcast: `out[i] = h`.
  /// Throws (see `attempt`) when the index is out of bounds.
  public final subscript(_ index: Int) -> Tensor {
    get {
      guarded(self) { () throws(TensorError) in
        guard layout.shape.count > 0 else { throw Tensor.noParts }
        return try part("SelectBackward0") { (layout) throws(TensorError) in
          try layout.selecting(index, 0)
        }
      }
    }
    set {
      guarded([self, newValue], or: ()) { () throws(TensorError) in
        guard layout.shape.count > 0 else { throw Tensor.noParts }
        try write(newValue, at: .part(layout.selecting(index, 0)))
      }
    }
  }

  private static var noParts: TensorError {
    TensorError("subscript", "a tensor without dimensions has no parts; use item()")
  }

  /// A part of the tensor: integers pick an element of a dimension, ranges a stretch of it, `.all`
  /// keeps it, `.every(2)` takes steps, `.ellipsis` stands for all dimensions in between and
  /// `.newAxis` adds one: `output[0, 1..<3, .all]`. Bounds count from the end when negative. These
  /// are views.
  ///
  /// Int64 tensors and arrays pick places, a bool tensor those where it is true: `x[[2, 0]]`,
  /// `x[mask]`, `x[.all, places]`. Several of them are broadcast against each other and go together,
  /// and what they pick is copied. Their dimensions stand where the first one was, or in front when
  /// another index is between them.
  ///
  /// Assigning writes a value, broadcast, into the part: `x[1..<3, .all] = y`, `x[mask] = y`; the
  /// subscript of numbers takes `x[mask] = 0`.
  ///
  /// Follows PyTorch's indexing. Throws (see `attempt`) when an index is out of bounds or a mask has
  /// another shape, when there are too many indices, or when a value does not fit.
  public final subscript(_ indices: any TensorIndexing...) -> Tensor {
    get { guarded(self) { () throws(TensorError) in try indexed(indices.map { $0.tensorIndex }) } }
    set {
      guarded([self, newValue], or: ()) { () throws(TensorError) in
        try write(newValue, at: region(indices.map { $0.tensorIndex }))
      }
    }
  }

  /// The parts of the first dimension at `places`, copied: `x[[2, 0, 0]]`. Assigning writes a value,
  /// broadcast, into them. Throws (see `attempt`) when a place is out of bounds.
  public final subscript(_ places: [Int]) -> Tensor {
    get { guarded(self) { () throws(TensorError) in try indexed([places.tensorIndex]) } }
    set {
      guarded([self, newValue], or: ()) { () throws(TensorError) in
        try write(newValue, at: region([places.tensorIndex]))
      }
    }
  }

  /// A number written to every element of a part: `x[1..<3, .all] = 0`, `x[x .< 0] = 0.5`. Reading is
  /// the only element of a part as a number, for which `item()` is the plainer word.
  ///
  /// It is optional, and never nil, so that `x[0] * n` can only mean the tensor `x[0]`.
  /// Throws (see `attempt`) as the subscript of tensors does, when nil is assigned, and when the part
  /// that is read has several elements.
  @_disfavoredOverload
  public final subscript(_ indices: any TensorIndexing...) -> Double? {
    get {
      guarded([self], or: nil) { () throws(TensorError) in
        let part = try indexed(indices.map { $0.tensorIndex })
        return part.item()
      }
    }
    set {
      guarded([self], or: ()) { () throws(TensorError) in
        guard let newValue else {
          throw TensorError("subscript", expected: "a number", actual: "nil")
        }
        try requireHolds(newValue, "subscript")
        try write(
          .filled(Extents(), .float64, newValue), at: region(indices.map { $0.tensorIndex }))
      }
    }
  }

  /// `length` elements of dimension `dim` from `start` on, a view (`torch.narrow`). Throws (see
  /// `attempt`) when they are not all inside.
  public final func narrow(_ dim: Int, _ start: Int, _ length: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let place = try resolve(dim, layout.shape.count, "narrow")
      let size = layout.shape.count == 0 ? 0 : layout.shape[place]
      let from = start < 0 ? start &+ size : start
      guard from >= 0, length >= 0, from <= size, length <= size - from else {
        throw TensorError(
          "narrow",
          "\(length) elements from \(start) are not inside dimension \(dim) of size "
            + "\(size)")
      }
      return try part("SliceBackward0") { (layout) throws(TensorError) in
        layout.narrowed(place, from, length)
      }
    }
  }

  private final func pieces(_ lengths: [Int], _ dim: Int) throws(TensorError) -> [Tensor] {
    var (start, pieces) = (0, [Tensor]())
    for length in lengths {
      let from = start
      pieces.append(
        try part("SplitBackward0") { (layout) throws(TensorError) in
          layout.narrowed(dim, from, length)
        })
      start += length
    }
    return pieces
  }

  private final func pieces(
    _ size: Int, _ dim: Int, _ operation: String, ofNothing count: Int = 1
  ) throws(TensorError) -> [Tensor] {
    guard layout.shape.count > 0 else {
      throw TensorError(operation, "a tensor without dimensions cannot be divided")
    }
    let place = try resolve(dim, layout.shape.count, operation)
    let whole = layout.shape[place]
    guard size > 0 else { return [self] }
    var lengths = Array(repeating: size, count: whole / size)
    if whole % size > 0 { lengths.append(whole % size) }
    return try pieces(lengths.isEmpty ? Array(repeating: 0, count: count) : lengths, place)
  }

  /// Cut along `dim` into at most `count` parts of equal size, the last one smaller if need be;
  /// views (`torch.chunk`). Throws (see `attempt`) when `count` is not positive.
  public final func chunk(_ count: Int, dim: Int = 0) -> [Tensor] {
    guarded(
      [self], or: Array(repeating: .failed, count: Swift.min(Swift.max(count, 0), 1 << 16))
    ) { () throws(TensorError) in
      guard count > 0 else { throw TensorError("chunk", "expected 1 part or more, got \(count)") }
      let place = try resolve(dim, layout.shape.count, "chunk")
      let size = layout.shape.count == 0 ? 0 : layout.shape[place]
      return try pieces(
        size == 0 ? 1 : (size - 1) / count + 1, dim, "chunk", ofNothing: Swift.min(count, 1 << 16))
    }
  }

  /// Cut along `dim` into parts of `size`, the last one smaller if need be; views (`torch.split`).
  /// Throws (see `attempt`) when `size` is not positive.
  public final func split(_ size: Int, dim: Int = 0) -> [Tensor] {
    guarded([self], or: []) { () throws(TensorError) in
      guard size > 0 else { throw TensorError("split", "expected a size above 0, got \(size)") }
      return try pieces(size, dim, "split")
    }
  }

  /// Cut along `dim` into parts of the given sizes; views (`torch.split`). Throws (see `attempt`)
  /// when they do not add up to the size of the dimension.
  public final func split(_ sizes: [Int], dim: Int = 0) -> [Tensor] {
    guarded([self], or: sizes.map { _ in .failed }) { () throws(TensorError) in
      let place = try resolve(dim, layout.shape.count, "split")
      let whole = layout.shape.count == 0 ? 0 : layout.shape[place]
      var left = whole
      for size in sizes {
        guard size >= 0, size <= left else { left = -1; break }
        left -= size
      }
      guard left == 0, layout.shape.count > 0 else {
        throw TensorError("split", "sizes \(sizes) do not add up to \(whole)")
      }
      return try pieces(sizes, place)
    }
  }
}

extension Tensor: Sequence {
  /// Goes through the parts of the first dimension.
  public struct Iterator: IteratorProtocol {
    let tensor: Tensor
    var place = 0
    let end: Int

    /// The next part, nil after the last.
    public mutating func next() -> Tensor? {
      guard place < end else { return nil }
      place += 1
      return tensor[place - 1]
    }
  }

  /// Iterates over the first dimension: `for xt in x`.
  /// Throws (see `attempt`) when there are no dimensions.
  public final func makeIterator() -> Iterator {
    Iterator(tensor: self, end: isFailed ? 0 : size(0))
  }

  /// 0: how many parts there are is known when they are gone through.
  public final var underestimatedCount: Int { 0 }
}
