import Interpreter

extension Optional: SlotConvertible where Wrapped: SlotConvertible {
  public static var layout: Interpreter.Layout {
    Slots.optional(Wrapped.layout, isNullable: Wrapped.isNullable)
  }
  @inline(__always) public static var slotCount: Int {
    Wrapped.isNullable ? 1 : 1 + Wrapped.slotCount
  }
  @inline(__always) public static var isNullable: Bool { false }

  public static func read(from input: inout SlotReader) -> Wrapped? {
    input.readOptional(isNullable: Wrapped.isNullable, count: Wrapped.slotCount) { input in
      Wrapped.read(from: &input)
    }
  }

  public func write(to output: inout SlotWriter) {
    output.writeOptional(self, isNullable: Wrapped.isNullable, count: Wrapped.slotCount) {
      output, wrapped in wrapped.write(to: &output)
    }
  }
}
