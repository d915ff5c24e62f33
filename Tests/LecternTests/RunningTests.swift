import Foundation
import XCTest

/// Scripts and notebooks, run by the program from outside.
final class RunningTests: XCTestCase {
  func testAScriptPrintsAndEndsWellOrWithAPlace() throws {
    let folder = try Program.Folder([
      "good.swift": "for i in 1...3 { print(i) }\n",
      "wrong.swift": "print(1)\nlet x: Int = \"a\"\n",
      "trap.swift": "let a = [1]\nprint(\"before\")\nprint(a[3])\n",
      "loop.swift": "print(\"on\")\nwhile true {}\n",
    ])
    let good = try Program.run("run", "good.swift", in: folder)
    XCTAssertEqual([good.output, good.errors], ["1\n2\n3\n", ""])
    XCTAssertEqual(good.status, 0)
    let wrong = try Program.run("run", "wrong.swift", in: folder)
    XCTAssertEqual(wrong.output, "", "nothing runs")
    XCTAssertTrue(wrong.errors.hasPrefix("wrong.swift:2:"), wrong.errors)
    XCTAssertEqual(wrong.status, 1)
    let trap = try Program.run("run", "trap.swift", in: folder)
    XCTAssertEqual(trap.output, "before\n")
    XCTAssertTrue(trap.errors.hasPrefix("trap.swift:3: Fatal error: "), trap.errors)
    XCTAssertEqual(trap.status, 1)
    let loop = try Program.run("run", "loop.swift", "--timeout", "0.3", in: folder)
    XCTAssertEqual(loop.output, "on\n")
    XCTAssertTrue(loop.errors.contains("time limit"), loop.errors)
    XCTAssertEqual(loop.status, 1)
  }

  func testANotebookPrintsItsOutputsCellByCell() throws {
    let folder = try Program.Folder([
      "a.md": "```swift\nlet x = 2\nprint(\"one\")\n```\n\n- ```swift\n  x + 1\n  ```\n"
    ])
    let run = try Program.run("run", "a.md", in: folder)
    XCTAssertEqual(run.output, "one\n3\n")
    XCTAssertEqual(run.status, 0)
    XCTAssertTrue(run.errors.hasPrefix("notebook 1/1 · cell 1/2 cell-1 · "), run.errors)
  }

  func testATypoInTheLastCellIsFoundBeforeTheFirstRuns() throws {
    let folder = try Program.Folder([
      "a.md":
        "```swift\nprint(\"one\")\n```\n\n> ```swift\n> let value = 1\n> print(valeu)\n> ```\n"
    ])
    let run = try Program.run("render", "a.md", in: folder)
    XCTAssertEqual(run.status, 1)
    XCTAssertTrue(run.errors.hasPrefix("a.md:7:9: error: "), run.errors)
    XCTAssertFalse(folder.exists("output/a.html"))
  }

  func testCtrlCStopsTheCellRendersWhatRanAndEndsWith130() throws {
    let folder = try Program.Folder([
      "a.md": "```swift\nprint(\"one\")\n```\n\n```swift\nwhile true {}\n```\n"
    ])
    let start = Date()
    let run = try Program.start("render", "a.md", in: folder)
    Thread.sleep(forTimeInterval: 1)
    kill(run.process.processIdentifier, SIGINT)
    let result = try run.wait()
    XCTAssertLessThan(Date().timeIntervalSince(start), 10)
    XCTAssertEqual(result.status, 130)
    XCTAssertTrue(folder.exists("output/a.html"))
  }

  func testNoWorkerOutlivesItsParent() throws {
    let mark = "parentless\(UInt32.random(in: 0 ... .max))"
    let folder = try Program.Folder([
      "\(mark).md": "```swift\nprint(\"one\")\nwhile true {}\n```\n"
    ])
    let run = try Program.start("run", "\(mark).md", in: folder)
    Thread.sleep(forTimeInterval: 1)
    let workers = Program.children(of: run.process.processIdentifier)
    XCTAssertEqual(workers.count, 1)
    kill(run.process.processIdentifier, SIGKILL)
    _ = try run.wait()
    Thread.sleep(forTimeInterval: 0.5)
    for worker in workers { XCTAssertFalse(Program.isAlive(worker)) }
  }
}
