struct Address { var street: String?; var number: Int }
struct Person { var name: String; var address: Address?
    func greet(_ s: String) -> String? { s.isEmpty ? nil : s + name }
}
var p: Person? = Person(name: "A", address: Address(street: nil, number: 3))
print(p?.name ?? "none", p?.address?.number ?? 0, p?.address?.street?.count as Any)
p?.address?.number += 1
p?.address?.street = "Main"
p?.name.append("!")
print(p!.address!.number, p?.greet("hi") ?? "-", (p?.address?.street ?? "").count)
if let q = p, let a = q.address, a.number > 3 { print(a.number) }
if var q = p { q.name = "B"; print(q.name) }
let numbers = ["1", "x"].map { Int($0) }
print(numbers.compactMap { $0 }, numbers[0]! + 1, numbers.first ?? nil ?? 5)
var d: [String: [Int]] = [:]
d["a", default: []].append(1)
d["a"]?.append(2)
d["b"] = [3]
d["a"]?[0] = 9
print(d["a"] ?? [], d["c"]?.first as Any, d["a"]!.count)
let o: Int? = 5
print(o.map { $0 * 2 } ?? 0, o.flatMap { $0 > 3 ? $0 : nil } as Any)
switch o {
case let x? where x > 3: print(x)
case .some(let x): print(x)
case .none: print("none")
}
let nested: Int?? = 3
print(nested! ?? 0, (nested ?? nil) ?? 1)
func f(_ x: Int?) -> Int { x ?? -1 }
print(f(3), f(nil), f(o))
let t: (Int, String)? = (1, "a")
if let (n, s) = t { print(n, s) }
print(t?.0 ?? 0, t?.1 ?? "")
let s: String? = "x"
print(s == "x", s?.uppercased() == "X", s.map { $0 + "y" } ?? "")
var e: String! = "force"
print(e.count, e + "d")
e = nil
print(e == nil)
let x = try? Int("5") ?? 0
print(x as Any)
