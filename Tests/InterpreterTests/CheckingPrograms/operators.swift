let n = 3, d = 2.5
print(Double(n) * d, n + 1 < 4, n == 3 && d > 2 || !(n != 3), -n, +n, ~n, n & 1 | 4 ^ 2)
var k = 10
k += 1; k -= 2; k *= 3; k /= 2; k %= 7; k <<= 1; k |= 1; k &= 0xF
print(k, (1, 2) < (1, 3), (1, "a") == (1, "a"), "a" < "b", "a" + "b" + String(n))
var s = "x"
s += "y"
s.append("z")
var xs = [1]
xs += [2, 3]
let all = xs + [4] + Array(5...6)
print(s, xs, all, all == [1, 2, 3, 4, 5, 6], xs != [])
let r = 1...5, q = 0..<3
print(r.contains(3), q.count, (0...10).reduce(0, +), r.map { $0 * $0 })
let lo = 1.0, hi = 2.0
print((lo...hi).contains(1.5), 1...3 ~= 2, abs(-3), max(1, 2, 3), min(2.5, 1))
let o: Int? = nil
print(o ?? 5, o ?? n + 1, (o ?? 0) + 1, o == nil, o != nil, o == 3)
print(d.rounded(), Int(d), Double(7) / 2, 7 / 2, n > 2 ? "big" : "small", n > 2 ? 1 : 2.5)
