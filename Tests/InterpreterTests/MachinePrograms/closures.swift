// Captures: variables by reference, capture lists by value, loops fresh each time.
func counter() -> (up: () -> Int, get: () -> Int) {
  var n = 0
  return ({ n += 1; return n }, { n })
}
let c = counter()
print(c.up(), c.up(), c.get())
var makers: [() -> Int] = []
for i in 1...3 { makers.append { i * i } }
print(makers.map { $0() })
var value = 10
let byReference = { value }
let byValue = { [value] in value }
value = 20
print(byReference(), byValue())
func twice(_ f: (Int) -> Int, _ x: Int) -> Int { f(f(x)) }
print(twice({ $0 + 3 }, 1), twice(abs, -4))
func outer(_ n: Int) -> Int {
  var calls = 0
  func fib(_ k: Int) -> Int {
    calls += 1
    return k < 2 ? k : fib(k - 1) + fib(k - 2)
  }
  let result = fib(n)
  return result * 1000 + calls
}
print(outer(10))
struct Scale {
  var factor: Int
  func times(_ x: Int) -> Int { x * factor }
  mutating func apply(_ xs: [Int]) -> [Int] {
    let result = xs.map { x in x * factor }
    factor += 1
    return result
  }
}
var scale = Scale(factor: 2)
print([1, 2].map(scale.times), scale.apply([1, 2]), scale.factor)
let operations: [(String, (Int, Int) -> Int)] = [("+", +), ("-", -), ("max", max)]
for (name, operation) in operations { print(name, operation(7, 3), terminator: "; ") }
print()
var log: [String] = []
func note(_ message: @autoclosure () -> String, _ on: Bool) { if on { log.append(message()) } }
note("shown", true)
note("hidden".uppercased(), false)
print(log)
func rethrow(_ body: () throws -> Int) rethrows -> Int { try body() + 1 }
struct Oops: Error {}
print(rethrow { 1 }, (try? rethrow { throw Oops() }) ?? -1)
func inoutCapture(_ x: inout Int) {
  [1, 2, 3].forEach { x += $0 }
}
var sum = 0
inoutCapture(&sum)
print(sum)
func compose(_ f: @escaping (Int) -> Int, _ g: @escaping (Int) -> Int) -> (Int) -> Int { { x in g(f(x)) } }
print(compose({ $0 + 1 }, { $0 * 10 })(4))
