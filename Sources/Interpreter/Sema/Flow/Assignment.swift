/// Which variables surely have a value, and which constants may already have one.
struct AssignedState {
  /// Surely assigned.
  var assigned: Set<ObjectIdentifier> = []
  /// Perhaps assigned.
  var touched: Set<ObjectIdentifier> = []
  /// The place cannot be reached.
  var isUnreachable = false

  mutating func join(_ other: AssignedState) {
    if other.isUnreachable { touched.formUnion(other.touched); return }
    if isUnreachable {
      let touched = touched.union(other.touched)
      self = other
      self.touched = touched
      return
    }
    assigned.formIntersection(other.assigned)
    touched.formUnion(other.touched)
  }
}

extension Checker {
  /// Variables declared without a value must get one before they are read, constants only one.
  func checkAssignments(_ body: FunctionBody) {
    guard !uninitialized.isEmpty, speculation == 0 || !body.statements.isEmpty else { return }
    var flow = AssignmentFlow(self)
    var state = AssignedState()
    flow.statements(body.statements, &state)
  }
}

/// Walks a body along its paths.
struct AssignmentFlow {
  let checker: Checker
  private var exits: [ObjectIdentifier: AssignedState] = [:]
  private var reported: Set<ObjectIdentifier> = []
  private var loops = 0
  private var loopDeclared: [ObjectIdentifier: Int] = [:]
  /// The initializer whose properties are followed.
  var initializer: InitializerFlow?

  init(_ checker: Checker) { self.checker = checker }

  mutating func statements(_ list: [Statement], _ state: inout AssignedState) {
    for statement in list { self.statement(statement, &state) }
  }

  private mutating func statement(_ s: Statement, _ state: inout AssignedState) {
    switch s.kind {
    case .expression(let value): expression(value, &state)
    case .binding(_, let value): expression(value, &state)
    case .declare(let variables):
      for variable in variables {
        state.assigned.remove(ObjectIdentifier(variable))
        state.touched.remove(ObjectIdentifier(variable))
        loopDeclared[ObjectIdentifier(variable)] = loops
      }
    case .localFunction(_, let body): closure(body, &state)
    case .if(let conditions, let then, let otherwise):
      self.conditions(conditions, &state)
      var other = state
      statements(then, &state)
      statements(otherwise, &other)
      state.join(other)
    case .guard(let conditions, let otherwise):
      self.conditions(conditions, &state)
      var other = state
      statements(otherwise, &other)
      state.touched.formUnion(other.touched)
    case .while(let conditions, let body, let label):
      self.conditions(conditions, &state)
      var inner = state
      loop(body, label, &inner)
      state.touched.formUnion(inner.touched)
      if case .expression(let value)? = conditions.first, conditions.count == 1,
        case .boolean(true) = value.kind
      {
        state.isUnreachable = true
      }
      leave(label, &state)
    case .repeatWhile(let body, let condition, let label):
      loop(body, label, &state)
      expression(condition, &state)
      leave(label, &state)
    case .forIn(let loop):
      switch loop.sequence {
      case .range(let a, let b, _):
        expression(a, &state)
        expression(b, &state)
      case .array(let value, _), .iterator(let value, _): expression(value, &state)
      }
      var inner = state
      if let condition = loop.condition { expression(condition, &inner) }
      self.loop(loop.body, loop.label, &inner)
      state.touched.formUnion(inner.touched)
      leave(loop.label, &state)
    case .switch(let subject, _, let cases, let label):
      expression(subject, &state)
      var result: AssignedState?
      var previous: AssignedState?
      for item in cases {
        var inner = state
        for pattern in item.patterns {
          if let condition = pattern.condition { expression(condition, &inner) }
        }
        if let falling = previous { inner.join(falling) }
        statements(item.body, &inner)
        if case .fallthrough? = item.body.last?.kind { previous = inner } else { previous = nil }
        if result == nil { result = inner } else { result?.join(inner) }
      }
      if let result { state = result }
      leave(label, &state)
    case .break(let label):
      let id = ObjectIdentifier(label)
      if exits[id] == nil { exits[id] = state } else { exits[id]?.join(state) }
      state.isUnreachable = true
    case .continue, .fallthrough: state.isUnreachable = true
    case .return(let value):
      if let value { expression(value, &state) }
      if value == nil { atReturn(s.location, state) }
      state.isUnreachable = true
    case .throw(let value):
      expression(value, &state)
      state.isUnreachable = true
    case .doCatch(let body, _, let clauses):
      let before = state
      statements(body, &state)
      var caught = before
      caught.touched.formUnion(state.touched)
      for clause in clauses {
        var inner = caught
        for pattern in clause.patterns {
          if let condition = pattern.condition { expression(condition, &inner) }
        }
        statements(clause.body, &inner)
        state.join(inner)
      }
    case .do(let body, let label):
      statements(body, &state)
      leave(label, &state)
    case .defer(let body):
      var inner = state
      statements(body, &inner)
    case .initializeProperties: break
    }
  }

