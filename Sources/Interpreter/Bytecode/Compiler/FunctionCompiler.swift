/// Turns one checked body into bytecode. Files beside this one hold its parts: expressions, calls,
/// places, statements, patterns.
///
/// Ownership, in three rules. A register that can hold a reference is 0 or owns one, from the start of
/// the function to its end. Arguments are borrowed: the caller keeps them alive. Results are owned.
final class FunctionCompiler {
  let program: Program
  let function: CompiledFunction
  var types: TypeTable { program.types }

  var instructions: [Instruction] = []
  /// Operands that name a slot of the window, which starts where the frame ends: (instruction, field).
  private var windowOperands: [(Int, Int)] = []
  private var widestWindow = 0

  /// Where each variable lives.
  var homes: [LocalVariable: Home] = [:]
  var scopes: [Scope] = []
  /// Where control goes when a call throws; the last one counts.
  var handlers: [Label] = []
  var targets: [(label: LoopLabel, exits: JumpTarget)] = []
  var fallthroughTargets: [Label] = []
  /// Bases of the optional chains around the code at hand, innermost last.
  var chainPlaces: [PreparedPlace] = []
  /// Variables of loop conditions whose last values are released behind the loop.
  var pendingRelease: [[(base: Int, layout: Layout)]] = []
  var recursiveFunctions: Set<LocalVariable> = []

  /// First register that nothing has used yet.
  private var nextRegister = 0
  private var freeRegisters: [Layout: [Int]] = [:]
  /// References that registers hold, in order of allocation (for the clean-up after a throw).
  var allocationLog: [(base: Int, layout: Layout)] = []
  var liveReferences: Set<Int> = []
  private var everReference: Set<Int> = []

  var location: SourceLocation
  let isUnit: Bool
  let body: FunctionBody
  /// In a method of a class with a native superclass: the register of the guest part of `self`.
  var selfPeer: Int?
  var selfVariable: LocalVariable?
  /// In an initializer of a class with a native superclass: whether `super.init` has been called.
  var hasDelegated = false
  var resultLayout: Layout
  /// Inout parameters with the registers where the caller finds their values.
  var inoutParameters: [(LocalVariable, Int)] = []

  enum Home {
    case registers(Int)
    /// A box, whose reference is in the register.
    case box(Int)
  }

  struct Scope {
    /// Registers to release when the scope is left.
    var variables: [(base: Int, layout: Layout)] = []
    var deferred: [[Statement]] = []
    /// For each of `deferred`, where control goes when something throws after it.
    var landings: [Label] = []
  }

  struct JumpTarget {
    var breakLabel: Label
    var continueLabel: Label?
    /// Number of scopes outside of the statement.
    var depth: Int
  }

  init(_ body: FunctionBody, into function: CompiledFunction, program: Program) {
    self.body = body
    self.function = function
    self.program = program
    location = body.location
    if case .unit = body.kind { isUnit = true } else { isUnit = false }
    resultLayout = program.types.layout(body.result)
  }

  // MARK: Registers

  /// Register numbers from here on are slots of the window.
  static let window = 1 << 20

  func window(_ slot: Int) -> Int { Self.window + slot }

  func allocate(_ layout: Layout) -> Int {
    if layout.count == 0 { return 0 }
    let base: Int
    if let free = freeRegisters[layout]?.popLast() {
      base = free
    } else {
      base = nextRegister
      nextRegister += layout.count
    }
    if layout.hasReferences {
      allocationLog.append((base, layout))
      for i in 0..<layout.count where layout.isReference[i] {
        liveReferences.insert(base + i)
        everReference.insert(base + i)
      }
    }
    return base
  }

  func free(_ base: Int, _ layout: Layout) {
    if layout.count == 0 { return }
    freeRegisters[layout, default: []].append(base)
    for i in 0..<layout.count where layout.isReference[i] { liveReferences.remove(base + i) }
  }

  /// Gives a variable of the innermost scope its registers.
  func declare(_ variable: LocalVariable) -> Int {
    if isBoxed(variable) {
      let box = allocate(.reference)
      scopes[scopes.count - 1].variables.append((box, .reference))
      homes[variable] = .box(box)
      emit(.boxMake, box, program.layout(types.layout(variable.type)))
      return box
    }
    let layout = types.layout(variable.type)
    let base = allocate(layout)
    scopes[scopes.count - 1].variables.append((base, layout))
    homes[variable] = .registers(base)
    return base
  }

  func isBoxed(_ variable: LocalVariable) -> Bool { variable.isCaptured && variable.isMutable }

  // MARK: Instructions

  func emit(_ opcode: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
    if opcode == .move, a == b { return }
    markSpan()
    let index = instructions.count
    instructions.append(
      Instruction(opcode, encode(a, index, 0), encode(b, index, 1), encode(c, index, 2)))
  }

  func emitWide(_ opcode: Opcode, _ a: Int, _ wide: Int) {
    emit(opcode, a)
    instructions[instructions.count - 1].setWide(wide)
  }

