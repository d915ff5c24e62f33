import Foundation

/// Runs bytecode: frames on one contiguous slot file.
public final class Machine {
  /// Printed text goes here.
  public var output: (String) -> Void = { _ in }

  public let program: Program
  public let types: TypeTable
  public let library: Library

  /// The slot file. Global variables stand at its start; the code of a unit has them as registers.
  let slots: UnsafeMutablePointer<Slot>
  private let file: UnsafeMutablePointer<Slot>
  let slotCount = 1 << 20
  /// Where a call from native code may put its frame.
  var top: UnsafeMutablePointer<Slot>
  /// The end of the memory for frames.
  var limit: UnsafeMutablePointer<Slot>
  /// The error on its way through guest code (owned), or 0.
  var thrown: Slot = 0
  /// Not 0 when the machine should stop: see `StopReason`.
  let stop: UnsafeMutablePointer<Int32>
  /// Calls from native code that are under way: they stand on the native stack.
  var nativeDepth = 0
  static let nativeDepthLimit = 200

  /// Set when guest code called from native code that cannot throw has failed; the native function
  /// returns as soon as it can and the failure goes on from there.
  public var pendingError: (any Error)?

  /// The unit that runs, and the instruction of its code that was running when it failed.
  var runningUnit: (index: Int, function: Int)?
  var unitFailedAt = 0
  var unitThrewAt: Int?
  /// Global variables of units (not static properties, which get their values when first read).
  var declaredAtTopLevel: Set<GlobalVariable> = []
  /// The function that `functionIndex(at:)` found last: mostly the next one, too.
  var lastFunction: Int?

  /// Frames of a fault, innermost first, gathered while it unwinds.
  var trace: [RuntimeFault.Frame] = []
  var omittedFrames = 0

  public init(program: Program, library: Library) {
    self.program = program
    self.types = program.types
    self.library = library
    // Zeroed lazily by the system: a global variable without a value is 0.
    file = calloc(slotCount + Frame.headerSlots, MemoryLayout<Slot>.stride)
      .assumingMemoryBound(to: Slot.self)
    slots = file + Frame.headerSlots
    top = slots
    limit = slots + slotCount
    stop = .allocate(capacity: 1)
    stop.initialize(to: 0)
  }

  /// Objects that went while many others were going: a long list must not be freed by recursion.
  private var graveyard: [(object: GuestObject, runsDeinitializer: Bool)] = []
  private var dyingDepth = 0
  private var isEmptyingGraveyard = false
  private static let dyingDepthLimit = 64

  /// Frees an object now, or later with those that wait when too many are being freed already.
  func bury(_ runsDeinitializer: Bool, later: () -> GuestObject, now: () -> Void) {
    if dyingDepth >= Self.dyingDepthLimit {
      graveyard.append((later(), runsDeinitializer))
      return
    }
    dyingDepth += 1
    now()
    dyingDepth -= 1
    if dyingDepth > 0 || isEmptyingGraveyard { return }
    isEmptyingGraveyard = true
    while let next = graveyard.popLast() {
      // Dropping it frees its fields, which may add to the graveyard again.
      if next.runsDeinitializer { deinitialize(next.object) }
    }
    isEmptyingGraveyard = false
  }

  /// The session is over: as at the end of a compiled program, no deinitializer runs any more.
  private(set) var isEnding = false

  deinit {
    isEnding = true
    for variable in initialized { types.layout(variable.type).release(slots + variable.firstSlot) }
    free(file)
    stop.deallocate()
  }

  /// Global variables that have a value.
  var initialized: Set<GlobalVariable> = []

  /// The runtime type of a concrete static type.
  public func runtimeType(_ type: Type) -> RuntimeType { types.runtimeType(type) }

  /// The runtime type of a type of a bound module by its name: for native code that boxes values.
  public func runtimeType(named name: String) -> RuntimeType {
    types.runtimeType(.nominal(library.nominal(name)!, []))
  }
}

enum StopReason: Int32 {
  case interrupted = 1
  case timeout = 2
  /// A deinitializer has trapped; the fault waits in `pendingError`.
  case failedDeinitializer = 3
}

/// How guest code failed, on its way through native code.
struct MachineFault: Error {
  var kind: RuntimeFault.Kind
  var typeName: String?
  var message: String
}
