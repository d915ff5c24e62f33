extension Tensor {
  /// Class numbers as rows with a single 1: int64 `[…]` -> int64 `[…, classCount]`.
  ///
  /// Without `classCount` there are as many classes as the greatest number needs. Follows
  /// `torch.nn.functional.one_hot`. Throws (see `attempt`) when the tensor is not int64 or a number
  /// is not in `0 ..< classCount`.
  public final func oneHot(classCount: Int? = nil) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard dtype == .int64 else {
        throw TensorError("oneHot", "expected int64 class numbers, got \(dtype); use long()")
      }
      guard layout.shape.count < Extents.limit else {
        throw TensorError("oneHot", "a tensor has at most \(Extents.limit) dimensions")
      }
      let classes = try packedElements(self)
      let numbers: UnsafeMutablePointer<Int> = classes.pointer()
      var greatest = -1
      for i in 0..<layout.count { greatest = Swift.max(greatest, numbers[i]) }
      let width = classCount ?? (greatest + 1)
      for i in 0..<layout.count where numbers[i] < 0 || numbers[i] >= width {
        throw TensorError(
          "oneHot", expected: "class numbers from 0 to \(width - 1)", actual: "\(numbers[i])")
      }
      var shape = layout.shape
      shape.append(width)
      _ = try elementCount(shape, "oneHot")
      let out = try Tensor.filled(shape, .int64, 0)
      let rows: UnsafeMutablePointer<Int> = out.pointer()
      for i in 0..<layout.count { rows[i * width + numbers[i]] = 1 }
      return out
    }
  }
}
