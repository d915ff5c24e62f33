extension FunctionCompiler {
  /// Compiles a call of something the machine has an instruction for; false if it is none.
  func storeIntrinsic(_ call: Call, into base: Int) -> Bool {
    guard case .intrinsic(let intrinsic) = call.function.implementation else { return false }
    let operands: [Expression] =
      ([call.receiver].compactMap { $0 } + call.arguments).compactMap {
        if case .value(let expression) = $0 { expression } else { nil }
      }
    if let assignment = Self.assignments[intrinsic] {
      guard case .inout(let place)? = call.receiver ?? call.arguments.first,
        let right = operands.first
      else { return true }
      compileAssignment(assignment, place, right)
      return true
    }
    switch operands.count {
    case 1: storeUnary(intrinsic, operands[0], into: base)
    case 2: storeBinary(intrinsic, operands[0], operands[1], into: base)
    default: emitTrap("'\(intrinsic.rawValue)' takes one or two operands")
    }
    return true
  }

  static let assignments: [Intrinsic: Opcode] = [
    .addAssignInt: .addInt, .subtractAssignInt: .subtractInt, .multiplyAssignInt: .multiplyInt,
    .divideAssignInt: .divideInt, .remainderAssignInt: .remainderInt,
    .addAssignDouble: .addDouble, .subtractAssignDouble: .subtractDouble,
    .multiplyAssignDouble: .multiplyDouble, .divideAssignDouble: .divideDouble,
    .addAssignFloat: .addFloat, .subtractAssignFloat: .subtractFloat,
    .multiplyAssignFloat: .multiplyFloat, .divideAssignFloat: .divideFloat,
  ]

  /// Instruction and whether the operands are exchanged.
  private static let binaries: [Intrinsic: (Opcode, Bool)] = [
    .addInt: (.addInt, false), .subtractInt: (.subtractInt, false),
    .multiplyInt: (.multiplyInt, false), .divideInt: (.divideInt, false),
    .remainderInt: (.remainderInt, false),
    .addWrappingInt: (.addWrapping, false), .subtractWrappingInt: (.subtractWrapping, false),
    .multiplyWrappingInt: (.multiplyWrapping, false),
    .andInt: (.andInt, false), .orInt: (.orInt, false), .xorInt: (.xorInt, false),
    .shiftLeftInt: (.shiftLeftInt, false), .shiftRightInt: (.shiftRightInt, false),
    .equalInt: (.equalInt, false), .notEqualInt: (.notEqualInt, false),
    .lessInt: (.lessInt, false), .lessEqualInt: (.lessEqualInt, false),
    .greaterInt: (.lessInt, true), .greaterEqualInt: (.lessEqualInt, true),
    .addDouble: (.addDouble, false), .subtractDouble: (.subtractDouble, false),
    .multiplyDouble: (.multiplyDouble, false), .divideDouble: (.divideDouble, false),
    .equalDouble: (.equalDouble, false), .notEqualDouble: (.notEqualDouble, false),
    .lessDouble: (.lessDouble, false), .lessEqualDouble: (.lessEqualDouble, false),
    .greaterDouble: (.lessDouble, true), .greaterEqualDouble: (.lessEqualDouble, true),
    .addFloat: (.addFloat, false), .subtractFloat: (.subtractFloat, false),
    .multiplyFloat: (.multiplyFloat, false), .divideFloat: (.divideFloat, false),
    .equalFloat: (.equalFloat, false), .notEqualFloat: (.notEqualFloat, false),
    .lessFloat: (.lessFloat, false), .lessEqualFloat: (.lessEqualFloat, false),
    .greaterFloat: (.lessFloat, true), .greaterEqualFloat: (.lessEqualFloat, true),
    .equalBool: (.equalInt, false), .notEqualBool: (.notEqualInt, false),
    .identicalObjects: (.equalInt, false), .notIdenticalObjects: (.notEqualInt, false),
  ]

  private static let unaries: [Intrinsic: Opcode] = [
    .negateInt: .negateInt, .complementInt: .complementInt, .negateDouble: .negateDouble,
    .negateFloat: .negateFloat, .notBool: .notBool, .intToDouble: .intToDouble,
    .doubleToInt: .doubleToInt, .intToFloat: .intToFloat, .floatToInt: .floatToInt,
    .floatToDouble: .floatToDouble, .doubleToFloat: .doubleToFloat,
    .squareRootDouble: .squareRootDouble, .arrayCount: .arrayCount,
  ]

  private func storeUnary(_ intrinsic: Intrinsic, _ operand: Expression, into base: Int) {
    if intrinsic == .identity {
      store(operand, into: base)
      return
    }
    let source = value(operand)
    if intrinsic == .arrayIsEmpty {
      emit(.arrayCount, base, source.base)
      emit(.notBool, base, base)
    } else if let opcode = Self.unaries[intrinsic] {
      emit(opcode, base, source.base)
    }
    finish(source)
  }

  private func storeBinary(
    _ intrinsic: Intrinsic, _ left: Expression, _ right: Expression, into base: Int
  ) {
    if let small = smallAddition(intrinsic, left, right) {
      let source = value(small.operand)
      emit(.addIntSmall, base, source.base, small.number)
      finish(source)
      return
    }
    guard let (opcode, isExchanged) = Self.binaries[intrinsic] else { return }
    let a = stabilized(value(left), before: [right])
    let b = value(right)
    emit(opcode, base, isExchanged ? b.base : a.base, isExchanged ? a.base : b.base)
    finish(b)
    finish(a)
  }

  /// `x + 1`, `1 + x`, `x - 1` with a small literal.
  private func smallAddition(
    _ intrinsic: Intrinsic, _ left: Expression, _ right: Expression
  ) -> (operand: Expression, number: Int)? {
    guard intrinsic == .addInt || intrinsic == .subtractInt else { return nil }
    if case .integer(let number) = right.kind, Int16(exactly: number) != nil, number > -0x7fff {
      return (left, intrinsic == .addInt ? number : -number)
    }
    if intrinsic == .addInt, case .integer(let number) = left.kind, Int16(exactly: number) != nil {
      return (right, number)
    }
    return nil
  }

  /// `place op= right`
  private func compileAssignment(_ opcode: Opcode, _ target: Place, _ right: Expression) {
    let prepared = prepare(target)
    if case .registers(let base, _) = prepared {
      if case .integer(let number) = right.kind, opcode == .addInt || opcode == .subtractInt,
        Int16(exactly: number) != nil, number > -0x7fff
      {
        emit(.addIntSmall, base, base, opcode == .addInt ? number : -number)
        return
      }
      let operand = value(right)
      emit(opcode, base, base, operand.base)
      finish(operand)
      return
    }
    let operand = stabilizedForAccess(value(right), prepared)
    let result = allocate(.word)
    let current = read(prepared, type: target.type)
    emit(opcode, result, current.base, operand.base)
    finish(current)
    finish(operand)
    write(Operand(result, .word, .temporary), to: prepared, type: target.type)
    finish(prepared)
  }

  /// Reading through a getter is a call, which would overwrite a value in the window.
  func stabilizedForAccess(_ operand: Operand, _ prepared: PreparedPlace) -> Operand {
    operand.kind == .window ? owned(operand) : operand
  }

  // MARK: Conditions

  /// Jumps to `label` when the condition is false; falls through when it is true.
  func branch(_ expression: Expression, ifFalse label: Label) {
    let outer = location
    location = expression.location
    defer { location = outer }
    switch expression.kind {
    case .and(let left, let right):
      branch(left, ifFalse: label)
      branch(right, ifFalse: label)
    case .or(let left, let right):
      let isTrue = Label()
      branch(left, ifTrue: isTrue)
      branch(right, ifFalse: label)
      place(isTrue)
    case .call(let call):
      if case .intrinsic(.notBool) = call.function.implementation,
        case .value(let inner)? = call.receiver ?? call.arguments.first
      {
        branch(inner, ifTrue: label)
      } else if !compareAndBranch(call, when: false, to: label) {
        branchOnValue(expression, .jumpIfFalse, to: label)
      }
    case .tryMarker(let inner): branch(inner, ifFalse: label)
    default: branchOnValue(expression, .jumpIfFalse, to: label)
    }
  }

  func branch(_ expression: Expression, ifTrue label: Label) {
    let outer = location
    location = expression.location
    defer { location = outer }
    switch expression.kind {
    case .and(let left, let right):
      let isFalse = Label()
      branch(left, ifFalse: isFalse)
      branch(right, ifTrue: label)
      place(isFalse)
    case .or(let left, let right):
      branch(left, ifTrue: label)
      branch(right, ifTrue: label)
    case .call(let call):
      if case .intrinsic(.notBool) = call.function.implementation,
        case .value(let inner)? = call.receiver ?? call.arguments.first
      {
        branch(inner, ifFalse: label)
      } else if !compareAndBranch(call, when: true, to: label) {
        branchOnValue(expression, .jumpIfTrue, to: label)
      }
    default: branchOnValue(expression, .jumpIfTrue, to: label)
    }
  }

  private func branchOnValue(_ expression: Expression, _ opcode: Opcode, to label: Label) {
    let operand = value(expression)
    // A temporary Bool has no reference: nothing to release on either way.
    jump(opcode, operand.base, to: label)
    finish(operand)
  }

  /// The comparison of Ints that holds exactly when `intrinsic` does not.
  private static let negations: [Intrinsic: Intrinsic] = [
    .equalInt: .notEqualInt, .notEqualInt: .equalInt, .lessInt: .greaterEqualInt,
    .lessEqualInt: .greaterInt, .greaterInt: .lessEqualInt, .greaterEqualInt: .lessInt,
  ]

  private func compareAndBranch(_ call: Call, when outcome: Bool, to label: Label) -> Bool {
    guard case .intrinsic(let named) = call.function.implementation,
      let negated = Self.negations[named]
    else { return false }
    let intrinsic = outcome ? named : negated
    let operands: [Expression] =
      ([call.receiver].compactMap { $0 } + call.arguments).compactMap {
        if case .value(let expression) = $0 { expression } else { nil }
      }
    guard operands.count == 2 else { return false }
    if case .integer(let number) = operands[1].kind, Int16(exactly: number) != nil {
      let a = value(operands[0])
      let opcode: Opcode =
        switch intrinsic {
        case .equalInt: .jumpEqualSmall
        case .notEqualInt: .jumpNotEqualSmall
        case .lessInt: .jumpLessSmall
        case .lessEqualInt: .jumpLessEqualSmall
        case .greaterInt: .jumpGreaterSmall
        default: .jumpGreaterEqualSmall
        }
      compareAndJump(opcode, a.base, number, to: label)
      finish(a)
      return true
    }
    let a = stabilized(value(operands[0]), before: [operands[1]])
    let b = value(operands[1])
    switch intrinsic {
    case .equalInt: compareAndJump(.jumpEqual, a.base, b.base, to: label)
    case .notEqualInt: compareAndJump(.jumpNotEqual, a.base, b.base, to: label)
    case .lessInt: compareAndJump(.jumpLess, a.base, b.base, to: label)
    case .lessEqualInt: compareAndJump(.jumpLessEqual, a.base, b.base, to: label)
    case .greaterInt: compareAndJump(.jumpLess, b.base, a.base, to: label)
    default: compareAndJump(.jumpLessEqual, b.base, a.base, to: label)
    }
    finish(b)
    finish(a)
    return true
  }

  func storeCondition(_ expression: Expression, into base: Int) {
    let isFalse = Label()
    let end = Label()
    branch(expression, ifFalse: isFalse)
    emitWide(.loadSmall, base, 1)
    jump(.jump, to: end)
    place(isFalse)
    emitWide(.loadSmall, base, 0)
    place(end)
  }
}
