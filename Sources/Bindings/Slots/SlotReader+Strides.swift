import Interpreter

extension SlotReader {
  /// What `stride(from:to:by:)` of integers gives.
  mutating func readStrideTo() -> StrideTo<Int> {
    let (start, end, step) = readStride()
    return stride(from: start, to: end, by: step)
  }

  /// What `stride(from:through:by:)` of integers gives.
  mutating func readStrideThrough() -> StrideThrough<Int> {
    let (start, end, step) = readStride()
    return stride(from: start, through: end, by: step)
  }

  private mutating func readStride() -> (start: Int, end: Int, step: Int) {
    let object = next().object(as: StrideObject.self)
    return (object.start.int, object.end.int, object.step.int)
  }
}
