import Interpreter

// A partial range is its bound together with the bound's type.

/// A range with one bound, an Int.
protocol PartialIntRange: SlotConvertible {
  init(bound: Int)
  var bound: Int { get }
}

extension PartialIntRange {
  public static func read(from input: inout SlotReader) -> Self {
    Self(bound: input.next().object(as: ExistentialObject.self).slots[0].int)
  }

  public func write(to output: inout SlotWriter) { output.writeExistential(bound, "Int") }
}

extension PartialRangeFrom: SlotConvertible, PartialIntRange where Bound == Int {
  init(bound: Int) { self.init(bound) }
  var bound: Int { lowerBound }
}

extension PartialRangeUpTo: SlotConvertible, PartialIntRange where Bound == Int {
  init(bound: Int) { self.init(bound) }
  var bound: Int { upperBound }
}

extension PartialRangeThrough: SlotConvertible, PartialIntRange where Bound == Int {
  init(bound: Int) { self.init(bound) }
  var bound: Int { upperBound }
}
