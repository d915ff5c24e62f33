import Glibc
import Synchronization

/// Ctrl-C. The first asks what runs to stop at a source line, the second stops it at once, the third
/// ends the program.
enum Interrupts {
  private static let pressed = Atomic<Int>(0)

  /// How often it was pressed.
  static var count: Int { pressed.load(ordering: .relaxed) }

  static func listen() {
    // The counter is made here, not in the handler.
    _ = count
    signal(SIGINT) { _ in
      if Interrupts.pressed.add(1, ordering: .relaxed).newValue > 2 { _exit(130) }
    }
  }
}
