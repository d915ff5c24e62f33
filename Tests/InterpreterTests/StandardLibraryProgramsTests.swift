import Foundation
import Testing

@testable import Interpreter

/// Programs over the standard library, with what swiftc's executables print:
/// `StandardLibraryPrograms/NAME.swift` beside `NAME.out`. Record a new one with
///
///     swiftc -swift-version 5 NAME.swift -o program && SWIFT_DETERMINISTIC_HASHING=1 ./program
@Suite struct StandardLibraryProgramsTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("StandardLibraryPrograms")

  static var programs: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }.sorted()
  }

  /// The order of sets and dictionaries can be compared only where hashing has no random seed.
  static let isHashingDeterministic =
    ProcessInfo.processInfo.environment["SWIFT_DETERMINISTIC_HASHING"] != nil

  @Test(arguments: programs)
  func printsWhatCompiledCodePrints(_ name: String) throws {
    let text = try read(name + ".swift")
    if text.contains("when hashing is deterministic") && !Self.isHashingDeterministic { return }
    let (output, fault) = StandardLibraryRun.run(text)
    #expect(fault == nil)
    #expect(output == (try read(name + ".out")))
  }

  private func read(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
  }
}

enum StandardLibraryRun {
  /// Runs a program; what it printed, and what stopped it.
  static func run(_ text: String) -> (output: String, fault: String?) {
    var output = ""
    let session = Session(output: { output += $0 })
    let errors = session.check([SourceUnit(name: "1-test.swift", text: text)])
      .filter { $0.severity == .error }
    if let first = errors.first { return (output, "\(first.location.line): \(first.message)") }
    do {
      _ = try session.run(0)
      return (output, nil)
    } catch {
      return (output, error.message)
    }
  }
}
