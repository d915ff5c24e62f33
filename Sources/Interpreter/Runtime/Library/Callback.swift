/// A function argument that native code calls again and again, with room for what goes in and out.
final class Callback {
  private unowned(unsafe) let machine: Machine
  private let closure: ClosureObject
  private var arguments: [Slot]
  let result: ValueBuffer

  /// - Parameters:
  ///   - index: The closure's slot.
  ///   - arguments: How many slots its arguments take.
  ///   - type: The type of its result.
  init(_ call: NativeCall, _ index: Int, arguments: Int, result type: RuntimeType) {
    machine = call.machine
    closure = call.object(index)
    self.arguments = [Slot](repeating: 0, count: arguments)
    result = ValueBuffer(type)
  }

  /// Calls with one argument of all the slots; what it returns is in `result` until the next call.
  func callAsFunction(_ argument: UnsafePointer<Slot>) throws {
    for i in 0..<arguments.count { arguments[i] = argument[i] }
    result.clear()
    try machine.call(closure, arguments, result: result.slots)
  }

  /// Calls with two arguments, the first of which takes `count` slots.
  func callAsFunction(
    _ first: UnsafePointer<Slot>, count: Int, _ second: UnsafePointer<Slot>
  ) throws {
    for i in 0..<count { arguments[i] = first[i] }
    for i in count..<arguments.count { arguments[i] = second[i - count] }
    result.clear()
    try machine.call(closure, arguments, result: result.slots)
  }

  /// The same where the first parameter is `inout`: its slots are replaced.
  func update(
    _ first: UnsafeMutablePointer<Slot>, count: Int, _ second: UnsafePointer<Slot>
  ) throws {
    for i in 0..<count { arguments[i] = first[i] }
    for i in count..<arguments.count { arguments[i] = second[i - count] }
    result.clear()
    defer { for i in 0..<count { first[i] = arguments[i] } }
    try machine.call(closure, updating: &arguments, result: result.slots)
  }

  /// Calls a function that gives a Bool.
  func isTrue(_ argument: UnsafePointer<Slot>) throws -> Bool {
    try self(argument)
    return result.slots[0].bool
  }

  /// A predicate over two values of the same type, like `<`.
  func isTrue(_ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>) throws -> Bool {
    try self(a, count: arguments.count / 2, b)
    return result.slots[0].bool
  }
}
