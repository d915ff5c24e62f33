import Glibc
import Synchronization

/// Standard output with a buffer, as C has it: at line ends on a terminal, when full otherwise.
///
/// Everybody who waits, writes to standard error or ends the program flushes first, so that a reader
/// sees things in the order in which they happened.
final class StandardOutput: Sendable {
  static let shared = StandardOutput()

  private static let capacity = 1 << 16

  private let isTerminal = isatty(STDOUT_FILENO) != 0
  private let buffer = Mutex<[UInt8]>([])

  func write(_ text: String) {
    buffer.withLock { buffer in
      buffer += text.utf8
      let isLineEnd = isTerminal && text.utf8.contains(UInt8(ascii: "\n"))
      if isLineEnd || buffer.count >= Self.capacity { Self.flush(&buffer) }
    }
  }

  func flush() {
    buffer.withLock { Self.flush(&$0) }
  }

  private static func flush(_ buffer: inout [UInt8]) {
    guard !buffer.isEmpty else { return }
    writeFully(buffer, to: STDOUT_FILENO)
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Standard error, without a buffer.
enum StandardError {
  static let isTerminal = isatty(STDERR_FILENO) != 0

  static func write(_ text: String) {
    StandardOutput.shared.flush()
    writeFully(Array(text.utf8), to: STDERR_FILENO)
  }
}

private func writeFully(_ bytes: [UInt8], to descriptor: Int32) {
  bytes.withUnsafeBytes { buffer in
    var offset = 0
    while offset < buffer.count {
      let count = write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
      if count < 0, errno == EINTR { continue }
      // Nobody reads any more, as after `| head`: there is nothing left to do.
      if count < 0, errno == EPIPE, descriptor == STDOUT_FILENO {
        _exit(ExitStatus.failed.rawValue)
      }
      if count <= 0 { return }
      offset += count
    }
  }
}
