/// A function as the machine runs it.
public final class CompiledFunction {
  public let name: String
  /// The code; it stays where it is for the life of the program, since frames point into it.
  public private(set) var code: UnsafeMutablePointer<Instruction>
  public private(set) var count = 0
  /// Registers of a frame, without the window of calls.
  public var frameSize = 0
  /// Frame plus the widest window: what a call needs of the slot file.
  public var extent = 0
  public var parameterSlots = 0
  public var resultSlots = 0
  /// Where the result stands in the frame when the function returns.
  public var resultBase = 0
  /// Registers that own a reference or are 0; released when the function is left.
  public var owned: [UInt16] = []
  /// Inout parameters: left to the caller on return, released when a trap unwinds.
  public var ownedByCaller: [UInt16] = []
  /// Where instructions come from: first instruction, place; ascending.
  public var spans: [(start: Int, location: SourceLocation)] = []
  /// In the code of a unit: which global variable has its value from which instruction on.
  public var initializations: [(variable: GlobalVariable, at: Int)] = []
  public var captureLayout: Layout = .empty
  /// Captured local functions that refer to themselves and therefore live in boxes.
  public var boxedCaptures: Set<LocalVariable> = []
  /// Global variables it reads or writes, and functions it refers to: for the check that what a unit
  /// needs has a value (`Session`).
  public var globals: Set<GlobalVariable> = []
  public var references: Set<Int> = []

  public init(name: String) {
    self.name = name
    code = .allocate(capacity: 1)
    code.initialize(to: Instruction(.returnResult))
  }

  deinit { code.deallocate() }

  public func setCode(_ instructions: [Instruction]) {
    code.deallocate()
    code = .allocate(capacity: max(instructions.count, 1))
    code.initialize(from: instructions, count: instructions.count)
    count = instructions.count
  }

  public func location(of instruction: Int) -> SourceLocation? {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].start <= instruction { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? spans.first?.location : spans[low - 1].location
  }
}
