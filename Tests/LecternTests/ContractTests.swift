import Foundation
import XCTest

/// The contract: a program prints interpreted what it prints compiled.
final class ContractTests: XCTestCase {
  private static let contract = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Contract")

  // MARK: Library and language, against swiftc

  func testHihell() throws { try compareWithCompiled("hihell") }
  func testShapes() throws { try compareWithCompiled("shapes") }
  func testLSTMByHand() throws { try compareWithCompiled("lstm-by-hand") }
  func testErrors() throws { try compareWithCompiled("errors") }
  func testClassifier() throws { try compareWithCompiled("classifier") }

  private func compareWithCompiled(_ name: String) throws {
    let source = Self.contract.appending(path: name + ".swift")
    let folder = try Program.Folder()
    let interpreted = try Program.run("run", source.path, in: folder)
    XCTAssertEqual(interpreted.errors, "")
    XCTAssertEqual(interpreted.status, 0)

    // One file that is not called main.swift is a script to swiftc as well.
    let products = Program.products
    var arguments = [
      "swiftc", "-swift-version", "5", source.path, "-o", folder.path + "/compiled",
      "-I", products.appending(path: "Modules").path, "-lopenblas",
    ]
    for map in [Self.moduleMap, products.appending(path: "CKernels.build/module.modulemap").path] {
      arguments += ["-Xcc", "-fmodule-map-file=" + map]
    }
    for module in ["CKernels", "Tensors", "NN", "Datasets"] {
      let objects = products.appending(path: module + ".build")
      arguments += try FileManager.default.contentsOfDirectory(atPath: objects.path)
        .filter { $0.hasSuffix(".o") }.sorted().map { objects.appending(path: $0).path }
    }
    let compiler = try Self.run("/usr/bin/env", arguments)
    XCTAssertEqual(compiler.status, 0, compiler.errors)
    let compiled = try Self.run(folder.path + "/compiled", [])
    XCTAssertFalse(compiled.output.isEmpty)
    XCTAssertEqual(interpreted.output, compiled.output)
  }

  private static let moduleMap = contract.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/CBLAS/module.modulemap").path

  private static func run(_ path: String, _ arguments: [String]) throws -> Program.Result {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let messages = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Program.Result(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: messages, as: UTF8.self))
  }

  /// Interpreted, the model learns what PyTorch's model learns, step by step.
  func testHihellFollowsPyTorch() throws {
    let source = try String(
      contentsOf: Self.contract.appending(path: "hihell.swift"), encoding: .utf8
    ).replacing("if epoch % 10 == 0 {", with: "do {")
    let folder = try Program.Folder(["hihell.swift": source])
    let run = try Program.run("run", "hihell.swift", in: folder)
    let golden = Self.contract.deletingLastPathComponent().appending(path: "Golden/hihell.json")
    let recorded = try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: golden))
    let steps = run.output.split(separator: "\n").filter { $0.hasPrefix("epoch ") }
    XCTAssertEqual(steps.count, recorded.losses.count)
    for (i, step) in steps.enumerated() where i < recorded.losses.count {
      let parts = step.split(separator: ", ")
      let loss = try XCTUnwrap(Double(parts[1].dropFirst("loss ".count)))
      XCTAssertEqual(loss, recorded.losses[i], accuracy: 1e-4, "step \(i + 1)")
      XCTAssertEqual(String(parts[2]), recorded.predictions[i], "step \(i + 1)")
    }
  }

  private struct Recorded: Decodable {
    var losses: [Double]
    var predictions: [String]
  }

  // MARK: The language, against recorded answers of swiftc

  func testPrograms() throws {
    let folder = try Program.Folder()
    let list = try String(
      contentsOf: Self.contract.appending(path: "language/unsupported.txt"), encoding: .utf8)
    let unsupported = Set(list.split(separator: "\n").compactMap { $0.split(separator: ":").first })
    for (name, source) in try samples("programs") {
      let expected = try text(source, "out")
      let run = try Program.run("run", source.path, in: folder)
      if unsupported.contains(Substring(name)) {
        XCTAssertNotEqual(run.output, expected, "\(name) passes: take it off the list")
        XCTAssertFalse(run.status < 0, "\(name) crashed")
      } else {
        XCTAssertEqual(run.output, expected, name)
        XCTAssertEqual(run.status, 0, "\(name): \(run.errors)")
      }
    }
  }

  func testCompileTimeErrors() throws {
    let folder = try Program.Folder()
    for (name, source) in try samples("errors") {
      let run = try Program.run("run", source.path, in: folder)
      let expected = try text(source, "err").split(separator: "\n").first ?? ""
      XCTAssertEqual(run.output, "", name)
      XCTAssertEqual(run.status, 1, name)
      XCTAssertEqual(
        run.errors.split(separator: "\n").first.map(String.init), "\(source.path):\(expected)")
    }
  }

  func testTraps() throws {
    let folder = try Program.Folder()
    for (name, source) in try samples("traps") {
      let run = try Program.run("run", source.path, in: folder)
      XCTAssertEqual(run.output, try text(source, "out"), name)
      XCTAssertEqual(run.status, 1, name)
      let cause = try text(source, "cause").trimmingCharacters(in: .whitespacesAndNewlines)
      if name == "002-implicitly-unwrapped" {
        // Swift tells implicit unwrapping from `!`; the interpreter says the same of both.
        XCTAssertTrue(run.errors.contains("Unexpectedly found nil"), run.errors)
      } else {
        XCTAssertTrue(run.errors.lowercased().contains(cause.lowercased()), run.errors)
      }
      XCTAssertTrue(run.errors.contains(": Fatal error: "), run.errors)
    }
  }

  private func samples(_ kind: String) throws -> [(String, URL)] {
    let folder = Self.contract.appending(path: "language/" + kind)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.sorted()
    XCTAssertFalse(names.isEmpty)
    return names.map { (String($0.dropLast(".swift".count)), folder.appending(path: $0)) }
  }

  private func text(_ source: URL, _ kind: String) throws -> String {
    try String(
      contentsOf: source.deletingPathExtension().appendingPathExtension(kind), encoding: .utf8)
  }
}
