/// A place on a grid.
public struct Point: Hashable {
  public var x, y: Int

  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }

  @discardableResult
  public mutating func move(by dx: Int) -> Int {
    x += dx
    return x
  }

  public subscript(axis: Int) -> Int {
    get { axis == 0 ? x : y }
    set { if axis == 0 { x = newValue } else { y = newValue } }
  }
}

public enum Mode: String, CaseIterable {
  case slow
  case fast = "quick"
}

public enum Size: Equatable {
  case fixed(Int)
  case relative(Double, label: String)

  public var text: String {
    switch self {
    case .fixed(let count): "\(count)"
    case .relative(let share, let label): "\(share) of \(label)"
    }
  }
}

public struct SampleError: Error, CustomStringConvertible {
  public let description: String
  public init(_ text: String) { description = text }
}

extension Int {
  /// The distance from the origin, along the streets.
  public init(_ point: Point) { self = abs(point.x) + abs(point.y) }
}

extension Point {
  public struct Hidden {
    public init() {}
  }
}
