/// One instruction: eight bytes.
public struct Instruction {
  public var opcode: Opcode
  public var a: UInt16
  public var b: UInt16
  public var c: UInt16

  @inline(__always)
  public init(_ opcode: Opcode, _ a: UInt16 = 0, _ b: UInt16 = 0, _ c: UInt16 = 0) {
    self.opcode = opcode
    self.a = a
    self.b = b
    self.c = c
  }

  /// The 32-bit number in `b` and `c`.
  @inline(__always) public var wide: Int { Int(b) | Int(c) << 16 }
  /// The same, signed.
  @inline(__always) public var signedWide: Int {
    Int(Int32(bitPattern: UInt32(b) | UInt32(c) << 16))
  }
  @inline(__always) public var signedB: Int { Int(Int16(bitPattern: b)) }
  @inline(__always) public var signedC: Int { Int(Int16(bitPattern: c)) }

  public mutating func setWide(_ value: Int) {
    let bits = UInt32(truncatingIfNeeded: value)
    b = UInt16(truncatingIfNeeded: bits)
    c = UInt16(truncatingIfNeeded: bits >> 16)
  }
}
