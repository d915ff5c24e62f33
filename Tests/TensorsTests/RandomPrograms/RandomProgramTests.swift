import XCTest

@testable import Tensors

/// Programs of random operations on tensors of all shapes, views and writes among them: all tensors
/// at the end, the gradients, and which steps throw, against PyTorch.
final class RandomProgramTests: XCTestCase {
  func testPrograms() throws {
    let cases = try Golden("random_programs").cases
    XCTAssertGreaterThan(cases.count, 250)
    for record in cases {
      let found = RandomProgram(record).differences()
      XCTAssertEqual(found, [], "program \(record["seed"] ?? "")")
    }
  }
}
