var xs = [5, 3, 8]
xs.append(1); xs.insert(9, at: 0); xs.remove(at: 1); xs.sort(); xs.swapAt(0, 1)
xs[0] += 10
xs[1...2] = [7, 7]
print(xs, xs.count, xs.first!, xs.last!, xs.min()!, xs.max() ?? 0, xs.isEmpty, xs.reversed(), xs.contains(7))
print(xs.prefix(2), xs.dropLast(), xs[1...], xs[..<2], xs.firstIndex(of: 7) ?? -1, Array(xs.suffix(1)))
print(xs.enumerated().filter { $0.offset > 0 }.map { $0.element }, Array(zip(xs, xs.dropFirst())).count)
var grid = [[Int]](repeating: [Int](repeating: 0, count: 3), count: 2)
grid[1][2] = 5
grid[0].append(1)
for row in grid { print(row.map { String($0) }.joined(separator: " ")) }
print(grid.flatMap { $0 }.reduce(0, +), grid.map { $0.count }, grid.joined().count)
var d: [String: Double] = ["a": 1]
d["b"] = 2.5
d["a"]! += 1
d["c", default: 0] += 3
d.removeValue(forKey: "b")
print(d["a"]!, d.count, d["zz"] == nil, d.keys.contains("a"), d.map { $0.value }.reduce(0, +))
if let old = d.updateValue(5, forKey: "a") { print(old) }
for (k, v) in d.sorted(by: { $0.key < $1.key }) { print(k, v) }
let s1: Set = [1, 2, 3], s2 = Set([3, 4])
print(s1.union(s2).sorted(), s1.intersection(s2), s1.subtracting(s2).count, s1.contains(2), s1.isSubset(of: [1, 2, 3, 4]))
var seen = Set<String>()
print(seen.insert("a").inserted, seen.insert("a").inserted)
struct Key: Hashable { let r: Int, c: Int }
var table: [Key: String] = [Key(r: 0, c: 0): "x"]
table[Key(r: 1, c: 1)] = "y"
print(table[Key(r: 1, c: 1)] ?? "-", table.values.sorted())
let tuples: [(name: String, score: Int)] = [("a", 3), ("b", 1)]
print(tuples.sorted { $0.score < $1.score }.map { $0.name }, tuples.map { $0.score }.reduce(0, +), tuples[0].name)
let lookup = Dictionary(uniqueKeysWithValues: tuples.map { ($0.name, $0.score) })
print(lookup["a"]! + lookup["b", default: 0])
let matrix: [[Double]] = [[1, 2], [3, 4]]
let transposed = (0..<2).map { j in matrix.map { $0[j] } }
print(transposed, matrix.map { row in row.reduce(0, +) / Double(row.count) })
let (evens, odds) = ((1...6).filter { $0 % 2 == 0 }, (1...6).filter { $0 % 2 == 1 })
print(evens, odds, Array(stride(from: 0, to: 10, by: 5)), [Int](), [String: Int]().isEmpty, xs.shuffled().count)
var a = (1, 2)
(a.0, a.1) = (a.1, a.0)
swap(&a.0, &a.1)
var (u, v) = (1, 1)
for _ in 0..<5 { (u, v) = (v, u + v) }
print(a, u, v)
