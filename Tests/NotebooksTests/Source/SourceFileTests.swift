import Foundation
import Notebooks
import XCTest

final class SourceFileTests: XCTestCase {
  private func problem(_ bytes: [UInt8]) throws -> NotebookProblem? {
    let path = NSTemporaryDirectory() + "/lectern-\(UUID().uuidString).md"
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    do {
      _ = try SourceFile.read(path)
      return nil
    } catch {
      return error
    }
  }

  func testWhatIsNoUTF8IsNamedWithItsOffset() throws {
    XCTAssertNil(try problem(Array("plain é 😀".utf8)))
    let latin = try problem(Array("one\ncaf".utf8) + [0xE9, 0x20])
    XCTAssertEqual(latin?.message, "not UTF-8: byte 0xE9 at offset 7")
    XCTAssertEqual(latin?.position, SourcePosition(line: 2, column: 4))
    XCTAssertEqual(try problem([0x61, 0xF0, 0x9F])?.message, "not UTF-8: byte 0xF0 at offset 1")
    XCTAssertEqual(try problem([0xFF])?.message, "not UTF-8: byte 0xFF at offset 0")
  }

  func testAMissingFileAndAFolderAreNamed() {
    XCTAssertThrowsError(try SourceFile.read("/no/such.md")) { error in
      XCTAssertEqual(
        (error as? NotebookProblem)?.rendered, "/no/such.md: error: No such file or directory")
    }
    XCTAssertThrowsError(try SourceFile.read("/tmp"))
  }
}
