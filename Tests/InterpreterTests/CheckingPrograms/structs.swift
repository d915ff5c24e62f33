struct Point: Equatable, CustomStringConvertible {
    var x = 0.0, y = 0.0
    static let origin = Point()
    static func + (a: Point, b: Point) -> Point { Point(x: a.x + b.x, y: a.y + b.y) }
    static prefix func - (a: Point) -> Point { Point(x: -a.x, y: -a.y) }
    static func += (a: inout Point, b: Point) { a = a + b }
    var length: Double { (x * x + y * y).squareRoot() }
    var description: String { "(\(x), \(y))" }
    mutating func scale(by k: Double) { x *= k; y *= k }
    func scaled(by k: Double) -> Point { var p = self; p.scale(by: k); return p }
    subscript(i: Int) -> Double {
        get { i == 0 ? x : y }
        set { if i == 0 { x = newValue } else { y = newValue } }
    }
}
struct Line {
    var from: Point, to: Point
    let name: String
    var middle: Point {
        get { Point(x: (from.x + to.x) / 2, y: (from.y + to.y) / 2) }
        set { from = newValue; to = newValue }
    }
    init(_ from: Point, _ to: Point, name: String = "line") {
        self.from = from
        self.to = to
        self.name = name
    }
    init?(text: String) {
        guard let v = Double(text) else { return nil }
        self.init(Point(), Point(x: v, y: 0))
    }
}
extension Line {
    var length: Double { (to + -from).length }
    static func unit() -> Line { Line(.origin, Point(x: 1)) }
}
var p = Point(x: 1, y: 2)
p.scale(by: 2)
p += Point(x: 1, y: 1)
p[0] = 5
p[1] += 1
print(p, p.length, p[0], p == Point(), -p, p.scaled(by: 2), Point.origin)
var line = Line(.origin, p)
line.middle = Point(x: 1, y: 1)
line.from.x += 3
print(line.length, line.name, Line.unit().to, Line(text: "3")?.length ?? 0)
var lines = [line]
lines[0].to.y = 9
lines[0].to.scale(by: 2)
print(lines[0].to)
struct Matrix {
    let rows: Int, columns: Int
    private var values: [Double]
    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        values = Array(repeating: 0, count: rows * columns)
    }
    subscript(r: Int, c: Int) -> Double {
        get { values[r * columns + c] }
        set { values[r * columns + c] = newValue }
    }
}
var m = Matrix(rows: 2, columns: 2)
m[0, 1] = 3
m[1, 1] += m[0, 1]
print(m[1, 1])
struct Temperature {
    var celsius = 0.0 {
        didSet { changes += 1 }
    }
    private(set) var changes = 0
    static var count = 0
    struct Unit { let name: String }
    typealias Value = Double
    func value() -> Value { celsius }
}
var t = Temperature()
t.celsius = 3
Temperature.count += 1
print(t.changes, Temperature.count, Temperature.Unit(name: "K").name, t.value())
