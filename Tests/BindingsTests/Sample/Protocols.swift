/// Something with a length.
public protocol Measurable {
  var length: Int { get }
}

extension Measurable {
  public func doubled() -> Int { length * 2 }
}

extension Measurable where Self == Point {
  public static var corner: Point { Point(x: 3, y: 4) }
}

extension Int: Measurable {
  public var length: Int { self }
}

extension Point: Measurable {
  public var length: Int { Int(self) }
}

extension Range: Measurable where Bound == Int {
  public var length: Int { count }
}

public func measure(_ things: any Measurable...) -> [Int] { things.map { $0.length } }

public func measure<M: Measurable>(one thing: M) -> Int { thing.length }
