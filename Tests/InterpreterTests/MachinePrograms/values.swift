// Value semantics: copies are copies, through fields, elements, tuples, optionals, inout.
struct Inner {
  var numbers: [Int] = [1, 2]
  var label = "x"
}
struct Outer {
  var inner = Inner()
  var table: [[Int]] = [[0, 0], [0, 0]]
  var pair: (Int, String) = (0, "p")
  mutating func grow(by amount: Int) {
    inner.numbers.append(amount)
    table[1][0] += amount
    pair.0 -= amount
  }
  var total: Int {
    get { inner.numbers.reduce(0, +) }
    set { inner.numbers = [newValue] }
  }
  subscript(row: Int, column: Int) -> Int {
    get { table[row][column] }
    set { table[row][column] = newValue }
  }
}
var a = Outer()
var b = a
b.grow(by: 5)
b[0, 1] = 7
b[0, 1] += 2
a.total += 10
a.inner.label += "y"
print(a.inner, a.table, a.pair, a.total)
print(b.inner, b.table, b.pair, b.total)
var list = [a, b]
list[0].grow(by: 1)
list[1].inner.numbers[0] = 99
list[1].pair.1 = "q"
print(list[0].inner.numbers, list[1].inner.numbers, list[1].pair, a.inner.numbers, b.inner.numbers)
func bump(_ x: inout Int, by n: Int = 1) { x += n }
func replace(_ xs: inout [Int], _ make: () -> [Int]) { xs = make() + xs }
var n = 1
bump(&n)
bump(&list[0].table[0][1], by: 4)
bump(&b.pair.0)
replace(&a.inner.numbers) { [n, n + 1] }
print(n, list[0].table, b.pair, a.inner.numbers)
var maybe: Inner? = Inner()
maybe?.numbers.append(3)
maybe!.label = "z"
let kept = maybe
maybe = nil
maybe?.numbers.append(4)
print(kept!.numbers, kept!.label, maybe == nil)
extension Inner: Equatable {}
var nested = [[1, 2], [3]]
let before = nested
nested[0].append(9)
nested[1] += [8, 7]
nested.append(contentsOf: [[5]])
for var row in nested { row.append(0); print(row, terminator: " ") }
print(nested, before)
for x in nested[0] { nested[0].append(x) }
print(nested[0])
var x = 1, y = 2
(x, y) = (y, x + y)
(x, y) = (y, x + y)
print(x, y)
swap(&x, &y)
nested.swapAt(0, 1)
print(x, y, nested)
var words = ["k": [1]]
words["k"]!.append(2)
words["k"]?.append(3)
words["m", default: []].append(4)
print(words["k"]!, words["m"]!, words["none"] ?? [])
final class Box {
  var outer = Outer()
  var items: [String] = []
}
let box = Box()
box.outer.grow(by: 3)
box.outer.inner.numbers[0] *= 10
box.items.append("one")
box.items += ["two"]
bump(&box.outer.pair.0, by: 100)
let snapshot = box.outer
box.outer[1, 1] = 6
print(box.outer.inner.numbers, box.items, box.outer.pair, snapshot.table, box.outer.table)
// Places that have no address: dictionaries in arrays, elements behind getters.
var deep = [[1: 1]]
deep[0][1] = 2
deep[0][2] = 3
var keyed = [1: [2: [3: 4]]]
keyed[1]![2]![3] = 5
keyed[1]![2]![4] = 6
var held: [String: Inner] = ["a": Inner()]
held["a"]!.numbers.append(3)
held["a"]!.numbers[0] = 99
print(deep[0].count, deep[0][1]!, keyed[1]![2]!.count, held["a"]!.numbers)
print(Optional.some(5) as Any, Optional<Int>.none == nil)
switch Optional.some("s") {
case .some(let text): print(text)
case .none: print("none")
}
// An index is evaluated once, whatever is done with the element.
func key(_ name: String) -> String {
  print("key", name, terminator: "; ")
  return name
}
var once = ["a": 1, "b": 2]
once[key("a")]! += 1
once[key("b")]? += 5
once[key("c")]? += 5
once[key("d"), default: 0] += 7
var lists = [[1], [2]]
lists[key("a").count].append(3)
print(once["a"]!, once["b"]!, once["c"] ?? 0, once["d"]!, lists)
final class Link {
  var next: Link?
  var value = 0
}
var chain: Link? = Link()
chain?.next = Link()
chain?.next?.value = 3
chain?.next?.value += 4
chain?.next?.next?.value = 5
print(chain?.next?.value ?? 0, chain?.next?.next == nil)
var long: Link? = nil
for _ in 0..<50_000 {
  let link = Link()
  link.next = long
  long = link
}
long = nil
print("freed")
