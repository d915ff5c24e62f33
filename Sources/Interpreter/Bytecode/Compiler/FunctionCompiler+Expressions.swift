extension FunctionCompiler {
  /// Compiles an expression; its value stands where that costs least.
  func value(_ expression: Expression) -> Operand {
    let outer = location
    location = expression.location
    defer { location = outer }
    switch expression.kind {
    case .place(let place): return read(place)
    case .call(let call): return compile(call, type: expression.type)
    case .callValue(let callee, let arguments):
      return compileClosureCall(callee, arguments, type: expression.type)
    case .tryMarker(let inner), .convertFunction(let inner), .upcast(let inner):
      return value(inner)
    case .forceUnwrap(let inner): return forceUnwrapped(value(inner), of: inner.type)
    case .delegateInit(let initializer, let arguments, let isSuper):
      delegate(to: initializer, arguments, isSuper: isSuper)
      return Operand(0, .empty, .temporary)
    case .assign(let place, let newValue):
      assign(newValue, to: place)
      return Operand(0, .empty, .temporary)
    case .assignTuple(let places, let newValue):
      assignTuple(newValue, to: places)
      return Operand(0, .empty, .temporary)
    case .discard(let inner):
      finish(value(inner))
      return Operand(0, .empty, .temporary)
    default:
      let layout = types.layout(expression.type)
      let base = allocate(layout)
      store(expression, into: base)
      return Operand(base, layout, .temporary)
    }
  }

  /// Compiles an expression so that its value, owned, ends up in registers that hold nothing. They are
  /// written only by the last instructions, after everything that the expression reads.
  func store(_ expression: Expression, into base: Int) {
    let outer = location
    location = expression.location
    defer { location = outer }
    let layout = types.layout(expression.type)
    switch expression.kind {
    case .integer(let number):
      if let small = Int32(exactly: number) {
        emitWide(.loadSmall, base, Int(small))
      } else {
        emitWide(.loadConstant, base, program.constant(.int(number)))
      }
    case .double(let number):
      let isFloat = expression.type.nominal?.name == "Float"
      emitWide(
        .loadConstant, base,
        program.constant(isFloat ? Slot.float(Float(number)) : Slot.double(number)))
    case .boolean(let flag): emitWide(.loadSmall, base, flag ? 1 : 0)
    case .string(let text): emitWide(.loadConstantOwned, base, program.constant(text))
    case .none: for i in 0..<layout.count { emitWide(.loadSmall, base + i, 0) }
    case .metatype: break
    case .call(let call):
      if !storeIntrinsic(call, into: base) {
        consume(compile(call, type: expression.type), into: base)
      }
    case .place, .callValue, .tryMarker, .convertFunction, .upcast, .forceUnwrap, .delegateInit,
      .assign, .assignTuple, .discard:
      consume(value(expression), into: base)
    case .interpolation(let parts): storeInterpolation(parts, into: base)
    case .array(let elements): storeArray(elements, type: expression.type, into: base)
    case .dictionary(let pairs): storeDictionary(pairs, type: expression.type, into: base)
    case .tuple(let parts): storeParts(parts, into: base)
    case .closure(let body): storeClosure(body, into: base)
    case .functionReference(let function, let typeArguments, let bound):
      storeFunctionReference(function, typeArguments, bound, type: expression.type, into: base)
    case .enumCase(let enumCase, let payload) where enumCase.owner.name == "Optional":
      // `.some(x)` and `.none` written out.
      let kind = payload.first.map { Expression.Kind.wrap($0) } ?? .none
      store(Expression(kind, expression.type, at: expression.location), into: base)
    case .enumCase(let enumCase, let payload):
      if let constructor = enumCase.constructor {
        let call = Call(constructor, arguments: payload.map { .value($0) })
        consume(compile(call, type: expression.type), into: base)
        return
      }
      storeEnumCase(enumCase, payload, layout: layout, into: base)
    case .wrap(let inner):
      let offset = layout.count - types.layout(inner.type).count
      let operand = owned(value(inner))
      if offset > 0 { emitWide(.loadSmall, base, 1) }
      consume(operand, into: base + offset)
    case .coalesce(let first, let second): storeCoalesce(first, second, into: base)
    case .optionalChain(let chained, let bound, let rest):
      storeChain(chained, bound, rest, layout: layout, into: base)
    case .optionalChainPlace(let chained, let rest):
      storeChainPlace(chained, rest, layout: layout, into: base)
    case .toExistential(let inner): storeExistential(inner, into: base)
    case .mapOptional(let inner, let bound, let convert):
      storeMappedOptional(inner, bound, convert, layout: layout, into: base)
    case .mapArray(let inner, let bound, let convert):
      storeMappedArray(inner, bound, convert, into: base)
    case .mapTuple(let inner, let bound, let convert):
      storeMappedTuple(inner, bound, convert, into: base)
    case .isType(let inner, let target):
      let operand = value(inner)
      emit(.isType, base, operand.base)
      emit(.extra, types.index(inner.type), types.index(target))
      finish(operand)
    case .castConditional(let inner, let target):
      storeCast(inner, target, layout: layout, into: base)
    case .castForced(let inner, let target): storeForcedCast(inner, target, into: base)
    case .and, .or: storeCondition(expression, into: base)
    case .ternary(let condition, let yes, let no):
      storeBranches([([.expression(condition)], yes)], otherwise: no, into: base)
    case .conditional(let branches, let otherwise):
      storeBranches(
        branches.map { ($0.conditions, $0.value) }, otherwise: otherwise, into: base)
    case .switchExpression(let subject, let variable, let cases):
      storeSwitch(subject, variable, cases, into: base)
    case .tryOptional(let inner): storeTryOptional(inner, layout: layout, into: base)
    case .tryForced(let inner): storeTryForced(inner, into: base)
    case .invalid: emitTrap("code with a compile-time error was reached")
    }
  }

  func emitTrap(_ message: String) {
    emitWide(.trap, 0, program.message(message))
  }

  /// Whether the last instruction of the expression alone writes the result.
  func isArithmetic(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .integer, .double, .boolean, .place: return true
    case .tryMarker(let inner): return isArithmetic(inner)
    case .call: return true
    default: return false
    }
  }

  // MARK: Literals and parts

  private func storeParts(_ parts: [Expression], into base: Int) {
    var operands: [Operand] = []
    for (i, part) in parts.enumerated() {
      operands.append(stabilized(value(part), before: parts[(i + 1)...]))
    }
    // A target that is also a source (`(a, b) = (b, a)`) must not be written too early.
    let staged = operands.map { $0.kind == .variable && $0.layout.count > 0 ? owned($0) : $0 }
    var offset = 0
    for operand in staged {
      consume(operand, into: base + offset)
      offset += operand.layout.count
    }
  }

  private func storeInterpolation(_ parts: [Expression], into base: Int) {
    let strings = allocate(Layout(Array(repeating: true, count: parts.count)))
    for (i, part) in parts.enumerated() {
      let operand = value(part)
      if part.type.nominal?.name == "String" {
        consume(operand, into: strings + i)
      } else {
        emit(.describe, strings + i, operand.base, types.index(part.type))
        finish(operand)
      }
    }
    emit(.concatenate, base, strings, parts.count)
    let layout = Layout(Array(repeating: true, count: parts.count))
    releaseRegisters(strings, layout)
    free(strings, layout)
  }

  private func storeArray(_ elements: [Expression], type: Type, into base: Int) {
    let elementLayout = types.layout(type.genericArguments[0])
    let array = allocate(.reference)
    emit(.arrayMake, array, program.layout(elementLayout), min(elements.count, Int(UInt16.max)))
    for element in elements {
      let operand = owned(value(element))
      emit(.arrayAppend, array, operand.base)
      for i in 0..<elementLayout.count where elementLayout.isReference[i] {
        emit(.clear, operand.base + i, 1)
      }
      free(operand.base, operand.layout)
    }
    if type.nominal?.name == "Array" {
      emit(.take, base, array)
    } else {
      callLibrary(Library.literalFunction(type), types: type.genericArguments, [array], into: base)
      emit(.release, array)
    }
    free(array, .reference)
  }

  private func storeDictionary(
    _ pairs: [(key: Expression, value: Expression)], type: Type, into base: Int
  ) {
    let arguments = type.genericArguments
    let pairLayout = Layout(arguments.flatMap { types.layout($0).isReference })
    let array = allocate(.reference)
    emit(.arrayMake, array, program.layout(pairLayout), min(pairs.count, Int(UInt16.max)))
    for pair in pairs {
      let operand = allocate(pairLayout)
      store(pair.key, into: operand)
      store(pair.value, into: operand + types.layout(arguments[0]).count)
      emit(.arrayAppend, array, operand)
      for i in 0..<pairLayout.count where pairLayout.isReference[i] { emit(.clear, operand + i, 1) }
      free(operand, pairLayout)
    }
    if type.nominal?.name == "KeyValuePairs" {
      emit(.take, base, array)
    } else {
      callLibrary(Library.literalFunction(type), types: arguments, [array], into: base)
      emit(.release, array)
    }
    free(array, .reference)
  }

  /// Calls a native function that makes a value from one-slot arguments.
  private func callLibrary(
    _ function: @escaping NativeFunction, types arguments: [Type], _ registers: [Int],
    into base: Int
  ) {
    for (i, register) in registers.enumerated() { emit(.move, window(i), register) }
    let site = program.addSite(
      NativeSite(
        name: "literal", function: function, types: arguments.map { types.runtimeType($0) },
        argumentSlots: registers.count, receiverSlots: 0, resultBase: 0, resultSlots: 1))
    reserveWindow(registers.count)
    emitWide(.callNative, window(0), site)
    emit(.move, base, window(0))
  }

  private func storeEnumCase(
    _ enumCase: EnumCase, _ payload: [Expression], layout: Layout, into base: Int
  ) {
    if payload.isEmpty {
      emitWide(.loadSmall, base, enumCase.tag)
      if layout.count > 1 { emitWide(.loadSmall, base + 1, 0) }
      return
    }
    let payloadLayout = Layout(enumCase.payload.flatMap { types.layout($0.type).isReference })
    let values = allocate(payloadLayout)
    storeParts(payload, into: values)
    emit(.payloadMake, base + 1, program.layout(payloadLayout), values)
    emitWide(.loadSmall, base, enumCase.tag)
    for i in 0..<payloadLayout.count where payloadLayout.isReference[i] {
      emit(.clear, values + i, 1)
    }
    free(values, payloadLayout)
  }

  private func storeExistential(_ inner: Expression, into base: Int) {
    if case .existential = inner.type {
      consume(value(inner), into: base)
      return
    }
    let operand = value(inner)
    emit(.existentialMakeCopy, base, operand.base, types.index(inner.type))
    finish(operand)
  }
}
