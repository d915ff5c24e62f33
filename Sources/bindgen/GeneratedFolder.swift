import Foundation

/// A folder whose Swift files are all generated.
struct GeneratedFolder {
  let path: String

  /// Names of files that are missing, stale or not generated any more.
  func differences(from files: [ModuleWriter.File]) -> [String] {
    let wanted = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.text) })
    let names = Set(wanted.keys).union(present())
    return names.filter { text(of: $0) != wanted[$0] }.sorted()
  }

  /// Writes files that differ, so that unchanged ones are not compiled again, and removes old ones.
  func replace(with files: [ModuleWriter.File]) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let wanted = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.text) })
    for name in differences(from: files) {
      let place = "\(path)/\(name)"
      if let text = wanted[name] {
        try text.write(toFile: place, atomically: true, encoding: .utf8)
      } else {
        try FileManager.default.removeItem(atPath: place)
      }
    }
  }

  private func present() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".swift") }
  }

  private func text(of name: String) -> String? {
    try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }
}
