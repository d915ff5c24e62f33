/// A short list of sizes or strides, stored in place: making a tensor allocates nothing for it.
package struct Extents: Equatable {
  /// The most dimensions a tensor can have.
  package static let limit = 8

  package private(set) var count: Int
  private var elements: InlineArray<8, Int>

  package init() {
    count = 0
    elements = InlineArray(repeating: 0)
  }

  package init(repeating value: Int, count: Int) {
    self.count = count
    elements = InlineArray(repeating: value)
  }

  /// The list of a shape given by a caller: at most eight sizes.
  package init(_ list: [Int], _ operation: String) throws(TensorError) {
    guard list.count <= Extents.limit else {
      throw TensorError(operation, "expected at most 8 dimensions, got \(list.count)")
    }
    self.init()
    for value in list { append(value) }
  }

  /// A short list written in the library's own code.
  package init(_ list: Int...) {
    self.init()
    for value in list { append(value) }
  }

  package subscript(index: Int) -> Int {
    get { elements[index] }
    set { elements[index] = newValue }
  }

  package mutating func append(_ value: Int) {
    elements[count] = value
    count += 1
  }

  package mutating func insert(_ value: Int, at index: Int) {
    count += 1
    var i = count - 1
    while i > index {
      elements[i] = elements[i - 1]
      i -= 1
    }
    elements[index] = value
  }

  package mutating func remove(at index: Int) {
    for i in index..<count - 1 { elements[i] = elements[i + 1] }
    count -= 1
  }

  package mutating func swapAt(_ i: Int, _ j: Int) {
    let kept = elements[i]
    elements[i] = elements[j]
    elements[j] = kept
  }

  package var last: Int { count == 0 ? 1 : elements[count - 1] }

  package var array: [Int] { (0..<count).map { elements[$0] } }

  package static func == (a: Extents, b: Extents) -> Bool {
    guard a.count == b.count else { return false }
    for i in 0..<a.count where a.elements[i] != b.elements[i] { return false }
    return true
  }
}

extension Extents: CustomStringConvertible {
  package var description: String { "\(array)" }
}
