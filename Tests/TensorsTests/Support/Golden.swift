import Foundation
import XCTest

@testable import Tensors

/// A recorded file of Tests/Golden.
struct Golden {
  let root: [String: Any]

  init(_ topic: String) throws {
    // Support/ is reached through a link from the other test targets: `#filePath` is of this file.
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.lastPathComponent != "Tests" { folder.deleteLastPathComponent() }
    let data = try Data(contentsOf: folder.appendingPathComponent("Golden/\(topic).json"))
    root = try XCTUnwrap(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  var cases: [[String: Any]] { root["cases"] as? [[String: Any]] ?? [] }
}

/// A recorded number; nan and infinities are strings.
func recordedNumber(_ value: Any) -> Double {
  if let text = value as? String {
    return text == "nan" ? .nan : text == "inf" ? .infinity : -.infinity
  }
  return (value as? NSNumber)?.doubleValue ?? .nan
}

/// A recorded tensor.
func recordedTensor(_ value: Any?, requiresGrad: Bool = false) throws -> Tensor {
  let record = try XCTUnwrap(value as? [String: Any])
  let data = try XCTUnwrap(record["data"] as? [Any])
  let shape = try XCTUnwrap(record["shape"] as? [Int])
  let numbers = data.map { recordedNumber($0) }
  let tensor: Tensor
  switch record["dtype"] as? String {
  case "float64": tensor = try .from(numbers, Extents(shape, "golden"))
  case "int64", "int32": tensor = try .from(numbers.map { Int($0) }, Extents(shape, "golden"))
  case "bool": tensor = try .from(numbers.map { $0 != 0 }, Extents(shape, "golden"))
  default: tensor = try .from(numbers.map { Float($0) }, Extents(shape, "golden"))
  }
  return try tensor.leaf(requiresGrad)
}

/// What is told of every tensor that is compared with a recorded one, by tests that compare runs of
/// such tests.
nonisolated(unsafe) var comparisonObserver: ((Tensor, String) -> Void)?

/// Same shape, and |ours - recorded| <= atol + rtol |recorded| everywhere; nan equals nan.
func assertClose(
  _ ours: Tensor?, _ recorded: Any?, atol: Double, rtol: Double, _ what: String,
  file: StaticString = #filePath, line: UInt = #line
) throws {
  guard let ours else { return XCTFail("\(what): missing", file: file, line: line) }
  comparisonObserver?(ours, what)
  let expected = try recordedTensor(recorded)
  XCTAssertEqual(ours.shape, expected.shape, "\(what): shape", file: file, line: line)
  XCTAssertEqual(ours.dtype, expected.dtype, "\(what): dtype", file: file, line: line)
  guard ours.count == expected.count else { return }
  for (i, (a, b)) in zip(ours.doubles, expected.doubles).enumerated() {
    let isClose = a == b || (a.isNaN && b.isNaN) || abs(a - b) <= atol + rtol * abs(b)
    if !isClose {
      return XCTFail("\(what): element \(i) is \(a), recorded \(b)", file: file, line: line)
    }
  }
}

/// Every recorded case must be run or be named as not yet covered, with the reason.
func assertCovered(
  _ codes: [String], run: some Collection<String>, notYet: [String: String],
  file: StaticString = #filePath, line: UInt = #line
) {
  let known = Set(run).union(notYet.keys)
  for code in codes where !known.contains(code) {
    XCTFail("recorded case without a test: \(code)", file: file, line: line)
  }
  for code in notYet.keys where run.contains(code) || !codes.contains(code) {
    XCTFail("stale entry among the cases not covered: \(code)", file: file, line: line)
  }
}
