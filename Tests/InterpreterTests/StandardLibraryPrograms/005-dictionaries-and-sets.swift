// Dictionaries and sets; their order is that of compiled code when hashing is deterministic.
var ages = ["Ida": 31, "Jon": 25, "Kai": 40, "Lea": 19, "Max": 52, "Noa": 8]
print(ages, ages.count, ages["Ida"]!, ages["Zoe"] == nil, ages.isEmpty)
ages["Zoe"] = 77
ages["Jon"] = nil
ages["Kai"]! += 1
print(ages.keys.sorted(), ages.values.sorted(), ages)
for (name, age) in ages { print(name, age, terminator: "; ") }
print()
print(ages.updateValue(1, forKey: "Noa")!, ages.removeValue(forKey: "Max")!, ages.removeValue(forKey: "?") == nil)
var counts: [Character: Int] = [:]
for c in "mississippi river" { counts[c, default: 0] += 1 }
print(counts)
print(counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key)\($0.value)" })
print(counts.filter { $0.value > 2 }, counts.mapValues { $0 * 2 }["s"]!, counts.max { $0.value < $1.value }!.value)
print(ages.map { $0.key + "\($0.value)" }.sorted(), ages.contains { $0.value > 70 }, ages.first { $0.value == 1 }!.key)
let groups = Dictionary(grouping: 1...12) { $0 % 5 }
print(groups)
print(Dictionary(uniqueKeysWithValues: [("a", 1), ("b", 2)]), Dictionary(zip(["x", "y", "x"], [1, 2, 3]), uniquingKeysWith: +))
print(["a": 1].merging(["a": 5, "b": 2]) { $0 + $1 }.sorted { $0.key < $1.key }.map { $0.value })
var nested: [String: [Int]] = [:]
nested["one", default: []].append(1)
nested["one", default: []].append(2)
print(nested, ["k": nil, "v": 2] as [String: Int?])
print(["a": 1] == ["a": 1], ["a": 1] == ["a": 2], [1: "x", 2: "y"].reduce(0) { $0 + $1.key })
print(ages.compactMapValues { $0 > 20 ? $0 : nil }.count, [String: Int](), [Int: Int]().isEmpty)

var s: Set = [5, 3, 9, 1, 7]
print(s, s.count, s.contains(3), s.insert(3).inserted, s.insert(4).inserted, s.remove(9)!, s.remove(99) == nil)
print(s, s.sorted(), s.map { $0 * 2 }, s.filter { $0 > 3 }, s.min()!, s.isEmpty)
let t: Set = [1, 2, 3, 4]
print(s.union(t), s.intersection(t), s.subtracting(t), s.symmetricDifference(t))
print(t.isSubset(of: 0...9), t.isSuperset(of: [1]), t.isDisjoint(with: [8, 9]), s == t, Set([1, 2]) == [2, 1])
let words = Set("the quick brown fox jumps over the lazy dog".split(separator: " ").map { String($0) })
print(words, words.count)
var grown = Set<Int>()
for i in 0..<40 { grown.insert(i * 37 % 101) }
print(grown)
print(Set([0.5, 1.5, -2]), Set([true, false]), Set("hello"), Set([[1], [2, 3]]), Set<Int?>([1, nil]))
enum Suit: String, CaseIterable { case hearts, spades, clubs, diamonds }
enum Move: Hashable { case up, by(Int), to(x: Int, y: Int) }
struct Point: Hashable { var x: Int, y: Int }
print(Set(Suit.allCases), Set([Move.up, .by(2), .by(3), .to(x: 1, y: 2)]))
print(Set((0..<6).map { Point(x: $0, y: -$0) }))
print(Dictionary(uniqueKeysWithValues: Suit.allCases.map { ($0, $0.rawValue.count) }))
print([Point(x: 1, y: 2): "p"][Point(x: 1, y: 2)]!, Set([UInt8(3), 200, 7]), Set([Float(1.5), 2]))
struct ByName: Hashable {
  let name: String, id: Int
  static func == (a: ByName, b: ByName) -> Bool { a.name == b.name }
  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
print(Set([ByName(name: "a", id: 1), ByName(name: "a", id: 2), ByName(name: "b", id: 3)]).count)
