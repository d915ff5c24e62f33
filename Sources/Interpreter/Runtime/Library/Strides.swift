/// What `stride` gives: a sequence of numbers of one step.
public final class StrideObject {
  public let start, end, step: Slot
  let includesEnd: Bool

  init(_ start: Slot, _ end: Slot, _ step: Slot, includesEnd: Bool) {
    self.start = start
    self.end = end
    self.step = step
    self.includesEnd = includesEnd
  }
}

extension StandardLibrary {
  static func declareStrides(in module: NativeModule) {
    for (name, label, includesEnd) in [
      ("StrideTo", "to", false), ("StrideThrough", "through", true),
    ] {
      let type = module.type(
        name, .struct, generics: ["Element"], protocols: ["Sequence"], element: "Element")
      type.makeIterator = { call in
        let stride = call.object(0, as: StrideObject.self)
        return switch call.types[0].kind {
        case .double: iterator(stride, { $0.double }, { .double($0) })
        case .float: iterator(stride, { $0.float }, { .float($0) })
        default: iterator(stride)
        }
      }
      for number in ["Int", "Double", "Float"] {
        module.declare(
          "func stride(from start: \(number), \(label) end: \(number), by step: \(number)) "
            + "-> \(name)<\(number)>"
        ) { call in
          let isZero =
            switch number {
            case "Double": call.double(2) == 0
            case "Float": call.float(2) == 0
            default: call.int(2) == 0
            }
          if isZero { throw Trap("Stride size must not be zero") }
          call.returnObject(
            StrideObject(call.slots[0], call.slots[1], call.slots[2], includesEnd: includesEnd))
        }
      }
    }
  }

  private static func iterator(_ stride: StrideObject) -> GuestIterator {
    let (end, step) = (stride.end.int, stride.step.int)
    var next: Int? = stride.start.int
    return ClosureIterator { slots in
      guard let value = next else { return false }
      let isInside =
        stride.includesEnd
        ? (step > 0 ? value <= end : value >= end) : (step > 0 ? value < end : value > end)
      if !isInside { return false }
      slots[0] = .int(value)
      let (sum, overflow) = value.addingReportingOverflow(step)
      next = overflow ? nil : sum
      return true
    }
  }

  /// Each element is computed from the start, as Swift does, so that errors do not add up.
  private static func iterator<Value: BinaryFloatingPoint>(
    _ stride: StrideObject, _ value: @escaping (Slot) -> Value, _ slot: @escaping (Value) -> Slot
  ) -> GuestIterator {
    let (start, end, step) = (value(stride.start), value(stride.end), value(stride.step))
    var index: Value = 0
    return ClosureIterator { slots in
      let next = start.addingProduct(index, step)
      let isInside =
        stride.includesEnd
        ? (step > 0 ? next <= end : next >= end) : (step > 0 ? next < end : next > end)
      if !isInside { return false }
      slots[0] = slot(next)
      index += 1
      return true
    }
  }
}