  private mutating func loop(_ body: [Statement], _ label: LoopLabel, _ state: inout AssignedState)
  {
    loops += 1
    statements(body, &state)
    loops -= 1
    state.isUnreachable = false
  }

  private mutating func leave(_ label: LoopLabel, _ state: inout AssignedState) {
    if let exit = exits.removeValue(forKey: ObjectIdentifier(label)) { state.join(exit) }
  }

  private mutating func conditions(_ list: [Condition], _ state: inout AssignedState) {
    for condition in list {
      switch condition {
      case .expression(let value): expression(value, &state)
      case .pattern(_, let value): expression(value, &state)
      }
    }
  }

  private mutating func closure(_ body: FunctionBody, _ state: inout AssignedState) {
    for variable in body.captures { read(variable, body.location, &state, isCapture: true) }
  }

  private mutating func read(
    _ variable: LocalVariable, _ place: SourceLocation, _ state: inout AssignedState,
    isCapture: Bool = false
  ) {
    let id = ObjectIdentifier(variable)
    guard checker.uninitialized.contains(id), !state.isUnreachable, !state.assigned.contains(id),
      loopDeclared[id] != nil, reported.insert(id).inserted
    else { return }
    let what = variable.isMutable ? "variable" : "constant"
    checker.error(
      isCapture
        ? "\(what) '\(variable.name)' captured by a closure before being initialized"
        : "\(what) '\(variable.name)' used before being initialized", at: place,
      notes: variable.location.map {
        [checker.note("\(what) defined here", at: $0)]
      } ?? [])
  }

  private mutating func assign(
    _ place: Place, at location: SourceLocation, _ state: inout AssignedState
  ) {
    let id: ObjectIdentifier
    let name: String
    let isMutable: Bool
    switch place.kind {
    case .local(let variable):
      (id, name, isMutable) = (ObjectIdentifier(variable), variable.name, variable.isMutable)
      if checker.uninitialized.contains(id), !isMutable, !state.isUnreachable,
        state.touched.contains(id) || loopDeclared[id].map({ $0 < loops }) ?? false,
        reported.insert(id).inserted
      {
        checker.error(
          "immutable value '\(name)' may only be initialized once", at: location,
          notes: variable.location.map {
            [checker.note("change 'let' to 'var' to make it mutable", at: $0)]
          } ?? [])
      }
    case .global(let variable):
      (id, name, isMutable) = (ObjectIdentifier(variable), variable.name, variable.isMutable)
      if checker.uninitialized.contains(id), !isMutable, !state.isUnreachable,
        state.touched.contains(id), reported.insert(id).inserted
      {
        checker.error(
          "immutable value '\(name)' may only be initialized once", at: location,
          notes: variable.location.map {
            [checker.note("change 'let' to 'var' to make it mutable", at: $0)]
          } ?? [])
      }
    case .field, .objectField:
      if let property = ownProperty(place) {
        state.assigned.insert(ObjectIdentifier(property))
        return
      }
      self.place(place, &state)
      return
    case .tupleElement(let base, _), .element(let base, _):
      if case .element(_, let index) = place.kind { expression(index, &state) }
      self.place(base, &state)
      return
    default:
      self.place(place, &state)
      return
    }
    state.assigned.insert(id)
    state.touched.insert(id)
  }

