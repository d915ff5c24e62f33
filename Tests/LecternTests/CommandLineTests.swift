import XCTest

/// Exit status and messages: what is wrong is named with its place, and nothing is written by halves.
final class CommandLineTests: XCTestCase {
  private let good = "# Title\n\n```swift\nlet x = 1\n```\n"

  func testVersionAndHelp() throws {
    let folder = try Program.Folder()
    XCTAssertEqual(try Program.run("--version", in: folder).status, 0)
    let help = try Program.run("--help", in: folder)
    XCTAssertEqual(help.status, 0)
    XCTAssertTrue(help.output.contains("render"))
    XCTAssertFalse(help.output.contains("worker"), "it is for the program itself")
  }

  func testWrongUsageIsStatus2AndNamesTheNearestOption() throws {
    let folder = try Program.Folder(["a.md": good])
    let option = try Program.run("render", "a.md", "--jbos", "2", in: folder)
    XCTAssertEqual(option.status, 2)
    XCTAssertTrue(option.errors.contains("--jobs"), option.errors)
    XCTAssertEqual(try Program.run("rnder", "a.md", in: folder).status, 2)
    XCTAssertEqual(try Program.run("render", in: folder).status, 2)
    XCTAssertEqual(try Program.run("run", "a.md", "--timeout", "0", in: folder).status, 2)
    XCTAssertEqual(try Program.run("render", "a.md", "-j", "0", in: folder).status, 2)
    XCTAssertEqual(try Program.run("run", ".", in: folder).status, 2)
  }

  func testAMissingFileIsWrongUsage() throws {
    let folder = try Program.Folder(["a.md": good])
    for command in ["run", "render", "lint"] {
      let result = try Program.run(command, "a.md", "gone.md", in: folder)
      XCTAssertEqual(result.status, 2)
      XCTAssertEqual(result.errors, "error: gone.md: no such file or directory\n")
    }
    XCTAssertFalse(folder.exists("output"), "nothing is begun")
  }

  func testAFileOfAnotherKindIsWrongUsage() throws {
    let folder = try Program.Folder(["a.txt": "x", "b.swift": "", "empty/x.txt": ""])
    XCTAssertEqual(try Program.run("run", "a.txt", in: folder).status, 2)
    XCTAssertEqual(try Program.run("render", "b.swift", in: folder).status, 2)
    XCTAssertEqual(try Program.run("render", "empty", in: folder).status, 2)
  }

  func testTwoNotebooksForOnePageAreWrongUsage() throws {
    let folder = try Program.Folder(["a/x.md": good, "b/x.md": good])
    let result = try Program.run("render", "a/x.md", "b/x.md", in: folder)
    XCTAssertEqual(result.status, 2)
    XCTAssertTrue(result.errors.contains("output/x.html"), result.errors)
  }

  func testBadNotebooksAreNamedWithTheirPlace() throws {
    let cases = [
      ("front.md", "---\ntitle: [a\n---\n", "front.md:2:10: error: this is no YAML"),
      ("open.md", "---\ntitle: a\n", "open.md:1:1: error: this front matter is never closed"),
      (
        "option.md", "```swift\n//| lable: a\n```\n",
        "option.md:2:5: error: unknown option 'lable'; did you mean 'label'?\n//| lable: a\n    ^~~~~"
      ),
      (
        "fence.md", "text\n\n```swift\nlet x = 1\n",
        "fence.md:3:1: error: this fence is never closed"
      ),
    ]
    for (name, text, message) in cases {
      let folder = try Program.Folder([name: text])
      for command in ["run", "render", "lint"] {
        let result = try Program.run(command, name, in: folder)
        XCTAssertEqual(result.status, 1, command)
        XCTAssertTrue(result.errors.hasPrefix(message), result.errors)
        XCTAssertEqual(result.output, "")
      }
      XCTAssertFalse(folder.exists("output/" + name.dropLast(2) + "html"))
    }
  }

  func testAFileThatIsNotUTF8IsNamedWithTheOffset() throws {
    let folder = try Program.Folder()
    try folder.write([0x23, 0x20, 0xE9, 0x0A], to: "latin.md")
    try folder.write([0x2F, 0x2F, 0xFF, 0x0A], to: "latin.swift")
    let notebook = try Program.run("render", "latin.md", in: folder)
    XCTAssertEqual(notebook.status, 1)
    XCTAssertEqual(
      notebook.errors, "latin.md:1:3: error: not UTF-8: byte 0xE9 at offset 2\n")
    let script = try Program.run("run", "latin.swift", in: folder)
    XCTAssertEqual(script.status, 1)
    XCTAssertEqual(
      script.errors, "latin.swift:1:3: error: not UTF-8: byte 0xFF at offset 2\n")
  }

  func testARejectedNotebookLeavesTheOldPage() throws {
    let folder = try Program.Folder(["a.md": good, "output/a.html": "old"])
    XCTAssertEqual(try Program.run("render", "a.md", "--quiet", in: folder).status, 0)
    try folder.write(Array("```swift\n//| x: 1\n```\n".utf8), to: "a.md")
    let page = try String(contentsOfFile: folder.path + "/output/a.html", encoding: .utf8)
    XCTAssertNotEqual(page, "old")
    XCTAssertEqual(try Program.run("render", "a.md", in: folder).status, 1)
    let after = try String(contentsOfFile: folder.path + "/output/a.html", encoding: .utf8)
    XCTAssertEqual(page, after)
  }

  func testAFolderIsRenderedInParallelWithoutItsReadme() throws {
    let folder = try Program.Folder([
      "course/one.md": good, "course/two.md": good, "course/README.md": good,
    ])
    let result = try Program.run("render", "course", "-o", "site/deep", "--jobs", "2", in: folder)
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertTrue(folder.exists("site/deep/one.html") && folder.exists("site/deep/two.html"))
    XCTAssertFalse(folder.exists("site/deep/README.html"))
    XCTAssertEqual(result.errors.split(separator: "\n").count, 2, "one line a cell")
  }

  func testAnUnmetExpectationFailsAndThePageIsWritten() throws {
    let folder = try Program.Folder(["a.md": "```swift\n//| error: Boom\nlet x = 1\n```\n"])
    let result = try Program.run("render", "a.md", "--quiet", in: folder)
    XCTAssertEqual(result.status, 1)
    XCTAssertTrue(result.errors.hasPrefix("a.md:1:1: error: cell 'cell-1'"), result.errors)
    XCTAssertTrue(folder.exists("output/a.html"))
  }
}
