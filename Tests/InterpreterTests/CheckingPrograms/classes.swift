class Animal {
    let name: String
    var legs: Int { 4 }
    private(set) var age = 0
    static var count = 0
    init(name: String) {
        self.name = name
        Animal.count += 1
    }
    convenience init() { self.init(name: "nobody") }
    func speak() -> String { "..." }
    func grow(by n: Int = 1) { age += n }
    final func id() -> String { "\(name)#\(age)" }
    class func kind() -> String { "animal" }
}
class Bird: Animal {
    var canFly: Bool
    override var legs: Int { 2 }
    init(name: String, canFly: Bool = true) {
        self.canFly = canFly
        super.init(name: name)
        grow(by: 2)
    }
    override func speak() -> String { super.speak() + "tweet" }
}
final class Parrot: Bird {
    var words: [String] = []
    override func speak() -> String { words.isEmpty ? super.speak() : words.joined(separator: " ") }
}
let zoo: [Animal] = [Animal(), Bird(name: "b"), Parrot(name: "p", canFly: false)]
for a in zoo { print(a.name, a.speak(), a.legs, a.age, a.id()) }
if let p = zoo[2] as? Parrot { p.words.append("hi"); print(p.speak()) }
print(zoo[1] is Bird, zoo[0] is Bird, (zoo[2] as! Parrot).canFly, zoo[0] === zoo[0], Animal.count, Bird.kind())
class Node {
    var value: Int
    var next: Node?
    init(_ value: Int, next: Node? = nil) { self.value = value; self.next = next }
    deinit { print("bye", value) }
}
var list: Node? = Node(1, next: Node(2))
list?.next?.value = 5
list?.value += 1
var sum = 0
var cursor = list
while let node = cursor { sum += node.value; cursor = node.next }
print(sum, list?.next?.value ?? 0, list?.next?.next?.value as Any)
let mixed = [Bird(name: "x"), Animal(name: "y")]
print(mixed.count)
class Counter {
    var n = 0 { didSet { if n > 2 { n = 0 } } }
    func lazy_() {}
}
