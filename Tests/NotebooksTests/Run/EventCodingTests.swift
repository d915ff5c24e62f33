import Foundation
import Notebooks
import XCTest

final class EventCodingTests: XCTestCase {
  func testEventsComeBackAsTheyWent() throws {
    let place = CellPlace(cell: 1, line: 2, column: 3)
    let note = CellDiagnostic(.note, "declared here", at: place)
    let events: [CellEvent] = [
      .checked(diagnostics: [CellDiagnostic(.error, "no", at: place, length: 4, notes: [note])]),
      .cellStarted(cell: 3), .text("line\n\u{1F600}\u{0}\t\"\\"),
      .value(text: "1", typeName: "Int"),
      .error(
        CellFault(
          kind: .trap, typeName: nil, message: "m", trace: [.init(function: "f()", place: place)])),
      .cellEnded(outcome: .failedAsExpected, seconds: 0.25), .finished,
    ]
    for event in events {
      let data = try JSONEncoder().encode(event)
      XCTAssertFalse(data.contains(UInt8(ascii: "\n")), "one event is one line")
      XCTAssertEqual(try JSONDecoder().decode(CellEvent.self, from: data), event)
    }
  }
}