  private mutating func argument(_ argument: Argument, _ state: inout AssignedState) {
    switch argument {
    case .value(let value): expression(value, &state)
    case .inout(let place): self.place(place, &state)
    case .autoclosure(let body): closure(body, &state)
    }
  }

  private mutating func place(_ place: Place, _ state: inout AssignedState) {
    if let property = ownProperty(place) {
      readProperty(property, place.location, state)
      return
    }
    switch place.kind {
    case .local(let variable):
      if variable === initializer?.receiver { useSelf(place.location, &state) }
      read(variable, place.location, &state)
    case .global: break
    case .field(let base, _), .tupleElement(let base, _), .unwrapped(let base),
      .optionalPayload(let base):
      self.place(base, &state)
    case .objectField(let value, _), .valueField(let value, _), .valueTupleElement(let value, _),
      .temporary(let value):
      expression(value, &state)
    case .element(let base, let index):
      self.place(base, &state)
      expression(index, &state)
    case .valueElement(let value, let index):
      expression(value, &state)
      expression(index, &state)
    case .computed(_, _, let receiver, let arguments):
      if let receiver { argument(receiver, &state) }
      for value in arguments { expression(value, &state) }
    }
  }

  private mutating func expression(_ e: Expression, _ state: inout AssignedState) {
    switch e.kind {
    case .integer, .double, .boolean, .string, .none, .metatype, .invalid: break
    case .interpolation(let parts), .array(let parts), .tuple(let parts), .enumCase(_, let parts):
      for part in parts { expression(part, &state) }
    case .dictionary(let pairs):
      for (key, value) in pairs {
        expression(key, &state)
        expression(value, &state)
      }
    case .place(let place): self.place(place, &state)
    case .closure(let body):
      if let receiver = initializer?.receiver, body.captures.contains(receiver) {
        useSelf(e.location, &state)
      }
      closure(body, &state)
    case .functionReference(_, _, let bound): if let bound { expression(bound, &state) }
    case .call(let call):
      if let receiver = call.receiver { argument(receiver, &state) }
      for item in call.arguments { argument(item, &state) }
    case .callValue(let callee, let arguments):
      expression(callee, &state)
      for item in arguments { argument(item, &state) }
    case .delegateInit(_, let arguments, let isSuper):
      for item in arguments { argument(item, &state) }
      if isSuper { atSuper(e.location, &state) }
    case .assign(let place, let value):
      expression(value, &state)
      if case .local(let variable) = place.kind, variable === initializer?.receiver {
        for property in initializer?.properties ?? [] {
          state.assigned.insert(ObjectIdentifier(property))
        }
      }
      assign(place, at: e.location, &state)
    case .assignTuple(let places, let value):
      expression(value, &state)
      for case let place? in places { assign(place, at: place.location, &state) }
    case .discard(let value), .wrap(let value), .forceUnwrap(let value), .upcast(let value),
      .toExistential(let value), .convertFunction(let value), .isType(let value, _),
      .castConditional(let value, _), .castForced(let value, _), .tryMarker(let value),
      .tryOptional(let value), .tryForced(let value):
      expression(value, &state)
    case .mapOptional(let value, _, _), .mapArray(let value, _, _), .mapTuple(let value, _, _):
      expression(value, &state)
    case .coalesce(let a, let b), .and(let a, let b), .or(let a, let b):
      expression(a, &state)
      var other = state
      expression(b, &other)
    case .optionalChain(let base, _, let rest):
      expression(base, &state)
      var other = state
      expression(rest, &other)
    case .optionalChainPlace(let base, let rest):
      place(base, &state)
      var other = state
      expression(rest, &other)
    case .ternary(let a, let b, let c):
      expression(a, &state)
      var other = state
      expression(b, &state)
      expression(c, &other)
      state.join(other)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        conditions(branch.conditions, &state)
        var inner = state
        expression(branch.value, &inner)
      }
      var inner = state
      expression(otherwise, &inner)
    case .switchExpression(let subject, _, let cases):
      expression(subject, &state)
      for item in cases {
        var inner = state
        expression(item.value, &inner)
      }
    }
    if e.type == checker.known.never { state.isUnreachable = true }
  }
}
