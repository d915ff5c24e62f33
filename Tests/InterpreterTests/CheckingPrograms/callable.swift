struct Adder { let k: Int
    func callAsFunction(_ x: Int) -> Int { x + k }
    func callAsFunction(_ x: Int, _ y: Int) -> Int { x + y + k }
}
let add = Adder(k: 3)
print(add(1), add(1, 2), [1, 2].map { add($0) })
class Layer { func forward(_ x: Double) -> Double { x }
    func callAsFunction(_ x: Double) -> Double { forward(x) } }
class Scale: Layer { let k: Double
    init(_ k: Double) { self.k = k }
    override func forward(_ x: Double) -> Double { x * k } }
let layers: [Layer] = [Scale(2), Layer(), Scale(0.5)]
print(layers.reduce(1.0) { $1($0) }, Scale(3)(2))
infix operator <>: AdditionPrecedence
func <> (a: [Int], b: [Int]) -> [Int] { a + b }
print([1] <> [2])
typealias Step = (Int) -> Int
let steps: [Step] = [{ $0 + 1 }, { $0 * 2 }]
print(steps.reduce(3) { value, step in step(value) })
print(type(of: 3), type(of: "a"), Int.self)
