// Arrays, slices and what all sequences can do.
var a = [3, 1, 2]
a.append(5)
a += [4, 9]
a.insert(0, at: 1)
print(a, a.count, a.isEmpty, a.first!, a.last!, a[2])
print(a.remove(at: 1), a.removeLast(), a.removeFirst(), a.popLast()!, a)
a.append(contentsOf: 7...9)
a.swapAt(0, 1)
print(a, a.sorted(), a.sorted(by: >), a.reversed() as [Int], a.min()!, a.max()!)
a.sort()
a.reverse()
print(a, a.firstIndex(of: 8)!, a.firstIndex(of: 99) == nil, a.contains(7), a.lastIndex(where: { $0 < 8 })!)
print(a.map { $0 * 2 }, a.filter { $0 % 2 == 1 }, a.reduce(0, +), a.compactMap { $0 > 7 ? "\($0)" : nil })
print([[1], [2, 3]].flatMap { $0 }, Array([[1], [2]].joined()), [1, 2].reduce(into: [0]) { $0.append($1 * 10) })
print(a.prefix(2), a.suffix(2), a.dropFirst(), a.dropLast(2), a.prefix { $0 > 7 }, a.drop { $0 > 7 })
print(Array(repeating: "z", count: 3), [Int](), Array(1...4), Array("ab"), [Double](repeating: 0, count: 2))
for (i, x) in a.enumerated() { print(i, x, terminator: ";") }
print()
print(zip([1, 2, 3], ["a", "b"]).map { "\($0)\($1)" }, Array(zip([1], [2]))[0], a.indices, a.allSatisfy { $0 > 0 })
let slice = a[1..<3]
print(slice, slice.startIndex, slice.count, slice.first!, Array(slice), a[2...], a[..<1], a[...1])
var b = a
b[0] = 100
b.replaceSubrange(1..<3, with: [7, 7, 7])
b[4...] = a[4...]
print(a, b, a == b, a != b, [1, 2] == [1, 2], [[1]] == [[1]])
b.removeAll { $0 == 7 }
print(b)
b.removeAll()
b.reserveCapacity(10)
print(b, b.popLast() == nil, b.first == nil, b.min() == nil)
print([1, 2, 3, 4, 5].first { $0 > 2 }!, [1, 2, 3].last { $0 < 3 }!, [3, 1].min(by: >)!, ["aa", "b"].max { $0.count < $1.count }!)
print([1, 2, 3].elementsEqual([1, 2, 3]), [1, 2].lexicographicallyPrecedes([1, 3]), [1, 2, 3].starts(with: [1, 2]))
print([1, 0, 2, 0, 3].split(separator: 0).map { Array($0) }, stride(from: 0, to: 10, by: 3).map { $0 })
print(Array(stride(from: 1.0, through: 0.0, by: -0.25)), (1...3).reversed().map { $0 }, (0..<3).map { $0 * $0 })
print([("b", 2), ("a", 1)].sorted { $0.1 < $1.1 }.map { $0.0 }, ["x": 1].map { "\($0.key)\($0.value)" })
var grid = [[1, 2], [3, 4]]
grid[0][1] = 9
grid[1].append(5)
let saved = grid
grid[0][0] += 41
print(grid, saved, grid.map { $0.count }, grid.flatMap { $0 }.count)
for x in a { a.append(x) }
print(a.count)
struct P { var x = 1, name = "p" }
var ps = [P(), P(x: 2, name: "q")]
ps[1].x += 5
ps[0].name.append("!")
print(ps, ps.map(\.x), ps.map { $0.name })
let optionals: [Int?] = [1, nil, 3]
print(optionals, optionals.compactMap { $0 }, optionals.map { $0 ?? 0 }, optionals.contains(nil))
print([1, 2, 3].randomElement() != nil, [1, 2, 3].shuffled().sorted(), (1...100).contains(Int.random(in: 1...100)))
var stack: ArraySlice = [1, 2, 3][0...]
while let top = stack.popFirst() { print(top, terminator: " ") }
print(stack.isEmpty)
print([3, 1, 2].sorted().first!, ["b", "A", "c"].sorted { $0.lowercased() < $1.lowercased() })
