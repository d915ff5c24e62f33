// Whole numbers: arithmetic, conversions, bits, other widths.
print(7 / -2, -7 % 3, -7 / 2, 7 &+ Int.max, Int.max, Int.min)
print(1 << 10, -1 >> 3, 0xff & 0x0f, 5 | 2, 5 ^ 1, ~5)
print(Int("42") ?? -1, Int("x") ?? -1, Int("ff", radix: 16)!, Int("-101", radix: 2)!)
print(Int(3.99), Int(-3.99), Int(exactly: 3.5) ?? 0, Int(exactly: 4.0) ?? 0)
print((-5).magnitude, abs(-5), (-5).signum(), 12.isMultiple(of: 4))
print(17.quotientAndRemainder(dividingBy: 5))
let q = (-17).quotientAndRemainder(dividingBy: 5)
print(q.quotient, q.remainder)
print(min(3, 1, 2), max(3, 1, 2), max(1, 9, 4, 7), min(2, 8))
print(String(255, radix: 16), String(255, radix: 16, uppercase: true), String(-5, radix: 2))
print(Int.max.addingReportingOverflow(1).overflow, 5.subtractingReportingOverflow(7).partialValue)
print(6.nonzeroBitCount, 8.trailingZeroBitCount, 1.leadingZeroBitCount)
var n = 10
n += 5; n -= 3; n *= 2; n /= 5; n %= 3
print(n)
n = 6
n <<= 2; n |= 1; n &= 0x1f; n ^= 3; n >>= 1
print(n)
n.negate()
print(n)

let state: UInt64 = 42 &* 6364136223846793005 &+ 1442695040888963407
print(state, state >> 40, Double(state >> 40), state % 1000)
print(UInt8.max, Int8.min, UInt16.max, Int32.max, UInt32.max, Int64.min, UInt64.max)
let small: UInt8 = 200
print(small &+ 100, Int(small) + 100, UInt8(truncatingIfNeeded: 300), UInt8(clamping: 300))
print(UInt8(exactly: 256) == nil, Int8(exactly: -128)!, UInt8("17")!, UInt32(7) + 1)
print(Int32(-5) / 2, UInt(3) * 4, ~UInt8(1), Int16(3) << 4)
print([UInt8(3), 1, 2].sorted(), UInt8(65) < 66)
print(5.description + "!", 5.distance(to: 9), 5.advanced(by: 3))
print((1...5).contains(5), (1..<5).contains(5), 3 ~= 3)
