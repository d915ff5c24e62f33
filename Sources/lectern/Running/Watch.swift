import Glibc
import Interpreter
import Notebooks
import Synchronization

/// Passes Ctrl-C on to a script, and ends the program when the script does not end by itself.
///
/// The session ends at its deadline or when it is interrupted, but cannot while native code runs.
final class Watch: @unchecked Sendable {
  private static let grace = 1.0

  private let session: Session
  private let timeout: Double?
  private let path: String
  private let isOver = Atomic<Bool>(false)

  init(session: Session, timeout: Double?, path: String) {
    self.session = session
    self.timeout = timeout
    self.path = path
    Detached.run { self.watch() }
  }

  func end() { isOver.store(true, ordering: .relaxed) }

  private func watch() {
    var waited = 0.0
    var isInterrupted = false
    while !isOver.load(ordering: .relaxed) {
      usleep(20_000)
      waited += 0.02
      if Interrupts.count > 0, !isInterrupted {
        isInterrupted = true
        session.interrupt()
      }
      if Interrupts.count > 1 { _exit(ExitStatus.interrupted.rawValue) }
      if let timeout, waited > timeout + Self.grace, !isOver.load(ordering: .relaxed) {
        StandardOutput.shared.flush()
        StandardError.write("\(path): error: the time limit has passed\n")
        _exit(ExitStatus.failed.rawValue)
      }
    }
  }
}
