extension FunctionCompiler {
  /// Puts the address of a place into a new register; nil when the place has none.
  ///
  /// The address is good until other code runs: evaluate everything else first.
  func address(of prepared: PreparedPlace) -> (register: Int, offset: Int)? {
    let register: Int
    switch prepared {
    case .registers(let base, _):
      register = allocate(.word)
      emit(.registerAddress, register, base)
      return (register, 0)
    case .box(let box, let offset):
      register = allocate(.word)
      emit(.boxAddress, register, box)
      return (register, offset)
    case .global(let slot):
      register = allocate(.word)
      emitWide(.globalAddress, register, slot)
      return (register, 0)
    case .field(let object, let peer, let slot):
      register = allocate(.word)
      emit(.fieldAddress, register, (peer ?? object).base, slot)
      return (register, 0)
    case .element(let array, let index, _):
      guard let (base, offset) = address(of: array) else { return nil }
      if offset > 0 { emit(.addressOffset, base, base, offset) }
      emit(.elementAddress, base, base, index.base)
      return (base, 0)
    case .offset(let base, let slots):
      guard let (register, offset) = address(of: base) else { return nil }
      return (register, offset + slots)
    case .kept(let place): return address(of: place)
    case .computed, .observed, .value: return nil
    }
  }

  /// The value of a prepared place: for compound assignment and inout arguments.
  func read(_ prepared: PreparedPlace, type: Type) -> Operand {
    let layout = types.layout(type)
    switch prepared {
    case .registers(let base, _): return Operand(base, layout, .variable)
    case .value(let operand): return Operand(operand.base, layout, .variable)
    case .observed(let field, _, _): return read(field, type: type)
    case .kept(let place): return read(place, type: type)
    case .computed(let property, let typeArguments, let receiver, let arguments):
      return callAccessor(property.getter, typeArguments, receiver, arguments, nil, layout)
    case .element(let base, let index, let array) where !hasAddress(base):
      let whole = read(base, type: array)
      let element = allocate(layout)
      emitGet(element, whole.base, index.base, layout)
      finish(whole)
      return Operand(element, layout, .temporary)
    case .offset(let base, let slots) where !hasAddress(base):
      let whole = read(base, type: wholeType(base))
      let copy = owned(whole)
      let result = allocate(layout)
      for i in 0..<layout.count {
        emit(layout.isReference[i] ? .take : .move, result + i, copy.base + slots + i)
      }
      finish(copy)
      return Operand(result, layout, .temporary)
    default:
      let base = allocate(layout)
      guard let (register, offset) = address(of: prepared) else {
        return Operand(base, layout, .temporary)
      }
      for i in 0..<layout.count {
        emit(.loadAt, base + i, register, offset + i)
        if layout.isReference[i] { emit(.retain, base + i) }
      }
      free(register, .word)
      return Operand(base, layout, .temporary)
    }
  }

  /// Replaces the value of a prepared place. The operand is consumed.
  func write(_ operand: Operand, to prepared: PreparedPlace, type: Type) {
    let layout = operand.layout
    switch prepared {
    case .registers(let base, _):
      if operand.kind == .variable, operand.base == base { return }
      let source = layout.hasReferences ? owned(operand) : operand
      releaseRegisters(base, layout)
      consume(source, into: base)
    case .value: emitTrap("this value cannot be changed")
    case .kept(let place): write(operand, to: place, type: type)
    case .observed(let field, let property, let owner):
      writeObserved(operand, to: field, property, owner: owner)
    case .computed(let property, let typeArguments, let receiver, let arguments):
      guard let setter = property.setter else { return finish(operand) }
      finish(callAccessor(setter, typeArguments, receiver, arguments, operand, .empty))
    case .element(let base, let index, let array) where !hasAddress(base):
      let whole = owned(read(base, type: array))
      write(
        operand, to: .element(.registers(whole.base, .reference), index: index, of: array),
        type: type)
      write(whole, to: base, type: array)
    case .offset(let base, let slots) where !hasAddress(base):
      let whole = owned(read(base, type: wholeType(base)))
      for i in 0..<layout.count where layout.isReference[i] {
        emit(.release, whole.base + slots + i)
      }
      consume(operand, into: whole.base + slots)
      write(whole, to: base, type: wholeType(base))
    case .element(.registers(let array, _), let index, _) where layout == .word:
      emit(.arraySet, array, index.base, operand.base)
      finish(operand)
    default:
      let source = layout.hasReferences || operand.kind == .window ? owned(operand) : operand
      guard let (register, offset) = address(of: prepared) else { return finish(source) }
      for i in 0..<layout.count {
        if layout.isReference[i] { emit(.releaseAt, 0, register, offset + i) }
        emit(.storeAt, source.base + i, register, offset + i)
        if layout.isReference[i] { emit(.clear, source.base + i, 1) }
      }
      free(register, .word)
      if source.kind == .temporary { free(source.base, source.layout) }
    }
  }

