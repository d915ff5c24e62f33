public func divide(_ a: Int, by b: Int) -> (quotient: Int, remainder: Int) {
  a.quotientAndRemainder(dividingBy: b)
}

/// Takes a tuple apart.
public func rearranged(_ value: (Int, (text: String, share: Double))?) -> [(String, Int)] {
  value.map { [($0.1.text, $0.0), ("share", Int($0.1.share * 100))] } ?? []
}

public func total(_ values: Int..., scale: Int = 1) -> Int { values.reduce(0, +) * scale }

public func firstPositive(_ rows: [[Double]]) -> Double? {
  rows.joined().first { $0 > 0 }
}

public func stretch(_ range: Range<Int>, _ more: ClosedRange<Int>?) -> Range<Int> {
  range.lowerBound..<(more?.upperBound ?? range.upperBound)
}

public func fail(_ text: String) throws { throw SampleError(text) }

public func makeAdder(_ n: Int) -> (Int, String) -> String {
  { value, unit in "\(value + n) \(unit)" }
}

public func unsupported(_ body: (inout Int) -> Void, _ table: [String: Int]) {}
