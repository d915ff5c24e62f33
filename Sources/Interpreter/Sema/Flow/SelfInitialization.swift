/// What the flow of an initializer has to look after.
struct InitializerFlow {
  var receiver: LocalVariable
  var declaration: NominalDeclaration
  /// Stored properties that have no initial value.
  var properties: [StoredProperty]
  var isReported = false

  var callsSuper: Bool { declaration.superclass != nil }
}

extension Checker {
  /// An initializer gives every stored property a value before it ends, calls `super.init` or uses
  /// `self`.
  func checkInitialization(
    _ body: FunctionBody, _ declaration: NominalDeclaration, _ receiver: LocalVariable,
    delegates: Bool, end: SourceLocation
  ) {
    guard !delegates, declaration.kind != .enum else { return }
    let mark = diagnostics.count
    defer { moveToFlow(from: mark) }
    var flow = AssignmentFlow(self)
    flow.initializer = InitializerFlow(
      receiver: receiver, declaration: declaration,
      properties: declaration.storedProperties.filter { $0.initialValue == nil })
    var state = AssignedState()
    flow.statements(body.statements, &state)
    flow.atReturn(end, state)
  }
}

extension AssignmentFlow {
  /// The property of the initializer's own `self` that a place is.
  func ownProperty(_ place: Place) -> StoredProperty? {
    guard let initializer else { return nil }
    switch place.kind {
    case .field(let base, let property):
      if case .local(let variable) = base.kind, variable === initializer.receiver {
        return property
      }
    case .objectField(let object, let property):
      if case .place(let base) = object.kind, case .local(let variable) = base.kind,
        variable === initializer.receiver, property.owner === initializer.declaration
      {
        return property
      }
    default: break
    }
    return nil
  }

  private func missing(_ state: AssignedState) -> [StoredProperty] {
    (initializer?.properties ?? []).filter { !state.assigned.contains(ObjectIdentifier($0)) }
  }

  private mutating func report(_ message: String, _ place: SourceLocation) {
    guard initializer?.isReported == false else { return }
    initializer?.isReported = true
    checker.error(message, at: place)
  }

  mutating func readProperty(
    _ property: StoredProperty, _ place: SourceLocation, _ state: AssignedState
  ) {
    guard !state.isUnreachable, missing(state).contains(where: { $0 === property }) else { return }
    report(
      "\(property.isMutable ? "variable" : "constant") 'self.\(property.name)' used before being"
        + " initialized", place)
  }

  /// `self` as a whole is used: in a method call, as an argument, in a closure.
  mutating func useSelf(_ place: SourceLocation, _ state: inout AssignedState) {
    guard let initializer, !state.isUnreachable else { return }
    if initializer.callsSuper,
      !state.assigned.contains(ObjectIdentifier(initializer.declaration))
    {
      report("'self' used before 'super.init' call", place)
    } else if !missing(state).isEmpty {
      report("'self' used before all stored properties are initialized", place)
    }
  }

  mutating func atSuper(_ place: SourceLocation, _ state: inout AssignedState) {
    guard let initializer, !state.isUnreachable else { return }
    if let property = missing(state).first {
      report("property 'self.\(property.name)' not initialized at super.init call", place)
    }
    state.assigned.insert(ObjectIdentifier(initializer.declaration))
  }

  mutating func atReturn(_ place: SourceLocation, _ state: AssignedState) {
    guard let initializer, !state.isUnreachable else { return }
    if !missing(state).isEmpty {
      report("return from initializer without initializing all stored properties", place)
    } else if initializer.callsSuper,
      !state.assigned.contains(ObjectIdentifier(initializer.declaration))
    {
      report("'super.init' isn't called on all paths before returning from initializer", place)
    }
  }
}
