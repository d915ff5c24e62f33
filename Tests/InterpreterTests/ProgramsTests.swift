import Foundation
import Testing

@testable import Interpreter

/// Programs with what swiftc's executables print: `NAME.swift` beside `NAME.out`, over the standard library
/// (`StandardLibraryPrograms`) and over the language (`MachinePrograms`). Record a new one with
///
///     swiftc -swift-version 5 NAME.swift -o program && SWIFT_DETERMINISTIC_HASHING=1 ./program
@Suite struct ProgramsTests {
  static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  static var programs: [String] {
    ["StandardLibraryPrograms", "MachinePrograms"].flatMap { folder in
      let path = tests.appendingPathComponent(folder).path
      let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return files.filter { $0.hasSuffix(".swift") }.map { folder + "/" + $0.dropLast(6) }.sorted()
    }
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
    try String(contentsOf: Self.tests.appendingPathComponent(name), encoding: .utf8)
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
