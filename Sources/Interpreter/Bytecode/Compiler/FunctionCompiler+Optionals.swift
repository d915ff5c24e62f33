extension FunctionCompiler {
  /// Slots before the payload of an optional: 1 for the tag, 0 when nil is a reference of 0.
  func payloadOffset(_ optional: Type) -> Int {
    types.layout(optional).count - types.layout(wrapped(optional)).count
  }

  func wrapped(_ optional: Type) -> Type { optional.genericArguments.first ?? .invalid }

  func forceUnwrapped(_ operand: Operand, of type: Type) -> Operand {
    let isSome = Label()
    jump(.jumpIfTrue, operand.base, to: isSome)
    emitTrap("Unexpectedly found nil while unwrapping an Optional value")
    place(isSome)
    return payload(of: operand, type)
  }

  /// The payload of an optional that is not nil. A temporary is moved to registers of its size.
  func payload(of operand: Operand, _ type: Type) -> Operand {
    let offset = payloadOffset(type)
    if offset == 0 { return operand }
    let layout = types.layout(wrapped(type))
    if operand.kind != .temporary { return operand.part(offset, layout) }
    let base = allocate(layout)
    for i in 0..<layout.count {
      emit(layout.isReference[i] ? .take : .move, base + i, operand.base + offset + i)
    }
    free(operand.base, operand.layout)
    return Operand(base, layout, .temporary)
  }

  func storeCoalesce(_ first: Expression, _ second: Expression, into base: Int) {
    let isNil = Label()
    let end = Label()
    let operand = owned(value(first))
    jump(.jumpIfFalse, operand.base, to: isNil)
    if types.layout(second.type) == operand.layout, second.type == first.type {
      // `a ?? b` with an optional b.
      for i in 0..<operand.layout.count {
        emit(operand.layout.isReference[i] ? .take : .move, base + i, operand.base + i)
      }
    } else {
      let offset = payloadOffset(first.type)
      for i in offset..<operand.layout.count {
        emit(
          operand.layout.isReference[i] ? .take : .move, base + i - offset, operand.base + i)
      }
    }
    jump(.jump, to: end)
    place(isNil)
    store(second, into: base)
    place(end)
    free(operand.base, operand.layout)
  }

  func storeChain(
    _ chained: Expression, _ bound: LocalVariable, _ rest: Expression, layout: Layout,
    into base: Int
  ) {
    let isNil = Label()
    let end = Label()
    let operand = owned(value(chained))
    jump(.jumpIfFalse, operand.base, to: isNil)
    homes[bound] = .registers(operand.base + payloadOffset(chained.type))
    store(rest, into: base)
    jump(.jump, to: end)
    place(isNil)
    for i in 0..<layout.count { emitWide(.loadSmall, base + i, 0) }
    place(end)
    finish(operand)
  }

  func storeChainPlace(_ chained: Place, _ rest: Expression, layout: Layout, into base: Int) {
    let isNil = Label()
    let end = Label()
    let prepared = prepare(chained)
    let operand = read(prepared, type: chained.type)
    let test = allocate(.word)
    emit(.move, test, operand.base)
    finish(operand)
    jump(.jumpIfFalse, test, to: isNil)
    free(test, .word)
    chainPlaces.append(prepared)
    let inner = types.layout(rest.type)
    if inner.count == layout.count {
      store(rest, into: base)
    } else {
      store(rest, into: base + layout.count - inner.count)
      emitWide(.loadSmall, base, 1)
    }
    chainPlaces.removeLast()
    jump(.jump, to: end)
    place(isNil)
    for i in 0..<layout.count { emitWide(.loadSmall, base + i, 0) }
    place(end)
    finish(prepared)
  }

  func storeMappedOptional(
    _ inner: Expression, _ bound: LocalVariable, _ convert: Expression, layout: Layout,
    into base: Int
  ) {
    let isNil = Label()
    let end = Label()
    let operand = owned(value(inner))
    jump(.jumpIfFalse, operand.base, to: isNil)
    homes[bound] = .registers(operand.base + payloadOffset(inner.type))
    let offset = layout.count - types.layout(convert.type).count
    store(convert, into: base + offset)
    if offset > 0 { emitWide(.loadSmall, base, 1) }
    jump(.jump, to: end)
    place(isNil)
    for i in 0..<layout.count { emitWide(.loadSmall, base + i, 0) }
    place(end)
    finish(operand)
  }

  func storeMappedArray(
    _ inner: Expression, _ bound: LocalVariable, _ convert: Expression, into base: Int
  ) {
    let source = owned(value(inner))
    let result = allocate(.reference)
    emit(.arrayMake, result, program.layout(types.layout(convert.type)), 0)
    let layout = types.layout(bound.type)
    forEachElement(of: source.base, layout) { element in
      homes[bound] = .registers(element)
      let converted = owned(value(convert))
      emit(.arrayAppend, result, converted.base)
      for i in 0..<converted.layout.count where converted.layout.isReference[i] {
        emit(.clear, converted.base + i, 1)
      }
      free(converted.base, converted.layout)
    }
    finish(source)
    emit(.take, base, result)
    free(result, .reference)
  }

  /// A loop over an array in a register; the body gets the registers of the element.
  func forEachElement(of array: Int, _ layout: Layout, _ work: (Int) -> Void) {
    let index = allocate(.word)
    let count = allocate(.word)
    let element = allocate(layout)
    let start = Label()
    let end = Label()
    emitWide(.loadSmall, index, 0)
    emit(.arrayCount, count, array)
    place(start)
    compareAndJump(.jumpLessEqual, count, index, to: end)
    emitGet(element, array, index, layout)
    work(element)
    releaseRegisters(element, layout)
    emit(.addIntSmall, index, index, 1)
    jump(.loop, to: start)
    place(end)
    free(element, layout)
    free(count, .word)
    free(index, .word)
  }

  /// Reads an element, owned.
  func emitGet(_ target: Int, _ array: Int, _ index: Int, _ layout: Layout) {
    switch layout.isReference {
    case [false]: emit(.arrayGet, target, array, index)
    case [true]: emit(.arrayGetOwned, target, array, index)
    default: emit(.arrayGetWide, target, array, index)
    }
  }

  func storeMappedTuple(
    _ inner: Expression, _ bound: [LocalVariable], _ convert: [Expression], into base: Int
  ) {
    let source = owned(value(inner))
    var offset = 0
    for variable in bound {
      homes[variable] = .registers(source.base + offset)
      offset += types.layout(variable.type).count
    }
    var target = base
    for part in convert {
      store(part, into: target)
      target += types.layout(part.type).count
    }
    finish(source)
  }

  // MARK: Casts

  func storeCast(_ inner: Expression, _ target: Type, layout: Layout, into base: Int) {
    let operand = value(inner)
    reserveWindow(layout.count)
    emit(.cast, window(0), operand.base)
    emit(.extra, types.index(inner.type), types.index(target))
    finish(operand)
    for i in 0..<layout.count { emit(.move, base + i, window(i)) }
  }

  func storeForcedCast(_ inner: Expression, _ target: Type, into base: Int) {
    let targetLayout = types.layout(target)
    let tag = types.isNullable(target) ? 0 : 1
    let isSome = Label()
    let operand = value(inner)
    reserveWindow(targetLayout.count + tag)
    emit(.cast, window(0), operand.base)
    emit(.extra, types.index(inner.type), types.index(target))
    jump(.jumpIfTrue, window(0), to: isSome)
    emitTrap("Could not cast value of type '\(inner.type)' to '\(target)'")
    place(isSome)
    let result = allocate(targetLayout)
    for i in 0..<targetLayout.count { emit(.move, result + i, window(tag + i)) }
    finish(operand)
    consume(Operand(result, targetLayout, .temporary), into: base)
  }

  // MARK: try? and try!

  func storeTryOptional(_ inner: Expression, layout: Layout, into base: Int) {
    let failed = Label()
    let end = Label()
    let log = allocationLog.count
    let live = liveReferences
    handlers.append(failed)
    let innerLayout = types.layout(inner.type)
    let operand = owned(value(inner))
    handlers.removeLast()
    if innerLayout.count == layout.count,
      inner.type.nominal?.name == "Optional"
        || types.isNullable(inner.type)
    {
      for i in 0..<layout.count {
        emit(layout.isReference[i] ? .take : .move, base + i, operand.base + i)
      }
    } else {
      emitWide(.loadSmall, base, 1)
      for i in 0..<innerLayout.count {
        emit(innerLayout.isReference[i] ? .take : .move, base + 1 + i, operand.base + i)
      }
    }
    jump(.jump, to: end)
    place(failed)
    releaseAfterThrow(since: log, sparing: live)
    let error = allocate(.reference)
    emit(.takeThrown, error)
    emit(.release, error)
    free(error, .reference)
    for i in 0..<layout.count { emitWide(.loadSmall, base + i, 0) }
    place(end)
    free(operand.base, operand.layout)
  }

  func storeTryForced(_ inner: Expression, into base: Int) {
    let failed = Label()
    let end = Label()
    handlers.append(failed)
    let operand = owned(value(inner))
    handlers.removeLast()
    jump(.jump, to: end)
    place(failed)
    let error = allocate(.reference)
    emit(.takeThrown, error)
    let text = allocate(.reference)
    emit(.describe, text, error, types.index(.existential([])))
    emitWide(.trap, text + 1, program.message("'try!' expression unexpectedly raised an error: "))
    free(text, .reference)
    free(error, .reference)
    place(end)
    consume(operand, into: base)
  }

  /// Releases what code before a throw had in registers and the code after it does not know of.
  func releaseAfterThrow(since log: Int, sparing live: Set<Int>) {
    var released: Set<Int> = []
    for (base, layout) in allocationLog[log...] {
      for i in 0..<layout.count where layout.isReference[i] {
        let register = base + i
        if live.contains(register) || !released.insert(register).inserted { continue }
        emit(.release, register)
      }
    }
  }
}
