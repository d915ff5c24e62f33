import Foundation
import XCTest

/// Every public declaration of the library has a doc comment, and an operation tells PyTorch's name.
final class DocumentationTests: XCTestCase {
  func testEveryDeclarationHasADocComment() throws {
    var count = 0
    for folder in ["Tensors", "NN", "Datasets"] {
      for (path, text) in try sources(folder) {
        let found = declarations(in: text)
        count += found.count
        for one in found where one.comment.isEmpty && !one.inheritsItsComment {
          XCTFail("\(path):\(one.line): no doc comment: \(one.code)")
        }
      }
    }
    XCTAssertGreaterThan(count, 1000)
  }

  func testOperationsAndLayersTellPyTorchsName() throws {
    let folders = [
      "Tensors/Operations", "Tensors/Random", "NN/Layers", "NN/Losses", "NN/Optimizers",
      "NN/Recurrent", "NN/Schedulers",
    ]
    for folder in folders {
      for (path, text) in try sources(folder) {
        for one in declarations(in: text) where one.isOperation {
          let names = ["`torch.", "`F.", "PyTorch", "As above"]
          XCTAssertTrue(
            names.contains { one.comment.contains($0) },
            "\(path):\(one.line): no PyTorch name: \(one.code)")
        }
      }
    }
  }

  /// The check finds what it should find, and nothing else.
  func testMissingCommentsAreFound() {
    let text = """
      /// A kind.
      public enum Kind: String {
        /// The first.
        case first
        case second(Int)
        var isFirst: Bool {
          switch self {
          case .first: true
          default: false
          }
        }
      }
      enum Inner {
        case hidden
      }
      public protocol Shape {
        var area: Double { get }
        /// The name.
        static func name() -> String
      }
      // A comment that documents nothing.
      @discardableResult
      public func run() {}
      /// Walks.
      @discardableResult
      public func walk() {}
      final class Part: Base {
        public init() {}
        public override init(_ n: Int) {}
        public override var text: String { "" }
        /// Follows.
        ///
        /// A second paragraph.
        @inlinable public static func follow() {}
      }
      extension Part {
        @available(*, deprecated) open class func old() {}
        public typealias Number = Int
      }
      """
    let missing = declarations(in: text).filter { $0.comment.isEmpty && !$0.inheritsItsComment }
    XCTAssertEqual(missing.map { $0.line }, [5, 16, 17, 23, 28, 29, 37, 38])
  }
}

/// A declaration that users of the library see.
private struct Declaration {
  let line: Int
  let code: String
  let comment: String

  /// What is overridden has its comment where it was declared first. Initializers and `forward` tell
  /// more than the base: what they take.
  var inheritsItsComment: Bool {
    code.contains("override ") && !code.contains(" init(") && !code.contains(" forward(")
  }

  /// Whether this is a class of the library, or a function that gives a tensor.
  var isOperation: Bool {
    if code.contains("override ") || code.contains("mutating ") { return false }
    let isFunction = code.contains("func ") && !code.contains("func callAsFunction")
    return code.contains("final class ") || isFunction && code.contains("-> Tensor")
  }
}

/// The declarations in a Swift file that are public, open, or cases and requirements of a public
/// enum or protocol. It goes by lines, as `swift format` leaves them: a declaration begins its line,
/// after attributes, and what is inside of it is indented by two more.
private func declarations(in text: String) -> [Declaration] {
  let lines = text.components(separatedBy: "\n")
  var found: [Declaration] = []
  var members: (indent: Int, isProtocol: Bool)?
  for (i, line) in lines.enumerated() {
    var code = line.drop { $0 == " " }
    let indent = line.count - code.count
    while code.hasPrefix("@"), let end = endOfAttribute(code) {
      code = code[end...].drop { $0 == " " }
    }
    if let outer = members, indent < outer.indent, !code.isEmpty { members = nil }
    let isPublic = code.hasPrefix("public ") || code.hasPrefix("open ")
    let words = code.split(separator: " ").map(String.init)
    let isDeclaration = isPublic && words.count > 1 && words[1].first?.isLetter == true
    let isMember =
      members?.indent == indent
      && (members?.isProtocol == true
        ? !Set(words).isDisjoint(with: ["func", "var", "init", "subscript", "associatedtype"])
          && !code.hasPrefix("//")
        : words.first == "case" || words.prefix(2) == ["indirect", "case"])
    if isDeclaration, words.contains("enum") || words.contains("protocol") {
      members = (indent + 2, words.contains("protocol"))
    }
    guard isDeclaration && words[1] != "extension" || isMember else { continue }
    found.append(Declaration(line: i + 1, code: String(code), comment: comment(above: i, lines)))
  }
  return found
}

/// The doc comment above a line, attributes left out.
private func comment(above line: Int, _ lines: [String]) -> String {
  var comment: [String] = []
  for above in lines[..<line].reversed() {
    let text = above.trimmingCharacters(in: .whitespaces)
    if text.hasPrefix("///") { comment.insert(text, at: 0) } else if !text.hasPrefix("@") { break }
  }
  return comment.joined(separator: " ")
}

/// Where the attribute ends that the code begins with.
private func endOfAttribute(_ code: Substring) -> Substring.Index? {
  var depth = 0
  for i in code.indices {
    if code[i] == "(" { depth += 1 }
    if code[i] == ")" { depth -= 1 }
    if code[i] == " ", depth == 0 { return i }
  }
  return nil
}

/// The Swift files below a folder of Sources, with their paths.
private func sources(_ folder: String) throws -> [(path: String, text: String)] {
  let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .appendingPathComponent("../../../Sources").standardized
  let paths = try FileManager.default.subpathsOfDirectory(
    atPath: root.appendingPathComponent(folder).path)
  return try paths.sorted().filter { $0.hasSuffix(".swift") }.map { path in
    let file = root.appendingPathComponent(folder).appendingPathComponent(path)
    return ("Sources/\(folder)/\(path)", try String(contentsOf: file, encoding: .utf8))
  }
}
