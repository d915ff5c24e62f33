import XCTest

@testable import Publishing

final class LinkPolicyTests: XCTestCase {
  func testDestinations() {
    let cases: [(String, LinkPolicy.Destination?)] = [
      ("https://a.example/x?y#z", .absolute("https://a.example/x?y#z")),
      ("MAILTO:a@b.example", .absolute("MAILTO:a@b.example")),
      ("#part", .fragment("#part")),
      ("other.md", .relative(path: "other.md", suffix: "")),
      ("../a/other.md?x#part", .relative(path: "../a/other.md", suffix: "?x#part")),
      ("a:b", nil),
      ("./a:b", .relative(path: "./a:b", suffix: "")),
      ("/a:b", .relative(path: "/a:b", suffix: "")),
      ("1:b", .relative(path: "1:b", suffix: "")),
      ("", .relative(path: "", suffix: "")),
      ("  https://a.example \n", .absolute("https://a.example")),
    ]
    for (address, expected) in cases {
      XCTAssertEqual(LinkPolicy.destination(of: address), expected, address)
    }
  }
}
