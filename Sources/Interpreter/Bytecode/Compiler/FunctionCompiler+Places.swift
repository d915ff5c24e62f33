/// A place whose parts (objects, indices) have been evaluated, once; reading and writing it emits
/// only the access itself.
indirect enum PreparedPlace {
  case registers(Int, Layout)
  /// The contents of a box in a register, from a slot on.
  case box(Int, Int)
  case global(Int)
  /// A slot of an object: its operand (to finish) and the register of its guest part.
  case field(Operand, peer: Operand?, slot: Int)
  /// An element of an array: the place of the array and its type.
  case element(PreparedPlace, index: Operand, of: Type)
  case offset(PreparedPlace, Int)
  case computed(
    ComputedProperty, typeArguments: [Type], receiver: PreparedReceiver?, arguments: [Operand])
  /// A stored property with observers; the owner is what they run on.
  case observed(PreparedPlace, StoredProperty, owner: PreparedReceiver)
  /// A place that somebody else finishes: the base of an optional chain, evaluated once.
  case kept(PreparedPlace)
  /// Cannot be written.
  case value(Operand)
}

enum PreparedReceiver {
  case value(Operand)
  case place(PreparedPlace, Type)
}

extension FunctionCompiler {
  // MARK: Reading

  func read(_ target: Place) -> Operand {
    let outer = location
    location = target.location
    defer { location = outer }
    let layout = types.layout(target.type)
    switch target.kind {
    case .local(let variable):
      switch homes[variable] {
      case .registers(let base)?: return Operand(base, layout, .variable)
      case .box(let box)?: return load(layout) { self.emit(.boxAddress, $0, box) }
      case nil:
        emitTrap("'\(variable.name)' has no value here")
        return Operand(allocate(layout), layout, .temporary)
      }
    case .global(let variable):
      return readGlobal(variable, layout)
    case .field(let base, let property):
      return part(of: read(base), fieldOffset(property), layout)
    case .tupleElement(let base, let index):
      return part(of: read(base), elementOffset(base.type, index), layout)
    case .valueField(let base, let property):
      return part(of: value(base), fieldOffset(property), layout)
    case .valueTupleElement(let base, let index):
      return part(of: value(base), elementOffset(base.type, index), layout)
    case .objectField(let object, let property):
      return readField(object, property, layout)
    case .element(let base, let index): return readElement(read(base), index, layout)
    case .valueElement(let base, let index): return readElement(value(base), index, layout)
    case .computed(let property, let typeArguments, let receiver, let arguments):
      let reader: Argument? =
        if case .inout(let receiverPlace)? = receiver {
          .value(Expression(.place(receiverPlace), receiverPlace.type, at: location))
        } else {
          receiver
        }
      return compile(
        Call(
          property.getter, typeArguments: typeArguments, receiver: reader,
          arguments: arguments.map { .value($0) }, isDynamic: property.getter.isOverridable,
          canThrow: false),
        type: target.type)
    case .unwrapped(let base): return forceUnwrapped(read(base), of: base.type)
    case .optionalPayload(let base):
      let whole = chainPlaces.last.map { read($0, type: base.type) } ?? read(base)
      return payload(of: whole, base.type)
    case .temporary(let expression): return value(expression)
    }
  }

  /// A field or element of a value. Of a temporary, the part is kept and the rest released.
  private func part(of operand: Operand, _ offset: Int, _ layout: Layout) -> Operand {
    if operand.kind != .temporary { return operand.part(offset, layout) }
    let base = allocate(layout)
    for i in 0..<layout.count {
      emit(layout.isReference[i] ? .take : .move, base + i, operand.base + offset + i)
    }
    finish(operand)
    return Operand(base, layout, .temporary)
  }

  func readGlobal(_ variable: GlobalVariable, _ layout: Layout) -> Operand {
    program.allocate(variable)
    function.globals.insert(variable)
    if isUnit, variable.lazyInitialValue == nil {
      return Operand(variable.firstSlot, layout, .variable)
    }
    ensureInitialized(variable, layout)
    let base = allocate(layout)
    for i in 0..<layout.count {
      emitWide(
        layout.isReference[i] && !isOptional(variable.type) ? .loadGlobalOwned : .loadGlobal,
        base + i, variable.firstSlot + i)
      if layout.isReference[i], isOptional(variable.type) { emit(.retain, base + i) }
    }
    return Operand(base, layout, .temporary)
  }

  private func isLazyInitializer(of variable: GlobalVariable) -> Bool {
    program.isLazyBody(body, of: variable)
  }

