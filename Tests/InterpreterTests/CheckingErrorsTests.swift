import Foundation
import Testing

@testable import Interpreter

/// Wrong programs with the messages that swiftc 6.3 gives, in its order: `CheckingErrors/NAME.swift`
/// beside `NAME.err`, a line a message: `LINE:COLUMN: error: TEXT`.
@Suite struct CheckingErrorsTests {
  static let folder = CheckingFiles.folder("CheckingErrors")

  @Test(arguments: CheckingFiles.programs(in: folder))
  func messages(_ name: String) throws {
    let text = try CheckingFiles.read(Self.folder, name + ".swift")
    let expected = try CheckingFiles.read(Self.folder, name + ".err")
    let found = CheckingFiles.check(text).filter { $0.severity == .error }.map {
      "\($0.location.line):\($0.location.column): error: \($0.message)\n"
    }
    #expect(found.joined() == expected)
  }
}

/// Programs that swiftc accepts: `CheckingPrograms/NAME.swift`.
@Suite struct CheckingProgramsTests {
  static let folder = CheckingFiles.folder("CheckingPrograms")

  @Test(arguments: CheckingFiles.programs(in: folder))
  func noErrors(_ name: String) throws {
    let text = try CheckingFiles.read(Self.folder, name + ".swift")
    let found = CheckingFiles.check(text).filter { $0.severity == .error }.map {
      "\($0.location.line):\($0.location.column): \($0.message)"
    }
    #expect(found == [])
  }
}

enum CheckingFiles {
  static let library = Library(modules: StandardLibrary.modules)

  static func folder(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(name)
  }

  static func programs(in folder: URL) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }.sorted()
  }

  static func read(_ folder: URL, _ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  static func check(_ text: String) -> [Diagnostic] {
    Checker(library: Library(modules: StandardLibrary.modules))
      .check(SourceUnit(name: "test", text: text), index: 0).diagnostics
  }
}
