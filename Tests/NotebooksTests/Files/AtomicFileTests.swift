import Foundation
import Notebooks
import XCTest

final class AtomicFileTests: XCTestCase {
  private var folder = ""

  override func setUpWithError() throws {
    folder = NSTemporaryDirectory() + "/lectern-\(UUID().uuidString)"
    try AtomicFile.makeFolder(folder + "/a/b")
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(atPath: folder) }

  func testAFileIsReplacedAndNothingIsLeftBeside() throws {
    let path = folder + "/a/b/page.html"
    try AtomicFile.write("old".utf8, to: path)
    try AtomicFile.write("new".utf8, to: path)
    XCTAssertEqual(try String(contentsOfFile: path, encoding: .utf8), "new")
    XCTAssertEqual(
      try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b"), ["page.html"])
  }

  func testAFailureNamesTheFileAndLeavesTheOldOne() throws {
    let path = folder + "/a/b"
    XCTAssertThrowsError(try AtomicFile.write("x".utf8, to: path)) { error in
      XCTAssertEqual((error as? NotebookProblem)?.path, path)
    }
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder + "/a"), ["b"])
    XCTAssertThrowsError(try AtomicFile.write("x".utf8, to: folder + "/none/page.html"))
  }
}
