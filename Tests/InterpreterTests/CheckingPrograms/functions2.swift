func add(_ a: Int, _ b: Int = 1) -> Int { a + b }
func join(_ parts: String..., separator: String = ",") -> String { parts.joined(separator: separator) }
func divide(_ a: Int, by b: Int) -> (quotient: Int, remainder: Int) { (a / b, a % b) }
func bump(_ n: inout Int, by step: Int = 1) { n += step }
func apply(_ f: (Int) -> Int, to n: Int) -> Int { f(n) }
func make(_ k: Int) -> (Int) -> Int { { $0 * k } }
func compose(_ f: @escaping (Int) -> Int, _ g: @escaping (Int) -> Int) -> (Int) -> Int { { g(f($0)) } }
func area(width: Double, height: Double) -> Double { width * height }
func area(side: Double) -> Double { side * side }
func show(_ x: Int) -> String { "int" }
func show(_ x: String) -> String { "string" }
@discardableResult func log(_ s: String) -> Int { print(s); return s.count }
func even(_ n: Int) -> Bool { n == 0 || odd(n - 1) }
func odd(_ n: Int) -> Bool { n != 0 && even(n - 1) }
var n = 3
bump(&n)
bump(&n, by: 2)
var xs = [1, 2]
bump(&xs[0])
let (q, r) = divide(7, by: 2)
print(add(1), add(1, 2), join("a", "b"), join("a", "b", separator: "-"), q, r, divide(7, by: 2).remainder)
print(apply({ $0 + 1 }, to: 2), apply(make(3), to: 2), apply(abs, to: -3), compose(make(2), make(3))(1))
print(area(width: 2, height: 3), area(side: 2), show(1), show("a"), even(10), n, xs)
log("hello")
func outer(_ limit: Int) -> [Int] {
    var found: [Int] = []
    func visit(_ k: Int, depth: Int = 0) {
        if k > limit { return }
        found.append(k + depth)
        visit(k * 2, depth: depth + 1)
    }
    visit(1)
    return found
}
print(outer(20))
let f: (Int, Int) -> Int = add
let ops: [String: (Double, Double) -> Double] = ["+": (+), "-": (-), "max": max]
print(f(1, 2), ops["+"]!(1, 2), ops["max"]?(1, 3) ?? 0)
func early(_ x: Int?) -> String {
    guard let x, x > 0 else { return "none" }
    return "\(x)"
}
print(early(nil), early(3))
func never() -> Never { fatalError("stop") }
func pick(_ b: Bool) -> Int { if b { return 1 }; never() }
print(pick(true))
