extension Machine {
  /// `<` of a Comparable type.
  public func less(
    _ type: RuntimeType, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>
  ) throws -> Bool {
    switch type.kind {
    case .int: return a[0].int < b[0].int
    case .fixedInteger(let width):
      return width.isSigned ? a[0].int < b[0].int : a[0] < b[0]
    case .double: return a[0].double < b[0].double
    case .float: return a[0].float < b[0].float
    case .string, .character:
      return a[0].object(as: StringObject.self).value < b[0].object(as: StringObject.self).value
    case .substring:
      return a[0].object(as: NativeBox<Substring>.self).value
        < b[0].object(as: NativeBox<Substring>.self).value
    case .tuple:
      for field in type.fields {
        let (x, y) = (a + field.slot, b + field.slot)
        if try !equals(field.type, x, y) { return try less(field.type, x, y) }
      }
      return false
    case .structure, .enumeration, .instance:
      if let witness = type.witnesses[.less] {
        var result: Slot = 0
        let count = type.layout.count
        try callFunction(
          witness,
          Array(UnsafeBufferPointer(start: a, count: count))
            + Array(UnsafeBufferPointer(start: b, count: count)),
          result: &result)
        return result.bool
      }
      // An enum without payloads and without a `<` of its own: the order of its cases.
      if case .enumeration = type.kind { return a[0].int < b[0].int }
    case .nativeValue(let native), .nativeObject(let native):
      if let less = native.less { return less(a, b) }
    default: break
    }
    throw Trap("values of type \(type.name) have no order")
  }
}
