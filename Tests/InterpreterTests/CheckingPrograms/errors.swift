enum LoadError: Error, Equatable { case missing(String), broken(line: Int), empty }
struct Custom: Error { var message: String }
func load(_ name: String) throws -> [Int] {
    guard !name.isEmpty else { throw LoadError.empty }
    if name == "x" { throw LoadError.missing(name) }
    if name == "y" { throw Custom(message: "y") }
    return [1, 2, 3]
}
do {
    let xs = try load("a")
    print(xs, try load("b").count)
    _ = try load("x")
} catch LoadError.missing(let name) {
    print("missing", name)
} catch LoadError.broken(line: let n) where n > 0 {
    print(n)
} catch let error as Custom {
    print(error.message)
} catch is LoadError {
    print("other")
} catch {
    print(error)
}
let a = try? load("x")
let b = try! load("a")
let c = (try? load("z").first) ?? 0
print(a == nil, b, c as Any)
func twice(_ f: () throws -> Int) rethrows -> Int { try f() + f() }
print(twice { 1 })
print((try? twice { try load("x").count }) as Any)
func wrap() throws -> String {
    defer { print("done") }
    return "\(try load("q").count)"
}
do { print(try wrap()) } catch { print("never") }
struct Parser {
    var text: String
    init(_ text: String) throws { if text.isEmpty { throw LoadError.empty }; self.text = text }
    mutating func next() throws -> Character {
        guard let c = text.first else { throw LoadError.broken(line: 1) }
        text.removeFirst()
        return c
    }
}
do {
    var p = try Parser("ab")
    print(try p.next(), try p.next())
    print(try p.next())
} catch let e as LoadError where e == .broken(line: 1) { print("broken") } catch { print("?") }
let r = try [1, 2].map { n throws -> Int in if n > 5 { throw LoadError.empty }; return n }
print(r)