  /// Computes a static property before its first use; the slot after its value says whether it has been.
  private func ensureInitialized(_ variable: GlobalVariable, _ layout: Layout) {
    guard let initializer = program.lazyInitializer(variable) else { return }
    function.references.insert(initializer)
    let isDone = Label()
    let flag = allocate(.word)
    emitWide(.loadGlobal, flag, variable.firstSlot + layout.count)
    jump(.jumpIfTrue, flag, to: isDone)
    emitWide(.loadSmall, flag, 1)
    emitWide(.storeGlobal, flag, variable.firstSlot + layout.count)
    reserveWindow(1)
    emitWide(.call, window(0), initializer)
    place(isDone)
    free(flag, .word)
  }

  /// Types whose references may be 0.
  func isOptional(_ type: Type) -> Bool {
    switch type {
    case .nominal(let declaration, _):
      declaration.name == "Optional" || declaration.kind == .enum
        || declaration.kind == .struct && declaration.native == nil
    case .tuple: true
    default: false
    }
  }

  /// Loads from an address that `address` puts into the register it is given.
  private func load(_ layout: Layout, offset: Int = 0, _ address: (Int) -> Void) -> Operand {
    let base = allocate(layout)
    let register = allocate(.word)
    address(register)
    for i in 0..<layout.count {
      emit(.loadAt, base + i, register, offset + i)
      if layout.isReference[i] { emit(.retain, base + i) }
    }
    free(register, .word)
    return Operand(base, layout, .temporary)
  }

  private func readField(
    _ object: Expression, _ property: StoredProperty, _ layout: Layout
  ) -> Operand {
    let (operand, peer) = prepareObject(object)
    let base = allocate(layout)
    let slot = fieldSlot(property)
    for i in 0..<layout.count {
      let mayBeZero = isOptional(property.type)
      emit(
        layout.isReference[i] && !mayBeZero ? .loadFieldOwned : .loadField, base + i,
        (peer ?? operand).base, slot + i)
      if layout.isReference[i], mayBeZero { emit(.retain, base + i) }
    }
    if let peer { finish(peer) }
    finish(operand)
    return Operand(base, layout, .temporary)
  }

  /// The object and, where fields are in a native object's peer, the register of the peer.
  private func prepareObject(_ object: Expression) -> (Operand, Operand?) {
    if let selfPeer, case .place(let place) = object.kind, case .local(let variable) = place.kind,
      variable == selfVariable
    {
      return (Operand(selfPeer, .reference, .variable), nil)
    }
    let operand = value(object)
    guard let declaration = object.type.nominal, let base = types.nativeBase(declaration) else {
      return (operand.kind == .window ? owned(operand) : operand, nil)
    }
    let peer = allocate(.word)
    emit(.peer, peer, operand.base, types.peerNumber(base))
    return (operand, Operand(peer, .word, .temporary))
  }

  private func readElement(
    _ array: Operand, _ index: Expression, _ layout: Layout
  ) -> Operand {
    let stable = stabilized(array, before: [index])
    let position = value(index)
    let base = allocate(layout)
    emitGet(base, stable.base, position.base, layout)
    finish(position)
    finish(stable)
    return Operand(base, layout, .temporary)
  }

  // MARK: Offsets

  func fieldOffset(_ property: StoredProperty) -> Int {
    var offset = 0
    for other in property.owner.storedProperties {
      if other === property { break }
      offset += types.layout(other.type).count
    }
    return offset
  }

  /// The slot of a property in instances of its class, inherited properties first.
  func fieldSlot(_ property: StoredProperty) -> Int {
    var slot = fieldOffset(property)
    var parent = property.owner.superclass?.nominal
    while let declaration = parent {
      slot += declaration.storedProperties.reduce(0) { $0 + types.layout($1.type).count }
      parent = declaration.superclass?.nominal
    }
    return slot
  }

  func elementOffset(_ tuple: Type, _ index: Int) -> Int {
    guard case .tuple(let elements) = tuple else { return 0 }
    return elements[..<index].reduce(0) { $0 + types.layout($1.type).count }
  }

  // MARK: Preparing

