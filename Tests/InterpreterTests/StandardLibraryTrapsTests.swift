import Testing

@testable import Interpreter

/// Programs that stop, with the words that compiled code stops with. (Overflow has none there.)
@Suite struct StandardLibraryTrapsTests {
  @Test(arguments: [
    ("let a = [1, 2]\nlet i = 2\nprint(a[i])", "Index out of range"),
    ("var a = [Int]()\na.removeLast()", "Can't remove last element from an empty collection"),
    ("var a = [Int]()\na.removeFirst()", "Can't remove first element from an empty collection"),
    ("var a = [1]\nlet i = 5\na.remove(at: i)", "Index out of range"),
    ("var a = [1]\nlet i = 5\na.insert(2, at: i)", "Array index is out of range"),
    ("let a = [1, 2, 3]\nlet i = 7\nprint(a[1..<i])", "Array index is out of range"),
    ("let a = [1, 2, 3]\nlet i = 7\nprint(a[i...])", "Range requires lowerBound <= upperBound"),
    ("let lo = 5, hi = 2\nprint(lo..<hi)", "Range requires lowerBound <= upperBound"),
    ("let lo = 5, hi = 2\nprint(lo...hi)", "Range requires lowerBound <= upperBound"),
    (
      "let n = -1\nprint([1, 2].prefix(n))",
      "Can't take a prefix of negative length from a collection"
    ),
    (
      "let n = -1\nprint([1, 2].dropFirst(n))",
      "Can't drop a negative number of elements from a collection"
    ),
    ("let n = -1\nprint(Array(repeating: 0, count: n))", "Can't construct Array with count < 0"),
    (
      "let x = Double.nan\nprint(Int(x))",
      "Double value cannot be converted to Int because it is either infinite or NaN"
    ),
    (
      "let x = 1e300\nprint(Int(x))",
      "Double value cannot be converted to Int because the result would be greater than Int.max"
    ),
    ("let x = 300\nprint(UInt8(x))", "Not enough bits to represent the passed value"),
    ("let x = -1\nprint(UInt(x))", "Negative value is not representable"),
    (
      "let zero = 0\nprint(stride(from: 0, to: 5, by: zero).map { $0 })",
      "Stride size must not be zero"
    ),
    (
      "let s = \"abc\"\nlet n = 9\nprint(s[s.index(s.startIndex, offsetBy: n)])",
      "String index is out of bounds"
    ),
    ("let s = \"abc\"\nprint(s[s.endIndex])", "String index is out of bounds"),
    ("var s = \"\"\ns.removeLast()", "Can't remove last element from an empty collection"),
    ("let k = \"a\"\nprint([k: 1, \"a\": 2])", "Dictionary literal contains duplicate keys"),
    (
      "print(Dictionary(uniqueKeysWithValues: [(\"a\", 1), (\"a\", 2)]))",
      "Duplicate values for key: 'a'"
    ),
    ("let e = \"\"\nprint(Character(e))", "Can't form a Character from an empty String"),
    ("precondition([1].isEmpty, \"must be empty\")", "Precondition failed: must be empty"),
    ("precondition([1].isEmpty)", "Precondition failed"),
    ("fatalError(\"stop here\")", "stop here"),
    ("fatalError()", ""),
    ("assert(1 > 2, \"math\")", "Assertion failed: math"),
    ("preconditionFailure(\"no\")", "no"),
    (
      "let x: Int? = [Int]().first\nprint(x!)",
      "Unexpectedly found nil while unwrapping an Optional value"
    ),
    ("let zero = 0\nprint(5.quotientAndRemainder(dividingBy: zero))", "Division by zero"),
    ("let lo = 1\nprint(Int.random(in: lo..<lo))", "Can't get random value with an empty range"),
    ("let x: UInt8 = 200\nlet y: UInt8 = 100\nprint(x + y)", "arithmetic overflow"),
    ("let z: UInt8 = 0\nprint(UInt8(3) / z)", "Division by zero"),
    ("let a = [1,2,3]\nlet s = a[1...]\nlet i = 0\nprint(s[i])", "Index out of bounds"),
    ("var a = [1,2]\nlet i = 4\na.swapAt(0, i)", "Index out of range"),
    ("let n = 40\nprint(String(5, radix: n))", "Radix must be between 2 and 36"),
    (
      "var d = [1]\nlet k = 3\nd.removeLast(k)",
      "Can't remove more items from a collection than it contains"
    ),
    ("let a = [1,2,3]\nlet i = 2, j = 7\nprint(a[i...j])", "Array index is out of range"),
    ("assertionFailure(\"af\")", "af"),
    ("var a = [1, 2]\nlet i = 9\na[i] = 3", "Index out of range"),
    ("let x = Int.min\nprint(abs(x))", "arithmetic overflow"),
    (
      "let x = 3.5\nlet b = Float.infinity\nprint(Int(b), x)",
      "Float value cannot be converted to Int because it is either infinite or NaN"
    ),
  ])
  func stops(_ program: String, _ message: String) {
    #expect(StandardLibraryRun.run(program).fault == message)
  }
}
