import Foundation
import Testing

@testable import Interpreter

/// Broken programs get messages; the checker itself never stops.
@Suite struct CheckingFuzzTests {
  static let folder = CheckingFiles.folder("CheckingPrograms")

  /// A program that ends too early, at some hundred places.
  @Test(arguments: CheckingFiles.programs(in: folder))
  func truncated(_ name: String) throws {
    let text = try CheckingFiles.read(Self.folder, name + ".swift")
    let bytes = Array(text.utf8)
    let checker = Library(modules: StandardLibrary.modules)
    for end in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 120)) {
      let part = String(decoding: bytes[..<end], as: UTF8.self)
      _ = Checker(library: checker).check(SourceUnit(name: name, text: part), index: 0)
    }
  }

  /// A program with pieces taken out, doubled or exchanged.
  @Test(arguments: CheckingFiles.programs(in: folder))
  func mutated(_ name: String) throws {
    let text = try CheckingFiles.read(Self.folder, name + ".swift")
    let library = Library(modules: StandardLibrary.modules)
    var words = text.split(omittingEmptySubsequences: false) { " \n(".contains($0) }.map(
      String.init)
    var state: UInt64 = 7
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(1, bound)
    }
    let original = words
    for _ in 0..<60 {
      words = original
      switch random(4) {
      case 0: words.remove(at: random(words.count))
      case 1: words.swapAt(random(words.count), random(words.count))
      case 2: words[random(words.count)] = words[random(words.count)]
      default:
        words[random(words.count)] = ["nil", "{", "}", ".a", "0", "self", "$0", "&"][random(8)]
      }
      let broken = words.joined(separator: " ")
      _ = Checker(library: library).check(SourceUnit(name: name, text: broken), index: 0)
    }
  }

  static let extremes = [
    String(repeating: "(", count: 3000), String(repeating: "[", count: 3000),
    "let x = " + String(repeating: "-", count: 500) + "1",
    "let x = " + Array(repeating: "1", count: 2000).joined(separator: " + "),
    "let x = " + String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
    "let x = " + String(repeating: "f(", count: 150) + String(repeating: ")", count: 150),
    "let x = " + String(repeating: "{ ", count: 150) + "1" + String(repeating: " }", count: 150),
    String(repeating: "if true { ", count: 300) + String(repeating: "}", count: 300),
    "func f(_ x: " + String(repeating: "[", count: 500) + "Int"
      + String(repeating: "]", count: 500),
    String(repeating: "struct A { ", count: 200), "let f = { $0 }", "let x = x", "class A: A {}",
    "class A: B {}\nclass B: A {}", "typealias A = B\ntypealias B = A", "struct A { var a: A }",
    "extension Foo {}", "enum E: Int { case a(Int) }", "let (a, b", "switch 1 {", "for", "\\.a",
    "#if x", "let a = b\nlet b = a", "func f(x: Int = y, y: Int = x) {}",
    "struct S { var a = b; var b = a }\nprint(S())",
  ]

  @Test(arguments: extremes.indices)
  func extreme(_ index: Int) { _ = CheckingFiles.check(Self.extremes[index]) }
}
