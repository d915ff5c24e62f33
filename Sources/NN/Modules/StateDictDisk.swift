#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is read in pieces.
final class OldFile {
  let path: String
  let operation: String
  let size: Int
  private let descriptor: Int32

  init(_ path: String, _ operation: String) throws(TensorError) {
    self.path = path
    self.operation = operation
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else {
      throw TensorError(operation, "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw TensorError(operation, "\(path) is not a file")
    }
    descriptor = opened
    size = Int(status.st_size)
  }

  /// Fills `bytes` with what stands at `offset`.
  func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(TensorError) {
    var done = 0
    while done < bytes.count {
      let count = pread(
        descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw problem(count == 0 ? "ended early" : String(cString: strerror(errno)))
      }
      done += count
    }
  }

  /// `count` bytes from `offset`.
  func bytes(_ count: Int, at offset: Int) throws(TensorError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var fault: TensorError?
    bytes.withUnsafeMutableBytes { buffer in
      do throws(TensorError) { try read(buffer, at: offset) } catch { fault = error }
    }
    if let fault { throw fault }
    return bytes
  }

  /// An error of this file.
  func problem(_ words: String) -> TensorError { TensorError(operation, "\(path): \(words)") }

  deinit { close(descriptor) }
}

/// A file that takes the place of another when it is complete: it is written beside the target, made
/// sure to be on the disk, and renamed.
final class NewFile {
  private let path: String
  private let operation: String
  private let temporary: String
  private let descriptor: Int32
  private var isFinished = false

  init(_ path: String, _ operation: String) throws(TensorError) {
    self.path = path
    self.operation = operation
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    let suffix = String(UInt32.random(in: .min ... .max), radix: 36)
    temporary = folder + ".\(parts.last ?? "").\(suffix)"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      isFinished = true
      throw problem()
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(TensorError) {
    var done = 0
    while done < bytes.count {
      #if canImport(Glibc)
        let count = Glibc.write(
          descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      #else
        let count = Darwin.write(
          descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      #endif
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw problem() }
      done += count
    }
  }

  func write(_ bytes: [UInt8]) throws(TensorError) {
    var fault: TensorError?
    bytes.withUnsafeBytes { buffer in
      do throws(TensorError) { try write(buffer) } catch { fault = error }
    }
    if let fault { throw fault }
  }

  /// Puts the file in its place.
  func finish() throws(TensorError) {
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw problem() }
    isFinished = true
  }

  private func problem() -> TensorError {
    TensorError(operation, "\(path) cannot be written: \(String(cString: strerror(errno)))")
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isFinished { unlink(temporary) }
  }
}
