// Loops, labels, switches, patterns.
outer: for i in 1...4 {
  var j = 0
  while true {
    j += 1
    if j == i { continue outer }
    if i * j == 6 { break outer }
    if j > 5 { break }
  }
}
var k = 10
repeat { k -= 3 } while k > 0
print(k)
for x in stride(from: 10, through: 0, by: -5) { print(x, terminator: " ") }
for (i, c) in "añb".enumerated() where i != 1 { print(i, c, terminator: " ") }
for i in (0..<6).reversed() where i % 2 == 0 { print(i, terminator: " ") }
print()
enum Shape {
  case circle(radius: Double), box(Double, Double), dot
  indirect case group([Shape], Shape?)
  var area: Double {
    switch self {
    case .circle(let r): return 3 * r * r
    case .box(let w, let h) where w == h: return w * w
    case let .box(w, h): return w * h
    case .dot: return 0
    case .group(let shapes, let extra):
      return shapes.map(\.area).reduce(0, +) + (extra?.area ?? 0)
    }
  }
}
print(Shape.group([.circle(radius: 2), .box(2, 2), .dot], .box(1, 5)).area)
func kind(_ n: Int?, _ s: String) -> String {
  switch (n, s) {
  case (nil, "a"): "nil a"
  case (.some(let v), _) where v < 0: "negative \(v)"
  case (0, let t): "zero \(t)"
  case (let v?, "x") where (1...9).contains(v): "small"
  case (10, "y"): "ten"
  case (let v?, let t) where t.count > 2: "\(v) long \(t)"
  default: "other"
  }
}
print(kind(nil, "a"), kind(-2, "q"), kind(0, "t"), kind(5, "x"), kind(10, "y"), kind(50, "long"), kind(50, "s"))
func fall(_ n: Int) -> [String] {
  var out: [String] = []
  switch n {
  case 1:
    out.append("one")
    fallthrough
  case 2: out.append("two")
  default:
    break
  }
  return out
}
print(fall(1), fall(2), fall(3))
let text = if k < 0 { "below" } else if k == 0 { "zero" } else { "above" }
print(text)
enum Level: Int, CaseIterable { case low = 1, mid, high = 10 }
print(Level.allCases.map(\.rawValue), Level(rawValue: 10) == .high, Level(rawValue: 4) == nil)
let values: [Any] = [1, "two", 3.5, [4], Level.mid]
for value in values {
  switch value {
  case let n as Int: print("int", n)
  case let s as String where s.count > 1: print("string", s)
  case is Double: print("double")
  case let list as [Int]: print("list", list)
  default: print("other", value)
  }
}
if case .circle(let r) = Shape.circle(radius: 1.5), r > 1 { print("circle", r) }
guard case .box(_, let h) = Shape.box(1, 2) else { fatalError("no box") }
print(h)
let optionals: [Int?] = [1, nil, 3]
for case let n? in optionals { print(n, terminator: " ") }
print(optionals.compactMap { $0 }.count)
var queue = [1, 2, 3]
while let next = queue.popLast(), next > 1 { print(next, terminator: " ") }
print(queue)
