import Interpreter

// A range is its two bounds.

extension Range: SlotConvertible where Bound == Int {
  public static var layout: Interpreter.Layout { Slots.layout([Slots.word, Slots.word]) }
  public static var slotCount: Int { 2 }
  public static var isNullable: Bool { false }

  public static func read(from input: inout SlotReader) -> Range<Int> {
    let lower = input.next().int
    return lower..<input.next().int
  }

  public func write(to output: inout SlotWriter) {
    output.write(lowerBound)
    output.write(upperBound)
  }
}

extension ClosedRange: SlotConvertible where Bound == Int {
  public static var layout: Interpreter.Layout { Slots.layout([Slots.word, Slots.word]) }
  public static var slotCount: Int { 2 }
  public static var isNullable: Bool { false }

  public static func read(from input: inout SlotReader) -> ClosedRange<Int> {
    let lower = input.next().int
    return lower...input.next().int
  }

  public func write(to output: inout SlotWriter) {
    output.write(lowerBound)
    output.write(upperBound)
  }
}
