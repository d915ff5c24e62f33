import Interpreter

extension String: SlotConvertible {
  public static func read(from input: inout SlotReader) -> String {
    input.next().object(as: StringObject.self).value
  }

  public func write(to output: inout SlotWriter) { output.put(.owned(StringObject(self))) }
}
