// Operations that change a tensor's own elements, PyTorch's names with an underscore at the end.
//
// While operations are recorded, a leaf that requires a gradient (or a view of one) cannot be
// changed: do it inside `withNoGrad { }`. Any other tensor may be, and its history takes the change
// in. `a += b`, in contrast, makes a new tensor.

extension Tensor {
  /// Writes the elements of `source`, broadcast and brought to this dtype, into this tensor's memory
  /// (`torch.Tensor.copy_`). Throws (see `attempt`) when the shape does not fit, or for a leaf that
  /// requires a gradient while operations are recorded.
  @discardableResult
  public final func copy(from source: Tensor) -> Tensor {
    guarded([self, source], or: self) { () throws(TensorError) in
      let own = self.layout.shape
      guard let shape = try? broadcast(own, source.layout.shape, "copy"), shape == own else {
        throw TensorError(
          "copy", expected: "a tensor that broadcasts to shape \(own)",
          actual: "\(source.layout.shape)")
      }
      guard recordsWrite(source), base == nil else {
        try write(source, at: .part(layout), "copy")
        return self
      }
      try requireWritable("copy", isRecorded: true)
      let node = Rule("CopyBackwards", [self, source], [{ $0.zerosLike() }, { $0 }])
      try writeElements(source)
      rewritten(by: node)
      return self
    }
  }

  /// Writes without a step on the tape: `source`, brought to this dtype, broadcasts to this shape.
  private final func writeElements(_ source: Tensor) throws(TensorError) {
    let value = try widened(cast(source, dtype), layout.shape)
    try Region.part(layout).write(value, into: self)
    storage.version += 1
  }

  /// Sets every element to `value` (`torch.Tensor.fill_`). Throws (see `attempt`) for a leaf that
  /// requires a gradient while operations are recorded.
  @discardableResult
  public final func fill(_ value: Double) -> Tensor { filled(value, "FillBackward2") }

  private final func filled(_ value: Double, _ name: String) -> Tensor {
    guarded([self], or: self) { () throws(TensorError) in
      let isRecorded = dtype.isFloatingPoint && records(self)
      try requireHolds(value, "fill")
      try requireWritable("fill", isRecorded: isRecorded)
      let one = try Tensor.filled(Extents(), dtype, value)
      guard isRecorded, base == nil else {
        try write(one, at: .part(layout), "fill")
        return self
      }
      let node = Rule(name, [self], [{ $0.zerosLike() }])
      try writeElements(one)
      rewritten(by: node)
      return self
    }
  }

  /// Sets every element to 0 (`torch.Tensor.zero_`). Throws (see `attempt`) for a leaf that requires
  /// a gradient while operations are recorded.
  @discardableResult
  public final func zero() -> Tensor { filled(0, "ZeroBackward0") }

  /// Adds `other · scale` to the elements (`torch.Tensor.add_`). Throws (see `attempt`) when the
  /// shape or dtype of the result does not fit, or for a leaf that requires a gradient while
  /// operations are recorded.
  @discardableResult
  public final func add(_ other: Tensor, scale: Double = 1) -> Tensor {
    update("add", [other]) { $0 + other.scaled(scale) }
  }

  /// This tensor times `scale`; integers stay integers when that is a whole number.
  private final func scaled(_ scale: Double) -> Tensor {
    if scale == 1 { return self }
    if !dtype.isFloatingPoint, let whole = Int(exactly: scale) { return self * whole }
    return self * scale
  }

  /// Adds a number to the elements (`torch.Tensor.add_`). Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func add(_ number: Double) -> Tensor { update("add") { $0 + number } }

  /// Adds an integer to the elements (`torch.Tensor.add_`). Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func add(_ number: Int) -> Tensor { update("add") { $0 + number } }

  /// Subtracts `other · scale` from the elements (`torch.Tensor.sub_`).
  /// Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func subtract(_ other: Tensor, scale: Double = 1) -> Tensor {
    update("subtract", [other]) { $0 - other.scaled(scale) }
  }

  /// Subtracts a number from the elements (`torch.Tensor.sub_`).
  /// Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func subtract(_ number: Double) -> Tensor { update("subtract") { $0 - number } }

  /// Subtracts an integer from the elements (`torch.Tensor.sub_`).
  /// Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func subtract(_ number: Int) -> Tensor { update("subtract") { $0 - number } }

  /// Multiplies the elements by those of `other` (`torch.Tensor.mul_`).
  /// Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func multiply(by other: Tensor) -> Tensor {
    update("multiply", [other]) { $0 * other }
  }

  /// Multiplies the elements by a number (`torch.Tensor.mul_`).
  /// Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func multiply(by number: Double) -> Tensor { update("multiply") { $0 * number } }

  /// Multiplies the elements by an integer (`torch.Tensor.mul_`).
  /// Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func multiply(by number: Int) -> Tensor { update("multiply") { $0 * number } }

  /// Divides the elements by those of `other` (`torch.Tensor.div_`).
  /// Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func divide(by other: Tensor) -> Tensor { update("divide", [other]) { $0 / other } }

  /// Divides the elements by a number (`torch.Tensor.div_`).
  /// Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func divide(by number: Double) -> Tensor { update("divide") { $0 / number } }

  /// Divides the elements by an integer (`torch.Tensor.div_`).
  /// Throws (see `attempt`) as `add(_:scale:)`.
  @discardableResult
  public final func divide(by number: Int) -> Tensor { update("divide") { $0 / number } }

  /// Keeps the elements between two bounds, of which one may be left out (`torch.Tensor.clamp_`).
  /// Throws (see `attempt`) for a leaf that requires a gradient while operations are recorded.
  @discardableResult
  public final func clampInPlace(min: Double? = nil, max: Double? = nil) -> Tensor {
    update("clampInPlace") { $0.clamp(min: min, max: max) }
  }

  /// Sets the elements where `mask` is true to `value` (`torch.Tensor.masked_fill_`). Throws (see
  /// `attempt`) when the mask does not fit, or for a leaf that requires a gradient while operations
  /// are recorded.
  @discardableResult
  public final func fill(where mask: Tensor, with value: Double) -> Tensor {
    update("fill", [mask]) { $0.maskedFill(mask, value).to(self.dtype) }
  }

  /// Fills with uniform numbers in [low, high) (`torch.Tensor.uniform_`). Throws (see `attempt`) for
  /// integers, or for a leaf that requires a gradient while operations are recorded.
  @discardableResult
  public final func fillUniform(low: Double = 0, high: Double = 1) -> Tensor {
    fillDrawn("fillUniform") { $0.fillUniform(low, high) }
  }

  /// Fills with normal numbers (`torch.Tensor.normal_`). Throws (see `attempt`) for integers, or for
  /// a leaf that requires a gradient while operations are recorded.
  @discardableResult
  public final func fillNormal(mean: Double = 0, deviation: Double = 1) -> Tensor {
    fillDrawn("fillNormal") { $0.fillNormal(mean, deviation) }
  }

  private final func fillDrawn(_ operation: String, _ draw: (Tensor) -> Void) -> Tensor {
    guarded([self], or: self) { () throws(TensorError) in
      guard dtype.isFloatingPoint else {
        throw TensorError(operation, "expected a floating-point tensor, got \(dtype)")
      }
      try requireWritable(operation, isRecorded: records(self))
      let drawn = try Tensor.empty(layout.shape, dtype)
      draw(drawn)
      return copy(from: drawn)
    }
  }
}
