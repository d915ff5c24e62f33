// Reading a subscript: views for integers, ranges and steps; copies for tensors and masks.

/// Places of a tensor's memory in the order of a result `[before…, picked…, after…]`: element
/// `(i, b, j)` is at `before[i] + picked[b] + after[j]`, counted from the storage's first element.
struct Picked {
  var before: [Int]
  var picked: [Int]
  var after: [Int]
  var shape: Extents

  /// Calls `body(place in the result, start of a run in memory)` for every run `after`.
  @inline(__always)
  func forEachRun(_ body: (Int, Int) -> Void) {
    var place = 0
    for start in before {
      for pick in picked {
        body(place, start + pick)
        place += after.count
      }
    }
  }

  /// The elements there; not recorded.
  func read(_ x: Tensor) throws(TensorError) -> Tensor {
    let out = try Tensor.empty(shape, x.dtype)
    func run<T: StoredElement>(_ type: T.Type) {
      let target: UnsafeMutablePointer<T> = out.pointer()
      let source = x.storage.base.assumingMemoryBound(to: T.self)
      forEachRun { place, start in
        for j in after.indices { target[place + j] = source[start + after[j]] }
      }
    }
    switch x.dtype {
    case .float32: run(Float.self)
    case .float64: run(Double.self)
    case .int64: run(Int.self)
    case .bool: run(Bool.self)
    }
    return out
  }

  /// Writes `source`, contiguous and of `shape`, there; the last one of several in one place stays.
  func write(_ source: Tensor, into x: Tensor) {
    func run<T: StoredElement>(_ type: T.Type) {
      let values: UnsafeMutablePointer<T> = source.pointer()
      let target = x.storage.base.assumingMemoryBound(to: T.self)
      forEachRun { place, start in
        for j in after.indices { target[start + after[j]] = values[place + j] }
      }
    }
    switch x.dtype {
    case .float32: run(Float.self)
    case .float64: run(Double.self)
    case .int64: run(Int.self)
    case .bool: run(Bool.self)
    }
  }

  /// Adds `source`, contiguous and of `shape`, there; several in one place add up.
  func add<T: Scalar>(_ source: Tensor, into x: Tensor, _ type: T.Type) {
    let values: UnsafeMutablePointer<T> = source.pointer()
    let target = x.storage.base.assumingMemoryBound(to: T.self)
    forEachRun { place, start in
      for j in after.indices {
        target[start + after[j]] = T.plus(target[start + after[j]], values[place + j])
      }
    }
  }
}

/// What a subscript stands for: a part of the memory in place, or places all over it.
enum Region {
  case part(Layout)
  case picked(Picked)
}

extension Layout {
  /// The place of every element in row-major order, relative to `offset`.
  fileprivate var places: [Int] {
    var places: [Int] = []
    places.reserveCapacity(count)
    forEachRow(shape, strides, strides) { _, start, _ in
      let step = shape.count == 0 ? 0 : strides.last
      for i in 0..<shape.last { places.append(start + i * step) }
    }
    return places
  }

  /// The dimensions `dims` alone, from offset 0.
  fileprivate func dimensions(_ dims: Range<Int>) -> Layout {
    var (sizes, steps) = (Extents(), Extents())
    for i in dims {
      sizes.append(shape[i])
      steps.append(strides[i])
    }
    return Layout(shape: sizes, strides: steps, offset: 0)
  }

  fileprivate func moving(_ dims: [Int]) -> Layout {
    var order = Extents()
    for dim in dims { order.append(dim) }
    return permuted(order)
  }
}

/// A subscript with its integers, ranges and new axes applied: the view they leave, its name on the
/// tape, and the tensors that pick from its dimensions.
struct ReadIndices {
  var layout: Layout
  var name = "SliceBackward0"
  var isView = false
  var picks: [(dim: Int, places: Tensor)] = []

  init(_ layout: Layout, _ indices: [TensorIndex]) throws(TensorError) {
    self.layout = layout
    let rank = layout.shape.count
    var (used, hasEllipsis) = (0, false)
    for index in indices {
      switch index {
      case .ellipsis:
        guard !hasEllipsis else { throw TensorError("subscript", "only one .ellipsis has a meaning") }
        hasEllipsis = true
      case .newAxis: break
      case .tensor(let tensor):
        guard !tensor.isFailed else { throw TensorError("subscript", "an index has failed") }
        used += tensor.dtype == .bool ? tensor.layout.shape.count : 1
      default: used += 1
      }
    }
    guard used <= rank else {
      throw TensorError("subscript", "\(used) indices for a tensor of shape \(layout.shape)")
    }
    var dim = 0
    for index in indices {
      switch index {
      case .element(let place):
        self.layout = try self.layout.selecting(place, dim)
        (name, isView) = ("SelectBackward0", true)
      case .range(let lower, let upper):
        if lower != nil || upper != nil {
          self.layout = try self.layout.slicing(lower, upper, 1, dim)
          (name, isView) = ("SliceBackward0", true)
        }
        dim += 1
      case .strided(let lower, let upper, let step):
        self.layout = try self.layout.slicing(lower, upper, step, dim)
        (name, isView) = ("SliceBackward0", true)
        dim += 1
      case .ellipsis: dim += rank - used
      case .newAxis:
        try addAxis(dim)
        dim += 1
      case .tensor(let tensor): try pick(tensor, &dim)
      }
    }
  }

