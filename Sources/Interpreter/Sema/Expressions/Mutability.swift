/// Why something cannot be changed.
struct Immutability {
  /// `'k' is a 'let' constant`
  var text: String
  var notes: [Diagnostic] = []
}

extension Checker {
  func isWritable(_ place: Place) -> Bool { immutability(of: place, asking: true) == nil }

  /// The reason why a place cannot be written; nil when it can.
  func immutability(of place: Place, asking: Bool = false) -> Immutability? {
    switch place.kind {
    case .local(let variable):
      if variable.isMutable || variable.isInout { return nil }
      if let base = chainBound[variable] {
        guard case .place(let target) = base.kind else {
          return Immutability(text: "optional value is immutable")
        }
        if let reason = immutability(of: target, asking: asking) { return reason }
        if !asking { chains.last?.needsPlace = true }
        return nil
      }
      if uninitialized.contains(ObjectIdentifier(variable)) { return nil }
      if variable === context.selfVariable || variable.name == "self" {
        if context.isInitializer { return nil }
        return Immutability(text: "'self' is immutable", notes: mutatingNote())
      }
      return Immutability(
        text: "'\(variable.name)' is a 'let' constant",
        notes: letNote(
          variable.location, isDeclared: declaredWithLet.contains(ObjectIdentifier(variable))))
    case .global(let variable):
      if variable.isMutable || uninitialized.contains(ObjectIdentifier(variable)) { return nil }
      return Immutability(
        text: "'\(variable.name)' is a 'let' constant",
        notes: letNote(variable.location, isDeclared: true))
    case .field(let base, let property):
      if isInitializing(base, property) { return nil }
      if !property.isMutable {
        return Immutability(
          text: "'\(property.name)' is a 'let' constant",
          notes: letNote(property.location, isDeclared: true))
      }
      return immutability(of: base, asking: asking)
    case .objectField(let object, let property):
      if property.isMutable { return nil }
      if case .place(let base) = object.kind, isInitializing(base, property) { return nil }
      return Immutability(
        text: "'\(property.name)' is a 'let' constant",
        notes: letNote(property.location, isDeclared: true))
    case .valueField(let value, _): return returned(value)
    case .tupleElement(let base, _): return immutability(of: base, asking: asking)
    case .valueTupleElement(let value, _): return returned(value)
    case .element(let base, _): return immutability(of: base, asking: asking)
    case .valueElement(let value, _): return returned(value)
    case .computed(let property, _, let receiver, _):
      if property.setter == nil {
        return Immutability(
          text: property.name == "subscript"
            ? "subscript is get-only" : "'\(property.name)' is a get-only property")
      }
      guard property.setter?.isMutating == true else { return nil }
      switch receiver {
      case .inout(let base): return immutability(of: base, asking: asking)
      case .value(let value):
        if isReference(value.type) { return nil }
        if case .place(let base) = value.kind {
          return immutability(of: base, asking: asking)
            ?? Immutability(text: "value is immutable")
        }
        return returned(value)
      default: return nil
      }
    case .unwrapped(let base), .optionalPayload(let base):
      return immutability(of: base, asking: asking)
    case .temporary(let value): return returned(value)
    }
  }

  private func returned(_ value: Expression) -> Immutability {
    if case .call(let call) = value.kind {
      return Immutability(text: "'\(call.function.name)' returns immutable value")
    }
    if case .place(let place) = value.kind, let reason = immutability(of: place) { return reason }
    return Immutability(text: "expression is immutable")
  }

  /// In an initializer constants of `self` get their value.
  private func isInitializing(_ base: Place, _ property: StoredProperty) -> Bool {
    guard context.isInitializer, case .local(let variable) = base.kind else { return false }
    return variable === context.selfVariable && property.owner === context.owner
  }

  private func letNote(_ location: SourceLocation?, isDeclared: Bool) -> [Diagnostic] {
    guard isDeclared, let location else { return [] }
    return [note("change 'let' to 'var' to make it mutable", at: location)]
  }

  private func mutatingNote() -> [Diagnostic] {
    guard let location = context.location else { return [] }
    return [
      note(
        "mark \(context.kind == .accessor ? "accessor" : "method") 'mutating' to make 'self' mutable",
        at: location)
    ]
  }

  /// `cannot assign to value`, `to property`, `through subscript`.
  func assignmentTarget(_ place: Place) -> String {
    switch place.kind {
    case .field, .objectField, .valueField: "to property"
    case .computed(let property, _, _, _):
      property.name == "subscript" ? "through subscript" : "to property"
    case .element, .valueElement: "through subscript"
    case .tupleElement, .valueTupleElement: "to property"
    default: "to value"
    }
  }
}
