// Places behind getters, observers and dictionaries are written back.
var d = [1: [1, 2]]; d[1]![0] = 99; print(d)
var e = ["a": [1]]; e["a", default: []][0] += 2; print(e)
struct S { var s = [1]; var c: [Int] { get { s } set { s = newValue } } }
var x = S(); x.c[0] = 5; print(x.s)
struct T { var xs = [1] { didSet { print(xs) } } }
var y = T(); y.xs[0] = 5
func bump(_ x: inout Int) { x += 1 }
var f = ["a": [1, 2]]; bump(&f["a"]![0]); print(f["a"]!)
f["a"]?[0] = 9; print(f)
var g = ["a": ["b": 1]]; g["a"]!["b"] = 2; print(g)
var h = ["a": [[1]]]; h["a"]?[0].append(2); print(h)
class A { var items = ["1"] { didSet { print("items", items) } } }
func mut(_ s: inout String) { s += "m" }; let a = A(); mut(&a.items[0])
var dd: [String: [String: [Int]]] = [:]
dd["x", default: [:]]["y", default: []].append(1); dd["x", default: [:]]["y", default: []].append(2)
dd["x"]?["y"]?[0] += 40; dd["x"]?["z"]?.append(3); print(dd)
struct M { var s = [1, 2, 3, 4]; subscript(r: Int, c: Int) -> Int { get { s[r*2+c] } set { s[r*2+c] = newValue } } }
var md = ["m": M()]; md["m"]![1, 1] = 9; md["m"]?[0, 0] += 9; print(md["m"]!.s)
class B { var l: [String: Int] = [:] { didSet { print(l.count) } } }
let b = B(); b.l["a"] = 1; b.l["b"] = 2; b.l["a"]! += 1; b.l["a"]! += 1
class C { var n = 0 { didSet { print("did") } }; func me() -> C { self } }
let k = C(); k.me().n = 4; k.me().n += 1
