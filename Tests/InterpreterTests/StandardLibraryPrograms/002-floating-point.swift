// Double and Float: printing, rounding, constants, conversions.
import Foundation

print(0.1 + 0.2, 1e15, 1e16, 1.0, -0.0, 1 / 3.0, 100000.0, 1e-5, 123456789.125)
print(Float(1) / 3, Float(0.1), Double(Float(0.1)), Float.pi, Double.pi)
print(2.5.rounded(), (-2.5).rounded(), 2.4.rounded(.up), 2.6.rounded(.down))
print(2.5.rounded(.toNearestOrEven), (-2.7).rounded(.towardZero))
print(Double.infinity, -Double.infinity, Double.nan, Double.greatestFiniteMagnitude)
print((0.0 / 0).isNaN, (1 / 0.0).isInfinite, 1.5.isFinite, 0.0.isZero)
print(9.0.squareRoot(), (-9.0).magnitude, 7.5.truncatingRemainder(dividingBy: 2))
print(Double("3.25")!, Double("abc") == nil, Float("1e3")!, Double("inf")!)
print(Double(7), Int(7.9), Float(2.5) * 2, Double(3) / 2)
print(exp(1.0), log(10.0), log2(8.0), log10(1000.0), pow(2.0, 10.0), sqrt(2.0))
print(sin(0.5), cos(0.5), tan(0.5), tanh(0.5), atan(1.0), atan2(1.0, -1.0))
print(sinh(1.0), cosh(1.0), floor(-2.5), ceil(-2.5), round(2.5), fabs(-3.25), fmod(7.5, 2))
print(hypot(3.0, 4.0), cbrt(27.0), exp(Float(1)), sqrt(Float(2)))
var x = 3.7
x.round()
print(x)
x.negate()
x += 1.5; x *= 2; x -= 0.25; x /= 4
print(x)
print(min(1.5, 2), max(1.5, 2), abs(-1.5), Double.minimum(1, 2))
let one = 1.0
print(one < 2, one == 1.5, Double.nan == Double.nan, 3 != 3.5)
print([3.5, 1.25, 2].sorted(), [1.5, 2.5].reduce(0, +), [2.0, 3].max()!)
print(String(format: "%.3f|%8.2f|%-8.2f|%e|%g", 3.14159, 2.5, 2.5, 12345.678, 0.0001))
print(String(format: "%d %5d %-5d| %05d %x %X %o %c %%", 42, 42, 42, 42, 255, 255, 8, 65))
print(String(format: "%@ and %@", "text", "more"), String(format: "%+d %+.1f", 5, 2.0))
print(1.0.ulp, 5.0.exponent, 6.0.significand, 1.0.nextUp)