  func prepare(_ target: Place) -> PreparedPlace {
    let layout = types.layout(target.type)
    switch target.kind {
    case .local(let variable):
      switch homes[variable] {
      case .registers(let base)?: return .registers(base, layout)
      case .box(let box)?: return .box(box, 0)
      case nil: return .value(read(target))
      }
    case .global(let variable):
      program.allocate(variable)
      function.globals.insert(variable)
      if !isLazyInitializer(of: variable) { ensureInitialized(variable, layout) }
      return isUnit && variable.lazyInitialValue == nil
        ? .registers(variable.firstSlot, layout) : .global(variable.firstSlot)
    case .field(let base, let property):
      let prepared = prepare(base)
      let field = offset(prepared, fieldOffset(property), layout)
      return isObserved(property, of: base)
        ? .observed(field, property, owner: .place(prepared, base.type)) : field
    case .tupleElement(let base, let index):
      return offset(prepare(base), elementOffset(base.type, index), layout)
    case .objectField(let object, let property):
      if isObserved(property, of: object) { return prepareObserved(object, property) }
      let (operand, peer) = prepareObject(object)
      return .field(operand, peer: peer, slot: fieldSlot(property))
    case .element(let base, let index):
      let array = prepare(base)
      let operand = value(index)
      return .element(array, index: owned(operand), of: base.type)
    case .computed(let property, let typeArguments, let receiver, let arguments):
      var prepared: PreparedReceiver?
      switch receiver {
      case .value(let expression)?: prepared = .value(owned(value(expression)))
      case .inout(let place)?: prepared = .place(prepare(place), place.type)
      default: break
      }
      return .computed(
        property, typeArguments: typeArguments, receiver: prepared,
        arguments: arguments.map { owned(value($0)) })
    case .unwrapped(let base):
      let prepared = prepare(base)
      let test = read(prepared, type: base.type)
      let isSome = Label()
      jump(.jumpIfTrue, test.base, to: isSome)
      emitTrap("Unexpectedly found nil while unwrapping an Optional value")
      place(isSome)
      finish(test)
      return offset(prepared, payloadOffset(base.type), layout)
    case .optionalPayload(let base):
      let whole = chainPlaces.last.map { PreparedPlace.kept($0) } ?? prepare(base)
      return offset(whole, payloadOffset(base.type), layout)
    case .valueField, .valueTupleElement, .valueElement, .temporary:
      return .value(read(target))
    }
  }

  /// Whether assigning to the property here runs its observers: not from an initializer on `self`, nor
  /// from the observers themselves.
  private func isObserved(_ property: StoredProperty, of object: Expression) -> Bool {
    if case .place(let base) = object.kind { return isObserved(property, of: base) }
    return property.willSet != nil || property.didSet != nil
  }

  private func isObserved(_ property: StoredProperty, of base: Place) -> Bool {
    if property.willSet == nil, property.didSet == nil { return false }
    guard case .local(let variable) = base.kind, variable.name == "self" else { return true }
    switch body.kind {
    case .classInitializer, .structInitializer: return false
    default: break
    }
    return ![property.willSet, property.didSet].contains {
      if case .guest(let observer)? = $0?.implementation { observer === body } else { false }
    }
  }

  private func prepareObserved(_ object: Expression, _ property: StoredProperty) -> PreparedPlace {
    let operand = owned(value(object))
    var peer: Operand?
    if let base = object.type.nominal.flatMap({ types.nativeBase($0) }) {
      let register = allocate(.word)
      emit(.peer, register, operand.base, types.peerNumber(base))
      peer = Operand(register, .word, .temporary)
    }
    return .observed(
      .field(operand, peer: peer, slot: fieldSlot(property)), property, owner: .value(operand))
  }

  private func offset(_ base: PreparedPlace, _ slots: Int, _ layout: Layout) -> PreparedPlace {
    switch base {
    case .registers(let register, _): .registers(register + slots, layout)
    case .box(let box, let from): .box(box, from + slots)
    case .global(let slot): .global(slot + slots)
    case .field(let object, let peer, let slot): .field(object, peer: peer, slot: slot + slots)
    case .value(let operand): .value(operand.part(slots, layout))
    case .offset(let whole, let from): .offset(whole, from + slots)
    case .kept(.registers(let register, _)): .registers(register + slots, layout)
    case .element, .computed, .observed, .kept: .offset(base, slots)
    }
  }

  func finish(_ prepared: PreparedPlace) {
    switch prepared {
    case .registers, .box, .global, .kept: break
    case .field(let object, let peer, _):
      if let peer { finish(peer) }
      finish(object)
    case .element(let base, let index, _):
      finish(index)
      finish(base)
    case .offset(let base, _), .observed(let base, _, _): finish(base)
    case .computed(_, _, let receiver, let arguments):
      arguments.forEach { finish($0) }
      switch receiver {
      case .value(let operand)?: finish(operand)
      case .place(let place, _)?: finish(place)
      case nil: break
      }
    case .value(let operand): finish(operand)
    }
  }
}
