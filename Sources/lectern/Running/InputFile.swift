import Glibc

/// A path that the user gave.
struct InputFile {
  /// What can be run.
  enum Kind {
    case notebook, script
  }

  var path: String
  var kind: Kind

  /// - Throws: wrong usage, when there is no such file or it is of another kind.
  init(_ path: String) throws {
    self.path = path
    guard try !Self.isFolder(path) else {
      throw WrongUsage(message: "'\(path)' is a folder; 'run' takes notebooks and scripts.")
    }
    if path.hasSuffix(".md") {
      kind = .notebook
    } else if path.hasSuffix(".swift") {
      kind = .script
    } else {
      throw WrongUsage(message: "'\(path)' is neither a notebook (.md) nor a script (.swift).")
    }
  }

  /// The notebooks among files and folders; of a folder those that stand directly in it, except for
  /// its README.
  static func notebooks(in paths: [String]) throws -> [String] {
    try paths.flatMap { path -> [String] in
      if try isFolder(path) {
        let folder = path.hasSuffix("/") ? path : path + "/"
        let found = entries(of: path).filter { $0.hasSuffix(".md") && $0 != "README.md" }
        guard !found.isEmpty else {
          throw WrongUsage(message: "'\(path)' holds no notebook (.md).")
        }
        return found.sorted().map { folder + $0 }
      }
      guard path.hasSuffix(".md") else {
        throw WrongUsage(message: "'\(path)' is no notebook (.md).")
      }
      return [path]
    }
  }

  static func isFolder(_ path: String) throws -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw WrongUsage(message: "\(path): " + String(cString: strerror(errno)).lowercased())
    }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  private static func entries(of folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { name in
          String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }
}
