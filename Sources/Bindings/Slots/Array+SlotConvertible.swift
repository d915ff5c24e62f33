import Interpreter

extension Array: SlotConvertible where Element: SlotConvertible {
  public static func read(from input: inout SlotReader) -> [Element] {
    input.readArray { input in Element.read(from: &input) }
  }

  public func write(to output: inout SlotWriter) {
    output.writeArray(self, Element.layout) { output, element in element.write(to: &output) }
  }
}
