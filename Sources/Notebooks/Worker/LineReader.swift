import Glibc

/// Cuts what comes out of a file descriptor into lines.
struct LineReader {
  let descriptor: Int32
  private var pending: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Waits for more and gives the lines that are complete; nil at the end.
  mutating func read() -> [ArraySlice<UInt8>]? {
    var count = Glibc.read(descriptor, &buffer, buffer.count)
    while count < 0, errno == EINTR { count = Glibc.read(descriptor, &buffer, buffer.count) }
    guard count > 0 else { return nil }
    let searchStart = pending.count
    pending += buffer[..<count]
    guard let last = pending[searchStart...].lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let lines = pending[...last].split(separator: UInt8(ascii: "\n"))
    pending = Array(pending[(last + 1)...])
    return lines
  }
}

/// Writes all bytes; false when nobody reads any more.
@discardableResult
func writeAll(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Bool {
  let bytes = ContiguousArray(bytes)
  return bytes.withUnsafeBytes { buffer in
    var offset = 0
    while offset < buffer.count {
      let count = write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      offset += count
    }
    return true
  }
}