  private func writeObserved(
    _ operand: Operand, to field: PreparedPlace, _ property: StoredProperty,
    owner: PreparedReceiver
  ) {
    let newValue = owned(operand)
    let oldValue = property.didSet.map { _ in owned(read(field, type: property.type)) }
    if let observer = property.willSet {
      let argument = owned(Operand(newValue.base, newValue.layout, .variable))
      finish(callAccessor(observer, [], owner, [], argument, .empty))
    }
    write(newValue, to: field, type: property.type)
    if let observer = property.didSet, let oldValue {
      finish(callAccessor(observer, [], owner, [], oldValue, .empty))
    }
  }

  /// The type of a place without an address that only a part is wanted of.
  private func wholeType(_ prepared: PreparedPlace) -> Type {
    switch prepared {
    case .computed(let property, let arguments, _, _):
      let owner = property.getter.owner?.genericParameters ?? []
      return property.type.substituting(
        Dictionary(zip(owner, arguments), uniquingKeysWith: { first, _ in first }))
    case .offset(let base, _): return wholeType(base)
    case .observed(_, let property, _): return property.type
    case .kept(let place): return wholeType(place)
    case .element(_, _, let array): return array.genericArguments[0]
    default: return .invalid
    }
  }

  // MARK: Assignment

  func assign(_ newValue: Expression, to target: Place) {
    let prepared = prepare(target)
    let layout = types.layout(target.type)
    if case .registers(let base, _) = prepared, layout.count == 1, !layout.hasReferences,
      isArithmetic(newValue)
    {
      store(newValue, into: base)
      return
    }
    let operand = value(newValue)
    let stable = layout.count > 1 && operand.kind == .variable ? owned(operand) : operand
    if case .computed = prepared {
      write(stabilizedForAccess(stable, prepared), to: prepared, type: target.type)
    } else {
      write(stable, to: prepared, type: target.type)
    }
    finish(prepared)
  }

  func assignTuple(_ newValue: Expression, to targets: [Place?]) {
    let whole = owned(value(newValue))
    var offset = 0
    guard case .tuple(let elements) = newValue.type else { return finish(whole) }
    for (element, target) in zip(elements, targets) {
      let layout = types.layout(element.type)
      defer { offset += layout.count }
      guard let target else { continue }
      let prepared = prepare(target)
      let part = allocate(layout)
      for i in 0..<layout.count {
        emit(layout.isReference[i] ? .take : .move, part + i, whole.base + offset + i)
      }
      write(Operand(part, layout, .temporary), to: prepared, type: target.type)
      finish(prepared)
    }
    finish(whole)
  }

  // MARK: Accessors of computed properties and subscripts

  func callAccessor(
    _ accessor: FunctionDeclaration, _ typeArguments: [Type], _ receiver: PreparedReceiver?,
    _ arguments: [Operand], _ newValue: Operand?, _ result: Layout
  ) -> Operand {
    var parts: [CallPart] = []
    switch receiver {
    case .value(let operand)?: parts.append(.operand(operand, isBorrowed: true))
    case .place(let place, let type)?:
      // A getter borrows the value; a mutating setter changes it in place.
      if accessor.isMutating {
        parts.append(.inout(place, type, isBorrowed: true))
      } else {
        parts.append(.operand(read(place, type: type), isBorrowed: false))
      }
    case nil: break
    }
    for argument in arguments { parts.append(.operand(argument, isBorrowed: true)) }
    if let newValue { parts.append(.operand(newValue, isBorrowed: false)) }
    return emitCall(
      accessor, typeArguments: typeArguments, parts: parts,
      isDynamic: accessor.isOverridable && receiver != nil, canThrow: false, result: result)
  }
}
