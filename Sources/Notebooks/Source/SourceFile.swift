import Glibc

/// The door through which files come in.
public enum SourceFile {
  /// Reads a file and makes sure that it is UTF-8.
  ///
  /// - Throws: a problem that names the file, and the offset of the first byte that is no UTF-8.
  public static func read(_ path: String) throws(NotebookProblem) -> SourceText {
    let bytes = try contents(of: path)
    if let offset = firstInvalidOffset(in: bytes) {
      let byte = String(bytes[offset], radix: 16, uppercase: true)
      throw NotebookProblem(
        .error, "not UTF-8: byte 0x\(byte) at offset \(offset)", path: path,
        position: SourceText(bytes: Array(bytes[..<offset])).position(at: offset))
    }
    return SourceText(bytes: bytes)
  }

  private static func contents(of path: String) throws(NotebookProblem) -> [UInt8] {
    func failure() -> NotebookProblem {
      NotebookProblem(.error, String(cString: strerror(errno)), path: path)
    }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure() }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure() }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw NotebookProblem(.error, "this is a folder", path: path)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure()
      }
      bytes += buffer[..<count]
    }
  }

  private static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error, .emptyInput: return min(offset, bytes.count - 1)
      }
    }
  }
}
