import Interpreter

/// A type of the host whose values stand in slots in one fixed way.
///
/// Numbers, strings, optionals, arrays and ranges conform by hand; bindgen conforms every class of
/// the library (one reference to the object) and every struct and enum (`BoxedInSlot`).
public protocol SlotConvertible {
  /// How many slots a value takes, and which of them hold references.
  static var layout: Interpreter.Layout { get }
  static var slotCount: Int { get }
  /// Whether an optional of it is one reference that is 0 for nil.
  static var isNullable: Bool { get }

  /// Reads the next value; its slots keep their references.
  static func read(from input: inout SlotReader) -> Self
  /// Writes the value with references of its own.
  func write(to output: inout SlotWriter)
}

/// A value that occupies one reference.
extension SlotConvertible {
  public static var layout: Interpreter.Layout { Slots.reference }
  @inline(__always) public static var slotCount: Int { 1 }
  @inline(__always) public static var isNullable: Bool { true }
}

/// Instances of classes stand in slots as they are.
extension SlotConvertible where Self: AnyObject {
  @inline(__always) public static func read(from input: inout SlotReader) -> Self {
    input.next().object(as: Self.self)
  }

  @inline(__always) public func write(to output: inout SlotWriter) {
    output.put(.owned(self))
  }
}

/// A struct or enum of the library: its values stand in slots as references to a `NativeBox`.
public protocol BoxedInSlot: SlotConvertible {}

extension BoxedInSlot {
  @inline(__always) public static func read(from input: inout SlotReader) -> Self {
    input.next().object(as: NativeBox<Self>.self).value
  }

  @inline(__always) public func write(to output: inout SlotWriter) {
    output.put(.owned(NativeBox(self)))
  }
}
