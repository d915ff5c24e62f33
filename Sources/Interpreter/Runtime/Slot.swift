/// One machine word of guest data: an integer, the bits of a floating-point number, a tag, or one
/// owned reference to a Swift object. Types have been proved, so that nothing in it says which.
public typealias Slot = UInt64

extension Slot {
  @inline(__always) public init(_ value: Int, _: Void = ()) {
    self = UInt64(bitPattern: Int64(value))
  }

  /// The word as an Int.
  @inline(__always) public var int: Int { Int(truncatingIfNeeded: self) }
  @inline(__always) public var double: Double { Double(bitPattern: self) }
  @inline(__always) public var float: Float { Float(bitPattern: UInt32(truncatingIfNeeded: self)) }
  @inline(__always) public var bool: Bool { self != 0 }

  @inline(__always) public static func int(_ value: Int) -> Slot {
    UInt64(bitPattern: Int64(value))
  }
  @inline(__always) public static func double(_ value: Double) -> Slot { value.bitPattern }
  @inline(__always) public static func float(_ value: Float) -> Slot { UInt64(value.bitPattern) }
  @inline(__always) public static func bool(_ value: Bool) -> Slot { value ? 1 : 0 }

  /// A new reference, which the slot owns (+1).
  @inline(__always) public static func owned(_ object: AnyObject) -> Slot {
    UInt64(UInt(bitPattern: Unmanaged.passRetained(object).toOpaque()))
  }

  /// A word that names the object without owning it.
  @inline(__always) public static func borrowed(_ object: AnyObject) -> Slot {
    UInt64(UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque()))
  }

  /// The object in the slot, which keeps owning it. The slot must hold a reference of that class.
  @inline(__always) public func object<T: AnyObject>(as type: T.Type = T.self) -> T {
    unmanaged(as: type).takeUnretainedValue()
  }

  @inline(__always) public func unmanaged<T: AnyObject>(as type: T.Type = T.self) -> Unmanaged<T> {
    Unmanaged<T>.fromOpaque(
      UnsafeRawPointer(bitPattern: UInt(truncatingIfNeeded: self)).unsafelyUnwrapped)
  }

  /// One more owner.
  @inline(__always) public func retain() {
    if self != 0 { _ = unmanaged(as: AnyObject.self).retain() }
  }

  /// One owner less.
  @inline(__always) public func release() {
    if self != 0 { unmanaged(as: AnyObject.self).release() }
  }
}

/// How a value stands in slots.
public struct Layout: Hashable, Sendable {
  /// One element a slot: true where it holds a reference.
  public var isReference: [Bool]

  public init(_ isReference: [Bool]) { self.isReference = isReference }

  public var count: Int { isReference.count }
  public var hasReferences: Bool { isReference.contains(true) }

  public static let word = Layout([false])
  public static let reference = Layout([true])
  public static let empty = Layout([])

  public func retain(_ slots: UnsafePointer<Slot>) {
    for i in 0..<count where isReference[i] { slots[i].retain() }
  }

  public func release(_ slots: UnsafePointer<Slot>) {
    for i in 0..<count where isReference[i] { slots[i].release() }
  }
}
