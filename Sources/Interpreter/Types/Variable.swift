/// A variable at the top level of a unit, or a stored static property.
public final class GlobalVariable: Hashable {
  public let name: String
  public var type: Type
  public let isMutable: Bool
  public var location: SourceLocation?
  /// For a static property: its initial value, computed when it is first read.
  public var lazyInitialValue: Expression?
  /// Where its value stands in the slot file; given by the compiler.
  public var firstSlot = -1

  public init(_ name: String, _ type: Type, isMutable: Bool) {
    self.name = name
    self.type = type
    self.isMutable = isMutable
  }

  public static func == (a: GlobalVariable, b: GlobalVariable) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A variable of a function: parameter, local, pattern variable, or `self`.
public final class LocalVariable: Hashable {
  public let name: String
  public var type: Type
  public let isMutable: Bool
  /// An `inout` parameter, or `self` of a mutating method.
  public var isInout = false
  /// A closure or nested function refers to it. A mutable captured variable lives in a box.
  public var isCaptured = false
  public var location: SourceLocation?

  public init(_ name: String, _ type: Type, isMutable: Bool) {
    self.name = name
    self.type = type
    self.isMutable = isMutable
  }

  public static func == (a: LocalVariable, b: LocalVariable) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
