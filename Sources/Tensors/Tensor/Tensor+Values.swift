// From a tensor back to Swift values.

extension Tensor {
  /// The only element as a Double; a float32 is widened, a truth value is 0 or 1
  /// (`torch.Tensor.item`). Throws (see `attempt`) when there are several elements.
  public final func item() -> Double {
    if isFailed { return skippedNumber() }
    guard layout.count == 1 else {
      record(
        TensorError("item", expected: "a tensor with one element", actual: "shape \(layout.shape)"))
      return .nan
    }
    return number(0)
  }

  @inline(never)
  private final func skippedNumber() -> Double {
    _ = skipped()
    return .nan
  }

  /// The element at `index` of the storage, counted from the tensor's first.
  final func number(_ index: Int) -> Double {
    switch dtype {
    case .float32: Double(pointer(Float.self)[index])
    case .float64: pointer(Double.self)[index]
    case .int64: Double(pointer(Int.self)[index])
    case .bool: pointer(Bool.self)[index] ? 1 : 0
    }
  }

  /// The elements in row-major order.
  private final func elements<T: StoredElement>(_ type: T.Type) -> [T] {
    guarded([self], or: []) { () throws(TensorError) in
      let packed = try packedElements(cast(self, T.dtype))
      return Array(
        UnsafeBufferPointer(start: packed.pointer(T.self), count: packed.layout.count))
    }
  }

  /// All elements in row-major order as integers, floats truncated towards zero.
  public final var ints: [Int] { elements(Int.self) }

  /// All elements in row-major order as Doubles.
  public final var doubles: [Double] { elements(Double.self) }

  /// All elements in row-major order as Floats.
  public final var floats: [Float] { elements(Float.self) }

  /// All elements in row-major order as truth values.
  public final var bools: [Bool] { elements(Bool.self) }
}

extension Int {
  /// The only element of `tensor`, truncated towards zero.
  /// Throws (see `attempt`) when there are several elements.
  public init(_ tensor: Tensor) {
    if tensor.dtype == .int64 && tensor.layout.count == 1 {
      self = tensor.pointer(Int.self)[0]
    } else {
      let value = tensor.item()
      self = value.isNaN ? 0 : Int(number: value)
    }
  }
}

extension Double {
  /// The only element of `tensor`. Throws (see `attempt`) when there are several elements.
  public init(_ tensor: Tensor) { self = tensor.item() }
}

extension Float {
  /// The only element of `tensor`. Throws (see `attempt`) when there are several elements.
  public init(_ tensor: Tensor) { self = Float(tensor.item()) }
}

extension Bool {
  /// Whether the only element of `tensor` differs from zero.
  /// Throws (see `attempt`) when there are several elements.
  public init(_ tensor: Tensor) { self = tensor.item() != 0 }
}
