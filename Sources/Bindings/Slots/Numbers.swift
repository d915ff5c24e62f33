import Interpreter

extension Int: SlotConvertible {
  public static var layout: Interpreter.Layout { Slots.word }
  @inline(__always) public static var isNullable: Bool { false }
  @inline(__always) public static func read(from input: inout SlotReader) -> Int {
    input.next().int
  }
  @inline(__always) public func write(to output: inout SlotWriter) { output.put(.int(self)) }
}

extension Double: SlotConvertible {
  public static var layout: Interpreter.Layout { Slots.word }
  @inline(__always) public static var isNullable: Bool { false }
  @inline(__always) public static func read(from input: inout SlotReader) -> Double {
    input.next().double
  }
  @inline(__always) public func write(to output: inout SlotWriter) { output.put(.double(self)) }
}

extension Float: SlotConvertible {
  public static var layout: Interpreter.Layout { Slots.word }
  @inline(__always) public static var isNullable: Bool { false }
  @inline(__always) public static func read(from input: inout SlotReader) -> Float {
    input.next().float
  }
  @inline(__always) public func write(to output: inout SlotWriter) { output.put(.float(self)) }
}

extension Bool: SlotConvertible {
  public static var layout: Interpreter.Layout { Slots.word }
  @inline(__always) public static var isNullable: Bool { false }
  @inline(__always) public static func read(from input: inout SlotReader) -> Bool {
    input.next().bool
  }
  @inline(__always) public func write(to output: inout SlotWriter) { output.put(.bool(self)) }
}
