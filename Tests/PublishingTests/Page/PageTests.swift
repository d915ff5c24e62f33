import Notebooks
import XCTest

@testable import Publishing

final class PageTests: XCTestCase {
  /// `ACCEPT_PAGES=1 swift test` writes what comes out as what is expected: read the difference
  /// before committing it.
  func testPages() throws {
    let accepts = ProcessInfo.processInfo.environment["ACCEPT_PAGES"] != nil
    for fixture in try PageFixture.all() {
      let html = try fixture.rendered()
      if accepts {
        try fixture.accept(html)
      } else {
        XCTAssertEqual(html, fixture.expected, fixture.name)
      }
    }
  }

  /// `PAGES_FOLDER=… swift test` writes whole pages there, for people to look at.
  func testWritingPagesToLookAt() throws {
    guard let folder = ProcessInfo.processInfo.environment["PAGES_FOLDER"] else { return }
    var entries: [LessonIndex.Entry] = []
    for fixture in try PageFixture.all() {
      var settings = fixture.settings
      settings.index = .init(title: "All lessons", address: "index.html")
      settings.next = .init(title: "Long short-term memory", address: "lesson.html")
      let run = try fixture.run()
      let page = Page.lesson(for: run, settings: settings)
      try page.html.write(
        toFile: "\(folder)/\(fixture.name).html", atomically: true, encoding: .utf8)
      entries.append(.init(for: run, address: "\(fixture.name).html"))
    }
    let index = LessonIndex(
      title: "Recurrent networks", description: "Eight lessons with code that runs.",
      entries: entries)
    try Page.index(index).html.write(
      toFile: "\(folder)/index.html", atomically: true, encoding: .utf8)
  }

  /// Whatever a notebook holds, its page runs nothing and asks nobody for anything.
  func testPagesAreSelfContained() throws {
    for fixture in try PageFixture.all() {
      let page = Page.lesson(for: try fixture.run(), settings: fixture.settings)
      for case .startTag(let name, let attributes, _) in HTMLTokenizer.tokens(of: page.html) {
        XCTAssertFalse(["iframe", "object", "script", "video"].contains(name), fixture.name)
        for attribute in attributes {
          let value = attribute.value ?? ""
          XCTAssertFalse(attribute.name.hasPrefix("on"), fixture.name)
          if attribute.name == "src" || name == "link" && attribute.name == "href" {
            XCTAssertTrue(value.hasPrefix("data:"), "\(fixture.name): \(value.prefix(80))")
          }
        }
      }
    }
  }

  func testIdsAreUniqueAndLinksWithinThePageLeadSomewhere() throws {
    for fixture in try PageFixture.all() {
      let page = Page.lesson(for: try fixture.run(), settings: fixture.settings)
      var ids: [String] = []
      var targets: Set<String> = []
      for case .startTag(_, let attributes, _) in HTMLTokenizer.tokens(of: page.html) {
        for attribute in attributes {
          if attribute.name == "id" { ids.append(attribute.value ?? "") }
          if attribute.name == "href", let value = attribute.value, value.hasPrefix("#") {
            targets.insert(String(value.dropFirst()))
          }
        }
      }
      XCTAssertEqual(ids.count, Set(ids).count, "\(fixture.name): \(ids)")
      XCTAssertEqual(targets.subtracting(ids), [], fixture.name)
    }
  }

  func testThereIsOneMainTitle() throws {
    for fixture in try PageFixture.all() {
      let page = Page.lesson(for: try fixture.run(), settings: fixture.settings)
      XCTAssertEqual(page.html.components(separatedBy: "<h1").count, 2, fixture.name)
      XCTAssertEqual(page.html.components(separatedBy: "<main").count, 2, fixture.name)
    }
  }

  func testTheSameRunGivesTheSameBytes() throws {
    for fixture in try PageFixture.all() {
      let run = try fixture.run()
      var later = run
      later.duration = 1234
      for index in later.cells.indices { later.cells[index].duration = 99 }
      XCTAssertEqual(
        Page.lesson(for: run, settings: fixture.settings).html,
        Page.lesson(for: later, settings: fixture.settings).html, fixture.name)
    }
  }

  func testNeighbours() {
    var settings = PageSettings()
    settings.index = .init(title: "All lessons", address: "index.html")
    settings.previous = .init(title: "Before", address: "a.html")
    settings.next = .init(title: "After & <then>", address: "c.html")
    let html = Page.lesson(
      for: NotebookRun(notebook: Notebook(parsing: "# B", path: "b.md")), settings: settings
    ).html
    XCTAssertTrue(html.contains("<a href=\"index.html\">All lessons</a>"))
    XCTAssertTrue(html.contains("rel=\"prev\" href=\"a.html\"><span>Previous</span>Before</a>"))
    XCTAssertTrue(
      html.contains("rel=\"next\" href=\"c.html\"><span>Next</span>After &amp; &lt;then&gt;</a>"))
  }

  func testLinksToOtherFiles() {
    var settings = PageSettings()
    settings.notebookFolder = "../notebooks/"
    let text = "[a](../b/c.md#d) [b](data.csv) [c](/x) [d](#e) [f](?g)"
    let html = Page.lesson(
      for: NotebookRun(notebook: Notebook(parsing: text)), settings: settings
    ).html
    for address in ["c.html#d", "../notebooks/data.csv", "/x", "#e", "?g"] {
      XCTAssertTrue(html.contains("<a href=\"\(address)\">"), address)
    }
  }

  func testDeeplyNestedQuotesDoNotExhaustTheStack() {
    var block = Block(.paragraph([.text("deep")]), span: 0..<0)
    for _ in 0..<400 { block = Block(.quote([block]), span: 0..<0) }
    let notebook = Notebook(path: "a.md", source: SourceText(""), blocks: [block])
    let page = Page.lesson(for: NotebookRun(notebook: notebook))
    XCTAssertTrue(page.html.contains("deep"))
  }
}
