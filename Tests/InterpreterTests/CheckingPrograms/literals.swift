let a = 1, b = -2, c = 0xFF, d = 0b101, e = 1_000_000
let x = 1.5, y = -2e3, z: Double = 3
let f: Float = 0.1, g: UInt8 = 255, h: Int64 = -1
let s = "a\tb\u{41}\n", r = #"raw \n"#, m = """
    two
    lines
    """
let ch: Character = "x", o: Int? = nil, p: Double? = 3
let arr = [1, 2, 3], darr: [Double] = [1, 2, 3], mixed = [1, 2.5], opt = [1, nil, 3]
let nested = [[1, 2], [], [3]]
let dict = ["a": 1, "b": 2], empty: [String: [Int]] = [:], set: Set<Int> = [1, 2]
let t = (1, name: "x", 2.5)
print(a, b, c, d, e, x, y, z, f, g, h, s, r, m, ch, o as Any, p!, arr, darr, mixed, opt, nested, dict, empty, set, t.name, t.0, t.2)
let any: Any = 5, anys: [Any] = [1, "a", 2.5, nil as Int? as Any]
print(any, anys.count)
let big: UInt64 = 18_446_744_073_709_551_615
print(big, (1 + 2) * 3 - 4 / 2, 7 % 3, 1 << 4, 0.5 + 1 / 2, 2 * 3.5)
