// Instructions on objects and values that are too long for the loop.

extension Machine {
  @inline(never)
  func elementAddress(_ place: Slot, _ index: Int) throws -> Slot {
    let slot = memory(place)
    if slot.pointee == 0 { throw noValue() }
    let array = uniqueArray(slot)
    guard UInt(bitPattern: index) < UInt(bitPattern: array.count) else { throw outOfRange() }
    return address(array[index])
  }

  /// The array in a slot, alone in owning its buffer.
  @inline(__always)
  func uniqueArray(_ slot: UnsafeMutablePointer<Slot>) -> ArrayObject {
    let isUnique = slot.withMemoryRebound(to: ArrayObject.self, capacity: 1) {
      isKnownUniquelyReferenced(&$0.pointee)
    }
    if !isUnique {
      let copy = slot.pointee.object(as: ArrayObject.self).copy()
      slot.pointee.release()
      slot.pointee = .owned(copy)
    }
    return slot.pointee.object(as: ArrayObject.self)
  }

  func setElement(_ slot: UnsafeMutablePointer<Slot>, _ index: Int, _ value: Slot) throws {
    let array = uniqueArray(slot)
    guard UInt(bitPattern: index) < UInt(bitPattern: array.count) else { throw outOfRange() }
    array.slots[index] = value
  }

  @inline(never)
  func getWide(_ target: Registers, _ array: Slot, _ index: Int) throws {
    let object = array.object(as: ArrayObject.self)
    guard UInt(bitPattern: index) < UInt(bitPattern: object.count) else { throw outOfRange() }
    let source = object[index]
    for i in 0..<object.stride { target[i] = source[i] }
    object.element.retain(target)
  }

  @inline(never)
  func capture(_ closure: Slot, _ index: Int, _ value: Slot) {
    let object = closure.object(as: ClosureObject.self)
    if object.captureLayout.isReference[index] { value.retain() }
    object.captures[index] = value
  }

  @inline(never)
  func makePayload(_ layout: Layout, _ source: Registers) -> Slot {
    let payload = PayloadObject(layout)
    for i in 0..<layout.count { payload.slots[i] = source[i] }
    return .owned(payload)
  }

  @inline(never)
  func text(_ type: RuntimeType, _ slots: Registers, _ pc: Code, _ fp: Registers) throws -> String {
    top = windowOf(pc, fp)
    let text = describe(type, slots)
    if pendingError != nil { throw takePendingError() }
    return text
  }

  @inline(never)
  func concatenate(_ strings: Registers, _ count: Int) -> Slot {
    var text = ""
    for i in 0..<count { text += strings[i].object(as: StringObject.self).value }
    return .owned(StringObject(text))
  }

  // MARK: Casts

  /// The value as an optional of the target type: nil when it is of another type. The result owns.
  func cast(_ source: Registers, _ from: RuntimeType, _ to: RuntimeType, into target: Registers) {
    let isNullable = types.isNullable(to.type)
    let count = to.layout.count
    guard let (type, slots) = dynamicValue(source, from), converts(type, slots, to) else {
      for i in 0..<(count + (isNullable ? 0 : 1)) { target[i] = 0 }
      return
    }
    let offset = isNullable ? 0 : 1
    if case .existential = to.type, !isExistential(type) {
      target[offset] = .owned(ExistentialObject(type, copying: slots))
    } else if to.type.nominal?.name == "Optional", type !== to {
      target[offset] = 1
      for i in 0..<type.layout.count { target[offset + count - type.layout.count + i] = slots[i] }
      type.layout.retain(slots)
    } else {
      for i in 0..<count { target[offset + i] = slots[i] }
      to.layout.retain(target + offset)
    }
    if !isNullable { target[0] = 1 }
  }

  func isValue(_ source: Registers, _ from: RuntimeType, of to: RuntimeType) -> Bool {
    guard let (type, slots) = dynamicValue(source, from) else { return false }
    return converts(type, slots, to)
  }

  private func isExistential(_ type: RuntimeType) -> Bool {
    if case .existential = type.type { true } else { false }
  }

  /// Looks through existentials and optionals.
  private func dynamicValue(
    _ slots: UnsafeMutablePointer<Slot>, _ type: RuntimeType
  ) -> (RuntimeType, UnsafeMutablePointer<Slot>)? {
    if isExistential(type) {
      if slots[0] == 0 { return nil }
      let object = slots[0].object(as: ExistentialObject.self)
      return dynamicValue(object.slots, object.type)
    }
    if type.type.nominal?.name == "Optional" {
      if slots[0] == 0 { return nil }
      let payload = type.arguments[0]
      return dynamicValue(slots + (type.layout.count - payload.layout.count), payload)
    }
    return (type, slots)
  }

  private func converts(
    _ type: RuntimeType, _ slots: UnsafeMutablePointer<Slot>, _ to: RuntimeType
  ) -> Bool {
    if type === to { return true }
    if case .existential(let protocols) = to.type {
      return protocols.allSatisfy { library.conforms(type.type, to: $0) }
    }
    if to.type.nominal?.name == "Optional", let wrapped = to.arguments.first {
      return converts(type, slots, wrapped)
    }
    // A class instance may be of a subclass of its static type.
    guard let target = to.type.nominal, target.kind == .class, type.type.nominal?.kind == .class
    else { return false }
    if target.native != nil, let host = target.native?.hostType {
      return isInstance(slots[0].object(as: AnyObject.self), of: host)
    }
    var dynamic = guestType(of: slots[0])
    while let current = dynamic {
      if current === to { return true }
      dynamic = current.superclass
    }
    return false
  }

  private func isInstance(_ object: AnyObject, of host: Any.Type) -> Bool {
    var current: AnyClass? = Swift.type(of: object)
    while let type = current {
      if ObjectIdentifier(type) == ObjectIdentifier(host) { return true }
      current = _getSuperclass(type)
    }
    return false
  }

  /// The guest class of an object, if it was made by guest code.
  func guestType(of slot: Slot) -> RuntimeType? {
    let object = slot.object(as: AnyObject.self)
    if let guest = object as? GuestObject { return guest.type }
    for peer in types.peers { if let guest = peer(object) { return guest.type } }
    return nil
  }
}
