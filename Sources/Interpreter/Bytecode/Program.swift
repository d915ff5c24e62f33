/// Everything that has been compiled in a session: functions, constants, native call sites, types.
public final class Program {
  public private(set) var functions: [CompiledFunction] = []
  /// What the loop needs of each function, in a place that does not move while code runs.
  public private(set) var records: UnsafeMutablePointer<FunctionRecord>
  private var recordCapacity = 64
  public private(set) var constants: UnsafeMutablePointer<Slot>
  private var constantCapacity = 256
  private var constantCount = 0
  private var constantIndex: [Slot: Int] = [:]
  private var stringIndex: [String: Int] = [:]
  /// Native call sites, in a place that does not move while code runs.
  public private(set) var sites: UnsafeMutablePointer<NativeSite>
  private var siteCapacity = 64
  private var siteCount = 0
  public let types: TypeTable
  public private(set) var messages: [String] = []
  public private(set) var layouts: [Layout] = []
  private var layoutIndex: [Layout: Int] = [:]
  /// Global variables are the first registers of every unit's frame; its own registers follow.
  static let globalCapacity = 8192
  /// Slots taken by global variables so far.
  public var globalSlots = 0
  /// For each slot of a global variable, the variable: for messages.
  public var globalNames: [Int: GlobalVariable] = [:]

  private var bodyIndex: [ObjectIdentifier: Int] = [:]
  /// Bodies that have an index and no code yet.
  private var pending: [(Int, FunctionBody)] = []
  private var keptBodies: [FunctionBody] = []

  public init(types: TypeTable) {
    self.types = types
    records = .allocate(capacity: recordCapacity)
    constants = .allocate(capacity: constantCapacity)
    sites = .allocate(capacity: siteCapacity)
    types.program = self
  }

  deinit {
    for i in 0..<constantCount where ownedConstants.contains(i) { constants[i].release() }
    constants.deallocate()
    sites.deinitialize(count: siteCount)
    sites.deallocate()
    records.deallocate()
  }

  private var ownedConstants: Set<Int> = []

  /// The index of a body's function; it is compiled at the next `compilePending`.
  public func functionIndex(_ body: FunctionBody) -> Int {
    if let index = bodyIndex[ObjectIdentifier(body)] { return index }
    let index = addFunction(CompiledFunction(name: body.name))
    bodyIndex[ObjectIdentifier(body)] = index
    keptBodies.append(body)  // its identity must stay taken
    pending.append((index, body))
    return index
  }

  func addFunction(_ function: CompiledFunction) -> Int {
    let index = functions.count
    functions.append(function)
    if index == recordCapacity {
      let larger = UnsafeMutablePointer<FunctionRecord>.allocate(capacity: recordCapacity * 2)
      larger.moveInitialize(from: records, count: index)
      records.deallocate()
      records = larger
      recordCapacity *= 2
    }
    (records + index).initialize(to: FunctionRecord(function))
    return index
  }

  /// Compiles what has been referred to, until nothing is left.
  public func compilePending() throws {
    var boundTypes = -1
    while !pending.isEmpty || boundTypes != types.all.count {
      while let (index, body) = pending.popLast() {
        try FunctionCompiler.compile(body, into: functions[index], program: self)
        records[index] = FunctionRecord(functions[index])
      }
      // Types that came up have methods, which may be all that refers to other functions.
      boundTypes = types.all.count
      types.bindFunctions()
    }
  }

  /// Compiles the top level of a unit.
  public func compile(_ unit: CheckedUnit) throws -> Int {
    for variable in unit.globals { allocate(variable) }
    for type in unit.types where type.deinitializer != nil && types.nativeBase(type) != nil {
      throw CompilationError(
        message: "'deinit' in a class with a native superclass is not supported",
        location: type.location ?? unit.body.location)
    }
    let index = addFunction(CompiledFunction(name: unit.body.name))
    try FunctionCompiler.compile(unit, into: functions[index], program: self)
    records[index] = FunctionRecord(functions[index])
    try compilePending()
    return index
  }

  func allocate(_ variable: GlobalVariable) {
    guard variable.firstSlot < 0 else { return }
    variable.firstSlot = globalSlots
    globalNames[globalSlots] = variable
    globalSlots += types.layout(variable.type).count
    if variable.lazyInitialValue != nil { globalSlots += 1 }  // whether it has been computed
  }

  /// The function that computes a static property when it is first read.
  func lazyInitializer(_ variable: GlobalVariable) -> Int? {
    guard let initial = variable.lazyInitialValue else { return nil }
    if let body = lazyBodies[variable] { return functionIndex(body) }
    let body = FunctionBody(
      name: "initial value of \(variable.name)", parameters: [], result: .void, kind: .function,
      at: initial.location)
    let place = Place(.global(variable), variable.type, at: initial.location)
    let assignment = Expression(.assign(place, initial), .void, at: initial.location)
    body.statements = [Statement(.expression(assignment), at: initial.location)]
    lazyBodies[variable] = body
    return functionIndex(body)
  }

  func isLazyBody(_ body: FunctionBody, of variable: GlobalVariable) -> Bool {
    lazyBodies[variable] === body
  }

  private var lazyBodies: [GlobalVariable: FunctionBody] = [:]

  func constant(_ value: Slot) -> Int {
    if let index = constantIndex[value] { return index }
    let index = addConstant(value)
    constantIndex[value] = index
    return index
  }

  func constant(_ text: String) -> Int {
    if let index = stringIndex[text] { return index }
    let index = addConstant(.owned(StringObject(text)))
    ownedConstants.insert(index)
    stringIndex[text] = index
    return index
  }

  private func addConstant(_ value: Slot) -> Int {
    if constantCount == constantCapacity {
      let larger = UnsafeMutablePointer<Slot>.allocate(capacity: constantCapacity * 2)
      larger.moveInitialize(from: constants, count: constantCount)
      constants.deallocate()
      constants = larger
      constantCapacity *= 2
    }
    (constants + constantCount).initialize(to: value)
    constantCount += 1
    return constantCount - 1
  }

  func message(_ text: String) -> Int {
    messages.append(text)
    return messages.count - 1
  }

  func layout(_ layout: Layout) -> Int {
    if let index = layoutIndex[layout] { return index }
    layouts.append(layout)
    layoutIndex[layout] = layouts.count - 1
    return layouts.count - 1
  }

  func addSite(_ site: NativeSite) -> Int {
    if siteCount == siteCapacity {
      let larger = UnsafeMutablePointer<NativeSite>.allocate(capacity: siteCapacity * 2)
      larger.moveInitialize(from: sites, count: siteCount)
      sites.deallocate()
      sites = larger
      siteCapacity *= 2
    }
    (sites + siteCount).initialize(to: site)
    siteCount += 1
    return siteCount - 1
  }
}

/// What the loop needs to enter a function.
public struct FunctionRecord {
  var code: UnsafePointer<Instruction>
  var extent: Int
  var parameterSlots: Int

  init(_ function: CompiledFunction) {
    code = UnsafePointer(function.code)
    extent = function.extent
    parameterSlots = function.parameterSlots
  }
}

/// A native function together with the types it is called with.
public struct NativeSite {
  var name: String
  var function: NativeFunction
  var types: [RuntimeType]
  var argumentSlots: Int
  /// Slots of the first argument, for calls that change it in place.
  var receiverSlots: Int
  var resultBase: Int
  var resultSlots: Int
  /// The call is `super.f()`.
  var isSuper = false
  /// For `nativeSubclassMake`.
  var makeInstance: ((GuestObject, inout NativeCall) throws -> AnyObject)?
}
