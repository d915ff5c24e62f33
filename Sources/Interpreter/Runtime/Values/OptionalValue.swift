/// Optionals in slots: a reference or 0, or a tag (0: nil) and then the value.
extension RuntimeType {
  /// Slots before the payload of an optional of this type.
  var payloadOffset: Int { isNullable ? 0 : 1 }

  /// Slots of an optional of this type.
  var optionalCount: Int { layout.count + payloadOffset }

  func isNone(_ optional: UnsafePointer<Slot>) -> Bool { optional[0] == 0 }

  /// Makes the slots an optional without a value.
  func writeNone(_ place: UnsafeMutablePointer<Slot>) {
    place.update(repeating: 0, count: optionalCount)
  }

  /// Wraps a value, taking references of its own.
  func writeSome(_ value: UnsafePointer<Slot>, to place: UnsafeMutablePointer<Slot>) {
    copy(value, to: place + payloadOffset)
    if payloadOffset == 1 { place[0] = 1 }
  }

  /// Wraps a value whose references pass on.
  func moveSome(_ value: UnsafePointer<Slot>, to place: UnsafeMutablePointer<Slot>) {
    (place + payloadOffset).update(from: value, count: layout.count)
    if payloadOffset == 1 { place[0] = 1 }
  }
}

extension NativeCall {
  var result: UnsafeMutablePointer<Slot> { slots + resultBase }

  func returnNone(_ wrapped: RuntimeType) { wrapped.writeNone(result) }

  func returnSome(_ wrapped: RuntimeType, copying value: UnsafePointer<Slot>) {
    wrapped.writeSome(value, to: result)
  }

  func returnSome(_ wrapped: RuntimeType, moving value: UnsafePointer<Slot>) {
    wrapped.moveSome(value, to: result)
  }

  /// `Int?`, `Double?`: a tag and a word.
  func returnOptional(word: Slot?) {
    result[0] = word == nil ? 0 : 1
    result[1] = word ?? 0
  }

  /// An optional of something that is one reference.
  func returnOptional(object: AnyObject?) {
    result[0] = object.map { .owned($0) } ?? 0
  }

  /// A value of any type, with references of its own.
  func returnValue(_ type: RuntimeType, copying value: UnsafePointer<Slot>) {
    type.copy(value, to: result)
  }
}
