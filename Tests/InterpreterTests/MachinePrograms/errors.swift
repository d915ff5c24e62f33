// throw, do, catch, defer, try?, try!: in functions, closures, loops and initializers.
enum Problem: Error { case small(Int), named(String), plain }
struct Other: Error { var code = 7 }
func check(_ n: Int) throws -> Int {
  defer { print("[\(n)]", terminator: " ") }
  if n < 0 { throw Problem.small(n) }
  if n == 13 { throw Problem.named("unlucky") }
  if n > 100 { throw Other() }
  return n * 2
}
for n in [1, -1, 13, 500] {
  do {
    defer { print("done", terminator: " ") }
    let doubled = try check(n)
    print("ok", doubled)
  } catch Problem.small(let value) where value == -1 {
    print("minus one")
  } catch let problem as Problem {
    print("problem", problem)
  } catch {
    print("error", error)
  }
}
func both() throws -> Int { try check(2) + check(13) }
print((try? both()) ?? 0, (try? check(4)) ?? 0)
struct Positive {
  let value: Int
  init(_ value: Int) throws {
    guard value > 0 else { throw Problem.plain }
    self.value = value
  }
  init?(text: String) {
    guard let n = Int(text), n > 0 else { return nil }
    value = n
  }
}
do {
  print(try Positive(3).value)
  print(try Positive(-3).value)
} catch { print("no:", error) }
print(Positive(text: "8")?.value ?? 0, Positive(text: "x")?.value ?? 0)
final class Loader {
  let parts: [Int]
  init(_ texts: [String]) throws {
    parts = try texts.map { text in
      guard let n = Int(text) else { throw Problem.named(text) }
      return n
    }
  }
}
do {
  print(try Loader(["1", "2"]).parts)
  print(try Loader(["1", "two"]).parts)
} catch { print("load:", error) }
func order() {
  defer { print("first in, last out") }
  defer { print("second in, first out") }
  for i in 0..<3 {
    defer { print("defer", i, terminator: "; ") }
    if i == 1 { continue }
    if i == 2 { return }
    print("body", i, terminator: "; ")
  }
}
order()
func nested() throws {
  do {
    do { throw Problem.plain } catch Problem.named { print("wrong") }
  } catch { print("outer caught", error) }
  do { _ = try check(101) } catch is Other { print("other") }
}
try nested()
