import Glibc
import Synchronization

/// Sends events to the parent.
///
/// Printed text is sent at once, so that it is not lost when native code crashes on the next line. A cell
/// that floods is the exception: text that comes faster than some thousand pieces a second is
/// gathered for a few milliseconds.
final class EventWriter: Sendable {
  private struct State {
    var text = ""
    var windowStart = 0.0
    var sentInWindow = 0
    var isFlushing = false
  }

  private static let window = 0.02
  private static let sendsPerWindow = 64
  private static let longestText = 1 << 15

  private let descriptor: Int32
  private let state = Mutex(State())

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  func send(_ event: CellEvent) {
    state.withLock { state in
      flush(&state)
      writeAll(EventCoding.line(event), to: descriptor)
    }
  }

  func print(_ text: String) {
    let startsFlusher = state.withLock { state in
      state.text += text
      let now = monotonicSeconds()
      if now - state.windowStart > Self.window {
        state.windowStart = now
        state.sentInWindow = 0
      }
      if state.sentInWindow < Self.sendsPerWindow || state.text.utf8.count > Self.longestText {
        state.sentInWindow += 1
        flush(&state)
        return false
      }
      defer { state.isFlushing = true }
      return !state.isFlushing
    }
    if startsFlusher { flushSoon() }
  }

  private func flush(_ state: inout State) {
    guard !state.text.isEmpty else { return }
    writeAll(EventCoding.line(CellEvent.text(state.text)), to: descriptor)
    state.text = ""
  }

  private func flushSoon() {
    Detached.run { [self] in
      usleep(UInt32(Self.window * 1e6))
      state.withLock { state in
        flush(&state)
        state.isFlushing = false
      }
    }
  }
}
