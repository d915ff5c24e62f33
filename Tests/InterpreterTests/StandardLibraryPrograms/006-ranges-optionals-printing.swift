// Ranges, optionals, and how values print.
let r = 2..<6, c = 1...4
print(r, c, r.count, c.count, r.lowerBound, c.upperBound, r.isEmpty, (3..<3).isEmpty)
print(r.contains(6), c.contains(4), r.map { $0 }, c.filter { $0 % 2 == 0 }, c.reduce(1, *), Array(r.reversed()))
print((0.0..<1.0).contains(0.5), ("a"..."f").contains("c"), r.overlaps(5..<9), r.clamped(to: 3..<5))
print(r.first!, r.last!, r.dropFirst(), r.prefix(2), c.sorted(by: >), r.min()!, (1..<1).max() == nil)
print((1...).prefix(3).map { $0 }, [10, 20, 30][1...], ...3 ~= 2, (5...).contains(4), ..<3, r == 2..<6)
print([1..<3, 4..<6], [1...2], Optional(1..<2) as Any)
switch 42 {
case ..<0: print("negative")
case 0..<10: print("small")
case 10...: print("large")
default: print("?")
}
for i in stride(from: 10, to: 0, by: -4) { print(i, terminator: " ") }
for i in (0...3).reversed() { print(i, terminator: " ") }
print()

let some: Int? = 5, none: Int? = nil
print(some as Any, none as Any, some ?? 0, none ?? 0, some.map { $0 * 2 } ?? -1, none.map { $0 * 2 } ?? -1)
print(some == 5, none == nil, some != nil, some.flatMap { $0 > 3 ? "big" : nil } ?? "small", [some, none])
var taken: String? = "x"
print(taken.take()!, taken == nil)

struct Point { var x = 1.5; var name: String? = "p" }
enum Shape { case dot, circle(radius: Double), pair(Int, String), at(Point) }
final class Node { var value = 1 }
print(Point(), [Point(name: nil)], Shape.dot, Shape.circle(radius: 2), Shape.pair(1, "a"), Shape.at(Point()))
print([Shape.dot, .circle(radius: 1)], Node(), [Node()].count, (1, "a"), (x: 1, y: "b"), [(1, "a")])
print(["k": Shape.dot], Optional("s") as Any, [Optional("s"), nil], Int.self, type(of: 1.5), type(of: [1]))
debugPrint(Point(), Shape.dot, "s", Character("c"), 1...2, Set([1]), ["a": "b"])
struct Named: CustomStringConvertible { var description: String { "<named>" } }
print(Named(), [Named()], "\(Named())", String(describing: Named()), Optional(Named()) as Any, (Named(), 1))
print(true, [true, false], Bool("false")!, !true)
var flag = false
flag.toggle()
print(flag)

var (left, right) = (1, 2)
swap(&left, &right)
print(left, right, zip(1...3, "abc").map { "\($0)\($1)" })
