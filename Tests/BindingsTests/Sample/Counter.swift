/// Counts.
public final class Counter: CustomStringConvertible {
  /// The present count.
  public var value: Int
  public private(set) var history: [Int] = []

  public init(_ start: Int) { value = start }

  public init?(text: String) {
    guard let start = Int(text) else { return nil }
    value = start
  }

  /// Counts on.
  @discardableResult
  public func increment(by step: Int = 1) -> Counter {
    value += step
    history.append(value)
    return self
  }

  public subscript(index: Int) -> Int {
    get { history[index] }
    set { history[index] = newValue }
  }

  public static func + (a: Counter, b: Counter) -> Counter { Counter(a.value + b.value) }

  public static func += (a: inout Counter, b: Int) { a = Counter(a.value + b) }

  public static prefix func - (a: Counter) -> Counter { Counter(-a.value) }

  public var description: String { "Counter(\(value))" }

  func invisible() {}
  package func alsoInvisible() {}
}
