let xs = [3, 1, 2]
print(xs.map { $0 * 2 }, xs.filter { $0 > 1 }, xs.sorted(), xs.sorted(by: >), xs.sorted { $0 > $1 })
print(xs.reduce(0) { $0 + $1 }, xs.reduce(1, *), xs.map(String.init), xs.map { Double($0) / 2 })
print(xs.map { x -> String in
    let y = x * 2
    return "\(y)"
})
let total = xs.reduce(into: [:]) { (d: inout [Int: Int], x: Int) in d[x, default: 0] += 1 }
print(total.count)
var counter = 0
let increment = { counter += 1 }
increment(); increment()
print(counter)
func makeCounter() -> () -> Int {
    var n = 0
    return { n += 1; return n }
}
let c = makeCounter()
print(c(), c())
var k = 5
let copy = { [k] in k * 2 }
k = 7
print(copy(), [1, 2].flatMap { [$0, $0] }, ["1", "x"].compactMap { Int($0) })
let pairs = zip(xs, ["a", "b", "c"]).map { ($1, $0) }
print(pairs.map { $0.0 }, pairs.first!.1, pairs.max { $0.1 < $1.1 }!.0)
let d = ["a": 1, "b": 2]
print(d.map { key, value in "\(key)\(value)" }.sorted(), d.filter { $0.value > 1 }, d.mapValues { $0 * 2 }["a"] ?? 0)
print(d.sorted { $0.key < $1.key }.map { $0.value }, d.keys.sorted(), d.values.reduce(0, +))
let sq: (Double) -> Double = { $0 * $0 }
let fs: [(Double) -> Double] = [sq, { x in x + 1 }]
print(fs.map { $0(3) }, xs.contains { $0 == 3 }, xs.allSatisfy { $0 > 0 }, xs.first { $0 < 2 } ?? 0)
print((1...3).map { i in (1...i).map { j in i * j } }, xs.forEach { print($0) })
let sum = { (a: Int, b: Int) -> Int in a + b }
print(sum(1, 2), { $0 + 1 }(4), xs.enumerated().map { $0 * $1 }, xs.indices.map { xs[$0] })
struct P { var name: String; var age: Int }
let people = [P(name: "A", age: 3), P(name: "B", age: 2)]
print(people.map(\.name), people.sorted { ($0.age, $0.name) < ($1.age, $1.name) }.map(\.age), people.map(\.name.count))
print(Dictionary(grouping: people) { $0.age }.count, people.min { $0.age < $1.age }?.name ?? "-")
