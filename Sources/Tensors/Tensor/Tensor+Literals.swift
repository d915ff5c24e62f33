// Tensors from Swift numbers and arrays.

extension Tensor {
  /// A tensor of `shape` from elements in row-major order.
  package static func from<T: StoredElement>(
    _ elements: [T], _ shape: Extents
  ) throws(TensorError) -> Tensor {
    let out = try empty(shape, T.dtype)
    let target: UnsafeMutablePointer<T> = out.pointer()
    for i in elements.indices { target[i] = elements[i] }
    return out
  }

  /// The shape of nested arrays, which must be rectangular.
  private static func shape<T>(of rows: [[T]]) throws(TensorError) -> Extents {
    let width = rows.first?.count ?? 0
    for (i, row) in rows.enumerated() where row.count != width {
      throw TensorError(
        "Tensor", "expected rows of equal length: row 0 has \(width), row \(i) has \(row.count)")
    }
    return Extents(rows.count, width)
  }

  private static func shape<T>(of planes: [[[T]]]) throws(TensorError) -> Extents {
    guard let first = planes.first else { return Extents(0, 0, 0) }
    let inner = try shape(of: first)
    for (i, plane) in planes.enumerated() where try shape(of: plane) != inner {
      throw TensorError(
        "Tensor", "expected parts of equal shape: part 0 is \(inner), part \(i) is not")
    }
    return Extents(planes.count, inner[0], inner[1])
  }

  // An initialiser of a class cannot return another object, so it takes over what was made.
  private convenience init(
    _ requiresGrad: Bool, _ make: () throws(TensorError) -> Tensor
  ) {
    let made = guarded { () throws(TensorError) in try make().leaf(requiresGrad) }
    self.init(
      storage: made.storage, layout: made.layout, dtype: made.dtype, isFailed: made.isFailed)
    requiresGradient = requiresGrad && made.dtype.isFloatingPoint
  }

  /// One number without dimensions: int64 `[]` (`torch.tensor`). Throws (see `attempt`) when an
  /// integer tensor should require a gradient.
  public convenience init(_ value: Int, requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      try .from([value], Extents())
    }
  }

  /// A vector: int64 `[count]` (`torch.tensor`). Throws (see `attempt`) when an integer tensor
  /// should require a gradient.
  public convenience init(_ values: [Int], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      try .from(values, Extents(values.count))
    }
  }

  /// A matrix from its rows: int64 `[rows, columns]` (`torch.tensor`). Throws (see `attempt`) when
  /// rows differ in length or when an integer tensor should require a gradient.
  public convenience init(_ rows: [[Int]], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      let shape = try Tensor.shape(of: rows)
      return try .from(Array(rows.joined()), shape)
    }
  }

  /// Nested rows: int64 `[planes, rows, columns]` (`torch.tensor`). Throws (see `attempt`) when
  /// they are ragged or when an integer tensor should require a gradient.
  public convenience init(_ planes: [[[Int]]], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      let shape = try Tensor.shape(of: planes)
      return try .from(Array(planes.joined().joined()), shape)
    }
  }

  /// One number without dimensions: float32 `[]` (`torch.tensor`).
  public convenience init(_ value: Double, requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      try .from([Float(value)], Extents())
    }
  }

  /// A vector: float32 `[count]` (`torch.tensor`).
  public convenience init(_ values: [Double], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      try .from(values.map { Float($0) }, Extents(values.count))
    }
  }

  /// A matrix from its rows: float32 `[rows, columns]` (`torch.tensor`). Throws (see `attempt`)
  /// when rows differ in length.
  public convenience init(_ rows: [[Double]], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      let shape = try Tensor.shape(of: rows)
      return try .from(rows.joined().map { Float($0) }, shape)
    }
  }

  /// Nested rows: float32 `[planes, rows, columns]` (`torch.tensor`). Throws (see `attempt`) when
  /// they are ragged.
  public convenience init(_ planes: [[[Double]]], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      let shape = try Tensor.shape(of: planes)
      return try .from(planes.joined().joined().map { Float($0) }, shape)
    }
  }

  /// One number without dimensions: float32 `[]` (`torch.tensor`).
  public convenience init(_ value: Float, requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      try .from([value], Extents())
    }
  }

  /// A vector: float32 `[count]` (`torch.tensor`).
  public convenience init(_ values: [Float], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      try .from(values, Extents(values.count))
    }
  }

  /// A matrix from its rows: float32 `[rows, columns]` (`torch.tensor`). Throws (see `attempt`)
  /// when rows differ in length.
  public convenience init(_ rows: [[Float]], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      let shape = try Tensor.shape(of: rows)
      return try .from(Array(rows.joined()), shape)
    }
  }

  /// Nested rows: float32 `[planes, rows, columns]` (`torch.tensor`). Throws (see `attempt`) when
  /// they are ragged.
  public convenience init(_ planes: [[[Float]]], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      let shape = try Tensor.shape(of: planes)
      return try .from(Array(planes.joined().joined()), shape)
    }
  }

  /// One truth value without dimensions: bool `[]` (`torch.tensor`). Throws (see `attempt`) when
  /// truth values should require a gradient.
  public convenience init(_ value: Bool, requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      try .from([value], Extents())
    }
  }

  /// A vector: bool `[count]` (`torch.tensor`). Throws (see `attempt`) when truth values should
  /// require a gradient.
  public convenience init(_ values: [Bool], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      try .from(values, Extents(values.count))
    }
  }

  /// A matrix from its rows: bool `[rows, columns]` (`torch.tensor`). Throws (see `attempt`) when
  /// rows differ in length or when truth values should require a gradient.
  public convenience init(_ rows: [[Bool]], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      let shape = try Tensor.shape(of: rows)
      return try .from(Array(rows.joined()), shape)
    }
  }

  /// Nested rows: bool `[planes, rows, columns]` (`torch.tensor`). Throws (see `attempt`) when they
  /// are ragged or when truth values should require a gradient.
  public convenience init(_ planes: [[[Bool]]], requiresGrad: Bool = false) {
    self.init(requiresGrad) { () throws(TensorError) in
      let shape = try Tensor.shape(of: planes)
      return try .from(Array(planes.joined().joined()), shape)
    }
  }
}
