import Interpreter

/// Reads the arguments of a native call one after another.
public struct SlotReader {
  private var place: UnsafeMutablePointer<Slot>
  /// What the generic parameters in scope stand for.
  public let types: [RuntimeType]
  /// Of the call; nil where a value is only described or compared.
  private let runner: Unmanaged<Machine>?
  let isSuper: Bool

  public var machine: Machine {
    runner.unsafelyUnwrapped.takeUnretainedValue()
  }

  @inline(__always)
  init(_ call: NativeCall) {
    place = call.slots
    types = call.types
    runner = .passUnretained(call.machine)
    isSuper = call.isSuper
  }

  init(_ place: UnsafeMutablePointer<Slot>) {
    self.place = place
    types = []
    runner = nil
    isSuper = false
  }

  init(_ place: UnsafeMutablePointer<Slot>, types: [RuntimeType], machine: Machine) {
    self.place = place
    self.types = types
    runner = .passUnretained(machine)
    isSuper = false
  }

  /// Reads the payload of an enum.
  init(payload: Slot) {
    self.init(payload.object(as: PayloadObject.self).slots)
  }

  /// The two slots of an enum with payloads.
  @inline(__always)
  mutating func readTagged() -> (tag: Slot, payload: Slot) { (next(), next()) }

  @inline(__always)
  mutating func next() -> Slot {
    defer { place += 1 }
    return place.pointee
  }

  @inline(__always)
  mutating func skip(_ count: Int) { place += count }

  @inline(__always)
  public mutating func read<T: SlotConvertible>(_ type: T.Type) -> T { T.read(from: &self) }

  /// The receiver of an open member. In `super.f()` it is told to run the library's own `f`.
  @inline(__always)
  public mutating func readReceiver<T: SlotConvertible & AnyObject>(_ type: T.Type) -> T {
    let receiver = read(type)
    if isSuper { (receiver as? any GuestSubclass)?.callsSuper = true }
    return receiver
  }

  /// A value of a type that is known at run time only.
  public mutating func readValue(_ type: RuntimeType) -> GuestValue {
    defer { place += type.layout.count }
    return GuestValue(ExistentialObject(type, copying: place), machine)
  }

  /// The elements of an array, each read by `element`.
  public mutating func readArray<T>(_ element: (inout SlotReader) throws -> T) rethrows -> [T] {
    let array = next().object(as: ArrayObject.self)
    var inner = self
    inner.place = array.slots
    var result: [T] = []
    result.reserveCapacity(array.count)
    for _ in 0..<array.count { result.append(try element(&inner)) }
    return result
  }

  /// An optional whose value, of `count` slots, is read by `wrapped`.
  public mutating func readOptional<T>(
    isNullable: Bool, count: Int, _ wrapped: (inout SlotReader) throws -> T
  ) rethrows -> T? {
    if isNullable {
      if place.pointee == 0 {
        place += 1
        return nil
      }
      return try wrapped(&self)
    }
    if next() == 0 {
      place += count
      return nil
    }
    return try wrapped(&self)
  }

  /// A guest function, wrapped by `make` into a closure that other Swift code can call.
  public mutating func readFunction<F>(
    _ arguments: [Interpreter.Layout], _ result: Interpreter.Layout, as make: (GuestFunction) -> F
  ) -> F {
    let closure = next().object(as: ClosureObject.self)
    return make(
      GuestFunction(closure, machine, Slots.layout(arguments), result: result, types: types))
  }

  /// An existential, whose value is read by `read` according to its dynamic type.
  public mutating func readExistential<T>(
    _ read: (inout SlotReader, RuntimeType) throws -> T
  ) rethrows -> T {
    let object = next().object(as: ExistentialObject.self)
    var inner = self
    inner.place = object.slots
    return try read(&inner, object.type)
  }

  /// An instance of a class, as it is or inside an existential.
  public mutating func readObject<T: SlotConvertible & AnyObject>(_ type: T.Type) -> T {
    let object = next().object(as: AnyObject.self)
    guard let existential = object as? ExistentialObject else {
      return unsafeDowncast(object, to: T.self)
    }
    return existential.slots[0].object(as: T.self)
  }
}

extension RuntimeType {
  /// Whether an optional of the type is one reference that is 0 for nil.
  var isNullable: Bool {
    if layout != .reference { return false }
    switch type {
    case .nominal(let declaration, _):
      // A second level of optional needs a tag of its own; so does a struct around an optional.
      if declaration.name == "Optional" { return false }
      guard declaration.native == nil, declaration.kind == .struct else { return true }
      return fields.first { $0.type.layout.count > 0 }?.type.isNullable ?? true
    case .tuple:
      return fields.first { $0.type.layout.count > 0 }?.type.isNullable ?? true
    default: return true
    }
  }

  /// Whether it is the type of this name, and for a generic one that it has this argument.
  func isNamed(_ name: String, of argument: String? = nil) -> Bool {
    guard let nominal = type.nominal, nominal.name == name else { return false }
    guard let argument else { return true }
    return arguments.first?.type.nominal?.name == argument
  }
}
