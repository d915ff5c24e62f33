/// What the machine knows at run time about a concrete type: made once per type, compared by identity.
public final class RuntimeType {
  public let type: Type
  public let layout: Layout
  /// Runtime types of generic arguments, tuple elements, or an optional's payload.
  public internal(set) var arguments: [RuntimeType] = []
  /// Stored properties of a struct or class, inherited ones first: name, type, first slot.
  public internal(set) var fields: [Field] = []
  /// Layout of all fields of a class instance.
  public internal(set) var fieldLayout: Layout = .empty
  /// Cases of an enum: name, payload types with labels.
  public internal(set) var cases: [Case] = []
  public internal(set) var superclass: RuntimeType?
  /// Functions for the overridable members of a class, by their number in `methodIndex`.
  public internal(set) var methods: [Int] = []
  /// Overridden native members with the function that replaces them: `forward(_:)` for a method,
  /// `name` for a getter, `set name` for a setter.
  public internal(set) var overrides: [String: Int] = [:]
  /// Guest functions that replace the structural behaviour: `description`, `==`, `hash(into:)`, `<`,
  /// `deinit`.
  public internal(set) var witnesses: [Witness: Int] = [:]

  public struct Field {
    public var name: String
    public var type: RuntimeType
    public var slot: Int
  }

  public struct Case {
    public var name: String
    public var payload: [(label: String?, type: RuntimeType)]
    public var payloadLayout: Layout
  }

  public enum Witness: Hashable { case description, equals, hash, less, deinitialize }

  init(_ type: Type, layout: Layout) {
    self.type = type
    self.layout = layout
  }

  public var name: String { type.description }

  /// How the values are described, compared and hashed.
  lazy var kind = ValueKind(type)
  /// Whether an optional of the type is one reference that is 0 for nil (see `Layout`).
  lazy var isNullable = ValueKind.isNullable(self)
  /// The tuple or other composed type of what iteration yields, once it has been asked for.
  var iterationElement: RuntimeType?
  /// The optional of this type, once it has been asked for.
  var optionalType: RuntimeType?
}
