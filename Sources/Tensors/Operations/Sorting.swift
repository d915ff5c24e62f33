// Order: sort, topk, median, unique, bincount. nan counts as greater than every number; sort keeps the
// order of equal elements.

/// Whether `a` stands before `b` in ascending order.
@inline(__always)
private func precedes<T: Comparable>(_ a: T, _ b: T) -> Bool { a < b || (b != b && a == a) }

/// The order of the elements of every column along `dim`, stable, and the elements in it; not
/// recorded.
private func ordered(
  _ x: Tensor, _ dim: Int, descending: Bool
) throws(TensorError) -> (values: Tensor, indices: Tensor) {
  if x.dtype == .bool {
    let (values, indices) = try ordered(cast(x, .int64), dim, descending: descending)
    return (try cast(values, .bool), indices)
  }
  let x = try packedElements(x)
  let sizes = factors(x.layout.shape, dim)
  let shape = x.layout.shape
  let (values, indices) = (try Tensor.empty(shape, x.dtype), try Tensor.empty(shape, .int64))
  func run<T: Scalar>(_ type: T.Type) {
    let (source, target): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
      (x.pointer(), values.pointer())
    let places: UnsafeMutablePointer<Int> = indices.pointer()
    for o in 0..<sizes.outer {
      for i in 0..<sizes.inner {
        let column = source + o * sizes.length * sizes.inner + i
        // The standard library's sort is stable in fact but not by contract: ties go by place.
        let order = (0..<sizes.length).sorted { a, b in
          let (x, y) = (column[a * sizes.inner], column[b * sizes.inner])
          if descending ? precedes(y, x) : precedes(x, y) { return true }
          if descending ? precedes(x, y) : precedes(y, x) { return false }
          return a < b
        }
        for l in 0..<sizes.length {
          let place = (o * sizes.length + l) * sizes.inner + i
          target[place] = column[order[l] * sizes.inner]
          places[place] = order[l]
        }
      }
    }
  }
  switch x.dtype {
  case .float32: run(Float.self)
  case .float64: run(Double.self)
  case .int64, .bool: run(Int.self)
  }
  return (values, indices)
}

/// The first `count` elements of every column along `dim` in order, or, when `isPlace`, the one element
/// number `count` of the order, and where they were; not recorded.
private func selected(
  _ x: Tensor, _ dim: Int, descending: Bool, count: Int, isPlace: Bool = false
) throws(TensorError) -> (values: Tensor, indices: Tensor) {
  if x.dtype == .bool {
    let (values, indices) = try selected(
      cast(x, .int64), dim, descending: descending, count: count, isPlace: isPlace)
    return (try cast(values, .bool), indices)
  }
  let x = try packedElements(x)
  let sizes = factors(x.layout.shape, dim)
  var shape = x.layout.shape
  let kept = isPlace ? 1 : count
  if shape.count > 0 { shape[dim] = kept }
  let (values, indices) = (try Tensor.empty(shape, x.dtype), try Tensor.empty(shape, .int64))
  func run<T: Scalar>(_ type: T.Type) {
    let (source, target): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
      (x.pointer(), values.pointer())
    let places: UnsafeMutablePointer<Int> = indices.pointer()
    let items = UnsafeMutablePointer<(value: T, place: Int)>.allocate(capacity: sizes.length)
    defer { items.deallocate() }
    let selection = Selection(items: items) {
      descending ? precedes($1.value, $0.value) : precedes($0.value, $1.value)
    }
    for o in 0..<sizes.outer {
      for i in 0..<sizes.inner {
        let column = source + o * sizes.length * sizes.inner + i
        for l in 0..<sizes.length {
          (items + l).initialize(to: (column[l * sizes.inner], l))
        }
        if isPlace {
          selection.placeElement(count, of: sizes.length)
        } else {
          selection.takeFirst(count, of: sizes.length)
        }
        for l in 0..<kept {
          let (item, at) = (items[isPlace ? count : l], (o * kept + l) * sizes.inner + i)
          (target[at], places[at]) = (item.value, item.place)
        }
      }
    }
  }
  switch x.dtype {
  case .float32: run(Float.self)
  case .float64: run(Double.self)
  case .int64, .bool: run(Int.self)
  }
  return (values, indices)
}

extension Tensor {
  /// `values` as the elements at `indices` along `dim`, under the name of their operation.
  private final func chosen(
    _ values: Tensor, _ indices: Tensor, _ dim: Int, _ name: String
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    guard records(self) else { return (values, indices) }
    let inside = Layout(contiguous: layout.shape)
    let picked = try places(indices, along: dim, in: inside, name)
    return (values.made(by: IndexNode(self, picked, name)), indices)
  }

