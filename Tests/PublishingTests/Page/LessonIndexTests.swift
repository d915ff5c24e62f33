import XCTest

@testable import Publishing

final class LessonIndexTests: XCTestCase {
  func testLessonsStandInTheOrderOfTheCourse() {
    let index = LessonIndex(
      title: "Course",
      entries: [
        .init(title: "Zebra", address: "z.html"),
        .init(title: "Second", description: "What <comes> next", order: 2, address: "b.html"),
        .init(title: "Ant", address: "a.html", succeeded: false),
        .init(title: "First", order: 1, address: "x.html"),
      ])
    XCTAssertEqual(index.entries.map(\.title), ["First", "Second", "Ant", "Zebra"])
    let html = Page.index(index).html
    XCTAssertTrue(html.contains("<h2><a href=\"b.html\">Second</a></h2>"))
    XCTAssertTrue(html.contains("<p>What &lt;comes&gt; next</p>"))
    XCTAssertEqual(html.components(separatedBy: "The last run failed").count, 2)
  }
}
