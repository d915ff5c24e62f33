enum Suit: String, CaseIterable { case clubs, hearts = "H", spades
    var isRed: Bool { self == .hearts }
    static var best: Suit { .spades }
    mutating func next() { self = self == .clubs ? .hearts : .clubs }
}
enum Level: Int, Comparable { case low = 1, mid, high
    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
}
indirect enum Expr {
    case number(Double)
    case add(Expr, Expr)
    case negate(Expr)
    case named(name: String, value: Double)
    func eval() -> Double {
        switch self {
        case .number(let v): return v
        case let .add(a, b): return a.eval() + b.eval()
        case .negate(let e): return -e.eval()
        case .named(_, value: let v): return v
        }
    }
}
var s = Suit.clubs
s.next()
print(s, s.rawValue, Suit(rawValue: "H") ?? .clubs, Suit.allCases.map { $0.rawValue }, Suit.best.isRed, Suit.allCases.count)
print(Level.low < .high, Level(rawValue: 2)!, [Level.high, .low].sorted(), max(Level.low, .mid))
let e = Expr.add(.number(1), .negate(.named(name: "x", value: 3)))
print(e.eval())
if case .add(let a, _) = e, case .number(let v) = a { print(v) }
func describe(_ level: Level?) -> String {
    switch level {
    case .low?: return "low"
    case .some(.mid): return "mid"
    case .high: return "high"
    case nil: return "none"
    }
}
print(describe(.mid), describe(nil))
enum Result2 { case ok(Int), failed(String) }
let results: [Result2] = [.ok(1), .failed("x")]
for r in results {
    switch r {
    case .ok(let n) where n > 0: print(n)
    case .ok: print("zero")
    case .failed(let why): print(why)
    }
}
let f: (Int) -> Result2 = Result2.ok
print(f(3))
let isOk = if case .ok = results[0] { true } else { false }
print(isOk)
enum Shape { case circle(r: Double), rect(Double, Double)
    var area: Double {
        switch self {
        case .circle(let r): 3.14 * r * r
        case .rect(let w, let h): w * h
        }
    }
}
print([Shape.circle(r: 1), .rect(2, 3)].map { $0.area }.reduce(0, +))
