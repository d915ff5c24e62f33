/// The receiver of a member that all sequences have: `Self` and `Element` are the first generic
/// arguments, and the sequence stands in the first slots.
struct SequenceReceiver {
  let call: NativeCall
  let type: RuntimeType
  let element: RuntimeType
  /// Slots of the receiver: where the first argument stands.
  let count: Int

  init(_ call: NativeCall) {
    self.call = call
    type = call.types[0]
    element = call.types[1]
    count = type.layout.count
  }

  /// The function's own generic argument.
  func type(_ index: Int) -> RuntimeType { call.types[2 + index] }

  /// Runs the body on each element, whose slots are borrowed, until it says false.
  func forEach(_ body: (UnsafeMutablePointer<Slot>) throws -> Bool) throws {
    try call.machine.forEach(type, call.slots, body)
  }

  /// A function argument that takes one element.
  func callback(_ argument: Int = 0, result: RuntimeType) -> Callback {
    Callback(call, count + argument, arguments: element.layout.count, result: result)
  }

  /// A function argument that takes one element and gives a Bool.
  func predicate(_ argument: Int = 0) -> Callback {
    callback(argument, result: call.machine.runtimeType(named: "Bool"))
  }

  /// A function argument that compares two elements.
  func comparison(_ argument: Int = 0) -> Callback {
    Callback(
      call, count + argument, arguments: 2 * element.layout.count,
      result: call.machine.runtimeType(named: "Bool"))
  }

  /// The elements as an array (+1 for whoever keeps it): the receiver itself if it is one.
  func elements() throws -> ArrayObject { try call.machine.elements(of: type, call.slots) }

  /// An empty array of elements of a type.
  func newArray(of type: RuntimeType, capacity: Int = 0) -> ArrayObject {
    ArrayObject(element: type.layout, capacity: capacity)
  }

  /// How many elements there are, where that is known at once.
  var knownCount: Int {
    switch type.kind {
    case .array, .slice, .pairs: ArrayWindow(type, call.slots).count
    case .range where element.isInteger: call.int(1) - call.int(0)
    case .closedRange where element.isInteger: call.int(1) - call.int(0) + 1
    case .set: call.object(0, as: SetObject.self).storage.count
    case .dictionary: call.object(0, as: DictionaryObject.self).storage.count
    default: 0
    }
  }
}

extension Machine {
  /// The elements of any sequence as an array; of an array the same object.
  func elements(
    of type: RuntimeType, _ slots: UnsafeMutablePointer<Slot>
  ) throws -> ArrayObject {
    if case .array = type.kind { return slots[0].object() }
    let array = ArrayObject(element: try elementType(of: type).layout)
    try forEach(type, slots) {
      array.append($0)
      return true
    }
    return array
  }
}

extension ArrayObject {
  /// A new array of some of the elements.
  func slice(_ range: Range<Int>) -> ArrayObject {
    let result = ArrayObject(element: element, capacity: range.count)
    for i in range { result.append(self[i]) }
    return result
  }
}
