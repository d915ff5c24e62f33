var total = 0
for i in 1...10 where i % 2 == 0 { total += i }
for i in stride(from: 10, to: 0, by: -3) { total -= i }
for x in stride(from: 0.0, through: 1, by: 0.25) { total += Int(x) }
outer: for i in 0..<3 {
    for j in 0..<3 {
        if j == 2 { continue outer }
        if i == 2 { break outer }
        total += i * j
    }
}
while total > 100 { total /= 2 }
repeat { total += 1 } while total < 5
for (i, name) in ["a", "b"].enumerated() { print(i, name) }
for (key, value) in ["a": 1] { print(key, value) }
for c in "héllo" where c != "l" { print(c, terminator: "") }
print()
for case let x? in [1, nil, 3] { print(x) }
for (a, b) in zip([1, 2], ["x", "y"]) { print(a, b) }
switch total {
case 0: print("zero")
case 1, 2, 3: print("few")
case 4..<10: print("some"); fallthrough
case 10...: print("many")
default: break
}
let point = (x: 1, y: -1)
switch point {
case (0, 0): print("origin")
case (let x, 0): print("x", x)
case (_, let y) where y > 0: print(y)
case let (x, y): print(x, y)
}
let word = switch total { case 0: "none"; case 1: "one"; default: "more" }
let size = if total > 10 { "large" } else if total > 5 { "medium" } else { "small" }
print(word, size)
func classify(_ n: Int) -> String {
    if n < 0 { "negative" } else { n == 0 ? "zero" : "positive" }
}
print(classify(1))
do {
    let total = 3
    print(total)
}
defer { print("end") }
guard total > 0 else { fatalError("no") }