  /// The elements along `dim` in order, and where they were, int64, both in the same shape
  /// (`torch.sort`). nan is greater than every number; equal elements keep their order. Throws (see
  /// `attempt`) when there is no such dimension.
  public final func sort(
    dim: Int = -1, descending: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    guarded([self], or: (.failed, .failed)) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "sort")
      let (values, indices) = try ordered(self, dim, descending: descending)
      return try chosen(values, indices, dim, "SortBackward0")
    }
  }

  /// The places of the elements along `dim` in order: int64 of the same shape (`torch.argsort`).
  /// Throws (see `attempt`) when there is no such dimension.
  public final func argsort(dim: Int = -1, descending: Bool = false) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "argsort")
      return try ordered(self, dim, descending: descending).indices
    }
  }

  /// The `count` greatest elements along `dim`, or the least ones, in order, and their int64
  /// places: `[a, n]` -> `[a, count]` (`torch.topk`, which decides by the same steps which of
  /// several equal ones are chosen). Throws (see `attempt`) when there are not as many.
  public final func topk(
    _ count: Int, dim: Int = -1, largest: Bool = true
  ) -> (values: Tensor, indices: Tensor) {
    guarded([self], or: (.failed, .failed)) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "topk")
      let length = factors(layout.shape, dim).length
      guard count >= 0 && count <= length, count > 0 || layout.shape.count > 0 else {
        throw TensorError(
          "topk", "cannot choose \(count) of \(length) elements in dimension \(dim)")
      }
      let (values, indices) = try selected(self, dim, descending: largest, count: count)
      return try chosen(values, indices, dim, "TopkBackward0")
    }
  }

  /// The `k`-th least element along `dim`, counted from 1, and its int64 place, one of those of
  /// equal elements; `dim` is dropped or kept with size 1 (`torch.kthvalue`). Throws (see
  /// `attempt`) when there are not as many elements.
  public final func kthValue(
    _ k: Int, dim: Int = -1, keepDim: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    guarded([self], or: (.failed, .failed)) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "kthValue")
      let length = factors(layout.shape, dim).length
      guard k > 0 && k <= length else {
        throw TensorError("kthValue", "there is no element number \(k) of \(length)")
      }
      return try ranked(k, dim, keepDim, "KthvalueBackward0")
    }
  }

  private final func ranked(
    _ k: Int, _ dim: Int, _ keepDim: Bool, _ name: String
  ) throws(TensorError) -> (values: Tensor, indices: Tensor) {
    let (last, place) = try selected(
      self, dim, descending: false, count: k - 1, isPlace: true)
    guard layout.shape.count > 0 else { return try chosen(last, place, dim, name) }
    let shape = reducedShape(layout.shape, dim, keepDim: keepDim)
    guard records(self) else { return (try reshaped(last, shape), try reshaped(place, shape)) }
    var picked = try places(place, along: dim, in: Layout(contiguous: layout.shape), name)
    picked.shape = shape
    return (
      try reshaped(last, shape).made(by: IndexNode(self, picked, name)), try reshaped(place, shape)
    )
  }

  /// The element in the middle of the order along `dim`, the lower one of two, and its int64 place,
  /// one of those of equal elements; a nan when there is one. `dim` is dropped or kept with size 1
  /// (`torch.median`). Throws (see `attempt`) when there are no elements.
  public final func median(
    dim: Int, keepDim: Bool = false
  ) -> (values: Tensor, indices: Tensor) { middle(dim, keepDim, "MedianBackward1") }

  private final func middle(
    _ dim: Int, _ keepDim: Bool, _ name: String
  ) -> (values: Tensor, indices: Tensor) {
    guarded([self], or: (.failed, .failed)) { () throws(TensorError) in
      let dim = try resolve(dim, layout.shape.count, "median")
      let length = factors(layout.shape, dim).length
      guard length > 0 else {
        throw TensorError("median", "dimension \(dim) of shape \(layout.shape) has no elements")
      }
      // One nan makes the median of a column nan: it is then the last of the order.
      let holes = try reduction(
        .maximum, cast(detach().isNaN(), .int64), dim, keepDim: keepDim)
      let middle = try ranked((length - 1) / 2 + 1, dim, keepDim, name)
      guard dtype.isFloatingPoint, holes.sum().item() > 0 else { return middle }
      let last = try extremes(.maximum, self, dim, keepDim: keepDim, "median")
      let isHole = holes.bool()
      let indices = Tensor.which(isHole, last.indices, middle.indices)
      let values = Tensor.which(isHole, last.values, middle.values.detach())
      let kept = reducedShape(layout.shape, dim, keepDim: true)
      guard records(self) else { return (values, indices) }
      var picked = try places(
        layout.shape.count == 0 ? indices : reshaped(indices, kept), along: dim,
        in: Layout(contiguous: layout.shape), "median")
      picked.shape = values.layout.shape
      return (values.made(by: IndexNode(self, picked, name)), indices)
    }
  }

  /// The element in the middle of the order of all, the lower one of two: `[]`; a nan when there is
  /// one (`torch.median`). Throws (see `attempt`) when there are no elements.
  public final func median() -> Tensor { reshape(-1).middle(0, false, "MedianBackward0").values }

  /// The different elements in ascending order: `[n]` (`torch.unique`).
  public final func unique() -> Tensor { uniqueWithCounts().values }

  /// The different elements in ascending order `[n]`, for each element of this tensor its place among
  /// them (int64, in this shape), and how often each one appears (int64 `[n]`) (`torch.unique`). Every
  /// nan is different from every other.
  public final func uniqueWithCounts() -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    guarded([self], or: (.failed, .failed, .failed)) { () throws(TensorError) in
      let (values, order) = try ordered(flattened(), 0, descending: false)
      let (places, origins) = (values.doubles, order.ints)
      let whole = values.dtype == .int64 ? values.ints : []
      var (starts, counts) = ([Int](), [Int]())
      var inverse = [Int](repeating: 0, count: origins.count)
      for i in origins.indices {
        let isNew =
          i == 0 || (whole.isEmpty ? places[i] != places[i - 1] : whole[i] != whole[i - 1])
        if isNew {
          starts.append(i)
          counts.append(0)
        }
        counts[counts.count - 1] += 1
        inverse[origins[i]] = starts.count - 1
      }
      return (
        values[Tensor(starts)], try .from(inverse, layout.shape),
        try .from(counts, Extents(counts.count))
      )
    }
  }

  /// How often each of 0, 1, 2, … appears: int64 `[n]`, as long as the greatest element needs and at
  /// least `minLength` (`torch.bincount`). Throws (see `attempt`) when this is not an int64 vector of
  /// numbers of 0 or more.
  public final func bincount(minLength: Int = 0) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let (numbers, length) = try bins(minLength)
      let out = try Tensor.filled(Extents(length), .int64, 0)
      let counts: UnsafeMutablePointer<Int> = out.pointer()
      for number in numbers { counts[number] += 1 }
      return out
    }
  }

  /// The sum of `weights` for each of 0, 1, 2, … in this vector: `[n]` in the dtype of the weights,
  /// float64 for integers (`torch.bincount`). Throws (see `attempt`) as `bincount`, and when there is
  /// not one weight for each element.
  public final func bincount(weights: Tensor, minLength: Int = 0) -> Tensor {
    guarded(self, weights) { () throws(TensorError) in
      let (numbers, length) = try bins(minLength)
      guard weights.layout.shape == layout.shape else {
        throw TensorError(
          "bincount", expected: "weights of shape \(layout.shape)",
          actual: "\(weights.layout.shape)")
      }
      var sums = [Double](repeating: 0, count: length)
      for (number, weight) in Swift.zip(numbers, weights.doubles) { sums[number] += weight }
      let out = try Tensor.from(sums, Extents(length))
      return weights.dtype == .float32 ? try cast(out, .float32) : out
    }
  }

  private final func bins(_ minLength: Int) throws(TensorError) -> ([Int], Int) {
    guard dtype == .int64, layout.shape.count == 1 else {
      throw TensorError(
        "bincount", expected: "an int64 vector", actual: "\(dtype) of shape \(layout.shape)")
    }
    guard minLength >= 0 else {
      throw TensorError("bincount", expected: "a length of 0 or more", actual: "\(minLength)")
    }
    let numbers = ints
    if let wrong = numbers.first(where: { $0 < 0 }) {
      throw TensorError("bincount", expected: "numbers of 0 or more", actual: "\(wrong)")
    }
    let length = Swift.max(minLength, (numbers.max() ?? -1) &+ 1)
    guard length >= 0 else { throw TensorError("bincount", "the greatest number is too great") }
    _ = try elementCount(Extents(length), "bincount")
    return (numbers, length)
  }
}
