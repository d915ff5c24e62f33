import Interpreter

/// Calls of functions whose first argument is `inout`.
extension NativeCall {
  /// Calls a function that returns nothing and puts the changed value back.
  @inline(__always)
  mutating func mutate<T: SlotConvertible>(
    _ type: T.Type, _ body: (inout T, inout SlotReader) throws -> Void
  ) throws {
    var input = SlotReader(self)
    var value = input.read(type)
    try guarded { try body(&value, &input) }
    replace(with: value)
  }

  /// Calls a function, puts the changed value back and leaves the result after the arguments.
  @inline(__always)
  mutating func mutate<T: SlotConvertible, R: SlotConvertible>(
    _ type: T.Type, _ body: (inout T, inout SlotReader) throws -> R
  ) throws {
    try mutate(type, body) { output, result in result.write(to: &output) }
  }

  @inline(__always)
  mutating func mutate<T: SlotConvertible, R>(
    _ type: T.Type, _ body: (inout T, inout SlotReader) throws -> R,
    write: (inout SlotWriter, R) -> Void
  ) throws {
    var input = SlotReader(self)
    var value = input.read(type)
    let result = try guarded { try body(&value, &input) }
    replace(with: value)
    var output = SlotWriter(slots + resultBase, types: types, machine: machine)
    write(&output, result)
  }

  /// The first argument owns its slots: the old value goes, the new one stays.
  @inline(__always)
  private func replace<T: SlotConvertible>(with value: T) {
    T.layout.release(slots)
    var output = SlotWriter(slots, types: types, machine: machine)
    output.write(value)
  }
}