  private mutating func addAxis(_ dim: Int) throws(TensorError) {
    guard layout.shape.count < Extents.limit else {
      throw TensorError("subscript", "a tensor has at most \(Extents.limit) dimensions")
    }
    var (shape, strides) = (layout.shape, layout.strides)
    strides.insert(dim < shape.count ? shape[dim] * strides[dim] : 1, at: dim)
    shape.insert(1, at: dim)
    layout = Layout(shape: shape, strides: strides, offset: layout.offset)
    (name, isView) = ("UnsqueezeBackward0", true)
  }

  private mutating func pick(_ tensor: Tensor, _ dim: inout Int) throws(TensorError) {
    switch tensor.dtype {
    case .int64 where tensor.layout.shape.count == 0:
      layout = try layout.selecting(tensor.pointer(Int.self)[0], dim)
      (name, isView) = ("SelectBackward0", true)
    case .int64:
      picks.append((dim, tensor))
      dim += 1
    case .bool:
      var mask = tensor
      if mask.layout.shape.count == 0 {
        try addAxis(dim)
        mask = mask.view(Layout(shape: Extents(1), strides: Extents(1), offset: mask.layout.offset))
      }
      for i in 0..<mask.layout.shape.count
      where mask.layout.shape[i] != layout.shape[dim + i] {
        throw TensorError(
          "subscript",
          "a mask of shape \(tensor.layout.shape) does not fit dimension \(dim + i) of size "
            + "\(layout.shape[dim + i])")
      }
      for column in try whereTrue(mask) {
        picks.append((dim, column))
        dim += 1
      }
    default:
      throw TensorError(
        "subscript", "expected an int64 or bool tensor as an index, got \(tensor.dtype)")
    }
  }

  /// Where the picks lead, in the memory of a tensor with this view's layout.
  func picked() throws(TensorError) -> Picked {
    var shape = picks[0].places.layout.shape
    for (_, places) in picks { shape = try broadcast(shape, places.layout.shape, "subscript") }
    _ = try elementCount(shape, "subscript")
    let count = Layout(contiguous: shape).count
    var offsets = [Int](repeating: 0, count: count)
    for (dim, places) in picks {
      let size = layout.shape[dim]
      let step = layout.strides[dim]
      let strides = places.layout.broadcastStrides(to: shape)
      let numbers: UnsafeMutablePointer<Int> = places.pointer()
      let order = Layout(shape: shape, strides: strides, offset: 0).places
      for (i, place) in order.enumerated() {
        let index = numbers[place]
        guard index >= -size && index < size else {
          throw TensorError(
            "subscript", "index \(index) is out of bounds for dimension \(dim) of size \(size)")
        }
        offsets[i] += (index < 0 ? index + size : index) * step
      }
    }
    // The picked dimensions stay in place when they are neighbours, else they move to the front.
    let dims = picks.map(\.dim)
    let rank = layout.shape.count
    let areNeighbours = dims[dims.count - 1] - dims[0] == dims.count - 1
    let before = areNeighbours ? Array(0..<dims[0]) : []
    let after = (0..<rank).filter { !dims.contains($0) && !before.contains($0) }
    let ordered = layout.moving(before + dims + after)
    let head = ordered.dimensions(0..<before.count)
    let tail = ordered.dimensions(before.count + dims.count..<rank)
    var result = [Int]()
    for part in [head.shape, shape, tail.shape] { result += part.array }
    let resultShape = try Extents(result, "subscript")
    _ = try elementCount(resultShape, "subscript")
    return Picked(
      before: head.places.map { $0 + layout.offset }, picked: offsets, after: tail.places,
      shape: resultShape)
  }
}

/// The gradient of picked elements is added up where they came from.
final class IndexNode: Node {
  let layout: Layout
  let picked: Picked
  let title: String
  override var name: String { title }

  /// `picked` are places inside a contiguous tensor of the shape of `x`.
  init(_ x: Tensor, _ picked: Picked, _ title: String = "IndexBackward0") {
    layout = Layout(contiguous: x.layout.shape)
    self.picked = picked
    self.title = title
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let whole = try Tensor.filled(layout.shape, gradient.dtype, 0)
    let g = try packedElements(gradient)
    if g.dtype == .float32 {
      picked.add(g, into: whole, Float.self)
    } else {
      picked.add(g, into: whole, Double.self)
    }
    try Tape.send(whole, to: first)
  }
}

extension Tensor {
  final func indexed(_ indices: [TensorIndex]) throws(TensorError) -> Tensor {
    let read = try ReadIndices(layout, indices)
    if read.picks.isEmpty {
      return try part(read.name) { (layout) throws(TensorError) in
        try ReadIndices(layout, indices).layout
      }
    }
    let whole =
      read.isView
      ? try part(read.name) { (layout) throws(TensorError) in
        try ReadIndices(layout, indices).layout
      } : self
    let out = try read.picked().read(self)
    guard records(whole) else { return out }
    var inside = read
    inside.layout = Layout(contiguous: read.layout.shape)
    return out.made(by: IndexNode(whole, try inside.picked()))
  }

  final func region(_ indices: [TensorIndex]) throws(TensorError) -> Region {
    let read = try ReadIndices(layout, indices)
    return read.picks.isEmpty ? .part(read.layout) : .picked(try read.picked())
  }
}
