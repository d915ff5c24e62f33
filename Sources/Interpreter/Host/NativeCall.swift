/// The arguments of a native call and the place for its result.
///
/// Arguments stand one after another from slot 0, each in the slots of its layout; the receiver comes
/// first. They are borrowed: a native function that keeps one takes a reference of its own. The result
/// goes to slot 0 and following as +1; arguments may be overwritten by it, so read them first.
///
/// An `inout` argument (the receiver of a mutating method too) stands in its slots as an owned value
/// that the function may replace: what is in those slots after the call is written back. Because the
/// result would overwrite it, the result of a function with `inout` arguments goes to `result`, the
/// first slot after all arguments, instead (see `resultBase`).
public struct NativeCall {
  public let slots: UnsafeMutablePointer<Slot>
  /// Where the result goes: 0, or the number of argument slots when there is an `inout` argument.
  public let resultBase: Int
  /// Concrete types of the generic parameters: the owner's, then the function's own.
  public internal(set) var types: [RuntimeType]
  public unowned(unsafe) let machine: Machine
  /// The call is `super.f()` in guest code: the receiver's own override must not run again.
  public var isSuper = false

  public init(
    slots: UnsafeMutablePointer<Slot>, resultBase: Int = 0, types: [RuntimeType] = [],
    machine: Machine, isSuper: Bool = false
  ) {
    self.slots = slots
    self.resultBase = resultBase
    self.types = types
    self.machine = machine
    self.isSuper = isSuper
  }

  @inline(__always) public func int(_ i: Int) -> Int { slots[i].int }
  @inline(__always) public func double(_ i: Int) -> Double { slots[i].double }
  @inline(__always) public func float(_ i: Int) -> Float { slots[i].float }
  @inline(__always) public func bool(_ i: Int) -> Bool { slots[i].bool }
  @inline(__always) public func string(_ i: Int) -> String {
    slots[i].object(as: StringObject.self).value
  }
  @inline(__always) public func object<T: AnyObject>(_ i: Int, as type: T.Type = T.self) -> T {
    slots[i].object(as: type)
  }
  @inline(__always) public func array(_ i: Int) -> ArrayObject { slots[i].object() }
  /// A native struct or enum.
  @inline(__always) public func boxed<T>(_ i: Int, as type: T.Type = T.self) -> T {
    slots[i].object(as: NativeBox<T>.self).value
  }

  @inline(__always) public func returnInt(_ value: Int) { slots[resultBase] = .int(value) }
  @inline(__always) public func returnDouble(_ value: Double) { slots[resultBase] = .double(value) }
  @inline(__always) public func returnFloat(_ value: Float) { slots[resultBase] = .float(value) }
  @inline(__always) public func returnBool(_ value: Bool) { slots[resultBase] = .bool(value) }
  @inline(__always) public func returnString(_ value: String) {
    slots[resultBase] = .owned(StringObject(value))
  }
  @inline(__always) public func returnObject(_ value: AnyObject) {
    slots[resultBase] = .owned(value)
  }
  @inline(__always) public func returnBoxed<T>(_ value: T) {
    slots[resultBase] = .owned(NativeBox(value))
  }
}

/// An error value that guest code can catch; thrown by native functions declared `throws`.
public struct GuestError: Error {
  public let value: ExistentialObject

  public init(_ value: ExistentialObject) { self.value = value }
}

/// A run-time error that guest code cannot catch: `Fatal error: Index out of range`.
public struct Trap: Error {
  public var message: String
  /// Name of the error type behind it, if any: `TensorError`.
  public var typeName: String?

  public init(_ message: String, typeName: String? = nil) {
    self.message = message
    self.typeName = typeName
  }
}
