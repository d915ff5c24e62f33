import Foundation
import XCTest

/// The built program, found beside the test bundle.
struct Program {
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs it in a folder of its own.
  static func run(_ arguments: String..., in folder: Folder) throws -> Result {
    try start(arguments, in: folder).wait()
  }

  /// Starts it and lets it run.
  static func start(_ arguments: String..., in folder: Folder) throws -> Running {
    try start(arguments, in: folder)
  }

  /// Processes that a process started.
  static func children(of pid: Int32) -> [Int32] {
    let path = "/proc/\(pid)/task/\(pid)/children"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { Int32($0) }
  }

  /// Whether a process is there and no zombie.
  static func isAlive(_ pid: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return false }
    return !text[end...].hasPrefix(") Z")
  }

  /// The program while it runs.
  struct Running {
    var process: Process
    fileprivate var output: File
    fileprivate var errors: File

    func wait() throws -> Result {
      process.waitUntilExit()
      return Result(
        status: process.terminationReason == .exit ? process.terminationStatus : -1,
        output: try output.text(), errors: try errors.text())
    }
  }

  /// The folder of the build's products.
  static var products: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? .main
    return bundle.bundlePath.hasSuffix(".xctest")
      ? bundle.bundleURL.deletingLastPathComponent() : bundle.bundleURL
  }

  private static func start(_ arguments: [String], in folder: Folder) throws -> Running {
    let process = Process()
    process.executableURL = products.appending(path: "lectern")
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    let output = folder.file(".stdout")
    let errors = folder.file(".stderr")
    process.standardOutput = try output.opened()
    process.standardError = try errors.opened()
    try process.run()
    return Running(process: process, output: output, errors: errors)
  }

  /// A folder that goes when the test ends.
  final class Folder {
    let path = NSTemporaryDirectory() + "/lectern-\(UUID().uuidString)"

    init(_ files: [String: String] = [:]) throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, text) in files { try write([UInt8](text.utf8), to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws {
      let url = URL(filePath: path).appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }

    func exists(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: path + "/" + name)
    }

    fileprivate func file(_ name: String) -> File { File(path: path + "/" + name) }
  }

  fileprivate struct File {
    var path: String

    func opened() throws -> FileHandle {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      return try FileHandle(forWritingTo: URL(filePath: path))
    }

    func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
  }
}
