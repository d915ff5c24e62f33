import Foundation
import Notebooks
import XCTest

/// Every `Documents/NAME.md` is read and compared with `NAME.expected`.
///
/// To add a test, add a notebook, run the tests with `RECORD=1`, and read what was written.
final class DocumentTests: XCTestCase {
  private let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .appending(path: "Documents")

  func testDocumentsAreReadAsExpected() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".md") }
    XCTAssertFalse(names.isEmpty)
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      let dump = DocumentDump.text(of: Notebook(parsing: SourceText(bytes: bytes), path: name))
      let expected = folder.appending(path: name.dropLast(3) + ".expected")
      if ProcessInfo.processInfo.environment["RECORD"] != nil {
        try dump.write(to: expected, atomically: true, encoding: .utf8)
      } else {
        let wanted = try? String(contentsOf: expected, encoding: .utf8)
        XCTAssertEqual(dump, wanted, "\(name) is read differently")
      }
    }
  }
}
