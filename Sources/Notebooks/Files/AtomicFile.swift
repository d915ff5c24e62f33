import Glibc

/// Replaces files whole or not at all. Everything this project writes is written here.
public enum AtomicFile {
  /// Writes a temporary file beside the target, makes sure that it is on the disk, and renames it.
  ///
  /// - Throws: a problem that names the file; the old file is then untouched.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws(NotebookProblem)
  {
    func failure() -> NotebookProblem {
      NotebookProblem(.error, "cannot be written: " + String(cString: strerror(errno)), path: path)
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    let suffix = String(UInt32.random(in: .min ... .max), radix: 36)
    let temporary = folder + ".\(parts.last ?? "").\(suffix)"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure() }
    let isWritten = writeAll(bytes, to: file) && fsync(file) == 0
    let error = errno
    guard close(file) == 0, isWritten else {
      errno = error
      defer { unlink(temporary) }
      throw failure()
    }
    guard rename(temporary, path) == 0 else {
      defer { unlink(temporary) }
      throw failure()
    }
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ path: String) throws(NotebookProblem) {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += part
      if mkdir(prefix, 0o777) != 0, errno != EEXIST {
        throw NotebookProblem(
          .error, "cannot be made: " + String(cString: strerror(errno)), path: path)
      }
      prefix += "/"
    }
  }
}