  private func encode(_ operand: Int, _ index: Int, _ field: Int) -> UInt16 {
    if operand >= Self.window {
      windowOperands.append((index, field))
      widestWindow = max(widestWindow, operand - Self.window + 1)
      return UInt16(truncatingIfNeeded: operand - Self.window)
    }
    return UInt16(truncatingIfNeeded: operand)
  }

  /// Makes sure that a call has room for its arguments and result.
  func reserveWindow(_ slots: Int) { widestWindow = max(widestWindow, slots) }

  private func markSpan() {
    if function.spans.last?.location != location {
      function.spans.append((instructions.count, location))
    }
  }

  final class Label {
    var position: Int?
    var uses: [(index: Int, isWide: Bool)] = []
  }

  func place(_ label: Label) {
    label.position = instructions.count
    for use in label.uses { resolve(use.index, to: instructions.count, isWide: use.isWide) }
    label.uses = []
  }

  private var hasOverflown = false

  private func resolve(_ index: Int, to target: Int, isWide: Bool) {
    let offset = target - index - 1
    if isWide {
      instructions[index].setWide(offset)
    } else {
      if Int16(exactly: offset) == nil { hasOverflown = true }
      instructions[index].c = UInt16(truncatingIfNeeded: offset)
    }
  }

  func jump(_ opcode: Opcode, _ a: Int = 0, to label: Label) {
    emit(opcode, a)
    use(label, isWide: true)
  }

  /// A jump that compares `a` with `b`.
  func compareAndJump(_ opcode: Opcode, _ a: Int, _ b: Int, to label: Label) {
    emit(opcode, a, b)
    use(label, isWide: false)
  }

  private func use(_ label: Label, isWide: Bool) {
    let index = instructions.count - 1
    if let position = label.position {
      resolve(index, to: position, isWide: isWide)
    } else {
      label.uses.append((index, isWide))
    }
  }

  // MARK: The whole function

  static func compile(_ body: FunctionBody, into function: CompiledFunction, program: Program)
    throws
  {
    let compiler = FunctionCompiler(body, into: function, program: program)
    compiler.compileFunction()
    try compiler.finish()
  }

  static func compile(_ unit: CheckedUnit, into function: CompiledFunction, program: Program) throws
  {
    let compiler = FunctionCompiler(unit.body, into: function, program: program)
    compiler.nextRegister = Program.globalCapacity
    guard program.globalSlots <= Program.globalCapacity else {
      throw CompilationError(
        message: "too many global variables", location: unit.body.location)
    }
    compiler.resultLayout = unit.displayed.map { program.types.layout($0.type) } ?? .empty
    compiler.compileUnit(unit)
    try compiler.finish()
  }

  private func finish() throws {
    // Registers that may own a reference start as 0.
    let owned = everReference.subtracting(borrowedReferences).sorted()
    let toClear = owned.filter { !inoutReferences.contains($0) }
    var prologue: [Instruction] = []
    var i = 0
    while i < toClear.count {
      var end = i + 1
      while end < toClear.count, toClear[end] == toClear[end - 1] + 1 { end += 1 }
      prologue.append(Instruction(.clear, UInt16(toClear[i]), UInt16(end - i)))
      i = end
    }
    let header = Frame.headerSlots
    let frameSize = nextRegister
    guard frameSize + header + widestWindow < Int(UInt16.max), !hasOverflown else {
      throw CompilationError(message: "the function is too large", location: body.location)
    }
    for (index, field) in windowOperands {
      let base = UInt16(frameSize + header)
      switch field {
      case 0: instructions[index].a += base
      case 1: instructions[index].b += base
      default: instructions[index].c += base
      }
    }
    function.spans = function.spans.map { ($0.start + prologue.count, $0.location) }
    function.initializations = function.initializations.map {
      ($0.variable, $0.at + prologue.count)
    }
    if let first = function.spans.first { function.spans[0] = (0, first.location) }
    function.setCode(prologue + instructions)
    function.frameSize = frameSize
    function.extent = frameSize + header + widestWindow
    function.owned = owned.filter { !inoutReferences.contains($0) }.map { UInt16($0) }
    function.ownedByCaller = inoutReferences.sorted().map { UInt16($0) }
    function.resultSlots = resultLayout.count
  }

  /// Parameter registers: references in them are the caller's.
  private var borrowedReferences: Set<Int> = []
  private var inoutReferences: Set<Int> = []

  func allocateParameter(_ layout: Layout, isInout: Bool) -> Int {
    let base = nextRegister
    nextRegister += layout.count
    for i in 0..<layout.count where layout.isReference[i] {
      if isInout {
        inoutReferences.insert(base + i)
        everReference.insert(base + i)
      } else {
        borrowedReferences.insert(base + i)
      }
    }
    return base
  }

  /// Keeps registers `0..<count` for the result.
  func reserveResult(_ count: Int) { nextRegister = max(nextRegister, count) }
}

/// A limit of the bytecode that a program ran into.
struct CompilationError: Error {
  var message: String
  var location: SourceLocation
}
