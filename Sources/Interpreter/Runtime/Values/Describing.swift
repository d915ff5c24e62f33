// Texts of values: what `print`, `debugPrint` and interpolation show, by Swift's own rules. A value
// inside another one (an element, a stored property, a payload) is always shown as by `debugPrint`.

extension Machine {
  /// What `print` and interpolation show for a value.
  public func describe(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) -> String {
    switch type.kind {
    case .string, .character: return slots[0].object(as: StringObject.self).value
    case .substring: return String(slots[0].object(as: NativeBox<Substring>.self).value)
    case .range: return bounds(type, slots, "..<", describe)
    case .closedRange: return bounds(type, slots, "...", describe)
    case .slice: return elements(type, slots, "[", "]")
    case .set: return elements(type, slots, "[", "]")
    case .enumeration: return enumeration(type, slots, qualified: false)
    case .structure: return structure(type, slots, qualified: false)
    case .existential:
      let value = slots[0].object(as: ExistentialObject.self)
      return describe(value.type, value.slots)
    default: return debugDescribe(type, slots)
    }
  }

  /// What a value shows inside a collection: strings in quotes, types with their modules.
  public func debugDescribe(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) -> String {
    switch type.kind {
    case .int: return slots[0].int.description
    case .fixedInteger(let width):
      return width.isSigned ? slots[0].int.description : slots[0].description
    case .double: return slots[0].double.description
    case .float: return slots[0].float.description
    case .bool: return slots[0].bool ? "true" : "false"
    case .string: return slots[0].object(as: StringObject.self).value.debugDescription
    case .character:
      return Character(slots[0].object(as: StringObject.self).value).debugDescription
    case .substring: return slots[0].object(as: NativeBox<Substring>.self).value.debugDescription
    case .array: return elements(type, slots, "[", "]")
    case .slice: return elements(type, slots, "ArraySlice([", "])")
    case .set: return elements(type, slots, "Set([", "])")
    case .dictionary, .pairs: return dictionary(type, slots)
    case .optional: return optional(type, slots)
    case .range: return "Range(\(bounds(type, slots, "..<", debugDescribe)))"
    case .closedRange: return "ClosedRange(\(bounds(type, slots, "...", debugDescribe)))"
    case .partialRange: return partialRange(type, slots)
    case .tuple: return "(\(fields(type, slots)))"
    case .structure: return structure(type, slots, qualified: true)
    case .enumeration: return enumeration(type, slots, qualified: true)
    case .instance: return instance(slots[0].object(as: GuestObject.self))
    case .nativeObject(let native): return nativeObject(native, type, slots)
    case .nativeValue(let native):
      return native.describe?(slots) ?? type.type.printedName(qualified: native.kind == .enum)
    case .function: return "(Function)"
    case .existential:
      let value = slots[0].object(as: ExistentialObject.self)
      return debugDescribe(value.type, value.slots)
    case .metatype:
      if case .metatype(let instance) = type.type { return instance.printedName() }
      return type.name
    case .unknown: return type.name
    }
  }

  // MARK: Collections

  private func elements(
    _ type: RuntimeType, _ slots: UnsafePointer<Slot>, _ open: String, _ close: String
  ) -> String {
    var text = open
    var isFirst = true
    forEachElement(of: type, slots) { element in
      if !isFirst { text += ", " }
      isFirst = false
      text += debugDescribe(type.arguments[0], element)
    }
    return text + close
  }

  private func dictionary(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) -> String {
    let (key, value) = (type.arguments[0], type.arguments[1])
    var parts: [String] = []
    forEachElement(of: type, slots) { entry in
      parts.append(
        debugDescribe(key, entry) + ": " + debugDescribe(value, entry + key.layout.count))
    }
    return parts.isEmpty ? "[:]" : "[\(parts.joined(separator: ", "))]"
  }

  private func optional(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) -> String {
    let wrapped = type.arguments[0]
    if wrapped.isNone(slots) { return "nil" }
    return "Optional(\(debugDescribe(wrapped, slots + wrapped.payloadOffset)))"
  }

  private func bounds(
    _ type: RuntimeType, _ slots: UnsafePointer<Slot>, _ symbol: String,
    _ text: (RuntimeType, UnsafePointer<Slot>) -> String
  ) -> String {
    let bound = type.arguments[0]
    return text(bound, slots) + symbol + text(bound, slots + bound.layout.count)
  }

  private func partialRange(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) -> String {
    let bound = slots[0].object(as: ExistentialObject.self)
    let label = type.type.nominal?.name == "PartialRangeFrom" ? "lowerBound" : "upperBound"
    return "\(type.type.printedName())(\(label): \(debugDescribe(bound.type, bound.slots)))"
  }

  // MARK: Types of guest code

  private func fields(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) -> String {
    type.fields.map { field in
      (field.name.isEmpty ? "" : field.name + ": ") + debugDescribe(field.type, slots + field.slot)
    }.joined(separator: ", ")
  }

  private func structure(
    _ type: RuntimeType, _ slots: UnsafePointer<Slot>, qualified: Bool
  ) -> String {
    if let description = type.witnesses[.description] {
      return text(description, Array(UnsafeBufferPointer(start: slots, count: type.layout.count)))
    }
    return "\(type.type.printedName(qualified: qualified))(\(fields(type, slots)))"
  }

  private func enumeration(
    _ type: RuntimeType, _ slots: UnsafePointer<Slot>, qualified: Bool
  ) -> String {
    if let description = type.witnesses[.description] {
      return text(description, Array(UnsafeBufferPointer(start: slots, count: type.layout.count)))
    }
    let enumCase = type.cases[slots[0].int]
    var name = enumCase.name
    if qualified { name = type.type.printedName(qualified: true) + "." + name }
    if enumCase.payload.isEmpty { return name }
    var slot = slots[1].object(as: PayloadObject.self).slots
    let parts = enumCase.payload.map { element in
      defer { slot += element.type.layout.count }
      return (element.label.map { "\($0): " } ?? "") + debugDescribe(element.type, slot)
    }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  private func instance(_ object: GuestObject) -> String {
    if let description = object.type.witnesses[.description] {
      return text(description, [.borrowed(object)])
    }
    return object.type.type.printedName(qualified: true)
  }

  private func nativeObject(
    _ native: NativeType, _ type: RuntimeType, _ slots: UnsafePointer<Slot>
  ) -> String {
    let object = slots[0].object(as: AnyObject.self)
    if let peer = native.peer?(object), let description = peer.type.witnesses[.description] {
      return text(description, [slots[0]])
    }
    return native.describe?(slots) ?? type.type.printedName(qualified: true)
  }

  /// The text that a guest's `description` gives.
  private func text(_ description: Int, _ arguments: [Slot]) -> String {
    var result: Slot = 0
    do {
      try callFunction(description, arguments, result: &result)
    } catch {
      pendingError = pendingError ?? error
      return ""
    }
    defer { result.release() }
    return result.object(as: StringObject.self).value
  }
}
