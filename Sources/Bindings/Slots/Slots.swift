import Interpreter

/// Layouts, and what the runtime asks about values of library types.
public enum Slots {
  public static let word = Interpreter.Layout.word
  public static let reference = Interpreter.Layout.reference
  /// An enum of which some case has a payload: the tag, the payload or 0.
  public static let tagged = Interpreter.Layout([false, true])

  /// The layout of a tuple of parts.
  public static func layout(_ parts: [Interpreter.Layout]) -> Interpreter.Layout {
    parts.count == 1 ? parts[0] : Interpreter.Layout(parts.flatMap(\.isReference))
  }

  /// The layout of an optional of something.
  public static func optional(
    _ wrapped: Interpreter.Layout, isNullable: Bool
  ) -> Interpreter.Layout {
    isNullable ? reference : Interpreter.Layout([false] + wrapped.isReference)
  }

  /// The value in the slots, which keep it.
  @inline(__always)
  static func value<T: SlotConvertible>(_ type: T.Type, _ slots: UnsafePointer<Slot>) -> T {
    var input = SlotReader(UnsafeMutablePointer(mutating: slots))
    return T.read(from: &input)
  }

  /// What `print` shows for a value of a library type.
  public static func describe<T: SlotConvertible>(
    _ type: T.Type, _ slots: UnsafePointer<Slot>
  ) -> String {
    String(describing: value(type, slots))
  }

  public static func equal<T: SlotConvertible & Equatable>(
    _ type: T.Type, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>
  ) -> Bool {
    value(type, a) == value(type, b)
  }

  public static func hash<T: SlotConvertible & Hashable>(
    _ type: T.Type, _ slots: UnsafePointer<Slot>, _ hasher: inout Hasher
  ) {
    hasher.combine(value(type, slots))
  }
}
