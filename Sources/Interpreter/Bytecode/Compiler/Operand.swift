/// Where the value of an expression stands after its code has run.
struct Operand {
  var base: Int
  var layout: Layout
  var kind: Kind

  enum Kind {
    /// Registers of a variable, which keeps owning the value.
    case variable
    /// Registers of its own, owned.
    case temporary
    /// The window: plain words, lost with the next call.
    case window
  }

  init(_ base: Int, _ layout: Layout, _ kind: Kind) {
    self.base = base
    self.layout = layout
    self.kind = kind
  }

  /// Part of it: a field, an element.
  func part(_ offset: Int, _ layout: Layout) -> Operand {
    Operand(base + offset, layout, kind)
  }
}

extension FunctionCompiler {
  /// The operand is not needed any more.
  func finish(_ operand: Operand) {
    guard operand.kind == .temporary else { return }
    releaseRegisters(operand.base, operand.layout)
    free(operand.base, operand.layout)
  }

  /// Puts the value, owned, into registers that hold nothing, and finishes the operand.
  func consume(_ operand: Operand, into base: Int) {
    for i in 0..<operand.layout.count {
      let isReference = operand.layout.isReference[i]
      switch operand.kind {
      case .temporary: emit(isReference ? .take : .move, base + i, operand.base + i)
      case .variable: emit(isReference ? .copy : .move, base + i, operand.base + i)
      case .window: emit(.move, base + i, operand.base + i)
      }
    }
    if operand.kind == .temporary { free(operand.base, operand.layout) }
  }

  /// The value in registers of its own.
  func owned(_ operand: Operand) -> Operand {
    if operand.kind == .temporary { return operand }
    let base = allocate(operand.layout)
    consume(operand, into: base)
    return Operand(base, operand.layout, .temporary)
  }

  /// Makes sure that the value survives what the later expressions do.
  func stabilized(_ operand: Operand, before later: ArraySlice<Expression>) -> Operand {
    if later.allSatisfy({ isSimple($0) }) { return operand }
    switch operand.kind {
    case .temporary: return operand
    case .window: return owned(operand)
    case .variable:
      return later.contains(where: { mayAssign($0) }) ? owned(operand) : operand
    }
  }

  /// Whether the code of an expression makes no call and changes nothing.
  func isSimple(_ expression: Expression, depth: Int = 0) -> Bool {
    if depth > 6 { return false }
    switch expression.kind {
    case .integer, .double, .boolean, .string, .none, .metatype: return true
    case .place(let place): return isSimple(place)
    case .wrap(let inner), .tryMarker(let inner): return isSimple(inner, depth: depth + 1)
    case .call(let call):
      guard case .intrinsic = call.function.implementation, call.receiver == nil else {
        return false
      }
      return call.arguments.allSatisfy {
        if case .value(let inner) = $0 { isSimple(inner, depth: depth + 1) } else { false }
      }
    default: return false
    }
  }

  private func isSimple(_ place: Place) -> Bool {
    switch place.kind {
    case .local: true
    case .global(let variable): variable.lazyInitialValue == nil
    case .field(let base, _), .tupleElement(let base, _): isSimple(base)
    case .objectField(let object, _): isSimple(object, depth: 3)
    case .element(let base, let index): isSimple(base) && isSimple(index, depth: 3)
    default: false
    }
  }

  /// Whether the code of an expression might assign to a variable of this frame. Calls of other
  /// functions cannot, unless they are given the variable (or, at top level, may change a global).
  func mayAssign(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .integer, .double, .boolean, .string, .none, .metatype, .place, .closure: return isUnit
    case .call(let call):
      if isUnit { return !isSimple(expression) }
      if case .inout? = call.receiver { return true }
      return call.arguments.contains {
        switch $0 {
        case .inout: true
        case .value(let inner): mayAssign(inner)
        case .autoclosure: false
        }
      }
    case .wrap(let inner), .tryMarker(let inner), .upcast(let inner), .toExistential(let inner):
      return mayAssign(inner)
    case .tuple(let parts), .array(let parts), .interpolation(let parts):
      return parts.contains { mayAssign($0) }
    default: return true
    }
  }
}
