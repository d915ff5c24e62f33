// Inheritance, overriding, initializers, dynamic dispatch, properties with observers.
class Animal {
  let name: String
  private(set) var noises = 0
  init(name: String) { self.name = name }
  convenience init() { self.init(name: "nobody") }
  func sound() -> String { "..." }
  func speak() -> String {
    noises += 1
    return "\(name): \(sound())"
  }
  var legs: Int { 4 }
  class var family: String { "animal" }
  static var count = 0
}
class Dog: Animal {
  var tricks: [String]
  init(name: String, tricks: [String] = []) {
    self.tricks = tricks
    super.init(name: name)
    Animal.count += 1
  }
  override func sound() -> String { "woof" }
  override func speak() -> String { super.speak() + "!" }
}
final class Bird: Animal {
  override var legs: Int { 2 }
  override func sound() -> String { "tweet" }
}
class Puppy: Dog {
  override func sound() -> String { super.sound().uppercased() }
}
let animals: [Animal] = [Animal(), Dog(name: "Rex"), Bird(name: "Tui"), Puppy(name: "Pip", tricks: ["sit"])]
for animal in animals { print(animal.speak(), animal.legs, animal.noises) }
for animal in animals {
  if let dog = animal as? Dog { print(dog.name, dog.tricks, dog is Puppy) }
}
print(Animal.count, animals[1] === animals[1], animals[0] === animals[1])
final class Meter {
  var value = 0 {
    willSet { print("will \(value) -> \(newValue)", terminator: "; ") }
    didSet { print("did \(oldValue) -> \(value)") }
  }
  static let shared = Meter()
}
Meter.shared.value = 3
Meter.shared.value += 4
struct Celsius {
  var degrees: Double
  var fahrenheit: Double {
    get { degrees * 9 / 5 + 32 }
    set { degrees = (newValue - 32) * 5 / 9 }
  }
  static let boiling = Celsius(degrees: 100)
  static func + (a: Celsius, b: Celsius) -> Celsius { Celsius(degrees: a.degrees + b.degrees) }
}
var t = Celsius(degrees: 20)
t.fahrenheit = 212
print(t.degrees, t.degrees == Celsius.boiling.degrees, (t + Celsius(degrees: 1)).fahrenheit)
final class Tree {
  var value: Int
  var left: Tree?
  var right: Tree?
  init(_ value: Int) { self.value = value }
  func insert(_ new: Int) {
    if new < value {
      if let left { left.insert(new) } else { left = Tree(new) }
    } else if let right {
      right.insert(new)
    } else {
      right = Tree(new)
    }
  }
  var sorted: [Int] { (left?.sorted ?? []) + [value] + (right?.sorted ?? []) }
  var depth: Int { 1 + max(left?.depth ?? 0, right?.depth ?? 0) }
}
let tree = Tree(50)
for n in [30, 70, 20, 40, 60, 80, 10] { tree.insert(n) }
print(tree.sorted, tree.depth, tree.left?.left?.value ?? 0, tree.right?.left?.left?.value ?? -1)
tree.left?.value = 31
tree.left?.left = nil
print(tree.sorted)
final class Checked {
  let n: Int
  init?(_ n: Int) {
    if n < 0 { return nil }
    self.n = n
  }
  deinit { print("checked", n) }
}
print(Checked(-1) == nil, Checked(2)!.n)
final class Chain {
  var next: Chain?
  var n = 0 { didSet { print("n", oldValue, n) } }
  func me() -> Chain { self }
}
let chain = Chain()
chain.next?.n = 1
chain.next = Chain()
chain.next?.me().n = 4
struct Grid {
  var cells = [1, 2, 3, 4]
  subscript(row: Int, column: Int = 0) -> Int {
    get { cells[row * 2 + column] }
    set { cells[row * 2 + column] = newValue }
  }
}
var grid = Grid()
grid[1] += 5
grid[0, 1] = 9
print(grid.cells, grid[1])
