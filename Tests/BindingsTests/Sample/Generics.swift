public func twice<T>(_ x: T, _ f: (T) throws -> T) rethrows -> T { try f(f(x)) }

/// A function that may not throw: the error of a guest function has to wait.
public func countCalls<T>(_ x: T, _ f: (T) -> Bool) -> Int {
  var calls = 0
  for _ in 0..<3 {
    calls += 1
    if f(x) { break }
  }
  return calls
}

public func largest<T: Comparable>(_ values: [T]) -> T? { values.max() }

/// Batches of a list, each made by a function of the caller.
public final class Batches<Element, Batch>: Sequence {
  private let elements: [Element]
  private let size: Int
  private let collate: ([Element]) -> Batch

  public init(_ elements: [Element], size: Int, collate: @escaping ([Element]) -> Batch) {
    self.elements = elements
    self.size = size
    self.collate = collate
  }

  public var count: Int { (elements.count + size - 1) / size }

  public func makeIterator() -> AnyIterator<Batch> {
    var start = 0
    return AnyIterator { [self] in
      guard start < elements.count else { return nil }
      defer { start += size }
      return collate(Array(elements[start..<Swift.min(start + size, elements.count)]))
    }
  }
}
