func f(_ b: Bool) -> Int {
    let x: Int
    if b { x = 1 } else { x = 2 }
    return x
}
func g(_ n: Int) -> String {
    let name: String
    switch n {
    case 0: name = "zero"
    case 1: name = "one"
    default: return "many"
    }
    return name
}
func h(_ xs: [Int]) -> Int {
    var best: Int
    best = 0
    for x in xs { if x > best { best = x } }
    while true {
        best += 1
        if best > 10 { return best }
    }
}
func k(_ s: String) throws -> Int {
    let value: Int
    do { value = try m(s) } catch { return 0 }
    return value
}
struct E: Error {}
func m(_ s: String) throws -> Int { if s.isEmpty { throw E() }; return s.count }
let y: Int
if f(true) > 0 { y = 3 } else { y = 4 }
print(f(true), g(1), h([1]), try k("a"), y)
struct S {
    let a: Int, b: Int
    init(_ n: Int) {
        if n > 0 { a = n; b = 1 } else { a = 0; b = -n }
    }
    init?(text: String) {
        guard let n = Int(text) else { return nil }
        a = n
        b = 0
    }
}
print(S(1), S(text: "3")?.a ?? 0)
class C {
    let id: Int
    var tags: [String]
    init(id: Int) {
        self.id = id
        tags = []
        setup()
    }
    func setup() { tags.append("\(id)") }
}
print(C(id: 3).tags)
