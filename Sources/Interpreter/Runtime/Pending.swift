extension Machine {
  public func describe(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) -> String { type.name == "Int" ? "\(slots[0].int)" : type.name }
  public func equals(_ type: RuntimeType, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>) throws -> Bool { false }
}
extension Library { static func literalFunction(_ type: Type) -> NativeFunction { { _ in throw Trap("no") } } }
extension Machine { func debugDescribe(_ type: RuntimeType, _ slots: UnsafePointer<Slot>) -> String { "" } }
